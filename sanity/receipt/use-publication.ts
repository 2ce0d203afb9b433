import { useEffect, useState } from 'react';
import { type SanityClient, useClient } from 'sanity';

/** What every instant and every address of the publication depends on. */
export interface PublicationFacts {
  readonly language: string;
  readonly timeZone: string;
}

/**
 * The facts of the published settings; `loading` until they are read, `missing` when the settings are
 * not published, without which nothing can be.
 */
export type PublicationReading = PublicationFacts | 'loading' | 'missing';

/** Read once for as long as the Studio is open: the language is settled, and zones hardly change. */
export function usePublication(): PublicationReading {
  const client = useClient({ apiVersion: '2025-02-19' });
  const [reading, setReading] = useState<PublicationReading>(known ?? 'loading');
  useEffect(() => {
    if (known !== null) return;
    let isHere = true;
    readPublication(client).then(
      (facts) => {
        known = facts;
        if (isHere) setReading(facts ?? 'missing');
      },
      () => {
        if (isHere) setReading('missing');
      },
    );
    return () => {
      isHere = false;
    };
  }, [client]);
  return reading;
}

let known: PublicationFacts | null = null;

async function readPublication(client: SanityClient): Promise<PublicationFacts | null> {
  const settings = await client.fetch<Partial<PublicationFacts> | null>(
    `*[_id == "siteSettings"][0]{language, timeZone}`,
    {},
    { perspective: 'published' },
  );
  return settings?.language === undefined || settings.timeZone === undefined
    ? null
    : { language: settings.language, timeZone: settings.timeZone };
}
