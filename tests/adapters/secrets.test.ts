import { describe, expect, it } from 'vitest';
import { secrets } from '../../src/adapters/secrets.ts';

describe('secrets', () => {
  it('of the local stack come from its environment, in their order, as many as there are', async () => {
    const known = secrets({
      environment: { BEFORE: 'old', PRESENT: 'new', EMPTY: '' },
      now: () => 0,
    });
    expect(await known.read(['env:PRESENT', 'env:BEFORE'])).toEqual(['new', 'old']);
    expect(await known.read(['env:PRESENT', 'env:EMPTY', 'env:NONE'])).toEqual(['new']);
  });

  it('of a stage are fetched once in five minutes, so that a rotation is seen', async () => {
    const time = { now: 0 };
    const asked: (readonly string[])[] = [];
    const parameters = new Map([['/press/webhook', 'first']]);
    const known = secrets({
      environment: {},
      now: () => time.now,
      fetchParameters: async (names) => {
        asked.push(names);
        return new Map(parameters);
      },
    });
    const both = ['ssm:/press/webhook', 'ssm:/press/webhook-before'] as const;
    expect(await known.read(both)).toEqual(['first']);
    parameters.set('/press/webhook', 'second').set('/press/webhook-before', 'first');
    time.now = 299_999;
    expect(await known.read(both)).toEqual(['first']);
    time.now = 300_000;
    expect(await known.read(both)).toEqual(['second', 'first']);
    expect(asked).toEqual([
      ['/press/webhook', '/press/webhook-before'],
      ['/press/webhook', '/press/webhook-before'],
    ]);
  });

  it('that could not be fetched are asked for again the next time', async () => {
    const answers = [
      () => Promise.reject(new Error('throttled')),
      async () => new Map([['/a', 'x']]),
    ];
    const known = secrets({
      environment: {},
      now: () => 0,
      fetchParameters: () => answers.shift()?.() ?? Promise.reject(new Error('asked too often')),
    });
    await expect(known.read(['ssm:/a'])).rejects.toThrow('throttled');
    expect(await known.read(['ssm:/a'])).toEqual(['x']);
    expect(await known.read(['ssm:/a'])).toEqual(['x']);
  });

  it('that are nowhere are named by where they should be', async () => {
    const known = secrets({ environment: {}, now: () => 0 });
    await expect(known.read(['env:WEBHOOK_SECRET', 'env:OTHER'])).rejects.toThrow(
      'Expected a secret at env:WEBHOOK_SECRET or env:OTHER; there is none. Run "pressrun secrets init".',
    );
  });
});
