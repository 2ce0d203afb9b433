import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { longest } from '../../scripts/longest-first.ts';

it('every file that is to run first is there under that name', () => {
  const root = join(import.meta.dirname, '..', '..');
  expect(longest.filter((file) => !existsSync(join(root, file)))).toEqual([]);
});
