import { limits } from './functions.ts';

/** How the queue treats a message, and how long dead letters wait for somebody to look. */
export const queueRules = {
  /** Six times the publisher's time-out: a message is never handed out while it is worked on. */
  visibilitySeconds: 6 * limits['publish-briefings'].timeoutSeconds,
  receives: 5,
  batch: 10,
  deadLettersKeptDays: 14,
} as const;
