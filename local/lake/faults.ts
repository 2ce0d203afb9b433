import { z } from 'zod';

import { plainRefusal } from './errors.ts';

const share = z.number().min(0).max(1);

const settings = z.strictObject({
  webhooks: z
    .strictObject({
      /** This share of messages is never sent. */
      drop: share.default(0),
      /** This share of messages is sent twice, with one idempotency key. */
      duplicate: share.default(0),
      /** Every message waits this long before its first attempt. */
      delayMs: z.number().min(0).default(0),
      /** Every message waits a random part of this, so that later ones overtake earlier ones. */
      reorderWithinMs: z.number().min(0).default(0),
      /** This share of attempts ends in `failStatus` without reaching the receiver. */
      fail: share.default(0),
      failStatus: z.number().int().default(503),
    })
    .prefault({}),
  /** Queries see the dataset as it was this long ago; reads by id never lag. */
  queryLagMs: z.number().min(0).default(0),
  requests: z
    .strictObject({
      /** This share of requests to `routes` (all but the control API when absent) is refused. */
      share: share.default(0),
      status: z.number().int().min(400).max(599).default(503),
      retryAfterSeconds: z.number().min(0).optional(),
      /** Instead of a refusal, no answer at all until faults change or the lake closes. */
      hang: z.boolean().default(false),
      routes: z.array(z.string()).optional(),
      /** Stops after this many refusals. */
      times: z.number().int().min(0).optional(),
    })
    .prefault({}),
});

export type FaultSettings = z.infer<typeof settings>;
export type FaultRequest = z.input<typeof settings>;

/** The lake's misbehaviour, switchable while it runs. Off until something asks for it. */
export interface Faults {
  current(): FaultSettings;
  /** Replaces all settings; what is left out goes back to none. */
  set(request: unknown): FaultSettings;
  queryLag(): number;
  /** Throws the refusal this request meets, waits for ever when it hangs, or does nothing. */
  meet(routeName: string): Promise<void>;
  /** True for the given share of calls. */
  strikes(share: number): boolean;
  /** Lets go of requests that hang. */
  release(): void;
}

export function createFaults(random: () => number): Faults {
  let current = settings.parse({});
  let waiting: (() => void)[] = [];
  const strikes = (share: number) => share > 0 && random() < share;

  function release(): void {
    for (const wake of waiting) wake();
    waiting = [];
  }

  return {
    current: () => current,
    set(request) {
      const parsed = settings.safeParse(request);
      if (!parsed.success) throw plainRefusal(400, z.prettifyError(parsed.error));
      current = parsed.data;
      release();
      return current;
    },
    queryLag: () => current.queryLagMs,
    async meet(routeName) {
      const { share, status, retryAfterSeconds, hang, routes, times } = current.requests;
      if (routes !== undefined && !routes.includes(routeName)) return;
      if (times === 0 || !strikes(share)) return;
      if (times !== undefined) current.requests.times = times - 1;
      if (hang) await new Promise<void>((resolve) => waiting.push(resolve));
      throw plainRefusal(
        status,
        'A fault was switched on in the local lake',
        {},
        retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) },
      );
    },
    strikes,
    release,
  };
}
