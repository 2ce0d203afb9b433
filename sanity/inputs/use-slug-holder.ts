import { useEffect, useState } from 'react';
import { useClient } from 'sanity';
import { isSlug } from '../../src/briefing/slug.ts';
import { holderFrom, holderQuery, type SlugHolder } from './slug-holder.ts';

/** Whoever else has a slug, asked anew a moment after it changes; null for nobody. */
export function useSlugHolder({
  type,
  slug,
  language,
  id,
}: {
  readonly type: string;
  readonly slug: string;
  readonly language: string;
  readonly id: string;
}): SlugHolder | null {
  const client = useClient({ apiVersion: '2025-02-19' });
  const [answer, setAnswer] = useState<{
    readonly of: string;
    readonly holder: SlugHolder | null;
  }>();
  const question = `${type} ${language} ${slug}`;
  useEffect(() => {
    if (!isSlug(slug) || type === '') return undefined;
    let isWanted = true;
    const asking = setTimeout(() => {
      client
        .fetch<unknown>(holderQuery, { type, slug, language, id }, { perspective: 'raw' })
        .then((answers) => {
          if (isWanted) setAnswer({ of: question, holder: holderFrom(answers) });
        })
        .catch(() => {
          // Without the lake nobody can tell; publishing checks the address again.
        });
    }, pauseInTyping);
    return () => {
      isWanted = false;
      clearTimeout(asking);
    };
  }, [client, type, slug, language, id, question]);
  return answer?.of === question ? answer.holder : null;
}

const pauseInTyping = 300;
