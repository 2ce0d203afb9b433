import { advance } from '../src/publishing/advance.ts';
import { publish, type PublishRequest } from '../src/publishing/publish.ts';
import type { Publisher } from '../src/publishing/publisher.ts';
import { readRoot } from '../src/publishing/root.ts';
import type { DocumentReport } from '../src/publishing/step-context.ts';
import { noDeadline, workLeft } from '../src/publishing/walk.ts';
import { CannotRun } from './cannot-run.ts';
import { onHold, otherDeployment } from './may-not-publish.ts';
import type { Progress } from './progress.ts';

/** What was published, fan-outs included. */
export interface Published {
  readonly releases: number;
  /** Public objects written. */
  readonly writes: number;
  readonly reports: readonly DocumentReport[];
}

/**
 * Publishes, and goes on until no fan-out and no walk is left. Throws CannotRun when publishing is on hold, the
 * stage runs other code, or the lake answers with older revisions than the bucket has.
 */
export async function publishAll(
  publisher: Publisher,
  requests: readonly PublishRequest[],
  progress: Progress,
): Promise<Published> {
  let [releases, writes] = [0, 0];
  const reports: DocumentReport[] = [];
  const counting: Publisher = {
    ...publisher,
    notify(event) {
      if (event.kind === 'committed') writes += event.writes;
      publisher.notify?.(event);
    },
  };
  const once = async (request: PublishRequest): Promise<number> => {
    const outcome = await publish(counting, request);
    switch (outcome.kind) {
      case 'done':
        releases += outcome.releases;
        reports.push(...outcome.reports);
        return outcome.releases;
      case 'held':
        throw new CannotRun(onHold(outcome.reason));
      case 'other-epoch':
        throw new CannotRun(otherDeployment(publisher, outcome.epoch));
      case 'stale':
        throw new CannotRun(
          `The content lake answers with older revisions than were published: ${outcome.ids.join(', ')}. ` +
            'Try again in a moment. If the lake was restored from a backup, run "pressrun reconcile --deep" twice, ' +
            'a quarter of an hour apart: what it gives twice is taken.',
        );
    }
  };
  for (const request of requests) {
    await once(request);
    progress.step();
  }
  let left = workLeft((await readRoot(publisher.ports, publisher.stage.epoch)).root);
  if (left > 0) progress.begin('drawing what follows', left);
  const watched: Publisher = {
    ...counting,
    notify(event) {
      if (event.kind === 'committed') {
        progress.step(Math.max(0, left - event.tasksLeft));
        left = event.tasksLeft;
      }
      counting.notify?.(event);
    },
  };
  for (;;) {
    const advanced = await advance(watched, noDeadline);
    releases += advanced.releases;
    if (advanced.kind === 'done') break;
    if (advanced.kind === 'held') throw new CannotRun(onHold());
    if (advanced.kind === 'other-epoch') throw new CannotRun(otherDeployment(publisher));
    // The stage itself is at it, or was killed at it: wait until it is done, or given up.
    await publisher.ports.clock.sleep(500);
  }
  return { releases, writes, reports };
}
