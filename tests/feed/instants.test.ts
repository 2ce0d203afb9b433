import { expect, test } from 'vitest';
import { rssDate } from '../../src/feed/instants.ts';

test.each([
  ['2026-11-23T07:05:09.000Z', 'Mon, 23 Nov 2026 07:05:09 GMT'],
  ['2024-02-29T23:59:59.999Z', 'Thu, 29 Feb 2024 23:59:59 GMT'],
  ['1999-12-31T00:00:00.000Z', 'Fri, 31 Dec 1999 00:00:00 GMT'],
])('%s is %s', (instant, printed) => {
  expect(rssDate(instant)).toBe(printed);
  expect(new Date(printed).toISOString().slice(0, 19)).toBe(instant.slice(0, 19));
});
