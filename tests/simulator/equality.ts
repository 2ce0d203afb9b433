import { buildSite } from '../../src/publishing/build.ts';
import { isOutside } from '../../src/publishing/check-bucket.ts';
import { exportHistory, gatherHistory } from '../../src/publishing/history.ts';
import { treeOf, type Publisher } from '../../src/publishing/publisher.ts';
import { storedForm } from '../../src/publishing/release.ts';
import type { Renderers } from '../../src/publishing/renderers.ts';
import { readRoot } from '../../src/publishing/root.ts';
import { snapshotKey } from '../../src/publishing/state.ts';
import { unpackText } from '../../src/publishing/stored-text.ts';
import { objectKey } from '../../src/site/paths.ts';
import { decode, type Bucket } from './bucket.ts';
import { expectOneEpoch } from './deployment.ts';
import type { SimLake } from './lake.ts';
import { expectQuarantineCounted, expectStatus, Violation } from './oracles.ts';

/** I0: the public tree is a clean build of lake and history, byte for byte. Throws where it is not. */
export async function expectEquality({
  publisher,
  bucket,
  lake,
  renderers,
  isOfOneEpoch,
  tellsStatus,
}: {
  readonly publisher: Publisher;
  readonly bucket: Bucket;
  readonly lake: SimLake;
  /** What the clean build draws with: it takes no time. */
  readonly renderers: Renderers;
  readonly isOfOneEpoch: boolean;
  /** Somebody compares, and so tells how the site stands. */
  readonly tellsStatus: boolean;
}): Promise<void> {
  const { ports, stage } = publisher;
  const { root } = await readRoot(ports, stage.epoch);
  if (root.pending.length + root.walks.length > 0) {
    const left = JSON.stringify([...root.pending, ...root.walks]);
    throw new Violation('I0 equality', `fan-outs or walks are never finished: ${left}`);
  }
  const tree = treeOf(publisher, root);
  if (tellsStatus) expectStatus(root, bucket);
  await expectQuarantineCounted(root, tree);
  if (isOfOneEpoch) await expectOneEpoch(root, tree, stage.epoch);
  const history = await gatherHistory(
    exportHistory(root, tree, async (id, rev) => {
      const object = await ports.store.get(snapshotKey(id, rev));
      return object === null ? null : JSON.parse(unpackText(object.body));
    }),
  );
  const { objects } = await buildSite({
    documents: new Map([...lake.documents].filter(([id]) => !id.includes('.'))),
    history,
    baseUrl: stage.baseUrl,
    tagAuthority: stage.tagAuthority,
    renderers,
    now: root.asOf,
  });
  const expected = new Map<string, string>();
  for await (const { object, stamp } of objects) {
    const stored = storedForm(object, stamp);
    expected.set(objectKey(object.path), `${JSON.stringify(stored.metadata)} ${decode(stored)}`);
  }
  for (const [key, held] of bucket.objects) {
    if (!key.startsWith('public/') || isOutside(key)) continue;
    const found = `${JSON.stringify(held.metadata ?? {})} ${decode(held)}`;
    if (expected.get(key) !== found) {
      throw new Violation(
        'I0 equality',
        `${key} is\n  ${found}\nnot\n  ${expected.get(key) ?? 'absent'}`,
      );
    }
    expected.delete(key);
  }
  const [missing] = expected;
  if (missing !== undefined) {
    throw new Violation('I0 equality', `${missing[0]} is missing: ${missing[1]}`);
  }
}
