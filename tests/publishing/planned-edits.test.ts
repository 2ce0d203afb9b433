import { describe, expect, it } from 'vitest';
import type { Edit } from '../../src/publishing/neighbourhood.ts';
import type { PlannedEdit } from '../../src/publishing/planned-edit.ts';
import { mulberry32 } from '../simulator/world.ts';
import type { Newsroom } from './newsroom.ts';
import { drafted, execute, openDemo, planIn, plannedAnswers } from './planned-newsroom.ts';

const edits = 200;

describe('the plan of an edit', () => {
  it(`is what is then written, for ${edits} random edits of the demo publication`, async () => {
    const newsroom = await openDemo();
    const editor = new Editor(newsroom, 20_261_123);
    const mistakes: unknown[] = [];
    const kinds = new Set<string>();
    for (let number = 0; number < edits; number += 1) {
      newsroom.pass(3700);
      await newsroom.sweep();
      const { what, edit } = editor.next();
      kinds.add(what.replace(/ [^ ]*$/, ''));
      const plan = await planIn(newsroom, edit);
      const standing = new Map(
        [...edit.keys()].map((id) => [id, newsroom.documents.get(id) ?? null]),
      );
      const before = await newsroom.site();
      const written = await execute(newsroom, edit);
      const planned = plannedAnswers(plan);
      const older = await olderRedirects(newsroom, plan, new Set(before));
      const unplanned = [...written].filter(
        ([path, answer]) => !planned.has(path) && !older.has(`${path} ${answer}`),
      );
      const expected = [...planned].map(([path, answer]) => `${path} ${answer}`).sort();
      const actual = [...written]
        .filter(([path]) => planned.has(path))
        .map(([path, answer]) => `${path} ${answer}`)
        .sort();
      // What is shown of a refused document is in the publisher's state alone: the editor mends it.
      if (plan.refused.length > 0) await execute(newsroom, standing);
      const missing = expected.filter((line) => !actual.includes(line));
      const other = actual.filter((line) => !expected.includes(line));
      if (missing.length + other.length + unplanned.length > 0) {
        mistakes.push({ number, what, missing, other, unplanned });
      }
    }
    expect(mistakes).toEqual([]);
    expect([...kinds.keys()].sort()).toEqual(everyKind);
    expect((await newsroom.differences()).differing).toEqual([]);
  }, 600_000);
});

const everyKind = [
  'author of',
  'body of',
  'broken of',
  'come back',
  'correction of',
  'countries of',
  'country of',
  'date of',
  'demonym of',
  'embargo of',
  'headline of',
  'mention of',
  'new',
  'nothing of',
  'person born of',
  'person merged of',
  'person name of',
  'person of',
  'person slug of',
  'related of',
  'retraction of',
  'score of',
  'settings of',
  'slug of',
  'team of',
  'topic of',
  'topics of',
  'translation of',
  'unpublish',
];

/**
 * What the plan speaks of without naming it: at addresses that a document of the plan left before,
 * what leads on, or says that it is gone, is written again. The public contract does not list them.
 */
async function olderRedirects(
  newsroom: Newsroom,
  { redirectsOf, allRedirects }: PlannedEdit,
  before: ReadonlySet<string>,
): Promise<ReadonlySet<string>> {
  const older = new Set<string>();
  const stood = new Set(
    [...before].filter((line) => / (?:301|410)/.test(line)).map((line) => line.split(' ')[0]),
  );
  for (const line of await newsroom.site()) {
    const [path = '', status = ''] = line.split(' ');
    if (!['301', '410'].includes(status) || !stood.has(path)) continue;
    const last = await lastAt(newsroom, path);
    if (allRedirects || (last !== null && redirectsOf.includes(last))) older.add(line);
  }
  return older;
}

