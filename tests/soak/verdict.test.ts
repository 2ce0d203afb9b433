import { expect, test } from 'vitest';
import type { EditKind } from './edits.ts';
import { headlineOf } from './edits.ts';
import { type Briefing, type Done, judge, type LogLine, type Outcome } from './verdict.ts';

const done = (id: string, kind: EditKind, outcome: Outcome = 'acknowledged'): Done => ({
  edit: { id, kind, briefings: ['ada'] },
  outcome,
});

const written = [done('e1', 'begin'), done('e2', 'type'), done('e3', 'publish')];

const markOf = (id: string) => ({
  set: { headline: headlineOf(id) },
  inc: { count: 1 },
  insert: { after: 'marks[-1]', items: [{ _key: id }] },
});
const content = (_id: string, ...marks: string[]) => ({
  _id,
  _type: 'briefing',
  headline: headlineOf(marks.at(-1) ?? ''),
  count: marks.length,
  marks: marks.map((_key) => ({ _key })),
});

/** A draft that was begun, typed in and published. */
const begun: LogLine = {
  id: 'e1',
  timestamp: '2026-03-01T12:00:00.000Z',
  mutations: [{ create: content('drafts.ada', 'e1') }],
  effects: { 'drafts.ada': { apply: content('drafts.ada', 'e1'), revert: null } },
};
const typed: LogLine = {
  id: 'e2',
  timestamp: '2026-03-01T12:00:01.000Z',
  mutations: [{ patch: { id: 'drafts.ada', ...markOf('e2') } }],
  effects: {
    'drafts.ada': {
      apply: content('drafts.ada', 'e1', 'e2'),
      revert: content('drafts.ada', 'e1'),
    },
  },
};
const published: LogLine = {
  id: 'e3',
  timestamp: '2026-03-01T12:00:02.000Z',
  mutations: [{ createOrReplace: content('ada', 'e1', 'e2') }, { delete: { id: 'drafts.ada' } }],
  effects: {
    ada: { apply: content('ada', 'e1', 'e2'), revert: null },
    'drafts.ada': { apply: null, revert: content('drafts.ada', 'e1', 'e2') },
  },
};
const ada: Briefing = {
  id: 'ada',
  log: [begun, typed, published],
  documents: new Map([['ada', { ...content('ada', 'e1', 'e2'), _rev: 'e3' }]]),
};

test('a history that adds up has no faults', () => {
  expect(
    judge([ada], [...written, done('e4', 'type', 'unknown'), done('e5', 'type', 'refused')]),
  ).toEqual([]);
});

const withLog = (...log: LogLine[]): Briefing => ({ ...ada, log });

test.each<[string, Briefing, readonly Done[], readonly string[]]>([
  [
    'an edit that was acknowledged and is nowhere',
    ada,
    [...written, done('e4', 'script')],
    ['e4 (script) was acknowledged, and is not in the log of ada'],
  ],
  [
    'an edit that was refused and was done all the same',
    ada,
    [done('e1', 'begin'), done('e2', 'type', 'refused'), done('e3', 'publish')],
    ['e2 (type) was refused, and is in the log of ada'],
  ],
  [
    'a change that nobody made',
    ada,
    [done('e1', 'begin'), done('e2', 'type')],
    ['e3 in the log of ada is nobody’s edit'],
  ],
  [
    'an edit that took away what another had written',
    withLog(begun, {
      ...typed,
      mutations: [{ createOrReplace: content('drafts.ada', 'e2') }],
      effects: {
        'drafts.ada': { apply: content('drafts.ada', 'e2'), revert: content('drafts.ada', 'e1') },
      },
    }),
    written.slice(0, 2),
    [
      expect.stringMatching(/^e2 \(type\) made .* of ada, and not /),
      'ada is at revision e3, and its log ends at null',
      'drafts.ada is at revision null, and its log ends at e2',
      'The mutations in the log of ada do not give the document',
      'The mutations in the log of drafts.ada do not give the document',
    ],
  ],
  [
    'a publication of nothing',
    withLog({
      ...published,
      effects: { ada: { apply: content('ada', 'e1', 'e2'), revert: null } },
    }),
    [done('e3', 'publish')],
    ['e3 (publish) in the log of ada had nothing to be done to'],
  ],
  [
    'a transaction that does not begin where the one before it ended',
    withLog(begun, typed, {
      ...published,
      effects: {
        ...published.effects,
        'drafts.ada': { apply: null, revert: content('drafts.ada', 'e1') },
      },
    }),
    written,
    ['e3 does not begin where the revision of drafts.ada before it ended'],
  ],
  [
    'a document that is behind its log',
    { ...ada, documents: new Map([['ada', { ...content('ada', 'e1', 'e2'), _rev: 'e2' }]]) },
    written,
    ['ada is at revision e2, and its log ends at e3'],
  ],
  [
    'a document that is not what its last transaction left',
    { ...ada, documents: new Map([['ada', { ...content('ada', 'e1'), _rev: 'e3' }]]) },
    written,
    [
      'ada is not what its last transaction e3 left',
      'The mutations in the log of ada do not give the document',
    ],
  ],
  [
    'mutations that do not give the document',
    withLog(
      begun,
      { ...typed, mutations: [] },
      { ...published, mutations: published.mutations.slice(1) },
    ),
    written,
    ['The mutations in the log of ada do not give the document'],
  ],
])('%s is told', (_what, briefing, edits, faults) => {
  expect(judge([briefing], edits)).toEqual(faults);
});
