import { describe, expect, test } from 'vitest';
import { victim } from './ending.ts';
import { runHistory } from './history.ts';
import { quietEvening } from './quiet-evening.ts';
import { scenario } from './scenario.ts';

test('the same seed is the same history, to the millisecond', async () => {
  for (const seed of [5, 12]) {
    const [once, again] = [await runHistory(scenario(seed)), await runHistory(scenario(seed))];
    expect(again).toEqual(once);
    expect(once.worst.size).toBeGreaterThan(0);
  }
});

describe('whatever is broken for good, what does not depend on it comes in time', () => {
  test('nothing is broken', async () => {
    const { late, worst } = await runHistory(scenario(1, quietEvening(null)));
    expect(late).toEqual([]);
    expect([...worst.keys()].sort()).toEqual([
      'a lost deletion',
      'a lost edit',
      'an edit that arrived',
      'the collector',
      'the deep check',
    ]);
  });

  test('no purge succeeds', async () => {
    const { late, worst } = await runHistory(scenario(1, quietEvening({ kind: 'purge' })));
    expect(late).toEqual([]);
    expect(worst.has('an edit that arrived')).toBe(true);
  });

  test('one document cannot be drawn: an edit of another is live', async () => {
    const broken = { kind: 'document-throws', id: victim } as const;
    const { late, worst } = await runHistory(scenario(1, quietEvening(broken)));
    expect(late).toEqual([]);
    expect(worst.has('an edit that arrived')).toBe(true);
  });
});
