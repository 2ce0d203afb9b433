import type { DocumentId } from '../src/briefing/model.ts';
import { publish } from '../src/publishing/publish.ts';
import type { NodeCache, Publisher } from '../src/publishing/publisher.ts';
import { readRoot, swapRoot } from '../src/publishing/root.ts';
import { corpus } from './corpus.ts';
import { sketch } from './fuller-edition.ts';
import { TimedWorld } from './timed-world.ts';

/** A part changes nearly every node, so none is worth remembering until the next. */
const forgetful: NodeCache = { get: () => undefined, set: () => {} };

/** Documents of one release while laying out: the front lists and the tree are written once for each. */
const partLength = 10_000;

/** A world with an archive of so many briefings, published and compared. */
export async function layOutArchive(briefings: number, now: string): Promise<TimedWorld> {
  const documents = new Map<DocumentId, string>();
  for (const each of corpus(briefings)) documents.set(String(each['_id']), JSON.stringify(each));
  const world = new TimedWorld(documents, Date.parse(now));
  const publisher: Publisher = {
    ports: world.instantPorts,
    stage: { baseUrl: 'https://bench.example', tagAuthority: 'bench.example,2026', epoch: 1 },
    renderers: sketch,
    nodes: forgetful,
    tasksPerRelease: partLength,
  };
  const ids = [...documents.keys()];
  process.stderr.write(`N = ${briefings}: publishing ${ids.length} documents`);
  for (let from = 0; from < ids.length; from += partLength) {
    await publish(publisher, { ids: ids.slice(from, from + partLength), continuePending: false });
    process.stderr.write('.');
  }
  for (;;) {
    const outcome = await publish(publisher, { ids: [] });
    if (outcome.kind !== 'done' || outcome.tasksLeft === 0) break;
  }
  const seen = await readRoot(publisher.ports, 1);
  await swapRoot(publisher.ports, seen, { ...seen.root, watermark: now });
  process.stderr.write(` ${world.bucket.size} objects\n`);
  return world;
}
