import { expect, test } from 'vitest';
import { duration } from '../../sanity/receipt/moments.ts';
import { tellProblems } from '../../sanity/receipt/problem-words.ts';
import { begin, observe, type Receipt } from '../../sanity/receipt/progress.ts';
import { stepsOf } from '../../sanity/receipt/steps.ts';
import type { Subject } from '../../sanity/receipt/subject.ts';
import { valueAt } from '../../sanity/receipt/value-at.ts';

const briefing = {
  _id: 'b',
  _type: 'briefing',
  _rev: 'r',
  headline: 'Six dots',
  person: { _type: 'reference', _ref: 'person-braille' },
  byline: [{ _key: 'x', contributor: { _type: 'reference', _ref: 'team-desk' } }],
};

test('a problem that the rules know is told in their words', () => {
  expect(tellProblems([{ code: 'required', path: 'slug', holder: null }], briefing)).toEqual([
    {
      code: 'required',
      path: 'slug',
      message: 'The briefing has no address yet.',
      fix: 'Press Generate beside the slug.',
      other: null,
    },
  ]);
});

test.each([
  ['slug-taken', 'slug', 'b-two', 'b-two'],
  ['reference-missing', 'person', null, 'person-braille'],
  ['reference-gone', 'byline[_key=="x"].contributor', null, 'team-desk'],
  ['reference-invalid', 'person', null, 'person-braille'],
  ['publish-at-live', 'publishAt', null, null],
  ['language-fixed', 'language', null, null],
])('%s has words of its own, and leads to %s', (code, path, holder, other) => {
  const [told] = tellProblems([{ code, path, holder }], briefing);
  expect(told).toMatchObject({ code, path, other });
  expect(told?.message).not.toMatch(/no words for/);
});

test('a reason that a newer site gives is told as such', () => {
  const [told] = tellProblems([{ code: 'of-tomorrow', path: 'person', holder: null }], briefing);
  expect(told?.message).toBe(
    'The site refused this for a reason this Studio has no words for (of-tomorrow).',
  );
});

test.each([
  ['person._ref', 'person-braille'],
  ['byline[_key=="x"].contributor._ref', 'team-desk'],
  ['byline[0].contributor._ref', 'team-desk'],
  ['byline[_key=="y"].contributor._ref', undefined],
  ['constructor', undefined],
])('%s of a document is %s', (path, value) => {
  expect(valueAt(briefing, path)).toBe(value);
});

test.each([
  [0.84, '0.8 s'],
  [9.97, '10 s'],
  [89.6, '90 s'],
  [600, '10 min'],
  [5 * 3_600, '5 h'],
  [9 * 86_400, '9 days'],
])('%d seconds are %s', (seconds, text) => {
  expect(duration(seconds)).toBe(text);
});

const subject: Subject = {
  kind: 'revision',
  id: 'b',
  rev: 'r',
  publishedAt: '2026-11-24T07:30:00.000Z',
  publishAt: null,
  page: { path: '/briefings/six-dots/', tag: 'briefing-b' },
  contract: '/v1/briefings/b.json',
  mergedInto: null,
  shownOn: 'nothing-else',
};
const receipt: Receipt = {
  state: 'live',
  release: 7,
  committedAt: '2026-11-24T07:30:01.200Z',
  contentHash: 'h',
  problems: [],
};

test('the steps of a publish, as far as it has come', () => {
  const now = Date.parse(subject.publishedAt);
  const begun = begin(subject, { now, isFresh: true });
  const committed = observe(begun, { of: 'receipt', receipt }, now + 1_500);
  const seen = observe(
    committed,
    { of: 'page', served: { kind: 'same', release: 7 } },
    now + 2_100,
  );
  const states = [begun, committed, seen].map((progress) =>
    stepsOf(progress, 'UTC')?.map(({ state, when }) => [state, when]),
  );
  expect(states).toEqual([
    [
      ['done', '24 Nov 2026, 07:30'],
      ['under way', null],
      ['to come', null],
    ],
    [
      ['done', '24 Nov 2026, 07:30'],
      ['done', '07:30:01 · after 1.2 s'],
      ['under way', null],
    ],
    [
      ['done', '24 Nov 2026, 07:30'],
      ['done', '07:30:01 · after 1.2 s'],
      ['done', '07:30:02 · after 2.1 s'],
    ],
  ]);
});
