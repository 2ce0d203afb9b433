import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const parts = join(import.meta.dirname, '..', '..', 'scripts', 'parts.ts');

it('the tally is the last line, and one part that fails fails the whole without stopping the rest', async () => {
  const script = `
    import { runParts } from ${JSON.stringify(parts)};
    const part = (name, code) =>
      ({ name, command: ['node', '-e', \`console.log('of \${name}'); process.exit(\${code})\`], counts: 'as one' });
    process.exitCode = await runParts([part('first', 0), part('second', 3), part('third', 0)]);`;
  const { code, output } = await new Promise<{ code: number | string; output: string }>(
    (resolve) => {
      execFile(process.execPath, ['--input-type=module', '--eval', script], (error, stdout) =>
        resolve({ code: error?.code ?? 0, output: stdout }),
      );
    },
  );
  const shown = output.replaceAll(/\d+\.\d s/g, '0.0 s').split('\n');
  expect([code, shown]).toEqual([
    1,
    [
      '  first                             ok                0.0 s',
      '',
      "node -e console.log('of second'); process.exit(3)",
      'of second',
      '',
      '  second                            FAILED (1)        0.0 s',
      '  third                             ok                0.0 s',
      '',
      '  first                             ok                0.0 s',
      '  second                            FAILED (1)        0.0 s',
      '  third                             ok                0.0 s',
      '',
      '2 passed, 1 failed',
      '',
    ],
  ]);
});
