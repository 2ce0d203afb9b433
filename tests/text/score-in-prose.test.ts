import { expect, test } from 'vitest';
import { statesScore } from '../../src/text/score-in-prose.ts';

test.each([
  ['You should care 7/10 about rivers.', true],
  ['You should care 7 / 10 about rivers.', true],
  ['You should care 7 out of 10 about rivers.', true],
  ['You should care seven out of ten about rivers.', true],
  ['Care 10/10.', true],
  ['Seven Out Of Ten people agree.', true],
  ['It happened on 7/10/2026.', false],
  ['It costs 1.7/100 of that.', false],
  ['About 107/10 times.', false],
  ['Version 3.7/10.2', false],
  ['You should care a lot.', false],
])('%s', (prose, states) => {
  expect(statesScore(prose)).toBe(states);
});
