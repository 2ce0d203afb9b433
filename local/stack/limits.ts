import { z } from 'zod';
import { calls, slowCall, spread } from '../../cdk/charter/times.ts';

const milliseconds = z.number().min(0).max(60_000);

const timesOfCalls = z.strictObject({
  s3: z
    .strictObject({
      get: milliseconds.default(0),
      head: milliseconds.default(0),
      put: milliseconds.default(0),
      list: milliseconds.default(0),
      delete: milliseconds.default(0),
    })
    .prefault({}),
  lake: z
    .strictObject({ read: milliseconds.default(0), query: milliseconds.default(0) })
    .prefault({}),
  queue: z
    .strictObject({ send: milliseconds.default(0), changeVisibility: milliseconds.default(0) })
    .prefault({}),
});

/** What calls of the services take, in milliseconds; what is left out takes what it takes here. */
type TimesOfCalls = z.output<typeof timesOfCalls>;

const limitsShape = z.strictObject({
  /**
   * `true` for the times that are assumed of AWS and Sanity (`cdk/charter/times.ts`), no two calls alike and one
   * in a hundred much longer; times of one's own for exactly these; `false` for none beyond this machine's own.
   */
  slow: z.union([z.boolean(), timesOfCalls]).default(false),
  /** Whether functions have the share of a processor that their memory buys. */
  processor: z.boolean().default(false),
});

export type LimitsRequest = z.input<typeof limitsShape>;
export interface LimitsInForce {
  readonly slow: (TimesOfCalls & { readonly isVaried: boolean }) | null;
  readonly processor: boolean;
}

/** The switches for how slow the services are and how much of a processor functions have. */
export interface Limits {
  readonly current: () => LimitsInForce;
  /** Replaces all of them; what is left out is off. Throws a sentence for what cannot be read. */
  set(request: unknown): LimitsInForce;
  /** Milliseconds that a call takes beyond what it takes here, by its name in the API or of the lake's route. */
  readonly delays: Readonly<Record<'s3' | 'lake' | 'queue', (call: string) => number>>;
}

export function createLimits(request: LimitsRequest = {}, random = Math.random): Limits {
  let current = read(request);
  const varied = (time: number): number =>
    time *
    (spread.from + random() * (spread.to - spread.from)) *
    (random() < 1 / slowCall.oneIn ? slowCall.times : 1);
  const delay = (timeIn: (times: TimesOfCalls) => number): number => {
    const { slow } = current;
    if (slow === null) return 0;
    return slow.isVaried ? varied(timeIn(slow)) : timeIn(slow);
  };
  return {
    current: () => current,
    set(asked) {
      current = read(asked);
      return current;
    },
    delays: {
      s3: (call) => delay(({ s3 }) => (isKeyOf(s3Calls, call) ? s3[s3Calls[call]] : 0)),
      lake: (call) => delay(({ lake }) => (isKeyOf(lakeCalls, call) ? lake[lakeCalls[call]] : 0)),
      queue: (call) =>
        delay(({ queue }) => (isKeyOf(queueCalls, call) ? queue[queueCalls[call]] : 0)),
    },
  };
}

const s3Calls = {
  GetObject: 'get',
  HeadObject: 'head',
  PutObject: 'put',
  ListObjectsV2: 'list',
  DeleteObject: 'delete',
} as const;
const lakeCalls = { doc: 'read', query: 'query' } as const;
const queueCalls = {
  SendMessage: 'send',
  SendMessageBatch: 'send',
  ChangeMessageVisibility: 'changeVisibility',
} as const;

function isKeyOf<Calls extends object>(table: Calls, call: string): call is keyof Calls & string {
  return Object.hasOwn(table, call);
}

function read(request: unknown): LimitsInForce {
  const parsed = limitsShape.safeParse(request);
  if (!parsed.success) throw new LimitsUnreadable(z.prettifyError(parsed.error));
  const { slow, processor } = parsed.data;
  if (slow === false) return { slow: null, processor };
  const { s3, lake, queue } = calls;
  return {
    slow: slow === true ? { s3, lake, queue, isVaried: true } : { ...slow, isVaried: false },
    processor,
  };
}

export class LimitsUnreadable extends Error {
  override readonly name = 'LimitsUnreadable';
}
