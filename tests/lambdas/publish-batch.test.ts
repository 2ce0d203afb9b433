import { describe, expect, it } from 'vitest';
import { publishBatch } from '../../lambdas/publish-batch.ts';
import type { QueueRecord } from '../../lambdas/queue-records.ts';
import { createLog } from '../../src/adapters/log.ts';
import { encodeMessage } from '../../src/adapters/queue-message.ts';
import { StoreFault } from '../../src/adapters/s3-store.ts';
import { LakeUnavailable } from '../../src/adapters/sanity-lake.ts';
import { QueueUnavailable } from '../../src/adapters/queue-unavailable.ts';
import type { Advanced } from '../../src/publishing/advance.ts';
import type { PublishOutcome, PublishRequest } from '../../src/publishing/publish.ts';
import type { Refusals } from '../../src/publishing/refuse-and-draw-again.ts';
import { memoryQueue } from '../fakes/memory-queue.ts';

const done: PublishOutcome = { kind: 'done', seq: 7, releases: 1, reports: [], tasksLeft: 0 };

const record = (
  name: string,
  {
    ids = [name],
    ...rest
  }: Partial<Omit<QueueRecord, 'body'>> & {
    ids?: readonly string[];
    updatedAt?: string;
  } = {},
): QueueRecord => {
  const { updatedAt, ...others } = rest;
  return {
    messageId: `message-${name}`,
    receiptHandle: `receipt-${name}`,
    receives: 1,
    deduplicationId: `key-${name}`,
    body: encodeMessage({ ids, ...(updatedAt !== undefined && { updatedAt }) }),
    ...others,
  };
};

/** Runs a batch against a publisher that answers as told, and keeps what was done. */
async function run(
  records: readonly QueueRecord[],
  answer: (request: PublishRequest) => PublishOutcome | Error = () => done,
  {
    queueIsDown = false,
    advances = 'done',
    unfit = new Map(),
    remaining = 20_000,
  }: {
    queueIsDown?: boolean;
    advances?: Advanced['kind'] | Error;
    unfit?: Refusals;
    remaining?: number;
  } = {},
) {
  const asked: PublishRequest[] = [];
  const lines: unknown[] = [];
  const slept: number[] = [];
  const deferred: (readonly [string, number])[] = [];
  let advanced = 0;
  const tried: (readonly string[])[] = [];
  const now = () => '2026-03-01T12:00:00.000Z';
  const queue = memoryQueue({ now });
  const failed = await publishBatch(records, {
    async publish(request) {
      asked.push(request);
      const outcome = answer(request);
      if (outcome instanceof Error) throw outcome;
      return outcome;
    },
    async tryOut(ids) {
      tried.push(ids);
      return unfit;
    },
    deadline: { remaining: () => remaining },
    async advance() {
      advanced += 1;
      if (advances instanceof Error) throw advances;
      return { kind: advances, releases: 1 };
    },
    queue: queueIsDown ? { send: () => Promise.reject(new QueueUnavailable('down')) } : queue,
    deferral: { comeBack: async (handle, seconds) => void deferred.push([handle, seconds]) },
    clock: { now, sleep: async (milliseconds) => void slept.push(milliseconds) },
    random: { next: () => 0.5 },
    // Where in the code an error came from is not what these tell.
    log: createLog((_level, line) =>
      lines.push(Object.fromEntries(Object.entries(line).filter(([name]) => name !== 'places'))),
    ),
    run: 'run-1',
  });
  return { failed, asked, advanced, tried, lines, slept, deferred, sent: queue.take() };
}

