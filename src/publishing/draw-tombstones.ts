import type { Path } from '../briefing/resolved.ts';
import type { Drawing } from './drawing.ts';
import type { RecordKey } from './state.ts';

/** Of a record that is drawn whole: what says that it is gone, and is drawn by nobody else, goes on saying so. */
export async function drawTombstonesOf(drawing: Drawing, owner: RecordKey): Promise<void> {
  for (const [path, { status }] of await drawing.viewsOf(owner)) {
    if (status === 410 && !drawing.has(path)) await drawGone(drawing, owner, path);
  }
}

/** A tombstone where something stood that belonged to a record. */
export async function drawGone(drawing: Drawing, owner: RecordKey, path: Path): Promise<void> {
  const { input, publication } = drawing.context;
  const id = owner.startsWith('entry:') ? owner.slice('entry:'.length) : null;
  const gone = input.renderers.gone({ publication, path, id, gone: null, movedTo: null });
  await drawing.put(owner, gone, 'page');
}
