import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { calls } from '../../cdk/charter/times.ts';
import { startControlServer } from '../../local/stack/control-server.ts';
import { createLimits } from '../../local/stack/limits.ts';

describe('how slow the services are', () => {
  it('is as fast as this machine until somebody asks for more', () => {
    const { delays, current } = createLimits();
    expect(current()).toEqual({ slow: null, processor: false });
    expect([delays.s3('GetObject'), delays.lake('doc'), delays.queue('SendMessage')]).toEqual([
      0, 0, 0,
    ]);
  });

  it('is as the file of times says, no two calls alike and one in a hundred much longer', () => {
    const at = (chance: number) => createLimits({ slow: true }, () => chance).delays;
    expect([0.5, 0].map((chance) => Math.round(at(chance).s3('GetObject')))).toEqual([
      Math.round(calls.s3.get * 1.15),
      Math.round(calls.s3.get * 0.7 * 10),
    ]);
    const { s3, lake, queue } = at(0.5);
    expect([s3('PutObject'), s3('ListObjectsV2'), lake('doc'), lake('query')]).toEqual(
      [calls.s3.put, calls.s3.list, calls.lake.read, calls.lake.query].map((time) => time * 1.15),
    );
    expect(queue('SendMessage')).toBe(calls.queue.send * 1.15);
    // Of these nothing is assumed.
    expect([s3('GetBucketPolicy'), lake('listen'), queue('ReceiveMessage')]).toEqual([0, 0, 0]);
  });

  it('is exactly what one asks for', () => {
    const { delays } = createLimits({ slow: { s3: { get: 20 } } });
    expect([delays.s3('GetObject'), delays.s3('PutObject'), delays.lake('doc')]).toEqual([
      20, 0, 0,
    ]);
  });
});

describe('the control port', () => {
  let control: { endpoint: string; close: () => Promise<void> };
  const limits = createLimits();

  beforeAll(async () => {
    control = await startControlServer({
      host: { invoke: async () => ({ kind: 'throttled' }) },
      functionNames: ['sweep'],
      limits,
      token: 'the-token',
    });
  });

  afterAll(() => control.close());

  const ask = async (method: string, body?: unknown, token = 'the-token') => {
    const answer = await fetch(`${control.endpoint}/limits`, {
      method,
      headers: { authorization: `Bearer ${token}` },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return [answer.status, await answer.json()];
  };

  it('sets the limits of a running stack, and tells them', async () => {
    const set = await ask('PUT', { slow: { s3: { get: 20 } }, processor: true });
    expect(set).toEqual([200, limits.current()]);
    expect(await ask('GET')).toEqual(set);
    expect(limits.delays.s3('GetObject')).toBe(20);
    expect(await ask('PUT', {})).toEqual([200, { slow: null, processor: false }]);
  });

  it('says what it cannot read, changes nothing then, and serves nobody without the token', async () => {
    expect(await ask('PUT', { slow: { s3: { get: -1 } } })).toEqual([
      400,
      { message: expect.stringContaining('slow') },
    ]);
    expect(await ask('PUT', { processor: true }, 'another')).toEqual([
      403,
      { message: 'Expected the token that stack.json has for it' },
    ]);
    expect(limits.current()).toEqual({ slow: null, processor: false });
  });
});
