import { Worker } from 'node:worker_threads';
import type { DocumentId } from '../src/briefing/model.ts';
import type { Publisher } from '../src/publishing/publisher.ts';
import type { Refusals } from '../src/publishing/refuse-and-draw-again.ts';
import { takesTooLong } from '../src/publishing/try-out.ts';
import type { Asked, Question, Said, TryOutOrder } from './try-out-messages.ts';

/** The thread's script, which ships beside the function, and milliseconds of work that one document may take. */
const shipped = { script: new URL('try-out.mjs', import.meta.url), workPerDocument: 5_000 };
type Trial = typeof shipped;
/** How often it is looked whether a thread is at it too long. */
const lookEvery = 100;
/** What a thread may hold: beside it the function has its own. */
const memoryMb = 192;

/**
 * Tries documents out in a thread of their own, which is ended when it works on one for too long: that one is
 * to blame, and the others are tried in another. Only work counts, not waiting. Throws what reading threw.
 */
export async function triedApart(
  publisher: Pick<Publisher, 'ports' | 'stage'>,
  ids: readonly DocumentId[],
  trial: Trial = shipped,
): Promise<Refusals> {
  let known: Refusals = new Map();
  for (;;) {
    const { stage, ports } = publisher;
    const order: TryOutOrder = { ids, known, stage, now: ports.clock.now() };
    const outcome = await inThread(publisher, order, trial);
    if (outcome.kind === 'done') return outcome.refusals;
    // Whatever it was at already, and was ended again for: nothing can be said of it.
    if (outcome.at === null || known.has(outcome.at)) throw new TrialFailed(outcome.why);
    known = new Map([...known, [outcome.at, takesTooLong]]);
  }
}

/** A trial that says nothing about any document. */
export class TrialFailed extends Error {
  override readonly name = 'TrialFailed';
}

type Outcome =
  | { readonly kind: 'done'; readonly refusals: Refusals }
  /** Ended while it was at a revision; null before the first. */
  | { readonly kind: 'ended'; readonly at: string | null; readonly why: string };

function inThread(
  { ports }: Pick<Publisher, 'ports'>,
  order: TryOutOrder,
  { script, workPerDocument }: Trial,
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(script, {
      workerData: order,
      resourceLimits: { maxOldGenerationSizeMb: memoryMb },
    });
    let at: string | null = null;
    let workBefore = 0;
    const work = (): number => worker.performance.eventLoopUtilization().active;
    const timer = setInterval(() => {
      if (at !== null && work() - workBefore > workPerDocument) {
        end(() =>
          resolve({ kind: 'ended', at, why: `${at} took more than ${workPerDocument} ms` }),
        );
      }
    }, lookEvery);
    let isOver = false;
    const end = (say: () => void): void => {
      if (isOver) return;
      isOver = true;
      clearInterval(timer);
      void worker.terminate().then(say, say);
    };
    worker.on('message', (said: Said | Asked) => {
      if (said.kind === 'trying') {
        at = said.revision;
        workBefore = work();
      } else if (said.kind === 'done') {
        end(() => resolve(said));
      } else {
        answer(ports, said.question).then(
          // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
          (value) => worker.postMessage({ kind: 'answer', number: said.number, value }),
          // An outage: the trial is off, and nobody is to blame.
          (error: unknown) => end(() => reject(error)),
        );
      }
    });
    // Out of memory, or a fault of the trial itself: both while it was at one document.
    worker.on('error', (error) => end(() => resolve({ kind: 'ended', at, why: String(error) })));
    worker.on('exit', (code) => end(() => resolve({ kind: 'ended', at, why: `exit ${code}` })));
  });
}

function answer({ store, lake }: Publisher['ports'], question: Question): Promise<unknown> {
  switch (question.call) {
    case 'get':
      return store.get(question.key);
    case 'head':
      return store.head(question.key);
    case 'read':
      return lake.read(question.ids);
  }
}
