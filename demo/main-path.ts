import { setTimeout as wait } from 'node:timers/promises';
import type { Scene, Seen } from './scene.ts';

/** One thing that an editor does, and what readers see of it. */
export interface Step {
  readonly name: string;
  /** Throws `Unexpected` when readers see anything else. Resolves to what was seen, in a few words. */
  readonly play: (scene: Scene) => Promise<string>;
}

/** The main job from end to end, in order: later steps go on with what earlier ones wrote. */
export const mainPath: readonly Step[] = [
  { name: 'create: page, JSON and feed', play: create },
  { name: 'edit: the page changes', play: edit },
  { name: 'slug changed twice: one redirect from each old address', play: moveTwice },
  { name: 'invalid edit: the old page stays, the field is named', play: breakIt },
  { name: 'forged payload, valid signature: nothing but a read', play: forge },
  { name: 'embargo: nothing before, everything after', play: embargo },
  { name: 'unpublish: 410, and gone from every list', play: unpublish },
];

/** Something else was seen than the product promises. */
export class Unexpected extends Error {
  override readonly name = 'Unexpected';
}

const slugs = ['first-light', 'second-light', 'third-light'] as const;

async function create(scene: Scene): Promise<string> {
  const { editor, name } = scene;
  const person = { _id: name('person'), _type: 'person', ...aPerson, slug: slug(name('person')) };
  const briefing = {
    _id: name('briefing'),
    ...aBriefing(scene, 'A lamp is lit'),
    slug: slug(name(slugs[0])),
  };
  await editor.transaction().create(person).create(briefing).commit();
  const address = page(name(slugs[0]));
  await eventually(`${address} shows the headline`, async () => {
    const seen = await scene.read(address);
    return seen.status === 200 && seen.text.includes('A lamp is lit');
  });
  await expectJson(scene, name('briefing'), { headline: 'A lamp is lit', address });
  const places = await expectInLists(scene, name('briefing'), address);
  return `${address}, its JSON, and ${places} lists and feeds`;
}

async function edit(scene: Scene): Promise<string> {
  const { editor, name } = scene;
  await editor.patch(name('briefing')).set({ headline: 'A lamp is lit again' }).commit();
  const address = page(name(slugs[0]));
  await eventually(`${address} shows the new headline`, async () =>
    (await scene.read(address)).text.includes('A lamp is lit again'),
  );
  await expectJson(scene, name('briefing'), { headline: 'A lamp is lit again', address });
  await expectInLists(scene, name('briefing'), address);
  return 'page, JSON, lists and feeds have the new headline';
}

async function moveTwice(scene: Scene): Promise<string> {
  const { editor, name } = scene;
  const [first, second, third] = slugs.map((each) => page(name(each)));
  for (const next of slugs.slice(1)) {
    await editor
      .patch(name('briefing'))
      .set({ slug: slug(name(next)) })
      .commit();
    await eventually(
      `${page(name(next))} is the page`,
      async () => (await scene.read(page(name(next)))).status === 200,
    );
  }
  for (const old of [first, second]) {
    await eventually(`${old} leads to ${third} at once`, async () => {
      const { status, location } = await scene.read(old ?? '');
      return status === 301 && pathOf(location, scene) === third;
    });
  }
  await expectJson(scene, name('briefing'), {
    headline: 'A lamp is lit again',
    address: third ?? '',
  });
  return 'both old addresses answer 301 with the newest one; the JSON stayed where it was';
}

async function breakIt(scene: Scene): Promise<string> {
  const { editor, name } = scene;
  const address = page(name(slugs[2]));
  const before = await scene.read(address);
  const id = name('briefing');
  const { _rev: rev } = await editor.patch(id).unset(['whyWeCare']).commit();
  const receipt = await eventually('the receipt of the invalid revision', () =>
    scene.receipt(id, rev),
  );
  const [problem] = receipt.problems;
  if (receipt.state !== 'quarantined' || problem?.path !== 'whyWeCare') {
    throw new Unexpected(
      `Expected a receipt that is quarantined for whyWeCare, got ${JSON.stringify(receipt)}`,
    );
  }
  await staysAsItWas(scene, [before]);
  await editor
    .patch(id)
    .set({ whyWeCare: aBriefing(scene, '').whyWeCare })
    .commit();
  await eventually('the mended revision is live', async () => {
    const mended = await editor.getDocument(id);
    return (await scene.receipt(id, mended?._rev ?? ''))?.state === 'live';
  });
  return `receipt: ${receipt.state}, ${problem.path} (${problem.code}); the page kept its bytes`;
}

