import { expect, test } from 'vitest';
import { leafCount, placeOf } from '../../src/publishing/tree.ts';

const months = Array.from({ length: 12 }, (_, index) => String(index + 1).padStart(2, '0'));
const years = Array.from({ length: 60 }, (_, index) => String(1990 + index));

/** Which of these keys lie in one leaf. */
function byLeaf(keys: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const leaves = new Map<string, readonly string[]>();
  for (const key of keys) {
    const { branch, leaf } = placeOf(key);
    const name = `${branch}/${leaf}`;
    leaves.set(name, [...(leaves.get(name) ?? []), key]);
  }
  return leaves;
}

function daysOf(year: string): readonly string[] {
  return months.flatMap((month) =>
    Array.from({ length: new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate() }).map(
      (_, index) => `${year}-${month}-${String(index + 1).padStart(2, '0')}`,
    ),
  );
}

test('rule 4: in sixty years no month shares its leaf with another, or with a day', () => {
  const keys = years.flatMap((year) => [
    ...months.map((month) => `month:${year}-${month}`),
    ...daysOf(year).map((day) => `cards:${day}`),
  ]);
  expect(keys).toHaveLength(60 * 12 + 60 * 365 + 15);
  const shared = [...byLeaf(keys).values()].filter(
    (leaf) => leaf.length > 1 && leaf.some((key) => key.startsWith('month:')),
  );
  expect(shared).toEqual([]);
});

test('rule 4: a leaf holds the cards of two days at the most, and all of a year are in one branch', () => {
  for (const year of years) {
    const keys = [...daysOf(year).map((day) => `cards:${day}`), `month:${year}-06`];
    expect(Math.max(...[...byLeaf(keys).values()].map((leaf) => leaf.length))).toBe(2);
    expect(new Set(keys.map((key) => placeOf(key).branch)).size).toBe(1);
  }
});

test('rule 4: of 15,000 chunks of changes, 1.5 million changes, no two share a leaf, and none is with a month', () => {
  const chunks = Array.from({ length: 15_000 }, (_, index) => `changes:${index + 1}`);
  expect(byLeaf(chunks).size).toBe(chunks.length);
  const all = byLeaf([
    ...chunks,
    ...years.flatMap((year) => months.map((month) => `month:${year}-${month}`)),
  ]);
  expect(all.size).toBe(chunks.length + 60 * 12);
});

test('every key has a place in the tree, whatever it is made of', () => {
  for (const key of [
    'site',
    'month:',
    'cards:soon',
    'changes:x',
    'changes:9e9',
    'links:a@',
    'due:2031-08-29',
  ]) {
    const { branch, leaf } = placeOf(key);
    expect([branch >= 0 && branch < 64, leaf >= 0 && leaf < leafCount], key).toEqual([true, true]);
  }
});
