import type { Observations } from './observe.ts';

/** Something that is not as it should be, and what to do. Never holds a secret. */
export interface Finding {
  /** Stable: for programs. */
  readonly code: string;
  readonly what: string;
  readonly fix: string;
}

/** One thing to look at, as a pure function over what was seen. */
export interface Check {
  /** @example 'the webhook' */
  readonly of: string;
  /** Why it cannot be looked at; null when it can. */
  readonly blind: (seen: Observations) => string | null;
  readonly find: (seen: Observations) => readonly Finding[];
}
