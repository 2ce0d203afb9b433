import { parseArgs } from 'node:util';
import type { DocumentId } from '../src/briefing/model.ts';
import { edition } from '../src/publishing/edition.ts';
import { publish } from '../src/publishing/publish.ts';
import type { NodeCache, Publisher } from '../src/publishing/publisher.ts';
import type { Renderers } from '../src/publishing/renderers.ts';
import { placeOf } from '../src/publishing/tree.ts';
import { smallEdition } from '../tests/simulator/small-edition.ts';
import { corpus } from './corpus.ts';
import { CountedWorld, type Tally } from './counted-world.ts';

/**
 * How an archive is laid out before anything is measured: every object at its address, and hardly any
 * bytes in it. A list shows its newest line only; a measured publish draws with the product's own, and
 * the first ones, which are not counted, bring all that it shows into that form.
 */
const archive: Renderers = {
  ...edition,
  briefing: (input) => smallEdition.briefing(input),
  month: (input) => edition.month({ ...input, cards: input.cards.slice(0, 1) }),
  feedMonth: (input) => edition.feedMonth({ ...input, items: input.items.slice(0, 1) }),
  sitemapYear: (input) => edition.sitemapYear({ ...input, lines: input.lines.slice(0, 1) }),
};

/** A part changes nearly every node, so none is worth remembering until the next. */
const forgetful: NodeCache = { get: () => undefined, set: () => {} };

/** Documents of one release while laying out: the front lists and the tree are written once for each. */
const partLength = 10_000;

const desk = 'team-desk';
const person = 'person-0';
const now = '2026-02-20T12:00:00.000Z';

/** B1 to B3 and B5 of docs/performance.md; a new briefing here has four facets. */
const budgets = {
  edit: { writes: 26, bytes: 200_000 },
  fresh: { writes: 50 + 4 * 4, bytes: 600_000 },
} as const;

/**
 * What one publish writes, reads and asks of the lake, by name, beside archives of several sizes.
 * The neighbourhood of the edited briefing is the same in all of them; only the rest grows.
 */
const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '100,10000' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(
    'npm run bench:publish -- [--sizes 100,10000,100000]\n\nEnds with "equal at …" and the budgets; exit 1 when a count differs or a budget is broken.',
  );
} else {
  await compare(values.sizes.split(',').map(Number));
}

interface Measured {
  readonly size: number;
  readonly edit: Tally;
  readonly fresh: Tally;
  readonly root: number;
  readonly largestNode: number;
}

async function compare(sizes: readonly number[]): Promise<void> {
  const measured: Measured[] = [];
  for (const size of sizes) measured.push(await measure(size));
  const [first] = measured;
  if (first === undefined) return;
  const failures: string[] = [];
  for (const kind of ['edit', 'fresh'] as const) {
    const title = kind === 'edit' ? 'Body edit of an old briefing' : 'A new briefing';
    console.log(`\n${title}\n`);
    for (const [name, count] of byName(first[kind]))
      console.log(`  ${name.padEnd(44)}${String(count).padStart(4)}`);
    console.log(
      `\n  ${'N'.padEnd(10)}writes  bytes public  bytes state  reads  lake calls  rounds`,
    );
    for (const { size, [kind]: tally } of measured) {
      const bytes = (prefix: string): number =>
        tally.writes
          .filter(({ key }) => key.startsWith(prefix))
          .reduce((sum, each) => sum + each.bytes, 0);
      const cells = [
        [tally.writes.length, 6],
        [bytes('public/'), 14],
        [bytes('state/'), 13],
        [tally.reads, 7],
        [tally.lakeCalls, 12],
        [tally.rounds, 8],
      ] as const;
      console.log(
        `  ${String(size).padEnd(10)}${cells.map(([value, width]) => String(value).padStart(width)).join('')}`,
      );
      const limits = budgets[kind];
      const total = bytes('public/') + bytes('state/');
      if (tally.writes.length > limits.writes)
        failures.push(`${kind} at ${size}: ${tally.writes.length} writes, budget ${limits.writes}`);
      if (total > limits.bytes)
        failures.push(`${kind} at ${size}: ${total} bytes, budget ${limits.bytes}`);
      if (tally.rounds > 14) failures.push(`${kind} at ${size}: ${tally.rounds} rounds, budget 14`);
      if (tally.lakeCalls > 3)
        failures.push(`${kind} at ${size}: ${tally.lakeCalls} lake calls, budget 3`);
      if (shape(tally) !== shape(first[kind]))
        failures.push(`${kind}: ${size} differs from ${first.size}`);
    }
  }
  console.log('\n  N          root bytes  largest node');
  for (const { size, root, largestNode } of measured) {
    console.log(
      `  ${String(size).padEnd(10)}${String(root).padStart(11)}${String(largestNode).padStart(14)}`,
    );
    if (root > 16_384) failures.push(`root at ${size}: ${root} bytes, budget 16384`);
    if (largestNode > 200_000)
      failures.push(`node at ${size}: ${largestNode} bytes, budget 200000`);
  }
  console.log('');
  for (const failure of failures) console.log(`FAILED ${failure}`);
  if (failures.length === 0) {
    console.log(`equal at N = ${sizes.join(', ')}; within budgets B1, B2, B3, B5`);
  }
  process.exitCode = failures.length === 0 ? 0 : 1;
}

/** What must not depend on the size of the archive. */
function shape({ writes, reads, lakeCalls, rounds }: Tally): string {
  const names = [...byName({ writes, reads, lakeCalls, rounds })];
  return JSON.stringify({ names, reads, lakeCalls, rounds });
}

