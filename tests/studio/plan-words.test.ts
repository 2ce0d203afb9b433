import { expect, it } from 'vitest';
import { footnotesOf, groupsOf, summaryOf } from '../../sanity/views/plan-words.ts';
import type { PlannedEdit, PlannedWrite } from '../../src/publishing/planned-edit.ts';

const changed = (path: PlannedWrite['path'], of: string | null = null): PlannedWrite => ({
  what: 'changed',
  path,
  bytes: 1,
  of,
});
const nothing: PlannedEdit = {
  writes: [],
  followers: [],
  beyond: 0,
  redirectsOf: [],
  allRedirects: false,
  purges: 0,
  refused: [],
  waitsUntil: null,
  unsettled: [],
};
const plan: PlannedEdit = {
  ...nothing,
  writes: [
    changed('/'),
    changed('/archive/2026/01/'),
    changed('/atom.xml'),
    changed('/briefings/six-dots/', 'b-dots'),
    changed('/feed.json'),
    changed('/fr/briefings/six-points/', 'b-points'),
    changed('/rss.xml'),
    changed('/v1/briefings/b-dots.json', 'b-dots'),
    changed('/v1/index.json'),
  ],
  followers: ['b-points'],
  purges: 2,
};

it('counts in the words of a newsroom', () => {
  expect(summaryOf(plan)).toBe(
    'Publishing changes 2 pages, 2 lists, 3 feeds and 2 files for other programs; 2 purges.',
  );
  expect(summaryOf(nothing)).toBe('Nothing would change.');
});

it('puts the document first, then what follows', () => {
  const groups = groupsOf(plan, ['b-dots']).map(({ title, writes }) => [
    title,
    ...writes.map(({ path }) => path),
  ]);
  expect(groups).toEqual([
    ['The document itself', '/briefings/six-dots/', '/v1/briefings/b-dots.json'],
    ['Pages that follow', '/fr/briefings/six-points/'],
    ['Lists', '/', '/archive/2026/01/'],
    ['Feeds', '/atom.xml', '/feed.json', '/rss.xml'],
    ['For other programs', '/v1/index.json'],
  ]);
});

it('says what follows without an address', () => {
  expect(footnotesOf(nothing)).toEqual([]);
  expect(footnotesOf({ ...plan, beyond: 1200 })).toEqual([
    'One other briefing changes with it.',
    'About 1200 more briefings may change too. They follow in the next releases and are not listed here.',
  ]);
});
