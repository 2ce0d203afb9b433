import { useMemo } from 'react';
import { useClient } from 'sanity';
import { stage } from '#stage';
import type { Archive } from '../../src/publishing/neighbourhood.ts';
import type { PublicSite } from '../../src/publishing/public-facts.ts';
import { publishedJson } from '../site/published-json.ts';
import { archiveOf } from './archive.ts';

/** Where the preview and the plan look: the lake, the site, and the lake's pictures. */
export interface Newsroom {
  readonly archive: Archive;
  readonly site: PublicSite;
  /** Where the lake serves pictures; no slash at the end. */
  readonly imagesUrl: string;
}

export function useNewsroom(): Newsroom {
  const client = useClient(version);
  return useMemo(() => {
    // Every document as it is: the queries themselves leave drafts out.
    const raw = client.withConfig({ perspective: 'raw', useCdn: false });
    const { apiHost, projectId, dataset } = raw.config();
    const host = apiHost.replace('https://api.', 'https://cdn.');
    return {
      archive: archiveOf((query, parameters) => raw.fetch<unknown>(query, { ...parameters })),
      site,
      imagesUrl: `${host}/images/${projectId ?? ''}/${dataset ?? ''}`,
    };
  }, [client]);
}

/** One object: another would be another client, and everything would be read anew. */
const version = { apiVersion: '2025-02-19' } as const;

/** One for the whole Studio: two tabs of a document ask the same. */
const site = publishedJson(
  stage.siteUrl,
  (url, init) => fetch(url, init),
  () => Date.now(),
);