async function forge(scene: Scene): Promise<string> {
  const { editor, name } = scene;
  const id = name('briefing');
  const paths = [page(name(slugs[2])), json(id), '/', '/feed.json', '/rss.xml', '/v1/index.json'];
  const before = await Promise.all(paths.map((path) => scene.read(path)));
  const reads = await scene.readsOfTheLake();
  const { projectId: project, dataset } = editor.config();
  const status = await scene.ring({
    ...aBriefing(scene, 'FORGED'),
    _id: id,
    _rev: 'forged',
    _updatedAt: '2020-01-01T00:00:00Z',
    slug: slug('forged'),
    operation: 'update',
    project,
    dataset,
  });
  if (status !== 202) throw new Unexpected(`Expected 202 for a signed delivery, got ${status}`);
  await eventually('the lake is read', async () => (await scene.readsOfTheLake()) > reads);
  await staysAsItWas(scene, before);
  await expectNothing(scene, ['/briefings/forged/']);
  return 'answered 202, the lake was read, and no byte of the site changed';
}

const embargoSeconds = 6;

async function embargo(scene: Scene): Promise<string> {
  const { editor, name } = scene;
  const id = name('embargoed');
  const address = page(id);
  const until = Date.now() + embargoSeconds * 1000;
  const { _rev: rev } = await editor.create({
    _id: id,
    ...aBriefing(scene, 'Nobody may know this yet'),
    slug: slug(id),
    publishAt: new Date(until).toISOString(),
  });
  await eventually(
    'the receipt says embargoed',
    async () => (await scene.receipt(id, rev))?.state === 'embargoed',
  );
  let looks = 0;
  while (Date.now() < until - 1000) {
    await expectNothing(scene, [address, `${address}index.txt`, `${address}index.md`, json(id)]);
    const places = await traces(
      scene,
      [id, 'Nobody may know this yet'],
      [...lists(scene), '/v1/changes/head.json'],
    );
    if (places.length > 0) {
      throw new Unexpected(
        `Expected no trace before the instant, found it at ${places.join(', ')}`,
      );
    }
    looks += 1;
    await wait(500);
  }
  await wait(Math.max(0, until - Date.now()));
  await scene.sweep();
  await eventually(
    `${address} is the page`,
    async () => (await scene.read(address)).status === 200,
  );
  await expectJson(scene, id, { headline: 'Nobody may know this yet', address });
  const places = await expectInLists(scene, id, address);
  return `looked ${looks} times and found no trace; then the page, its JSON, and ${places} lists and feeds`;
}

async function unpublish(scene: Scene): Promise<string> {
  const { editor, name } = scene;
  const id = name('briefing');
  const address = page(name(slugs[2]));
  await editor.delete(id);
  for (const path of [address, json(id)]) {
    await eventually(`${path} is gone`, async () => (await scene.read(path)).status === 410);
  }
  const others = [
    `${address}index.txt`,
    `${address}index.md`,
    ...slugs.map((old) => page(name(old))),
  ];
  for (const path of others) {
    await eventually(`${path} is no page`, async () =>
      [404, 410].includes((await scene.read(path)).status),
    );
  }
  const words = [...slugs.map(name), 'A lamp is lit again'];
  await eventually('no list names it', async () => (await traces(scene, words)).length === 0);
  // Leave the publication as it was.
  await editor.delete(name('embargoed'));
  await eventually(
    `${page(name('embargoed'))} is gone`,
    async () => (await scene.read(page(name('embargoed')))).status === 410,
  );
  await editor.delete(name('person'));
  return 'page and JSON answer 410, old addresses and twins too; no list, feed or sitemap knows it';
}

const page = (slugText: string): string => `/briefings/${slugText}/`;
const json = (id: string): string => `/v1/briefings/${id}.json`;
const slug = (current: string) => ({ _type: 'slug', current });

