import type { SliceRan } from './cloud.ts';
import type { Measured, Work } from './whole-site.ts';

/** Of the state at one size, in bytes. */
export interface Sizes {
  readonly briefings: number;
  readonly root: number;
  readonly largestNode: number;
}

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** Tells each gate of docs/performance.md, and whether it holds; how many are broken. */
export function brokenGates(
  measured: readonly Measured[],
  state: readonly Sizes[],
  tell: (gate: string, holds: boolean) => void,
): number {
  let broken = 0;
  const gate = (name: string, holds: boolean): void => {
    tell(name, holds);
    if (!holds) broken += 1;
  };
  const atMost = (name: string, value: number, most: number, unit: number, of: string): void =>
    gate(`${name}: ${(value / unit).toFixed(1)} ${of}, at most ${most / unit}`, value <= most);
  const at = (name: Work, briefings: number): Measured | undefined =>
    measured.find((each) => each.name === name && each.briefings === briefings);

  for (const { name, briefings, edits, slices, failures } of measured) {
    const what = `${name} of ${briefings}`;
    atMost(`${what}: an unrelated edit`, Math.max(0, ...edits), 10 * second, second, 's');
    const longest = Math.max(0, ...slices.map(({ milliseconds }) => milliseconds));
    atMost(`${what}: a slice`, longest, 5 * second, second, 's');
    gate(`${what}: nothing fails and nothing runs over its time`, failures.length === 0);
  }
  const sizes = [...new Set(measured.map(({ briefings }) => briefings))].sort((a, b) => a - b);
  for (const name of ['settings', 'comparison', 'deep check', 'epoch'] as const) {
    const enough = sizes.map((size) => at(name, size)).filter((each) => each !== undefined);
    const [first, ...others] = enough.filter((each) => slicesOf(each).length >= 5);
    for (const other of others) {
      if (first === undefined) continue;
      const waits = [first, other].map((each) =>
        median(slicesOf(each).map((slice) => slice.waits)),
      );
      gate(
        `${name}: waits of a slice in the middle, ${first.briefings}: ${waits[0]}, ${other.briefings}: ${waits[1]}`,
        Math.max(...waits) <= tolerance * Math.min(...waits),
      );
    }
    const thousand = at(name, 1_000);
    for (const size of sizes.filter((each) => each > 1_000)) {
      const large = at(name, size);
      if (thousand === undefined || large === undefined) continue;
      const ratio = large.took / size / (thousand.took / 1_000);
      gate(
        `${name}: time a briefing at ${size} is ${ratio.toFixed(2)} of that at 1000, at most 1.15`,
        ratio <= 1.15,
      );
    }
  }
  for (const { briefings, took, homeAfter } of measured.filter(({ name }) => name === 'settings')) {
    if (briefings < 10_000) continue;
    atMost(
      `settings of ${briefings}: entry points`,
      homeAfter ?? Infinity,
      30 * second,
      second,
      's',
    );
    const most = briefings <= 10_000 ? 20 * minute : 4 * hour;
    atMost(`settings of ${briefings}: all pages`, took, most, minute, 'min');
  }
  const deep = at('deep check', 100_000);
  // It begins at 02:17, and the collector at 04:17.
  if (deep !== undefined) atMost('deep check of 100000', deep.took, 2 * hour, minute, 'min');
  for (const { briefings, root, largestNode } of state) {
    atMost(`root at ${briefings}`, root, 16_384, 1, 'bytes');
    atMost(`largest node at ${briefings}`, largestNode, 200_000, 1, 'bytes');
  }
  return broken;
}

/**
 * A slice takes what fits into its time: more documents, and with them more turns of 48 calls side by side,
 * where they lie closer together. So its waits are not the same number, but no more than this apart.
 */
const tolerance = 1.3;

/** Those whose waits are known: the first of an invocation has others before it. */
export function slicesOf({ name, slices }: Pick<Measured, 'name' | 'slices'>): readonly SliceRan[] {
  const causes: Readonly<Record<Work, string>> = {
    settings: 'redraw',
    epoch: 'redraw',
    comparison: 'comparison',
    'deep check': 'deep-check',
    collector: '',
  };
  return slices.filter(
    ({ of, waits }) => of === causes[name] && waits !== null && !Number.isNaN(waits),
  );
}

export function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
}
