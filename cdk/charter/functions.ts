/** The functions of the product, by the names of their entry files. */
export const functionNames = ['receive-webhook', 'publish-briefings', 'sweep', 'collect'] as const;
export type FunctionName = (typeof functionNames)[number];

/** What a function may use. */
export interface Limits {
  readonly timeoutSeconds: number;
  /** The share of a processor grows with it. */
  readonly memoryMb: number;
  /** How many may run at once: what bounds the bill when somebody floods us. */
  readonly concurrency: number;
}

export const limits: Readonly<Record<FunctionName, Limits>> = {
  'receive-webhook': { timeoutSeconds: 10, memoryMb: 256, concurrency: 10 },
  // The queue has one group, so one runs at a time; a second is the operator's.
  'publish-briefings': { timeoutSeconds: 30, memoryMb: 512, concurrency: 2 },
  sweep: { timeoutSeconds: 60, memoryMb: 512, concurrency: 1 },
  collect: { timeoutSeconds: 300, memoryMb: 512, concurrency: 1 },
};

/**
 * The smallest young generation: a warm publisher keeps 123 MB instead of 145 (docs/performance.md), for
 * more frequent and shorter collections.
 */
export const nodeOptions = '--max-semi-space-size=1';
