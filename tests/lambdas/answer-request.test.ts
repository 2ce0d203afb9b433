import { describe, expect, it } from 'vitest';
import { answerRequest } from '../../lambdas/answer-request.ts';
import { createLog } from '../../src/adapters/log.ts';
import { signatureHeader } from '../../src/webhook/signature.ts';
import { memoryQueue } from '../fakes/memory-queue.ts';

const now = '2026-03-01T12:00:00.000Z';
const secret = 'canary secret';
const body = JSON.stringify({
  _id: 'briefing-radium',
  _type: 'briefing',
  project: 'a1b2c3d4',
  dataset: 'production',
});

function receiver() {
  const queue = memoryQueue({ now: () => now });
  let secretReads = 0;
  const services = {
    queue,
    clock: { now: () => now, sleep: async () => {} },
    log: createLog(() => {}),
    secrets: async () => {
      secretReads += 1;
      return [secret] as const;
    },
    project: 'a1b2c3d4',
    dataset: 'production',
  };
  return { services, queue, secretReads: () => secretReads };
}

/** As Lambda sends it: https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html */
const eventOf = (method: string, fields: object = {}) => ({
  version: '2.0',
  requestContext: { http: { method, path: '/' } },
  headers: {
    'sanity-webhook-signature': signatureHeader({
      body: Buffer.from(body),
      secret,
      signedAt: Date.parse(now),
    }),
  },
  body,
  isBase64Encoded: false,
  ...fields,
});

describe('a request to the function URL', () => {
  it('that is a POST is a delivery', async () => {
    const { services, queue, secretReads } = receiver();
    expect(await answerRequest(eventOf('POST'), services)).toMatchObject({ statusCode: 202 });
    expect([queue.take().length, secretReads()]).toEqual([1, 1]);
  });

  it.each(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'post', 'BREW'])(
    'by %s is refused with what is allowed, and neither a secret nor its body is looked at',
    async (method) => {
      const { services, queue, secretReads } = receiver();
      const unreadable = { body: 7, headers: null };
      for (const event of [eventOf(method), eventOf(method, unreadable)]) {
        expect(await answerRequest(event, services)).toEqual({
          statusCode: 405,
          headers: {
            'content-type': 'application/json',
            'cache-control': 'no-store',
            allow: 'POST',
          },
          body: '{"reason":"method-not-allowed"}',
        });
      }
      expect([queue.take(), secretReads()]).toEqual([[], 0]);
    },
  );

  it('of which Lambda does not tell the method is none', async () => {
    await expect(answerRequest({ body }, receiver().services)).rejects.toThrow('requestContext');
  });
});
