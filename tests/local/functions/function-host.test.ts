import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type FunctionHost, startFunctionHost } from '../../../local/functions/function-host.ts';
import type { FunctionLog } from '../../../local/functions/invocation.ts';
import { writeFixtureFunctions } from './fixture-functions.ts';

const sources = {
  greet: `
    let calls = 0;
    export const handler = async (event, context) => {
      calls += 1;
      console.log({ message: 'greeting', who: event.who });
      return {
        greeting: process.env.WORD + ' ' + event.who, calls, name: context.functionName,
        inherited: process.env.HOME ?? 'nothing', left: context.getRemainingTimeInMillis() > 4000,
      };
    };`,
  fails: `
    class NoSuchBriefing extends Error { name = 'NoSuchBriefing'; }
    export const handler = async () => { throw new NoSuchBriefing('no briefing'); };`,
  exits: 'export const handler = async () => process.exit(3);',
  rejects: `
    export const handler = () => new Promise(() => { Promise.reject(new Error('nobody caught me')); });`,
  broken: 'throw new TypeError("the bundle does not load");',
  callback: 'export const handler = (event, context, callback) => callback(null, 1);',
  endless: 'export const handler = () => new Promise(() => { setInterval(() => {}, 1000); });',
  slow: `
    export const handler = () => {
      console.log('slow begins');
      return new Promise((resolve) => setTimeout(resolve, 4000));
    };`,
  busy: 'export const handler = async () => { for (;;); };',
  hungry: `
    export const handler = async () => {
      const held = Buffer.alloc(300 * 1024 * 1024, 1);
      await new Promise((resolve) => setTimeout(resolve, 4000));
      return held.length;
    };`,
  works: `
    export const handler = async () => {
      const begun = performance.now();
      const used = () => { const { user, system } = process.cpuUsage(); return (user + system) / 1000; };
      const before = used();
      while (used() - before < 150);
      return performance.now() - begun;
    };`,
  thaws: `
    let late = 'nothing yet';
    export const handler = async () => {
      const before = late;
      new Promise((resolve) => setTimeout(resolve, 1)).then(() => { late = 'ran on'; });
      return before;
    };`,
};

/** Says how its process was started, and what V8 makes of it. */
const flags = `
  import { getHeapStatistics } from 'node:v8';
  export const handler = async () => ({
    flags: process.execArgv.filter((flag) => flag.startsWith('--max') || flag === '--expose-gc'),
    heapLimit: getHeapStatistics().heap_size_limit,
  });`;

const lines: FunctionLog[] = [];
let host: FunctionHost;
let frozen: FunctionHost;
let fixture: Awaited<ReturnType<typeof writeFixtureFunctions>>;

beforeAll(async () => {
  fixture = await writeFixtureFunctions(sources, { environment: { WORD: 'Hello' } });
  const functions = fixture.functions.map((definition) =>
    definition.name === 'endless' || definition.name === 'busy'
      ? { ...definition, timeoutSeconds: 0.5 }
      : definition,
  );
  host = startFunctionHost({ functions, log: (line) => lines.push(line) });
  frozen = startFunctionHost({ functions, freezeBetweenInvocations: true });
});

afterAll(async () => {
  await Promise.all([host.close(), frozen.close()]);
  await fixture.remove();
});

