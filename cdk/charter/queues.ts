import { limits } from './functions.ts';

/** How the queue treats a message, and how long dead letters wait for somebody to look. */
export const queueRules = {
  /**
   * Longer than the publisher's time-out, so that a message is not handed out while it is worked on, and not by
   * much: after a kill its group waits for the rest of it. Handed out twice, nothing is wrong: the swap decides.
   */
  visibilitySeconds: limits['publish-briefings'].timeoutSeconds + 5,
  /** Where a quarter of all invocations is killed by chance, one message in a thousand was received five times. */
  receives: 10,
  batch: 10,
  deadLettersKeptDays: 14,
} as const;