describe('a batch of messages', () => {
  it('is one publish of every document that it names, each with the latest that was said of it', async () => {
    const { failed, asked, sent } = await run([
      record('a', { updatedAt: '2026-03-01T11:00:02Z' }),
      record('b', { updatedAt: '2026-03-01T11:00:01Z' }),
      record('a', { messageId: 'message-a-again', updatedAt: '2026-03-01T11:00:03Z' }),
    ]);
    expect({ failed, asked, sent }).toEqual({
      failed: [],
      asked: [
        {
          ids: ['a', 'b'],
          updatedAt: new Map([
            ['a', '2026-03-01T11:00:03Z'],
            ['b', '2026-03-01T11:00:01Z'],
          ]),
        },
      ],
      sent: [],
    });
  });

  it('keeps the hint of one when another has none', async () => {
    const { asked } = await run([record('a', { updatedAt: '2026-03-01T11:00:02Z' }), record('b')]);
    expect(asked).toEqual([
      { ids: ['a', 'b'], updatedAt: new Map([['a', '2026-03-01T11:00:02Z']]) },
    ]);
  });

  it('leaves whole-site work to an invocation of its own, which nobody else waits for or is killed with', async () => {
    const { asked, advanced, sent } = await run([record('continue', { ids: [] }), record('a')]);
    expect({ asked, advanced }).toEqual({ asked: [{ ids: ['a'] }], advanced: 0 });
    expect(sent).toEqual([{ ids: [], deduplicationId: 'continue-run-1' }]);
  });

  it('goes on with whole-site work, and asks for more when time runs out', async () => {
    const slices = await run([record('continue', { ids: [] })], undefined, {
      advances: 'out-of-time',
    });
    expect(slices).toMatchObject({ asked: [], advanced: 1, failed: [] });
    expect(slices.sent).toEqual([{ ids: [], deduplicationId: 'continue-run-1' }]);

    for (const advances of ['done', 'busy', 'held', 'other-epoch'] as const) {
      const { sent } = await run([record('continue', { ids: [] })], undefined, { advances });
      expect(sent).toEqual([]);
    }
  });

  it('never keeps the message of whole-site work, whatever comes of it: the sweep goes on too', async () => {
    for (const advances of [
      new StoreFault('PUT', 'state/root', { $metadata: { httpStatusCode: 503 } }),
      new Error('a slice failed'),
    ]) {
      const { failed, sent } = await run([record('continue', { ids: [] })], undefined, {
        advances,
      });
      expect({ failed, sent }).toEqual({ failed: [], sent: [] });
    }
  });

  it('asks for whole-site work when a publish leaves some', async () => {
    const { sent } = await run([record('a')], () => ({ ...done, seq: 8, tasksLeft: 140 }));
    expect(sent).toEqual([{ ids: [], deduplicationId: 'continue-8' }]);
  });

  it.each([
    [{ kind: 'held', reason: 'a bad renderer' } as const, { event: 'held', ids: ['a'] }],
    [{ kind: 'other-epoch', epoch: 3 } as const, { event: 'other-epoch', ids: ['a'], epoch: 3 }],
  ])('is acknowledged and left to reconcile when publishing says %j', async (outcome, line) => {
    const { failed, sent, lines } = await run([record('a')], () => outcome);
    expect({ failed, sent, lines }).toEqual({ failed: [], sent: [], lines: [line] });
  });

  it('tells of each document what became of it, and of none what it says', async () => {
    const { lines } = await run([record('a')], () => ({
      ...done,
      reports: [
        { id: 'siteSettings', rev: 'r0', outcome: 'unchanged', problems: [] },
        {
          id: 'a',
          rev: 'r1',
          outcome: 'refused',
          problems: [{ code: 'slug-taken', path: 'slug' }],
        },
        { id: 'b', rev: null, outcome: 'absent', problems: [] },
      ],
    }));
    expect(lines).toEqual([
      {
        event: 'document',
        id: 'a',
        rev: 'r1',
        outcome: 'refused',
        problems: [{ code: 'slug-taken', path: 'slug' }],
      },
      { event: 'document', id: 'b', outcome: 'absent' },
      { event: 'published', seq: 7, releases: 1, tasksLeft: 0, messages: 1 },
    ]);
  });
});

describe('F42: a document that comes older than its delivery said', () => {
  const staleIs =
    (name: string) =>
    (request: PublishRequest): PublishOutcome =>
      request.ids.includes(name) ? { kind: 'stale', ids: [name] } : done;

  it('is asked for again from the end of the queue, and does not stop the others', async () => {
    const { failed, asked, sent, slept } = await run(
      [
        record('a', { updatedAt: '2026-03-01T11:00:02Z' }),
        record('b', { updatedAt: '2026-03-01T11:00:03Z' }),
      ],
      staleIs('a'),
    );
    expect({ failed, asked, sent, slept }).toEqual({
      failed: [],
      asked: [
        {
          ids: ['a', 'b'],
          updatedAt: new Map([
            ['a', '2026-03-01T11:00:02Z'],
            ['b', '2026-03-01T11:00:03Z'],
          ]),
        },
        { ids: ['b'], updatedAt: new Map([['b', '2026-03-01T11:00:03Z']]) },
      ],
      sent: [{ ids: ['a'], updatedAt: '2026-03-01T11:00:02Z', deduplicationId: 'again-1-run-1-0' }],
      slept: [2_500],
    });
  });

  it('is taken as it comes after three times, and then left to reconcile', async () => {
    const tired = record('a', {
      updatedAt: '2026-03-01T11:00:02Z',
      deduplicationId: 'again-3-run-0-0',
    });
    const { failed, asked, sent, lines } = await run([tired], staleIs('a'));
    expect({ failed, asked, sent, lines }).toEqual({
      failed: [],
      asked: [{ ids: ['a'] }],
      sent: [],
      lines: [{ event: 'stale-left-to-reconcile', ids: ['a'], attempt: 3 }],
    });
  });
});