describe('the Lambda host', () => {
  it('answers events in one process, with only the environment it was given', async () => {
    const first = await host.invoke('greet', { who: 'Ada' });
    const second = await host.invoke('greet', { who: 'Grace' });
    expect([first, second]).toEqual(
      [
        { greeting: 'Hello Ada', calls: 1 },
        { greeting: 'Hello Grace', calls: 2 },
      ].map((payload) => ({
        kind: 'answered',
        requestId: expect.any(String),
        payload: { ...payload, name: 'greet', inherited: 'nothing', left: true },
      })),
    );
  });

  it('starts a process under the flags of Lambda’s bootstrap, to which NODE_OPTIONS loses', async () => {
    const heapLimits: unknown[] = [];
    for (const NODE_OPTIONS of ['', '--max-semi-space-size=1 --max-old-space-size=100']) {
      const other = await writeFixtureFunctions(
        { flags },
        { memoryMb: 512, environment: { NODE_OPTIONS } },
      );
      const started = startFunctionHost({ functions: other.functions });
      const answer = await started.invoke('flags', {});
      await started.close();
      await other.remove();

      expect(answer).toMatchObject({
        payload: {
          flags: [
            '--expose-gc',
            '--max-http-header-size=81920',
            '--max-semi-space-size=25',
            '--max-old-space-size=461',
          ],
        },
      });
      heapLimits.push(
        z.object({ payload: z.object({ heapLimit: z.number() }) }).parse(answer).payload.heapLimit,
      );
    }
    expect(heapLimits[1]).toBe(heapLimits[0]);
  });

  it('collects what a function logs as JSON records with the request id', async () => {
    const end = await host.invoke('greet', { who: 'Mary' });
    await expect
      .poll(() => lines.find((line) => JSON.stringify(line.record ?? '').includes('Mary'))?.record)
      .toEqual({
        timestamp: expect.any(String),
        level: 'INFO',
        requestId: 'requestId' in end ? end.requestId : '',
        message: { message: 'greeting', who: 'Mary' },
      });
  });

  it('throttles beyond the concurrency of a function', async () => {
    const both = await Promise.all([
      host.invoke('greet', { who: 'one' }),
      host.invoke('greet', { who: 'two' }),
    ]);
    expect(both.map((end) => end.kind)).toEqual(['answered', 'throttled']);
  });

  it('reports an error that a handler throws, by its name', async () => {
    expect(await host.invoke('fails', {})).toEqual({
      kind: 'failed',
      requestId: expect.any(String),
      errorType: 'NoSuchBriefing',
      errorMessage: 'no briefing',
    });
  });

  it.each([
    ['exits', 'Runtime.ExitError', /Runtime exited with error: exit status 3$/],
    ['rejects', 'Runtime.ExitError', /Runtime exited with error: exit status \d+$/],
    ['broken', 'TypeError', /the bundle does not load/],
    ['callback', 'Runtime.CallbackHandlerDeprecated', /callback-based function handlers/],
    ['endless', 'Sandbox.Timedout', /Task timed out after 0.50 seconds$/],
    ['busy', 'Sandbox.Timedout', /Task timed out after 0.50 seconds$/],
  ])('loses the process of "%s" and says why', async (name, errorType, errorMessage) => {
    for (const attempt of ['first', 'with a new process']) {
      expect(await host.invoke(name, {}), attempt).toEqual({
        kind: 'failed',
        requestId: expect.any(String),
        errorType,
        errorMessage: expect.stringMatching(errorMessage),
      });
    }
  });

  it.runIf(process.platform === 'linux')('kills what holds more memory than it may', async () => {
    expect(await host.invoke('hungry', {})).toEqual({
      kind: 'failed',
      requestId: expect.any(String),
      errorType: 'Runtime.OutOfMemory',
      errorMessage: expect.stringMatching(/Runtime exited with error: signal: killed$/),
    });
  });

  it.runIf(process.platform === 'linux')(
    'gives the share of a processor that the memory buys, when it is to',
    async () => {
      const sharing = startFunctionHost({
        functions: fixture.functions,
        hasShareOnly: () => true,
      });
      // 128 MB of 1,769 MB: a fourteenth, so that 150 ms of work take two seconds.
      const end = await sharing.invoke('works', {});
      await sharing.close();
      expect(end.kind === 'answered' && Number(end.payload)).toBeGreaterThan(1_500);
    },
  );

  it('kills a process at work when it is asked to, and no other', async () => {
    expect(await host.kill('slow')).toBe(0);
    const invoked = host.invoke('slow', {});
    await expect.poll(() => lines.some(({ text }) => text.includes('slow begins'))).toBe(true);
    expect(await host.kill('slow')).toBe(1);
    expect(await invoked).toMatchObject({
      kind: 'failed',
      errorType: 'Runtime.ExitError',
      errorMessage: expect.stringMatching(/Runtime exited with error: signal: SIGKILL$/),
    });
    expect(await host.invoke('greet', { who: 'Rosalind' })).toMatchObject({ kind: 'answered' });
  });

  it('loads the code on disk anew after a restart', async () => {
    const source = 'export const handler = async () => "new code";';
    await writeFile(join(fixture.directory, 'fails', 'index.mjs'), source);
    await host.restart('fails');
    expect(await host.invoke('fails', {})).toMatchObject({ payload: 'new code' });
  });

  it('freezes a process between events: what was not awaited goes on in a later one', async () => {
    expect(await frozen.invoke('thaws', {})).toMatchObject({ payload: 'nothing yet' });
    await expect.poll(() => frozen.invoke('thaws', {})).toMatchObject({ payload: 'ran on' });
  });

  it('knows no function that it was not given', () => {
    expect(() => host.invoke('publisher', {})).toThrow(
      'There is no function "publisher"; expected one of greet, fails',
    );
  });
});
