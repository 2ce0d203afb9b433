import { everythingOf } from './everything.ts';
import { documentWith } from './fields.ts';
import { type Shape, textOf } from './texts.ts';

/** One text in one field. */
export interface Case {
  readonly field: string;
  readonly kind: string;
  readonly shape: Shape;
}

/** Milliseconds of processor by the length of the text, shortest first. */
export interface Growth {
  readonly of: Case;
  readonly times: readonly { readonly length: number; readonly milliseconds: number }[];
}

/** A text of 128 k characters is judged, joined, drawn in every form and proofread in so many milliseconds. */
export const most = 200;
/**
 * The exponent of the growth: 1 for what is linear, 2 for what looks at each character for each character. Caches
 * that overflow and the collector of garbage make linear work look like 1.3.
 */
export const steepest = 1.55;
/** Below it, growth is noise. */
const noise = 25;

/**
 * Measures a case, and again while it looks bad: other work on the machine can only make it slower, so the
 * shortest time of each length is kept.
 */
export function measured(of: Case, lengths: readonly number[], attempts = 6): Growth {
  const shortest = new Map<number, number>();
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    for (const length of lengths) {
      const milliseconds = timeOf(of, length);
      shortest.set(length, Math.min(milliseconds, shortest.get(length) ?? milliseconds));
    }
    const growth = growthOf(of, shortest);
    const isHopeless = (growth.times.at(-1)?.milliseconds ?? 0) > 10 * most;
    if (isHopeless || complaint(growth) === null) break;
  }
  return growthOf(of, shortest);
}

/** What is wrong with a growth, in words; null for one that is linear and quick. */
export function complaint({ of, times }: Growth): string | null {
  const [first, last] = [times[0], times.at(-1)];
  if (first === undefined || last === undefined) throw new Error('Nothing was measured');
  const exponent =
    Math.log(last.milliseconds / Math.max(first.milliseconds, 0.5)) /
    Math.log(last.length / first.length);
  const isSteep = last.milliseconds > noise && exponent > steepest;
  if (last.milliseconds <= most && !isSteep) return null;
  const told = times.map(({ length, milliseconds }) => `${length}: ${milliseconds.toFixed(0)} ms`);
  return `${of.field}, ${of.kind}, ${of.shape}: ${told.join(', ')}, exponent ${exponent.toFixed(2)}`;
}

function growthOf(of: Case, shortest: ReadonlyMap<number, number>): Growth {
  const times = [...shortest].map(([length, milliseconds]) => ({ length, milliseconds }));
  return { of, times };
}

function timeOf({ field, kind, shape }: Case, length: number): number {
  const document = documentWith(field, textOf(kind, shape, length));
  const begin = process.cpuUsage();
  everythingOf(document);
  const { user, system } = process.cpuUsage(begin);
  return (user + system) / 1000;
}
