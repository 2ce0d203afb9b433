import { describe, expect, it } from 'vitest';
import { isDraftOrVersionId } from '../../src/briefing/document-id.ts';
import { parseDocument } from '../../src/briefing/parse.ts';
import {
  demoDocuments,
  demoLines,
  everyValueOf,
  imported,
  isRecord,
  wordsOf,
} from './publication.ts';

const documents = demoDocuments();
const briefings = documents.filter(({ _type }) => _type === 'briefing');
const slugOf = (fields: unknown) =>
  isRecord(fields) ? everyValueOf('current', fields['slug'])[0] : undefined;

describe('the demo publication', () => {
  it('has a document a line, in one spelling', () => {
    expect(demoLines()).toEqual(documents.map((document) => JSON.stringify(document)));
    expect(JSON.stringify(documents)).toBe(JSON.stringify(documents).normalize('NFC'));
  });

  it('has as much of everything as its README says', () => {
    const counts = Object.groupBy(documents, ({ _type }) => _type);
    expect(
      Object.fromEntries(Object.entries(counts).map(([type, all]) => [type, all?.length])),
    ).toEqual({
      siteSettings: 1,
      team: 1,
      author: 1,
      topic: 15,
      country: 25,
      person: 29,
      briefing: 31,
    });
  });

  it('gives each document an id of its own, and when it was made and last changed', () => {
    const ids = documents.map(({ _id }) => _id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.filter(isDraftOrVersionId)).toEqual([]);
    const undated = documents.filter(
      ({ _createdAt, _updatedAt }) => !(String(_createdAt) <= String(_updatedAt)),
    );
    expect(undated).toEqual([]);
  });

  it('gives each key once in its list', () => {
    const repeated = documents.filter((document) => listsOf(document).some(hasRepeatedKey));
    expect(repeated).toEqual([]);
  });

  it('refers only to documents that are in it', () => {
    const ids = new Set<unknown>(documents.map(({ _id }) => _id));
    const dangling = everyValueOf('_ref', documents).filter((id) => !ids.has(id));
    expect(dangling).toEqual([]);
  });

  it('shows every person, country and topic somewhere', () => {
    const shown = new Set(everyValueOf('_ref', documents));
    const idle = documents.filter(
      ({ _id, _type }) => !['briefing', 'siteSettings'].includes(_type) && !shown.has(_id),
    );
    expect(idle.map(({ _id }) => _id)).toEqual([]);
  });

  it('is accepted at the door, with the warnings that its shapes are meant to give', () => {
    const outcomes = documents.map((document) => ({
      _id: document._id,
      parsed: parseDocument(imported(document)),
    }));
    expect(outcomes.filter(({ parsed }) => !parsed.ok)).toEqual([]);
    const warnings = outcomes.flatMap(({ _id, parsed }) =>
      parsed.ok ? parsed.warnings.map(({ code, path }) => `${_id}: ${path} ${code}`) : [],
    );
    expect(warnings).toEqual([
      'person-humboldt: portrait recommended',
      'person-wikipedia-volunteers: portrait recommended',
      'person-umm-kulthum: born recommended',
      'person-galileo: portrait recommended',
      'person-adam-smith: portrait recommended',
      'person-tenzing: portrait recommended',
      'person-kelmendi: portrait recommended',
      'person-faraday: portrait recommended',
      'briefing-thirty-names-and-one-wave: citations recommended',
      'briefing-twenty-five-years-of-citation-needed: countries recommended',
      'briefing-and-yet-he-may-not-have-said-it: citations recommended',
      'briefing-the-birthday-on-top-of-the-world: citations recommended',
    ]);
  });

  it('ends what you should care about with the score of the field', () => {
    const lastSentences = briefings.map(({ whyYouShouldCare, language, score }) => {
      const [value, about] = ['value', 'about'].map((field) =>
        String(everyValueOf(field, score)[0]),
      );
      const ending =
        language === 'fr'
          ? `Votre intérêt mérite d’être de ${value}/10 pour ${about}.`
          : `You should care ${value}/10 about ${about}.`;
      return { ends: wordsOf(whyYouShouldCare).endsWith(ending), ending };
    });
    expect(lastSentences.filter(({ ends }) => !ends)).toEqual([]);
  });

  it('keeps its typography: curly quotes that close, single spaces, no doubled stops', () => {
    const texts = [...everyValueOf('headline', briefings), ...everyValueOf('text', documents)].map(
      String,
    );
    expect(texts.filter((text) => /["']| {2}|\.\.|\s-\s/.test(text))).toEqual([]);
    const unclosed = briefings
      .flatMap((briefing) => answers.map((answer) => wordsOf(briefing[answer])))
      .filter((words) => words.split('“').length !== words.split('”').length);
    expect(unclosed).toEqual([]);
  });

  it('says when a picture is shown who drew it, and something else than the caption', () => {
    const portraits = everyValueOf('portrait', documents).filter(isRecord);
    expect(portraits).toHaveLength(23);
    for (const { alt, caption, ...portrait } of portraits) {
      expect(portrait).toMatchObject({
        credit: 'Drawn for the demo publication',
        licence: { name: 'CC0 1.0', url: 'https://creativecommons.org/publicdomain/zero/1.0/' },
      });
      expect(String(alt)).toMatch(/^A print of .{20,}\.$/);
      expect(caption).not.toBe(alt);
    }
  });
});

/**
 * The day each briefing is about, and how its text counts the years since; `born` and `died` are
 * of the person. A calendar found these, not the author.
 */
const occasions = [
  [
    '2025-09-14',
    'Sunday',
    'the-man-who-drew-a-mountain-sideways',
    'born',
    'Two hundred and fifty-six',
    256,
  ],
  ['2025-10-10', 'Friday', 'a-passport-for-people-without-one', 'born', 'on this day in 1861', 164],
  [
    '2025-10-14',
    'Tuesday',
    'the-note-that-outgrew-its-paper',
    '2025-10-14',
    'second Tuesday of October',
    0,
  ],
  ['2025-10-31', 'Friday', 'thirty-names-and-one-wave', 'born', 'on this day in 1760', 265],
  ['2025-12-10', 'Wednesday', 'the-loom-in-the-argument', 'born', '210 years ago today', 210],
  [
    '2025-12-16',
    'Tuesday',
    'a-quarter-of-a-millennium-of-eavesdropping',
    'born',
    'Jane Austen is 250',
    250,
  ],
  [
    '2025-12-25',
    'Thursday',
    'christmas-morning-nearly-a-million-miles-out',
    '2021-12-25',
    'Four years ago today',
    4,
  ],
  [
    '2026-01-01',
    'Thursday',
    'the-storyteller-who-kept-transmitting',
    'born',
    'on New Year’s Day 1914',
    112,
  ],
  ['2026-01-04', 'Sunday', 'six-dots', 'born', 'on 4 January 1809', 217],
  ['2026-01-04', 'Sunday', 'six-points', 'born', 'le 4 janvier 1809', 217],
  [
    '2026-01-15',
    'Thursday',
    'twenty-five-years-of-citation-needed',
    'born',
    'turn twenty-five today',
    25,
  ],
  ['2026-01-15', 'Thursday', 'the-top-that-could-be-solved', 'born', 'on this day in 1850', 176],
  [
    '2026-01-26',
    'Monday',
    'a-hundred-years-of-looking-at-the-box',
    '1926-01-26',
    'A century later',
    100,
  ],
  ['2026-02-03', 'Tuesday', 'first-thursdays', 'died', 'on this day in 1975', 51],
  ['2026-02-15', 'Sunday', 'and-yet-he-may-not-have-said-it', 'born', 'on this day in 1564', 462],
  [
    '2026-03-09',
    'Monday',
    'eighteen-ways-to-touch-a-pin',
    '1776-03-09',
    'two hundred and fifty years ago today',
    250,
  ],
  [
    '2026-03-16',
    'Monday',
    'two-and-a-half-seconds-over-a-cabbage-patch',
    '1926-03-16',
    'A hundred years ago today',
    100,
  ],
  ['2026-03-28', 'Saturday', 'the-rising-sea', 'born', 'on this day in 1928', 98],
  [
    '2026-04-12',
    'Sunday',
    'sixty-five-years-and-108-minutes',
    '1961-04-12',
    'sixty-five years ago today',
    65,
  ],
  ['2026-05-08', 'Friday', 'seven-million-cards', '1828-05-08', 'birthday of Henry Dunant', 198],
  [
    '2026-05-09',
    'Saturday',
    'the-birthday-on-top-of-the-world',
    'died',
    'forty years ago today',
    40,
  ],
  [
    '2026-05-13',
    'Wednesday',
    'the-small-hard-thing-in-the-middle',
    'born',
    'on this day in 1888',
    138,
  ],
  ['2026-05-27', 'Wednesday', 'the-rise-the-ease-and-the-fall', 'born', 'on this day in 1332', 694],
  ['2026-05-29', 'Friday', 'a-pine-with-two-landscapes', 'born', 'on this day in 1911', 115],
  [
    '2026-06-10',
    'Wednesday',
    'hanging-chains-upside-down',
    'died',
    'a hundred years ago today',
    100,
  ],
  [
    '2026-07-04',
    'Saturday',
    'the-fourth-of-july-by-his-own-count',
    '1776-07-04',
    'The United States is 250 today',
    250,
  ],
  ['2026-08-07', 'Friday', 'fifty-two-kilograms-of-gold', '2016-08-07', 'Ten years ago today', 10],
  ['2026-09-25', 'Friday', 'fifty-million-small-trees', 'died', 'fifteen years ago today', 15],
  ['2026-10-28', 'Wednesday', 'the-poem-in-the-pedestal', '1886-10-28', '140 years ago today', 140],
  [
    '2026-11-20',
    'Friday',
    'geography-from-the-back-of-a-goose',
    'born',
    'on this day in 1858',
    168,
  ],
  [
    '2031-08-29',
    'Friday',
    'a-twitch-of-the-needle',
    '1831-08-29',
    'Two hundred years ago today',
    200,
  ],
] as const;

describe('the days of the demo publication', () => {
  it('are told for every briefing', () => {
    expect(briefings.map((briefing) => [briefing['date'], slugOf(briefing)])).toEqual(
      occasions.map(([date, , slug]) => [date, slug]),
    );
  });

  it.each(occasions)('%s is a %s: %s', (date, weekday, slug, event, phrase, years) => {
    const briefing = briefings.find((each) => slugOf(each) === slug);
    const person = documents.find(
      ({ _id }) => _id === everyValueOf('_ref', briefing?.['person'])[0],
    );
    const day = event === 'born' || event === 'died' ? String(person?.[event]) : event;
    expect({
      weekday: weekdays[new Date(`${date}T00:00:00Z`).getUTCDay()],
      monthAndDay: day.slice(5),
      years: Number(date.slice(0, 4)) - Number(day.slice(0, 4)),
      told: wordsOf(briefing?.['whyInTheNews']).includes(phrase),
    }).toEqual({ weekday, monthAndDay: date.slice(5), years, told: true });
  });
});

const answers = [
  'whyInTheNews',
  'whyWeCare',
  'whyYouShouldCare',
  'whoElseCares',
  'furtherComments',
];
const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

function listsOf(value: unknown): readonly (readonly unknown[])[] {
  if (Array.isArray(value)) return [value, ...value.flatMap(listsOf)];
  return isRecord(value) ? Object.values(value).flatMap(listsOf) : [];
}

function hasRepeatedKey(list: readonly unknown[]): boolean {
  const keys = list.filter(isRecord).map(({ _key }) => _key);
  return new Set(keys).size !== keys.length;
}