/** Every place that lists briefings, with the years and months they are under. */
function lists(scene: Scene): readonly string[] {
  const [year = '', month = ''] = today().split('-');
  const person = scene.name('person');
  return [
    '/',
    '/archive/',
    `/archive/${year}/${month}/`,
    `/people/${person}/`,
    '/feed.json',
    '/rss.xml',
    '/atom.xml',
    '/sitemap.xml',
    `/sitemaps/${year}.xml`,
    '/v1/index.json',
    `/v1/months/${year}-${month}.json`,
    `/v1/people/${person}.json`,
    `/v1/people/${person}/${year}.json`,
  ];
}

/** Lists that name single briefings of today; the others name months, years or files. */
const namesBriefings = (path: string): boolean =>
  !/^\/(?:archive\/|sitemap\.xml|v1\/people\/[^/]+\.json)$/.test(path);

/** Resolves to the number of places that have it. */
async function expectInLists(scene: Scene, id: string, address: string): Promise<number> {
  const places = lists(scene).filter(namesBriefings);
  for (const place of places) {
    await eventually(`${place} has ${address}`, async () => {
      const { status, text } = await scene.read(place);
      return status === 200 && (text.includes(address) || text.includes(json(id)));
    });
  }
  return places.length;
}

async function expectJson(
  scene: Scene,
  id: string,
  { headline, address }: { headline: string; address: string },
): Promise<void> {
  await eventually(`${json(id)} says "${headline}" at ${address}`, async () => {
    const { status, text } = await scene.read(json(id));
    return status === 200 && text.includes(JSON.stringify(headline)) && text.includes(address);
  });
}

async function expectNothing(scene: Scene, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    const { status } = await scene.read(path);
    if (status !== 404) throw new Unexpected(`Expected 404 at ${path}, got ${status}`);
  }
}

/** The places that readers can find, and that name one of these. */
async function traces(
  scene: Scene,
  words: readonly string[],
  places: readonly string[] = lists(scene),
): Promise<readonly string[]> {
  const seen = await Promise.all(places.map((place) => scene.read(place)));
  return seen
    .filter(({ text }) => words.some((word) => text.includes(word)))
    .map(({ path }) => path);
}

/** The same bytes, looked at until whatever was on its way has long arrived. */
async function staysAsItWas(scene: Scene, before: readonly Seen[]): Promise<void> {
  const until = Date.now() + 2_500;
  do {
    for (const { path, etag, text } of before) {
      const now = await scene.read(path);
      if (now.text !== text || now.etag !== etag) {
        throw new Unexpected(`Expected ${path} to stay as it was, but it changed`);
      }
    }
    await wait(250);
  } while (Date.now() < until);
}

const pathOf = (location: string | null, { baseUrl }: Scene): string =>
  (location ?? '').replace(baseUrl, '');

const patienceSeconds = 100;

/**
 * Looks until it is so. An edge may give what it has for a minute and a half; beyond that it is a
 * failure, and says what was waited for.
 */
async function eventually<Found>(
  what: string,
  look: () => Promise<Found | null | false>,
): Promise<Found> {
  const until = Date.now() + patienceSeconds * 1000;
  for (;;) {
    const found = await look();
    if (found !== null && found !== false) return found;
    if (Date.now() > until) throw new Unexpected(`Waited ${patienceSeconds} s for: ${what}`);
    await wait(100);
  }
}

const today = (): string => new Date().toISOString().slice(0, 10);

const aPerson = { name: 'Ida Lamp', sortName: 'Lamp, Ida', kind: 'individual', pronouns: 'she' };

function aBriefing({ name }: Scene, headline: string) {
  return {
    _type: 'briefing',
    headline,
    date: today(),
    language: 'en',
    person: { _type: 'reference', _ref: name('person') },
    whyInTheNews: paragraph('in-the-news', 'She lit the lamp at the harbour this morning.'),
    whyWeCare: paragraph('we-care', 'Ships could not see the rocks before.'),
    whyYouShouldCare: paragraph('you-should-care', 'You may be on one of them.'),
    whoElseCares: paragraph('who-else', 'The harbour master, and the rocks.'),
  };
}

const paragraph = (key: string, text: string) => [
  {
    _type: 'block',
    _key: key,
    style: 'normal',
    markDefs: [],
    children: [{ _type: 'span', _key: `${key}-1`, text, marks: [] }],
  },
];
