import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { stage } from '#stage';
import { type Neighbourhood, whatPageShows } from '../../src/publishing/neighbourhood.ts';
import { type DrawnDocument, drawEdited } from '../../src/publishing/planned-edit.ts';
import { asPublished } from './archive.ts';
import { drawingStage } from './drawing-stage.ts';
import { useNewsroom } from './use-newsroom.ts';

export type Drawing =
  | { readonly kind: 'reading' }
  /** Lake or site did not answer; in an editor's words. */
  | { readonly kind: 'failed'; readonly why: string }
  | {
      readonly kind: 'drawn';
      readonly drawn: DrawnDocument;
      /** The newest picture that could be drawn: the same, unless problems stand in the way. */
      readonly lastValid: DrawnDocument | null;
      readonly around: Neighbourhood;
    };

/** A document's own public objects, drawn anew with every letter; what surrounds it is read again now and then. */
export function useDrawn(
  id: string,
  displayed: unknown,
  published: { readonly _rev: string } | null,
): Drawing & { readonly readAgain: () => void } {
  const { archive, site } = useNewsroom();
  const document = useDeferredValue(displayed);
  const [around, setAround] = useState<Neighbourhood | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [drawn, setDrawn] = useState<DrawnDocument | null>(null);
  const [lastValid, setLastValid] = useState<DrawnDocument | null>(null);
  const hasLastValid = useRef(false);
  hasLastValid.current = lastValid !== null;
  const [round, setRound] = useState(0);
  const edit = useMemo(
    () => new Map<string, unknown>([[id, asPublished(document)]]),
    [id, document],
  );
  const joined = JSON.stringify(referencesOf(document));

  useEffect(() => {
    let isCurrent = true;
    const timer = setTimeout(
      () => {
        const look = async (): Promise<void> => {
          const found = await whatPageShows(edit, archive, site, stage.baseUrl);
          if (!isCurrent) return;
          setFailure(null);
          setAround(found);
        };
        look().catch((error: unknown) => {
          if (isCurrent) setFailure(wordsOf(error));
        });
      },
      around === null ? 0 : pause,
    );
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
    // Letters typed do not change what surrounds a document: what it refers to does.
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- see above
  }, [id, joined, published?._rev, archive, site, round]);

  useEffect(() => {
    if (around === null) return;
    let isCurrent = true;
    const now = new Date().toISOString();
    const draw = async (): Promise<void> => {
      const next = await drawEdited(id, edit, around, drawingStage(now));
      if (!isCurrent) return;
      setDrawn(next);
      if (next.objects.length > 0) setLastValid(next);
      else if (published !== null && !hasLastValid.current) {
        const asPublic = new Map<string, unknown>([[id, published]]);
        const live = await drawEdited(id, asPublic, around, drawingStage(now));
        if (isCurrent && live.objects.length > 0) setLastValid(live);
      }
    };
    draw().catch((error: unknown) => {
      if (isCurrent) setFailure(wordsOf(error));
    });
    return () => {
      isCurrent = false;
    };
  }, [id, edit, around, published]);

  const readAgain = () => setRound((each) => each + 1);
  if (failure !== null) return { kind: 'failed', why: failure, readAgain };
  if (drawn === null || around === null) return { kind: 'reading', readAgain };
  return { kind: 'drawn', drawn, lastValid, around, readAgain };
}

/** Choosing somebody else in the form settles within it. */
const pause = 400;

/** Whatever a document refers to, and its address: what decides which documents surround it. */
function referencesOf(document: unknown): readonly unknown[] {
  if (Array.isArray(document)) return document.flatMap((each: unknown) => referencesOf(each));
  if (typeof document !== 'object' || document === null) return [];
  return Object.entries(document).flatMap(([name, value]: [string, unknown]) =>
    name === '_ref' || name === 'date' || name === 'current' ? [value] : referencesOf(value),
  );
}

export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
