import type { DocumentId } from '../src/briefing/model.ts';
import { exportHistory, type HistoryRecord } from '../src/publishing/history.ts';
import { mustRead, treeOf, type Publisher } from '../src/publishing/publisher.ts';
import type { Root } from '../src/publishing/state.ts';
import { snapshotKey } from '../src/publishing/state.ts';
import type { Tree } from '../src/publishing/tree.ts';

/** The state-history of a bucket at a root, with the stage it belongs to: all that `build --state` reads. */
export async function* historyAt(publisher: Publisher, root: Root): AsyncGenerator<HistoryRecord> {
  const { baseUrl, tagAuthority } = publisher.stage;
  yield { kind: 'stage', baseUrl, tagAuthority };
  yield* exportHistory(root, treeOf(publisher, root), async (id, rev) =>
    JSON.parse(await mustRead(publisher, snapshotKey(id, rev))),
  );
}

/** Ids of which state says that the lake has them. */
export async function presentIds(tree: Tree): Promise<readonly DocumentId[]> {
  const ids: DocumentId[] = [];
  for await (const [key, record] of tree.all()) {
    if (key.startsWith('entry:') && isPresent(record)) ids.push(key.slice('entry:'.length));
  }
  return ids;
}

function isPresent(record: unknown): boolean {
  return (
    typeof record === 'object' && record !== null && 'present' in record && record.present === true
  );
}
