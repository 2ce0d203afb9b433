import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const page = readFileSync('docs/failure-model.md', 'utf8');
const rows = page.split('\n').filter((line) => /^\| F\d+ \|/.test(line));

test('the failure model names each fault once, in order', () => {
  const ids = rows.map((row) => /^\| (F\d+) /.exec(row)?.[1]);
  expect(ids).toEqual(Array.from({ length: 100 }, (_, index) => `F${index + 1}`));
});

test('each fault has a test, or says that it is for later', () => {
  const unshown = rows.filter((row) => !row.includes('“') && !/later/i.test(row));
  expect(unshown).toEqual([]);
});

test('each test that it names is there, by file and title', () => {
  const cited = [...page.matchAll(/`(tests\/[^`]+)`: “([^”]+)”/g)];
  const missing = cited
    .map(([, file = '', title = '']) => ({ file, title }))
    .filter(({ file, title }) => !existsSync(file) || !readFileSync(file, 'utf8').includes(title));
  expect(cited.length).toBeGreaterThan(90);
  expect(missing).toEqual([]);
});
