import { createHash } from 'node:crypto';
import { encodeSignatureHeader } from '@sanity/webhook';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { receiveDelivery } from '../../src/webhook/receive-delivery.ts';
import { signatureHeader } from '../../src/webhook/signature.ts';

const now = '2026-03-01T12:00:00.000Z';
const secret = 'the-present-secret';
const before = 'the-secret-before';
const hour = 3_600_000;

const projected = {
  _id: 'briefing-radium',
  _type: 'briefing',
  _rev: 'r1',
  _updatedAt: '2026-03-01T11:59:58Z',
  operation: 'update',
  project: 'a1b2c3d4',
  dataset: 'production',
};

/** A delivery as Sanity makes it, unless said otherwise. */
function delivery({
  body = JSON.stringify(projected),
  bytes = Buffer.from(body),
  age = 0,
  signedWith = secret,
  headers = {},
}: {
  body?: string;
  bytes?: Uint8Array;
  age?: number;
  signedWith?: string;
  headers?: Readonly<Record<string, string | undefined>>;
} = {}) {
  const signedAt = Date.parse(now) - age;
  return {
    headers: {
      'sanity-webhook-signature': signatureHeader({ body: bytes, secret: signedWith, signedAt }),
      'idempotency-key': 'key-1',
      ...headers,
    },
    body: bytes,
    secrets: [secret, before] as const,
    now,
    project: 'a1b2c3d4',
    dataset: 'production',
  };
}

const about = (fields: object) => delivery({ body: JSON.stringify({ ...projected, ...fields }) });

describe('a delivery that Sanity signed', () => {
  it('is worth an id, a hint and a name for all its attempts, and nothing else of it', () => {
    expect(receiveDelivery(about({ headline: 'Never published from here' }))).toEqual({
      kind: 'event',
      status: 202,
      reason: 'event',
      message: { ids: ['briefing-radium'], updatedAt: '2026-03-01T11:59:58Z' },
      deduplicationId: createHash('sha256')
        .update('["briefing-radium","r1","update"]')
        .digest('hex'),
      secretIndex: 0,
    });
  });

  it('is known whatever it says, as the maker of the signature signs it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ minLength: 1, unit: 'binary' }).filter((body) => body.isWellFormed()),
        fc.string({ minLength: 1 }),
        fc.integer({ min: -5 * 60_000, max: 24 * hour }),
        async (body, signedWith, age) => {
          const header = await encodeSignatureHeader(body, Date.parse(now) - age, signedWith);
          const outcome = receiveDelivery({
            ...delivery({ body, headers: { 'sanity-webhook-signature': header } }),
            secrets: ['another secret', signedWith],
          });
          expect(outcome).toMatchObject({ status: 202, secretIndex: 1 });
        },
      ),
    );
  });

  it('F7: is known by either secret during a rotation, and says which', () => {
    const known = [secret, before].map((signedWith) => receiveDelivery(delivery({ signedWith })));
    expect(known).toMatchObject([
      { kind: 'event', secretIndex: 0 },
      { kind: 'event', secretIndex: 1 },
    ]);
  });

  it.each([
    ['24 hours ago', 24 * hour, 202],
    ['a moment more than 24 hours ago', 24 * hour + 1, 401],
    ['4 minutes ahead of us', -4 * 60_000, 202],
    ['5 minutes ahead of us', -5 * 60_000, 202],
    ['a moment more than 5 minutes ahead of us', -5 * 60_000 - 1, 401],
  ])('F6, F8: signed %s', (_when, age, status) => {
    expect(receiveDelivery(delivery({ age })).status).toBe(status);
  });

  const nameOf = (given: Parameters<typeof delivery>[0]) => {
    const outcome = receiveDelivery(delivery(given));
    return outcome.kind === 'event' ? outcome.deduplicationId : outcome.reason;
  };
  const body = (fields: object) => JSON.stringify({ ...projected, ...fields });

  it('has one name however often and under whatever headers it is sent', () => {
    const sendings = [
      {},
      { age: 30_000 },
      { age: hour, signedWith: before },
      ...[undefined, '', 'key-2', 'x'.repeat(129)].map((key) => ({
        headers: { 'idempotency-key': key, 'sanity-transaction-id': key },
      })),
    ];
    expect(new Set(sendings.map(nameOf))).toEqual(
      new Set([expect.stringMatching(/^[0-9a-f]{64}$/)]),
    );
  });

  it('has another name for another document, revision or operation, all under one key', () => {
    const changes = [
      {},
      { _id: 'briefing-radon' },
      { _rev: 'r2' },
      { operation: 'create' },
      // Tells of the revision that it ends, which an update told of before.
      { operation: 'delete' },
      { _id: 'redirect-briefing-radium', _type: 'redirect' },
    ];
    const names = changes.map((fields) => nameOf({ body: body(fields) }));
    expect(new Set(names).size).toBe(changes.length);
  });

  it.each([
    { _rev: undefined },
    { _rev: 7 },
    { _rev: '' },
    { operation: undefined },
    { operation: 'x' },
  ])('of a body that does not name its change (%j), two are never one', (fields) => {
    const [first, again, later, other] = [
      nameOf({ body: body(fields) }),
      nameOf({ body: body(fields), headers: { 'idempotency-key': 'key-2' } }),
      nameOf({ body: body(fields), age: 1 }),
      nameOf({ body: body({ ...fields, _updatedAt: '2026-03-01T11:59:59Z' }) }),
    ];
    expect(again).toBe(first);
    expect(new Set([first, later, other]).size).toBe(3);
  });
});

