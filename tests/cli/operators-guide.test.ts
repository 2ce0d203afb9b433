import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

it('the operators’ guide has every code that doctor may print, and no other', () => {
  const folder = join(root, 'cli', 'doctor');
  const source = readdirSync(folder)
    .filter((name) => name.startsWith('check-'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n');
  const printed = new Set([...source.matchAll(/code: '([a-z-]+)'/g)].map(([, code]) => code));
  const guide = readFileSync(join(root, 'docs', 'guides', 'operators.md'), 'utf8');
  const [, table = ''] = /\n\| code \| what was found \|\n([\s\S]*?)\n\n/.exec(guide) ?? [];
  const told = new Set(
    table
      .split('\n')
      .flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`([a-z-]+)`/g)])
      .map(([, code]) => code),
  );

  expect(told).toEqual(printed);
});
