import type { Deadline } from '../src/publishing/walk.ts';
import type { Invocation } from './reported.ts';

/** What an invocation keeps for its last words: the log, the answer, and a call that takes ten times as long. */
const kept = 2_000;

export function deadlineOf(invocation: Invocation): Deadline {
  return { remaining: () => invocation.getRemainingTimeInMillis() - kept };
}
