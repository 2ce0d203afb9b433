import { clockAt, duration, momentAt } from './moments.ts';
import { type Progress, type Receipt, secondsToCommit, secondsToEdge } from './progress.ts';

/** One step of a publish on its way to readers. */
export interface Step {
  readonly title: string;
  readonly state: 'done' | 'under way' | 'to come' | 'stopped';
  /** When, in the publication's zone, and after how long. */
  readonly when: string | null;
  readonly detail: string | null;
}

/** The three steps of a published revision; null for what takes no steps. */
export function stepsOf(progress: Progress, timeZone: string): readonly Step[] | null {
  const { subject, stage } = progress;
  if (subject.kind !== 'revision') return null;
  const known = stage.kind === 'unreachable' ? stage.before : stage;
  const published: Step = {
    title: 'Published in the Studio',
    state: 'done',
    when: momentAt(subject.publishedAt, timeZone),
    detail: null,
  };
  switch (known.kind) {
    case 'looking':
    case 'publishing':
      return [published, { ...toCommit, state: 'under way' }, { ...toEdge, state: 'to come' }];
    case 'committed':
      return [
        published,
        committed(progress, known.receipt, timeZone),
        { ...toEdge, state: known.served?.kind === 'altered' ? 'stopped' : 'under way' },
      ];
    case 'seen': {
      const seconds = secondsToEdge(progress);
      const at = clockAt(new Date(known.at).toISOString(), timeZone);
      return [
        published,
        committed(progress, known.receipt, timeZone),
        {
          ...toEdge,
          state: 'done',
          when: seconds === null ? `looked at ${at}` : `${at} · after ${duration(seconds)}`,
          detail:
            known.release > known.receipt.release
              ? `Release ${known.release} has drawn the page again since: something it shows was edited.`
              : 'The page that readers get has the content hash of the receipt.',
        },
      ];
    }
    case 'closed':
      return known.receipt === null
        ? null
        : [published, committed(progress, known.receipt, timeZone)];
    case 'used':
      return [published, committed(progress, known.receipt, timeZone)];
    case 'merged':
      return known.receipt === null
        ? null
        : [published, committed(progress, known.receipt, timeZone)];
    case 'quarantined':
      return [
        published,
        { ...toCommit, state: 'stopped', detail: `Judged by release ${known.receipt.release}.` },
      ];
    default:
      return null;
  }
}

const toCommit = { title: 'Committed at the origin', when: null, detail: null };
const toEdge = { title: 'Seen at the edge, where readers are', when: null, detail: null };

function committed({ subject }: Progress, receipt: Receipt, timeZone: string): Step {
  const seconds = secondsToCommit(subject, receipt);
  const at = clockAt(receipt.committedAt, timeZone);
  return {
    ...toCommit,
    state: 'done',
    when: seconds === null ? at : `${at} · after ${duration(seconds)}`,
    detail: `Release ${receipt.release}.`,
  };
}