describe('an outage', () => {
  const outages = [
    new LakeUnavailable(503, new Error('down')),
    new StoreFault('PUT', 'state/root', { $metadata: { httpStatusCode: 503 } }),
    new StoreFault('PUT', 'state/root', new Error('socket hang up')),
  ];

  it.each(outages)(
    'F34, F41: of a dependency keeps nothing in the queue: $message',
    async (outage) => {
      const { failed, asked, sent, slept } = await run(
        [record('a'), record('b', { deduplicationId: 'again-2-run-0-1' })],
        () => outage,
      );
      expect({ failed, asked: asked.length, sent, slept }).toEqual({
        failed: [],
        asked: 1,
        sent: [
          { ids: ['a'], deduplicationId: 'again-1-run-1-0' },
          { ids: ['b'], deduplicationId: 'again-3-run-1-1' },
        ],
        slept: [10_000 * 0.8 * 1.25],
      });
    },
  );

  it('of the queue as well leaves the messages to it', async () => {
    const { failed, deferred } = await run(
      [record('a'), record('b')],
      () => new LakeUnavailable(503, new Error('down')),
      { queueIsDown: true },
    );
    expect(failed).toEqual(['message-a', 'message-b']);
    expect(deferred).toHaveLength(2);
  });

  it('is not what a refusal is: that must reach the dead letters', async () => {
    const refusal = new StoreFault('PUT', 'state/root', { $metadata: { httpStatusCode: 403 } });
    const { failed, sent } = await run([record('a')], () => refusal);
    expect({ failed, sent }).toEqual({ failed: ['message-a'], sent: [] });
  });
});

describe('F87: an invocation was killed, and nobody knows by whose document', () => {
  it('who comes a second time is tried apart, one after the other; who comes first does not wait for that', async () => {
    const { asked, tried, failed } = await run([
      record('a', { receives: 2 }),
      record('b'),
      record('c', { receives: 3 }),
    ]);
    expect({ asked: asked.map(({ ids }) => ids), tried, failed }).toEqual({
      asked: [['b'], ['a'], ['c']],
      tried: [['a'], ['c']],
      failed: [],
    });
  });

  it('what does not end is refused, told, and done with; the batch-mates are published', async () => {
    const unfit: Refusals = new Map([['a/r7', { code: 'takes-too-long', path: '' }]]);
    const { asked, lines, failed } = await run([record('a', { receives: 2 })], () => done, {
      unfit,
    });
    expect({ asked, failed }).toEqual({ asked: [{ ids: ['a'], refusals: unfit }], failed: [] });
    expect(lines).toContainEqual({
      event: 'document-unfit',
      id: 'a',
      rev: 'r7',
      problems: [{ code: 'takes-too-long', path: '' }],
    });
  });

  it('those for whom there is no time are sent again, and count from one', async () => {
    const { tried, sent, failed } = await run(
      [record('a', { receives: 2 }), record('b', { receives: 2 })],
      () => done,
      { remaining: 5_000 },
    );
    expect({ tried, failed }).toEqual({ tried: [['a']], failed: [] });
    expect(sent).toEqual([{ ids: ['b'], deduplicationId: 'again-1-run-1-0' }]);
  });
});

describe('F44: a message that fails by itself', () => {
  it('comes back alone, sooner than its timeout, and the other nine are published', async () => {
    const records = Array.from({ length: 10 }, (_, n) =>
      record(`briefing-${n}`, { receives: n === 4 ? 3 : 1 }),
    );
    const { failed, asked, deferred, lines } = await run(records, ({ ids }) =>
      ids.includes('briefing-4') ? new TypeError('Cannot read the words of briefing 4') : done,
    );
    expect({ failed, deferred }).toEqual({
      failed: ['message-briefing-4'],
      deferred: [['receipt-briefing-4', 10]],
    });
    const others = records.flatMap((_, n) => (n === 4 ? [] : [`briefing-${n}`]));
    expect(asked.map(({ ids }) => ids)).toEqual([others, ['briefing-4']]);
    expect(lines).toContainEqual({
      event: 'message-failed',
      error: 'TypeError',
      ids: ['briefing-4'],
    });
  });

  it('waits at most half a minute, since its group waits with it', async () => {
    const { deferred } = await run([record('a', { receives: 9 })], () => new TypeError('bug'));
    expect(deferred).toEqual([['receipt-a', 30]]);
  });

  it('that cannot be read is told and let go', async () => {
    const strange = { ...record('a'), body: 'drop table' };
    const { failed, asked, lines } = await run([strange, record('b')]);
    expect({ failed, asked: asked.map(({ ids }) => ids), lines: lines.slice(0, 1) }).toEqual({
      failed: [],
      asked: [['b']],
      lines: [{ event: 'message-unreadable', id: 'message-a' }],
    });
  });
});
