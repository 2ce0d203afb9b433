/** Functions that the clock starts, as an event that nobody waits for. */
export type Started = 'sweep' | 'collect';

/** What Lambda does with such an event: how old it may become, and how often a failed one runs again. */
interface Asynchronous {
  readonly maxEventAgeMinutes: number;
  readonly retryAttempts: 0 | 1 | 2;
}

export const asynchronous: Readonly<Record<Started, Asynchronous>> = {
  // A sweep that failed is not repeated: the next one does the same and more.
  sweep: { maxEventAgeMinutes: 5, retryAttempts: 0 },
  collect: { maxEventAgeMinutes: 60, retryAttempts: 1 },
};
