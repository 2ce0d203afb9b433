import { useEffect, useState } from 'react';
import { stage } from '#stage';
import { type Edit, whatEditTouches } from '../../src/publishing/neighbourhood.ts';
import { type PlannedEdit, planEdit } from '../../src/publishing/planned-edit.ts';
import { drawingStage } from './drawing-stage.ts';
import { wordsOf } from './use-drawn.ts';
import { useNewsroom } from './use-newsroom.ts';

export type Planning =
  | { readonly kind: 'making' }
  /** Lake or site did not answer; in an editor's words. */
  | { readonly kind: 'failed'; readonly why: string }
  | { readonly kind: 'made'; readonly plan: PlannedEdit; readonly isOld: boolean };

/** The plan of an edit, made anew when typing pauses. */
export function usePlan(edit: Edit | null): Planning & { readonly makeAgain: () => void } {
  const { archive, site } = useNewsroom();
  const [made, setMade] = useState<{ readonly of: Edit; readonly plan: PlannedEdit } | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [round, setRound] = useState(0);

  useEffect(() => {
    if (edit === null) return;
    let isCurrent = true;
    const make = async (): Promise<void> => {
      const around = await whatEditTouches(edit, archive, site, stage.baseUrl);
      if (!isCurrent) return;
      const plan = await planEdit(edit, around, drawingStage(new Date().toISOString()));
      if (!isCurrent) return;
      setFailure(null);
      setMade({ of: edit, plan });
    };
    const timer = setTimeout(() => {
      make().catch((error: unknown) => {
        if (isCurrent) setFailure(wordsOf(error));
      });
    }, pause);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [edit, archive, site, round]);

  const makeAgain = () => setRound((each) => each + 1);
  if (failure !== null) return { kind: 'failed', why: failure, makeAgain };
  if (made === null) return { kind: 'making', makeAgain };
  return { kind: 'made', plan: made.plan, isOld: made.of !== edit, makeAgain };
}

const pause = 500;
