import type { Publisher } from '../src/publishing/publisher.ts';
import { readRoot, type SeenRoot } from '../src/publishing/root.ts';
import { CannotRun } from './cannot-run.ts';
import { onHold } from './may-not-publish.ts';
import type { Progress } from './progress.ts';
import type { RunningStage } from './running-stage.ts';

/**
 * Takes a view of a system in which nothing moves: waits until the queue is empty and neither a release
 * nor a fan-out is under way, looks, and looks again when something was published meanwhile.
 * Throws CannotRun, saying what is still on its way, after `withinSeconds`.
 */
export async function whileQuiet<View>(
  stage: RunningStage,
  { progress, withinSeconds }: { readonly progress: Progress; readonly withinSeconds: number },
  look: (seen: SeenRoot, attempt: number) => Promise<View | 'look again'>,
): Promise<View> {
  const { clock } = stage.publisher.ports;
  const until = Date.parse(clock.now()) + withinSeconds * 1000;
  const isLate = (): boolean => Date.parse(clock.now()) >= until;
  for (let attempt = 0; ; attempt += 1) {
    const seen = await quietRoot(stage, progress, isLate);
    const view = await look(seen, attempt);
    const after = await readRoot(stage.publisher.ports, stage.publisher.stage.epoch);
    if (view !== 'look again' && after.root.seq === seen.root.seq) return view;
    if (isLate()) {
      throw new CannotRun(
        `Something is published again and again; nothing stood still for ${withinSeconds} s. ` +
          'Try again at a quieter hour, wait longer with --wait SECONDS, or "pressrun hold" first.',
      );
    }
  }
}

async function quietRoot(
  stage: RunningStage,
  progress: Progress,
  isLate: () => boolean,
): Promise<SeenRoot> {
  const { ports } = stage.publisher;
  let told = '';
  for (;;) {
    // The queue before the root: what left the queue has reached the root.
    const waiting = await stage.waiting();
    const seen = await publishedRoot(stage.publisher);
    const tasks = seen.root.pending.reduce((sum, { left }) => sum + Math.max(1, left), 0);
    const [walk] = seen.root.walks;
    const moving = [
      ...(waiting > 0 ? [`${waiting} messages in the queue`] : []),
      ...(seen.root.release !== null ? ['a release being written'] : []),
      ...(tasks > 0 ? [`${tasks} tasks of a fan-out`] : []),
      ...(walk === undefined
        ? []
        : [`whole-site work (${walk.cause}, ${walk.done} documents done)`]),
    ].join(', ');
    if (moving === '') return seen;
    if (isLate()) throw new CannotRun(`Still on its way: ${moving}. ${adviceFor(seen)}`);
    if (moving !== told) progress.begin(`waiting for ${moving}`);
    told = moving;
    await ports.clock.sleep(200);
  }
}

async function publishedRoot(publisher: Publisher): Promise<SeenRoot> {
  const seen = await readRoot(publisher.ports, publisher.stage.epoch);
  if (seen.etag !== null) return seen;
  throw new CannotRun('Nothing was ever published to this bucket. Run "pressrun reconcile" first.');
}

function adviceFor({ root }: SeenRoot): string {
  return root.hold === null
    ? 'Wait longer with --wait SECONDS; if it does not move, run "pressrun reconcile" and look at the log of the functions.'
    : onHold(root.hold.reason);
}
