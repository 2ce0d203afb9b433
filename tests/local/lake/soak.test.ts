import { expect, test } from 'vitest';
import { soak } from '../../soak/soak.ts';

test('two clients edit while the lake is killed: for a few seconds here, for half an hour in the soak', async () => {
  const told: string[] = [];

  const faults = await soak({
    minutes: 0.12,
    seed: 7,
    calmSeconds: [0.5, 1.5],
    tell: (line) => void told.push(line),
  });

  expect(faults).toEqual([]);
  // It says what it did, and it did something.
  expect(told.at(-1)).toMatch(
    /^\d\.\d min, seed 7: [1-9]\d* edits acknowledged, \d+ refused, \d+ without an answer; [1-9]\d* outages \([1-9]\d* kills\), .*; nothing lost$/,
  );
}, 90_000);
