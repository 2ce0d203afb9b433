import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';

const launcher = join(import.meta.dirname, '..', '..', 'cli', 'pressrun.mjs');

it('who reads may stop reading: no stack trace, and the exit code of the work', async () => {
  const child = spawn(process.execPath, [launcher, 'build', '--help']);
  // Before the command has written anything, so that its first line finds nobody.
  child.stdout.destroy();
  const [told, code] = await Promise.all([
    text(child.stderr),
    new Promise((resolve) => child.once('close', resolve)),
  ]);
  expect({ told, code }).toEqual({ told: '', code: 0 });
});
