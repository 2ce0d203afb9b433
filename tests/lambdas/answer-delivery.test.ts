import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerDelivery } from '../../lambdas/answer-delivery.ts';
import { reported } from '../../lambdas/reported.ts';
import { createLog } from '../../src/adapters/log.ts';
import { QueueUnavailable } from '../../src/adapters/queue-unavailable.ts';
import { signatureHeader } from '../../src/webhook/signature.ts';
import { memoryQueue } from '../fakes/memory-queue.ts';

const now = '2026-03-01T12:00:00.000Z';
const secret = 'canary secret';

function doorbell({ queueIsDown = false } = {}) {
  const lines: Readonly<Record<string, unknown>>[] = [];
  const queue = memoryQueue({ now: () => now });
  const services = {
    queue: queueIsDown ? { send: () => Promise.reject(new QueueUnavailable('down')) } : queue,
    clock: { now: () => now, sleep: async () => {} },
    log: createLog((level, line) => lines.push({ level, ...line })),
    secrets: [secret] as const,
    project: 'a1b2c3d4',
    dataset: 'production',
  };
  return { services, queue, lines };
}

function signed(fields: Readonly<Record<string, unknown>> = {}) {
  const body = Buffer.from(
    JSON.stringify({
      _id: 'briefing-radium',
      _type: 'briefing',
      project: 'a1b2c3d4',
      dataset: 'production',
      headline: 'canary words',
      ...fields,
    }),
  );
  return {
    body,
    headers: {
      'sanity-webhook-signature': signatureHeader({ body, secret, signedAt: Date.parse(now) }),
      'idempotency-key': 'key-1',
      'sanity-transaction-id': 'Ya5ZvxU2q7',
      'sanity-transaction-time': '2026-03-01T11:59:59.500Z',
    },
  };
}

describe('answering a delivery', () => {
  it('queues the id, and tells how long it was on its way', async () => {
    const { services, queue, lines } = doorbell();
    expect(await answerDelivery(signed(), services)).toEqual({ status: 202, reason: 'event' });
    expect(queue.take()).toEqual([
      { ids: ['briefing-radium'], deduplicationId: expect.stringMatching(/^[0-9a-f]{64}$/) },
    ]);
    expect(lines).toEqual([
      {
        level: 'info',
        event: 'delivery-queued',
        reason: 'event',
        secretIndex: 0,
        delivery: 'key-1',
        transaction: 'Ya5ZvxU2q7',
        lagMilliseconds: 500,
        ids: ['briefing-radium'],
      },
    ]);
  });

  it('queues a change once, whatever its headers say, and two edits as two', async () => {
    const { services, queue } = doorbell();
    const edit = { _rev: 'r1', operation: 'update' };
    for (const key of ['key-1', 'key-2', 'key-3']) {
      const { body, headers } = signed(edit);
      await answerDelivery({ body, headers: { ...headers, 'idempotency-key': key } }, services);
    }
    await answerDelivery(signed({ ...edit, _rev: 'r2' }), services);
    await answerDelivery(signed({ ...edit, _rev: 'r2', operation: 'delete' }), services);
    expect(queue.take().map(({ ids }) => ids.join())).toEqual(Array(3).fill('briefing-radium'));
  });

  it('F12: asks to be rung again when the queue did not take it', async () => {
    const { services, lines } = doorbell({ queueIsDown: true });
    expect(await answerDelivery(signed(), services)).toEqual({
      status: 503,
      reason: 'queue-unavailable',
    });
    expect(lines).toMatchObject([{ event: 'delivery-not-queued', error: 'QueueUnavailable' }]);
  });

  it('F10: raises the alarm for a hook of somebody else that knows our secret', async () => {
    const { services, queue, lines } = doorbell();
    expect(await answerDelivery(signed({ project: 'zzzzzzzz' }), services)).toEqual({
      status: 403,
      reason: 'wrong-project',
    });
    expect(lines).toEqual([
      { level: 'warn', event: 'foreign-delivery', reason: 'wrong-project', status: 403 },
    ]);
    expect(queue.take()).toEqual([]);
  });

  it('F13: ten thousand forged ones are refused in seconds, with no call to anybody', async () => {
    const { services, queue, lines } = doorbell();
    const { body, headers } = signed();
    const forged = {
      body,
      headers: { ...headers, 'sanity-webhook-signature': `t=1,v1=${'A'.repeat(43)}` },
    };
    const started = performance.now();
    for (let time = 0; time < 10_000; time += 1) {
      expect((await answerDelivery(forged, services)).status).toBe(401);
    }
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(queue.take()).toEqual([]);
    expect(new Set(lines.map((line) => JSON.stringify(line)))).toEqual(
      new Set([
        '{"level":"warn","event":"delivery-refused","reason":"signature-wrong","status":401}',
      ]),
    );
  });

  it('answers anything at all, and never with a status that makes Sanity give up what is good', async () => {
    const { services } = doorbell();
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.uint8Array({ maxLength: 200 }),
          fc.jsonValue().map((value) => Buffer.from(JSON.stringify(value))),
          fc
            .record(
              {
                _id: fc.anything(),
                _type: fc.constantFrom('briefing', 'redirect', 7),
                _updatedAt: fc.anything(),
                project: fc.constant('a1b2c3d4'),
                dataset: fc.constant('production'),
              },
              { requiredKeys: [] },
            )
            .map((value) =>
              Buffer.from(
                JSON.stringify(value, (_key, member: unknown) =>
                  typeof member === 'bigint' ? String(member) : member,
                ),
              ),
            ),
        ),
        fc.boolean(),
        fc.dictionary(fc.string(), fc.string()),
        async (body, isSigned, headers) => {
          const signature = signatureHeader({ body, secret, signedAt: Date.parse(now) });
          const request = {
            body,
            headers: { ...headers, ...(isSigned && { 'sanity-webhook-signature': signature }) },
          };
          const { status } = await answerDelivery(request, services);
          expect(status).toBe(isSigned ? 202 : 401);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('F73: writes nothing of a body or a secret to the log', async () => {
    const down = doorbell({ queueIsDown: true });
    const up = doorbell();
    for (const { services } of [down, up]) {
      await answerDelivery(signed(), services);
      await answerDelivery(signed({ project: 'canary project' }), services);
      await answerDelivery(signed({ _type: 'canary type' }), services);
    }
    expect(JSON.stringify([down.lines, up.lines])).not.toContain('canary');
  });
});

describe('a handler that throws', () => {
  it('is told in our own words, and Lambda only that it failed', async () => {
    const lines: unknown[] = [];
    const log = createLog((_level, line) => lines.push(line));
    const failing = reported(log, () =>
      Promise.reject(new TypeError('canary words', { cause: new Error('canary cause') })),
    );
    const failure: unknown = await failing(
      {},
      { awsRequestId: 'run-1', getRemainingTimeInMillis: () => 10_000 },
    ).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      name: 'FunctionFailed',
      message:
        'The function failed with TypeError; the log line "function-failed" before this says where',
    });
    expect(failure instanceof Error && [failure.cause, failure.stack]).toEqual([
      undefined,
      undefined,
    ]);
    expect(lines).toMatchObject([
      { event: 'function-failed', error: 'TypeError', causedBy: 'Error' },
    ]);
    expect(JSON.stringify(lines)).not.toContain('canary');
  });
});
