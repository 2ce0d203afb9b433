import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import { stage } from '#stage';
import type { SanityDocument } from 'sanity';
import { browserWorld } from './browser-world.ts';
import type { Progress } from './progress.ts';
import { keyOf, subjectOf } from './subject.ts';
import type { PublicationReading } from './use-publication.ts';
import { startWatches } from './watches.ts';

const watches = startWatches(browserWorld(stage.siteUrl));

/** Where the publish of an open document stands; null while there is nothing to watch. */
export function useProgress({
  id,
  type,
  published,
  isReady,
  publication,
}: {
  readonly id: string;
  readonly type: string;
  readonly published: SanityDocument | null;
  /** Whether `published` has been read: before that it is null as well. */
  readonly isReady: boolean;
  readonly publication: PublicationReading;
}): Progress | null {
  const language = typeof publication === 'string' ? null : publication.language;
  const subject = useMemo(
    () =>
      isReady && language !== null
        ? subjectOf({ id, type, published, publicationLanguage: language })
        : null,
    [id, type, published, isReady, language],
  );
  const key = subject === null ? null : keyOf(subject);
  const subscribe = useCallback((run: () => void) => watches.subscribe(id, run), [id]);
  const progress = useSyncExternalStore(subscribe, () => watches.progressOf(id));
  useEffect(() => {
    if (subject !== null) watches.follow(subject);
    // The key says all that a watch depends on; the document changes more often.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [id, key]);
  const isOfThis = progress !== null && key === keyOf(progress.subject);
  return isOfThis ? progress : null;
}

/** Look again, for who has waited. */
export function lookAgain(id: string): void {
  watches.again(id);
}
