import { closeSync, openSync, writeSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

/**
 * A publication of any size, the same at every run: briefings of about 400 words, spread evenly over
 * ten years, with the people, countries, topics and teams that they refer to. Nobody should read it.
 */
export function* corpus(briefings: number): Generator<Readonly<Record<string, unknown>>> {
  const people = Math.max(10, Math.round(briefings / 5));
  yield document('siteSettings', 'siteSettings', 0, {
    name: 'The Daily Bench',
    description: 'Made to be measured.',
    timeZone: 'Europe/London',
    language: 'en',
    accent: 'cobalt',
  });
  yield document('team-desk', 'team', 0, {
    name: 'The Desk',
    slug: slug('the-desk'),
    description: 'Writes what is measured.',
  });
  for (let index = 0; index < countries; index += 1) {
    yield document(`country-${index}`, 'country', index, {
      code: `X-${String.fromCharCode(65 + Math.floor(index / 26), 65 + (index % 26))}`,
      name: `Country ${index}`,
      demonym: `Countrian ${index}`,
      slug: slug(`country-${index}`),
      status: 'current',
    });
  }
  for (let index = 0; index < topics; index += 1) {
    yield document(`topic-${index}`, 'topic', index, {
      title: `Topic ${index}`,
      slug: slug(`topic-${index}`),
      description: `Everything about ${index}.`,
    });
  }
  for (let index = 0; index < people; index += 1) {
    yield document(`person-${index}`, 'person', index, {
      name: `Person ${index}`,
      sortName: `${index}, Person`,
      slug: slug(`person-${index}`),
      kind: 'individual',
      pronouns: 'she',
      born: `19${String(30 + (index % 60))}-05-17`,
      identities: [
        { _key: 'a', _type: 'identity', country: reference(`country-${index % countries}`) },
      ],
    });
  }
  for (let index = 0; index < briefings; index += 1) yield briefing(index, briefings, people);
}

const countries = 60;
const topics = 40;

function briefing(
  index: number,
  briefings: number,
  people: number,
): Readonly<Record<string, unknown>> {
  const random = randomFrom(index);
  const date = new Date(Date.UTC(2016, 0, 1) + Math.floor((index * 3650) / briefings) * 86_400_000);
  const earlier = Math.floor(random() * index);
  return document(`briefing-${index}`, 'briefing', index, {
    headline: capital(sentence(random, 7)),
    slug: slug(`briefing-${index}`),
    date: date.toISOString().slice(0, 10),
    language: 'en',
    person: reference(`person-${Math.floor(random() * people)}`),
    whyInTheNews: [
      ...paragraphs(random, 2),
      ...(index > 0 && random() < 0.3 ? [mention(`briefing-${earlier}`)] : []),
    ],
    whyWeCare: paragraphs(random, 1),
    whyYouShouldCare: paragraphs(random, 1),
    whoElseCares: paragraphs(random, 1),
    furtherComments: random() < 0.5 ? paragraphs(random, 1) : [],
    score: { _type: 'score', value: Math.floor(random() * 11), about: sentence(random, 6) },
    citations: [
      {
        _key: 'source',
        key: 'source',
        _type: 'citation',
        url: `https://source.example/${index}`,
        title: capital(sentence(random, 6)),
        publisher: 'The Source',
      },
    ],
    countries: [keyed('c', `country-${Math.floor(random() * countries)}`)],
    topics: [keyed('t', `topic-${Math.floor(random() * topics)}`)],
    byline: [{ _key: 'x', _type: 'bylineEntry', contributor: reference('team-desk') }],
  });
}

function document(
  id: string,
  type: string,
  index: number,
  fields: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const at = new Date(Date.UTC(2016, 0, 1) + index * 60_000).toISOString();
  return { _id: id, _type: type, _rev: `r${index}`, _createdAt: at, _updatedAt: at, ...fields };
}

/** About 75 words each: four answers and a half, five and a half paragraphs, some 400 words. */
function paragraphs(random: () => number, count: number): readonly unknown[] {
  return Array.from({ length: count }, (_, index) => ({
    _type: 'block',
    _key: `p${index}`,
    style: 'normal',
    markDefs: [
      { _type: 'link', _key: 'l', href: `https://elsewhere.example/${Math.floor(random() * 1e6)}` },
    ],
    children: [
      span('a', `${capital(sentence(random, 30))}. `, []),
      span('b', sentence(random, 4), ['l']),
      span('c', ` ${sentence(random, 20)}, `, []),
      span('d', sentence(random, 3), ['strong']),
      span('e', ` ${sentence(random, 15)}.`, []),
    ],
  }));
}

function mention(id: string): unknown {
  return {
    _type: 'block',
    _key: 'm',
    style: 'normal',
    markDefs: [{ _type: 'briefingReference', _key: 'm', reference: reference(id, true) }],
    children: [span('a', 'As we told before', ['m'])],
  };
}

const span = (_key: string, text: string, marks: readonly string[]): unknown => ({
  _type: 'span',
  _key,
  text,
  marks,
});
const slug = (current: string): unknown => ({ _type: 'slug', current });
const reference = (id: string, weak = false): Readonly<Record<string, unknown>> => ({
  _type: 'reference',
  _ref: id,
  ...(weak ? { _weak: true } : {}),
});
const keyed = (key: string, id: string): unknown => ({ ...reference(id), _key: key });

const words = (
  'the of and a to in is was that for it as with his on be at by had not are but from or have an they ' +
  'which one you were all her she there would their we him been has when who will no more if out so ' +
  'government people country treaty election harvest library river council machine orchestra vaccine'
).split(' ');

function sentence(random: () => number, length: number): string {
  return Array.from({ length }, () => words[Math.floor(random() * words.length)]).join(' ');
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** mulberry32: small, and the same everywhere. */
function randomFrom(seed: number): () => number {
  let state = (seed + 1) * 0x9e3779b9;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Writes a corpus as an export: one document a line. */
export function writeCorpus(file: string, briefings: number): void {
  const descriptor = openSync(file, 'w');
  for (const each of corpus(briefings)) writeSync(descriptor, `${JSON.stringify(each)}\n`);
  closeSync(descriptor);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values } = parseArgs({
    options: { briefings: { type: 'string', default: '10000' }, out: { type: 'string' } },
  });
  if (values.out === undefined) {
    console.error('node bench/corpus.ts --briefings 10000 --out corpus.ndjson');
    process.exitCode = 2;
  } else {
    writeCorpus(values.out, Number(values.briefings));
  }
}