/** Who was last at an address, by the ledger. */
async function lastAt(newsroom: Newsroom, path: string): Promise<string | null> {
  const briefing = /^\/(?:([a-z-]+)\/)?briefings\/([^/]+)\//.exec(path);
  const record = /^\/v1\/people\/([^/.]+)/.exec(path);
  if (record?.[1] !== undefined) return record[1];
  const person = /^\/people\/([^/]+)\//.exec(path);
  const address =
    briefing !== null
      ? `briefing/${briefing[1] ?? 'en'}/${briefing[2]}`
      : person === null
        ? null
        : `person/${person[1]}`;
  if (address === null) return null;
  return (await newsroom.record(`address:${address}`))?.last ?? null;
}

interface NamedEdit {
  readonly what: string;
  readonly edit: Edit;
}

/** An editor at random: every kind of edit, on any document of the publication. */
class Editor {
  readonly #newsroom: Newsroom;
  readonly #random: () => number;
  readonly #graveyard = new Map<string, Readonly<Record<string, unknown>>>();

  constructor(newsroom: Newsroom, seed: number) {
    this.#newsroom = newsroom;
    this.#random = mulberry32(seed);
  }

  next(): NamedEdit {
    const kinds: readonly (() => NamedEdit)[] = [
      () => this.#briefing('headline', () => ({ headline: this.#words() })),
      () => this.#briefing('body', () => ({ whyWeCare: this.#prose([]) })),
      () => this.#briefing('slug', () => ({ slug: slug(this.#pick(someSlugs)) })),
      () => this.#briefing('date', () => ({ date: this.#pick(someDates) })),
      () => this.#briefing('person', () => ({ person: reference(this.#any('person')) })),
      () =>
        this.#briefing('topics', () => ({
          topics: [{ ...reference(this.#any('topic')), _key: 't' }],
        })),
      () =>
        this.#briefing('countries', () => ({
          countries: [{ ...reference(this.#any('country')), _key: 'c' }],
        })),
      () =>
        this.#briefing('related', () => ({
          related: [{ ...reference(this.#any('briefing'), true), _key: 'r' }],
        })),
      () =>
        this.#briefing('correction', () => ({
          corrections: [
            { _key: 'k', at: this.#newsroom.now, kind: 'correction', text: this.#words() },
          ],
        })),
      () =>
        this.#briefing('retraction', () => ({
          retraction: { at: this.#newsroom.now, reason: this.#words() },
        })),
      () =>
        this.#briefing('mention', () => ({ whoElseCares: this.#prose([this.#any('briefing')]) })),
      () => this.#briefing('score', () => ({ score: { value: 3, about: this.#words() } })),
      () =>
        this.#briefing('translation', () => ({
          translationOf: reference(this.#any('briefing'), true),
        })),
      () => this.#unpublish(),
      () => this.#comeBack(),
      () => this.#start(),
      () => this.#document('person name', 'person', () => ({ name: this.#words() })),
      () => this.#document('person slug', 'person', () => ({ slug: slug(this.#pick(someSlugs)) })),
      () => this.#document('person born', 'person', () => ({ born: '1800-01-02' })),
      () =>
        this.#document('person merged', 'person', (id) => ({
          mergedInto: this.#chance(0.5)
            ? undefined
            : reference(this.#pick(this.#ids('person').filter((each) => each !== id)), true),
        })),
      () => this.#document('team', 'team', () => ({ name: this.#words() })),
      () => this.#document('author', 'author', () => ({ name: this.#words() })),
      () => this.#document('country', 'country', () => ({ name: this.#words() })),
      () => this.#document('demonym', 'country', () => ({ demonym: this.#words() })),
      () => this.#document('topic', 'topic', () => ({ title: this.#words() })),
      () => this.#briefing('nothing', () => ({})),
      () => this.#briefing('broken', () => ({ headline: '' })),
      () => this.#briefing('embargo', () => ({ publishAt: '2030-01-01T00:00:00.000Z' })),
    ];
    if (this.#chance(0.02)) {
      return this.#document('settings', 'siteSettings', () => ({ name: this.#words() }));
    }
    return this.#pick(kinds)();
  }

  #briefing(what: string, fields: (id: string) => Readonly<Record<string, unknown>>): NamedEdit {
    return this.#document(what, 'briefing', fields);
  }

  #document(
    what: string,
    type: string,
    fields: (id: string) => Readonly<Record<string, unknown>>,
  ): NamedEdit {
    const id = this.#any(type);
    return {
      what: `${what} of ${id}`,
      edit: new Map([[id, drafted(this.#newsroom, id, fields(id))]]),
    };
  }

  #unpublish(): NamedEdit {
    const id = this.#any('briefing');
    this.#graveyard.set(id, this.#newsroom.standing(id));
    const edit = new Map<string, unknown>([[id, null]]);
    if (this.#chance(0.5)) {
      const redirect = `redirect-${id}`;
      const to = this.#chance(0.7) ? reference(this.#any('briefing'), true) : undefined;
      edit.set(
        redirect,
        drafted(this.#newsroom, redirect, { _type: 'redirect', from: id, ...(to && { to }) }),
      );
    }
    return { what: `unpublish ${id}`, edit };
  }

  #comeBack(): NamedEdit {
    const [gone] = [...this.#graveyard].filter(([id]) => !this.#newsroom.documents.has(id));
    if (gone === undefined) return this.#start();
    const [id, document] = gone;
    const edit = new Map<string, unknown>([[id, drafted(this.#newsroom, id, document)]]);
    if (this.#newsroom.documents.has(`redirect-${id}`)) edit.set(`redirect-${id}`, null);
    return { what: `come back ${id}`, edit };
  }

  #start(): NamedEdit {
    const id = `briefing-new-${Math.floor(this.#random() * 1e6)}`;
    const like = this.#newsroom.standing(this.#any('briefing'));
    const { _createdAt, ...fields } = like;
    const draft = drafted(this.#newsroom, id, {
      ...fields,
      headline: this.#words(),
      slug: slug(id),
      date: this.#pick(someDates),
      translationOf: undefined,
      publishAt: undefined,
      retraction: undefined,
      corrections: [],
    });
    return { what: `new ${id}`, edit: new Map([[id, draft]]) };
  }

  #prose(mentions: readonly string[]): readonly unknown[] {
    return [
      {
        _type: 'block',
        _key: 'b',
        style: 'normal',
        children: [
          { _type: 'span', _key: 's', text: `${this.#words()} ` },
          ...mentions.map((_, at) => ({
            _type: 'span',
            _key: `m${at}`,
            text: this.#words(),
            marks: [`l${at}`],
          })),
        ],
        markDefs: mentions.map((id, at) => ({
          _type: 'briefingReference',
          _key: `l${at}`,
          reference: reference(id, true),
        })),
      },
    ];
  }

  #words(): string {
    return `Words ${Math.floor(this.#random() * 1e6)}`;
  }
  #ids(type: string): readonly string[] {
    return [...this.#newsroom.documents.values()]
      .filter(({ _type }) => _type === type)
      .map(({ _id }) => _id);
  }
  #any(type: string): string {
    return this.#pick(this.#ids(type));
  }
  #pick<Item>(items: readonly Item[]): Item {
    const item = items[Math.floor(this.#random() * items.length)];
    if (item === undefined) throw new Error('There is nothing to pick from');
    return item;
  }
  #chance(probability: number): boolean {
    return this.#random() < probability;
  }
}

const someSlugs = ['six-dots', 'first', 'second', 'third', 'louis-braille', 'ada-lovelace'];
const someDates = [
  '2025-09-14',
  '2025-11-03',
  '2026-01-15',
  '2026-03-16',
  '2026-11-22',
  '2024-02-29',
];

function slug(current: string): Readonly<Record<string, unknown>> {
  return { _type: 'slug', current };
}

function reference(id: string, weak = false): Readonly<Record<string, unknown>> {
  return { _type: 'reference', _ref: id, ...(weak ? { _weak: true } : {}) };
}
