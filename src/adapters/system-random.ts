import type { Random } from '../publishing/ports.ts';

/** For jitter; nothing that must not be guessed comes from here. */
export const systemRandom: Random = { next: () => Math.random() };
