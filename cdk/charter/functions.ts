import { wholeProcessor } from './times.ts';

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
  /**
   * Whether Lambda stops what a function has sent to itself some sixteen times over, which it does unless
   * told otherwise (https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html).
   */
  readonly recursiveLoop: 'Allow' | 'Terminate';
}

/**
 * What publishes has a whole vCPU: it waits for its processor, so with less memory it takes longer by as much
 * as it costs less (`npm run bench:site`), and editors wait for it. Of the memory it keeps a quarter.
 */
export const limits: Readonly<Record<FunctionName, Limits>> = {
  'receive-webhook': {
    timeoutSeconds: 10,
    memoryMb: 256,
    concurrency: 10,
    recursiveLoop: 'Terminate',
  },
  // One for what editors write while another is at whole-site work, or is being killed.
  // It sends itself what is left of a fan-out, and what met an outage: as often as there is work.
  'publish-briefings': {
    timeoutSeconds: 30,
    memoryMb: wholeProcessor,
    concurrency: 2,
    recursiveLoop: 'Allow',
  },
  sweep: {
    timeoutSeconds: 60,
    memoryMb: wholeProcessor,
    concurrency: 1,
    recursiveLoop: 'Terminate',
  },
  collect: {
    timeoutSeconds: 300,
    memoryMb: wholeProcessor,
    concurrency: 1,
    recursiveLoop: 'Terminate',
  },
};

/**
 * Variables with which a process keeps less memory: one heap of the C library for all threads, which gives
 * back what it does not use. A warm publisher of 512 MB keeps 195 MiB instead of 219
 * (`bench/publisher-memory.ts`). Sizes of V8's heap are not among them: whether `NODE_OPTIONS` has a say in
 * those is the runtime's own affair (`local/functions/bootstrap-flags.ts`).
 */
export const sparing = {
  MALLOC_ARENA_MAX: '1',
  MALLOC_TRIM_THRESHOLD_: '65536',
} as const;
