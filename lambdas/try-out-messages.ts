import type { MessagePort } from 'node:worker_threads';
import type { DocumentId, Instant } from '../src/briefing/model.ts';
import type { Lake, Store } from '../src/publishing/ports.ts';
import type { Refusals } from '../src/publishing/refuse-and-draw-again.ts';
import type { Stage } from '../src/publishing/step-context.ts';

/** What a thread is to try out. */
export interface TryOutOrder {
  readonly ids: readonly DocumentId[];
  /** What is known to be refused already. */
  readonly known: Refusals;
  readonly stage: Stage;
  readonly now: Instant;
}

/** What it says of it. */
export type Said =
  | { readonly kind: 'trying'; readonly revision: string }
  | { readonly kind: 'done'; readonly refusals: Refusals };

/** What it asks to have read. */
export type Question =
  | { readonly call: 'get'; readonly key: string }
  | { readonly call: 'head'; readonly key: string }
  | { readonly call: 'read'; readonly ids: readonly DocumentId[] };

export type Asked = { readonly kind: 'ask'; readonly number: number; readonly question: Question };
/** A failure ends the trial: whoever reads keeps it, and throws it. */
export type Answered = {
  readonly kind: 'answer';
  readonly number: number;
  readonly value: unknown;
};

interface Ask {
  (question: Extract<Question, { call: 'get' }>): ReturnType<Store['get']>;
  (question: Extract<Question, { call: 'head' }>): ReturnType<Store['head']>;
  (question: Extract<Question, { call: 'read' }>): ReturnType<Lake['read']>;
}

/** The thread's side of its questions. */
export function answersOf(port: MessagePort): Ask {
  const waiting = new Map<number, (value: never) => void>();
  let last = 0;
  port.on('message', ({ number, value }: Answered) => {
    const answer = waiting.get(number);
    waiting.delete(number);
    // The answer is of the question's type: it comes from the port's other end in this same process.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
    answer?.(value as never);
  });
  return (question: Question) =>
    new Promise<never>((resolve) => {
      last += 1;
      waiting.set(last, resolve);
      port.postMessage({ kind: 'ask', number: last, question } satisfies Asked);
    });
}
