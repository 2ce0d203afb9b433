import { existsSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { editorClient } from '../../local/stack/editor-client.ts';
import type { StackFile } from '../../local/stack/stack-file.ts';
import { anyPort, endAll, stackFileIn, startPressrun } from './starting.ts';

let data: string;

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'start-'));
});

afterEach(endAll);

afterAll(() => rm(data, { recursive: true }));

describe('npm start', () => {
  it('tells all addresses, keeps its secrets to its owner, and ends at Ctrl-C', async () => {
    const first = start(['--empty', '--no-studio', ...anyPort]);
    await first.says('Pressrun is ready.');
    const stack = await stackFileIn(data);
    for (const address of [
      stack.site.url,
      stack.lake.url,
      stack.s3.endpoint,
      stack.sqs.endpoint,
      stack.functions.webhookUrl,
    ]) {
      expect(first.output()).toContain(address);
      await expect(fetch(address)).resolves.toBeInstanceOf(Response);
    }
    for (const name of ['stack.json', 'secrets.json', 'functions.log']) {
      expect([name, statSync(join(data, name)).mode & 0o777]).toEqual([name, 0o600]);
    }
    await publishSettings(stack);
    await expect.poll(() => statusOf(stack.site.url), { timeout: 15_000 }).toBe(200);

    expect(await first.ends('SIGINT')).toBe(0);
    expect(existsSync(join(data, 'stack.json'))).toBe(false);
    await expect(fetch(stack.site.url)).rejects.toThrow('fetch failed');
  }, 60_000);

  it('finds everything again at the second start, within ten seconds', async () => {
    const started = performance.now();
    const second = start(['--empty', '--no-studio', ...anyPort]);
    await second.says('Pressrun is ready.');
    const stack = await stackFileIn(data);
    expect(await statusOf(stack.site.url)).toBe(200);
    expect(performance.now() - started).toBeLessThan(10_000);
    await second.says(`its links lead there.`);
    expect(await editorClient(stack).getDocument('siteSettings')).toMatchObject({ name: 'Kept' });
    expect(await second.ends('SIGTERM')).toBe(0);
  }, 60_000);

  it('names a port that is taken, and the ways to choose another', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const address = other.address();
    const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
    const refused = start([...anyPort, '--sqs-port', String(port)]);
    expect(await refused.ends()).toBe(1);
    expect(refused.output()).toContain(
      `Port ${port} (sqs) is taken by another program, perhaps another "npm start". ` +
        `Stop it, or choose another port: PRESSRUN_SQS_PORT=${port + 1} npm start`,
    );
    other.close();
  }, 30_000);

  it('explains itself, and what it was not able to read', async () => {
    const asked = start(['--help']);
    expect(await asked.ends()).toBe(0);
    expect(asked.output()).toContain(
      '--site-port         (PRESSRUN_SITE_PORT, 8080; 0 for any free one)',
    );
    const mistyped = start(['--site-port', 'http']);
    expect(await mistyped.ends()).toBe(2);
    expect(mistyped.output()).toContain(
      'Expected a port from 0 to 65535 in --site-port or PRESSRUN_SITE_PORT, got "http"',
    );
  }, 30_000);
});

const start = (given: readonly string[]) => startPressrun(data, given);

const statusOf = async (address: string): Promise<number> => (await fetch(address)).status;

async function publishSettings(stack: StackFile): Promise<void> {
  await editorClient(stack).createOrReplace({
    _id: 'siteSettings',
    _type: 'siteSettings',
    name: 'Kept',
    description: 'What was written is there again.',
    timeZone: 'Europe/London',
    language: 'en',
    licence: { name: 'CC BY 4.0', url: 'https://creativecommons.org/licenses/by/4.0/' },
    attribution: 'Kept',
    contact: 'desk@kept.example',
    accent: 'crimson',
  });
}