describe('F5: a delivery that nobody we know has signed', () => {
  const signed = delivery();
  const header = signed.headers['sanity-webhook-signature'] ?? '';
  const withHeader = (value: string | undefined) =>
    receiveDelivery({ ...signed, headers: { 'sanity-webhook-signature': value } });
  const refusal = (reason: string) => ({ kind: 'refused', status: 401, reason, alarm: false });

  it.each([
    ['nothing at all', undefined, 'signature-missing'],
    ['an empty one', '', 'signature-malformed'],
    ['one without a time', header.replace(/^t=\d+,/, ''), 'signature-malformed'],
    ['one that was cut', header.slice(0, -1), 'signature-malformed'],
    ['one with more after it', `${header},v1=x`, 'signature-malformed'],
    ['one in ordinary base64', header.replace(/.{3}$/, '+/='), 'signature-malformed'],
    ['another time', header.replace(/^t=\d/, 't=2'), 'signature-wrong'],
    [
      'a time without an end',
      header.replace(/^t=\d+/, `t=${'9'.repeat(400)}`),
      'signature-malformed',
    ],
  ])('is refused with %s', (_case, value, reason) => {
    expect(withHeader(value)).toEqual(refusal(reason));
  });

  it('is refused with another key, another body, or one bit of the digest turned', () => {
    const other = signatureHeader({
      body: signed.body,
      secret: 'guess',
      signedAt: Date.parse(now),
    });
    const turned = header.replace(
      /(v1=)(.)/,
      (_all, v1: string, first: string) => v1 + (first === 'A' ? 'B' : 'A'),
    );
    expect([withHeader(other), withHeader(turned)]).toEqual([
      refusal('signature-wrong'),
      refusal('signature-wrong'),
    ]);
    expect(receiveDelivery({ ...signed, body: Buffer.from('{}') })).toEqual(
      refusal('signature-wrong'),
    );
  });

  it('is refused by its length before anything of it is looked at', () => {
    const body = new Uint8Array(1_000_001);
    expect(receiveDelivery({ ...signed, body })).toEqual({ ...refusal('too-long'), status: 413 });
    expect(receiveDelivery(delivery({ bytes: new Uint8Array(1_000_000) }))).toMatchObject({
      status: 202,
      reason: 'not-json',
    });
  });
});