/** Writes by what they are, in order of name. */
function byName({ writes }: Tally): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { key } of writes) {
    const name = nameOf(key);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return new Map([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function nameOf(key: string): string {
  return key
    .replace(/^state\/(node|doc|release)\/.*/, 'state: $1')
    .replace(/^state\/root/, 'state: root')
    .replace(/^public\/v1\/receipts\/.*/, 'receipt')
    .replace(/^public/, '');
}

async function measure(size: number): Promise<Measured> {
  // As text: a hundred thousand documents as objects would not fit beside what is published of them.
  const documents = new Map<DocumentId, string>();
  let template: Readonly<Record<string, unknown>> | null = null;
  for (const each of corpus(size)) {
    if (each['_type'] === 'briefing') template ??= each;
    documents.set(String(each['_id']), JSON.stringify(each));
  }
  if (template === null)
    throw new Error('The corpus has no briefing: expected a size of 1 or more');
  for (const each of neighbourhood(template)) {
    documents.set(String(each['_id']), JSON.stringify(each));
  }
  const world = new CountedWorld(documents);
  const ids = [...documents.keys()];
  process.stderr.write(`N = ${size}: publishing ${ids.length} documents`);
  const layout = { ...publisherOf(world, archive, forgetful), tasksPerRelease: partLength };
  for (let from = 0; from < ids.length; from += partLength) {
    await publish(layout, { ids: ids.slice(from, from + partLength), continuePending: false });
    process.stderr.write('.');
  }
  for (;;) {
    const outcome = await publish(layout, { ids: [] });
    if (outcome.kind !== 'done' || outcome.tasksLeft === 0) break;
  }
  process.stderr.write(' done\n');

  // A function that has just published something remembers immutable state, as warm functions do.
  const warm = new Map<string, string>();
  const edit = async (
    id: DocumentId,
    document: Readonly<Record<string, unknown>>,
  ): Promise<Tally> => {
    documents.set(id, JSON.stringify(document));
    world.reset();
    await publish(publisherOf(world, edition, warm), { ids: [id], continuePending: false });
    return world.tally;
  };
  const old = briefing(template, 'bench-old-0', 'bench-old-0', '2014-05-10');
  await edit('bench-old-0', bodyEdit(old, 1));
  const edited = await edit('bench-old-0', bodyEdit(old, 2));
  // The first one brings what is near into the function's memory; the second is what is measured.
  await edit('bench-warm', briefing(template, 'bench-warm', 'bench-warm', '2026-02-20'));
  const id = shared(['entry:', 'entry:redirect-']);
  const slug = shared(['address:briefing/en/']);
  const fresh = await edit(id, briefing(template, id, slug, '2026-02-20'));
  return { size, edit: edited, fresh, ...world.stateSizes };
}

function publisherOf(world: CountedWorld, renderers: Renderers, nodes: NodeCache): Publisher {
  return {
    ports: {
      store: world.store,
      lake: world.lake,
      queue: { send: () => Promise.resolve() },
      purge: { purge: () => Promise.resolve({ purged: 0, failed: [] }) },
      clock: { now: () => now, sleep: () => Promise.resolve() },
      random: { next: () => 0.5 },
    },
    stage: { baseUrl: 'https://bench.example', tagAuthority: 'bench.example,2026', epoch: 1 },
    renderers,
    nodes,
  };
}

/** What the edited briefings stand beside: a closed month of six, and a full front page. */
function neighbourhood(
  template: Readonly<Record<string, unknown>>,
): readonly Readonly<Record<string, unknown>>[] {
  const old = Array.from({ length: 6 }, (_, index) =>
    briefing(template, `bench-old-${index}`, `bench-old-${index}`, `2014-05-${10 + index}`),
  );
  const recent = Array.from({ length: 24 }, (_, index) =>
    briefing(template, `bench-new-${index}`, `bench-new-${index}`, `2026-02-${10 + (index % 8)}`),
  );
  return [...old, ...recent];
}

function briefing(
  template: Readonly<Record<string, unknown>>,
  id: string,
  slug: string,
  date: string,
): Readonly<Record<string, unknown>> {
  const reference = (to: string): Readonly<Record<string, unknown>> => ({
    _type: 'reference',
    _ref: to,
  });
  return {
    ...template,
    _id: id,
    _rev: 'r1',
    slug: { _type: 'slug', current: slug },
    date,
    person: reference(person),
    countries: [{ ...reference('country-0'), _key: 'c' }],
    topics: [{ ...reference('topic-0'), _key: 't' }],
    byline: [{ _key: 'x', _type: 'bylineEntry', contributor: reference(desk) }],
  };
}

function bodyEdit(
  document: Readonly<Record<string, unknown>>,
  time: number,
): Readonly<Record<string, unknown>> {
  const answer = document['whyWeCare'];
  const block = {
    _type: 'block',
    _key: `edit${time}`,
    style: 'normal',
    markDefs: [],
    children: [{ _type: 'span', _key: 's', text: `Seen to ${time} times.`, marks: [] }],
  };
  return {
    ...document,
    _rev: `r${time + 1}`,
    _updatedAt: `2026-02-20T11:0${time}:00.000Z`,
    whyWeCare: [...(Array.isArray(answer) ? answer : []), block],
  };
}

/**
 * A name whose records fall into leaves that exist at every size: an absent leaf is not read, and a
 * small archive would seem cheaper than it is.
 */
function shared(prefixes: readonly string[]): string {
  const leaves = new Set(
    Array.from({ length: 100 }, (_, index) => [
      `entry:briefing-${index}`,
      `address:briefing/en/briefing-${index}`,
    ])
      .flat()
      .map((key) => JSON.stringify(placeOf(key))),
  );
  for (let number = 0; ; number += 1) {
    const name = `bench-fresh-${number}`;
    if (prefixes.every((prefix) => leaves.has(JSON.stringify(placeOf(prefix + name))))) return name;
  }
}
