import { changeRoot, type RootChange } from './change-root.ts';
import { decide, readLake } from './publish.ts';
import type { Publisher } from './publisher.ts';
import { readRoot } from './root.ts';
import type { Root } from './state.ts';
import { beginWalk, walkOf } from './walk.ts';

/** Has everything drawn again: marked in one swap, and carried out by whoever goes on with what the root names. */
export function beginRebuild(publisher: Publisher): Promise<RootChange> {
  return changeRoot(publisher, (root) => marked(root, publisher.ports.clock.now()));
}

/** What a rebuild would write, slice by slice: how many objects, and briefings behind it. Writes nothing. */
export async function* planRebuild(
  publisher: Publisher,
): AsyncGenerator<{ readonly writes: number; readonly done: number }> {
  const { root } = await readRoot(publisher.ports, publisher.stage.epoch);
  // Each slice as it would be if nothing else were under way, and had nothing been written before it.
  let planned: Root = marked({ ...root, pending: [] }, publisher.ports.clock.now());
  const request = { ids: [], continuePending: true };
  const documents = await readLake(publisher, null, request);
  while (walkOf(planned, 'redraw') !== null) {
    const { next } = await decide(publisher, planned, request, documents);
    if (next === null) return;
    const { walks } = next.root;
    const writes = next.release?.release.writes.length ?? 0;
    yield { writes, done: walkOf(next.root, 'redraw')?.done ?? root.live };
    planned = { ...planned, walks };
  }
}

function marked(root: Root, since: string): Root {
  return { ...root, walks: beginWalk(root.walks, 'redraw', since) };
}