describe('F9, F11: a signed delivery of no interest', () => {
  it.each([
    ['not JSON', Buffer.from('{"_id": "briefing'), 'not-json'],
    ['nothing', Buffer.from(''), 'not-json'],
    ['not UTF-8', Buffer.from([0x22, 0xff, 0x22]), 'not-json'],
    ['null', Buffer.from('null'), 'wrong-shape'],
    ['a list', Buffer.from('[]'), 'wrong-shape'],
    ['a million brackets', Buffer.from('['.repeat(999_999)), 'not-json'],
    ['deep', Buffer.from(`${'['.repeat(400_000)}${']'.repeat(400_000)}`), 'wrong-shape'],
    [
      'a deep field',
      Buffer.from(`{"_id":${'['.repeat(9_000)}${']'.repeat(9_000)}}`),
      'wrong-shape',
    ],
    ['a prototype', Buffer.from('{"__proto__":{"_id":"briefing-a"}}'), 'wrong-shape'],
  ])('%s', (_case, bytes, reason) => {
    expect(receiveDelivery(delivery({ bytes }))).toEqual({
      kind: 'ignored',
      status: 202,
      reason,
      secretIndex: 0,
    });
  });

  it.each([
    [{ _id: 'drafts.briefing-radium' }, 'draft-or-version'],
    [{ _id: 'versions.r1.briefing-radium' }, 'draft-or-version'],
    [{ _id: 'a/../state/root' }, 'unusable-id'],
    [{ _id: 'briefing-a,drafts.b' }, 'unusable-id'],
    [{ _id: '.hidden' }, 'unusable-id'],
    [{ _id: '' }, 'wrong-shape'],
    [{ _id: 7 }, 'wrong-shape'],
    [{ _id: 'x'.repeat(129) }, 'unusable-id'],
    [{ _type: 'sanity.imageAsset' }, 'unknown-type'],
    [{ _type: 'constructor' }, 'unknown-type'],
    [{ project: undefined }, 'wrong-shape'],
  ])('%j', (fields, reason) => {
    expect(receiveDelivery(about(fields))).toMatchObject({ kind: 'ignored', status: 202, reason });
  });
});

describe('F10: a delivery of somebody else', () => {
  it.each([
    [{ project: 'zzzzzzzz' }, 'wrong-project'],
    [{ dataset: 'staging' }, 'wrong-dataset'],
  ])(
    '%j in what was signed is refused and raises an alarm, whatever the headers say',
    (fields, reason) => {
      const foreign = delivery({
        body: JSON.stringify({ ...projected, ...fields }),
        headers: { 'sanity-project-id': 'a1b2c3d4', 'sanity-dataset': 'production' },
      });
      expect(receiveDelivery(foreign)).toEqual({
        kind: 'refused',
        status: 403,
        reason,
        alarm: true,
      });
    },
  );

  it('headers that say otherwise change nothing', () => {
    const headers = { 'sanity-project-id': 'zzzzzzzz', 'sanity-dataset': 'staging' };
    expect(receiveDelivery(delivery({ headers })).status).toBe(202);
  });
});

describe('what a delivery is about', () => {
  const hash = 'a'.repeat(64);
  it.each([
    ['a redirect means the document that is gone', 'redirect-briefing-radium', 'briefing-radium'],
    ['a redirect named by a hash is read itself', `redirect-${hash}`, `redirect-${hash}`],
    ['a redirect of a redirect is read itself', 'redirect-redirect-x', 'redirect-redirect-x'],
    ['a redirect of a draft is read itself', 'redirect-drafts.x', 'redirect-drafts.x'],
  ])('%s', (_case, _id, id) => {
    const outcome = receiveDelivery(about({ _id, _type: 'redirect' }));
    expect(outcome.kind === 'event' ? outcome.message.ids : outcome.reason).toEqual([id]);
  });

  it('the time of a redirect is no hint about the document it is about', () => {
    const outcome = receiveDelivery(about({ _id: 'redirect-briefing-x', _type: 'redirect' }));
    expect(outcome).toMatchObject({ message: { ids: ['briefing-x'] } });
    expect(JSON.stringify(outcome)).not.toContain('updatedAt');
  });

  it.each(['yesterday', 5, null, '2026-03-01T11:59:58+01:00'])(
    'a time that is none (%j) is no hint',
    (_updatedAt) => {
      const outcome = receiveDelivery(about({ _updatedAt }));
      expect(outcome.kind === 'event' && outcome.message).toEqual({ ids: ['briefing-radium'] });
    },
  );
});
