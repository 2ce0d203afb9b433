import { expect, it } from 'vitest';
import { footnotesOf, groupsOf, summaryOf } from '../../sanity/views/plan-words.ts';
import { openNewsroom } from '../publishing/newsroom.ts';
import { drafted, planIn } from '../publishing/planned-newsroom.ts';

/* What an editor reads in the Plan tab where the plan cannot be whole. */

it('of a name that 203 briefings show, 200 are planned one by one, and the others counted', async () => {
  const newsroom = openNewsroom();
  const ids = Array.from({ length: 203 }, (_, index) => `b-${index + 1}`);
  for (const id of ids) newsroom.brief(id, { date: '2026-01-05' });
  await newsroom.publishWhole(ids);

  const edit = new Map([['p-ada', drafted(newsroom, 'p-ada', { name: 'Ada King' })]]);
  const plan = await planIn(newsroom, edit);
  expect(plan.followers.filter((id) => !ids.includes(id))).toEqual([]);
  expect(summaryOf(plan)).toBe(
    'Publishing changes 200 pages, 2 lists, 6 feeds and 607 files for other programs; 200 purges.',
  );
  expect(footnotesOf(plan)).toEqual([
    '200 other briefings change with it.',
    'About 3 more briefings may change too. They follow in the next releases and are not listed here.',
  ]);
}, 120_000);

it('what is on its way to readers, or was refused, is told beside the plan', async () => {
  const newsroom = openNewsroom();
  for (const id of ['b-one', 'b-moving', 'b-broken']) newsroom.brief(id);
  await newsroom.publishWhole(['b-one', 'b-moving', 'b-broken']);
  // Published in the lake; nobody has heard of it yet.
  newsroom.patch('b-moving', { slug: { _type: 'slug', current: 'moved' } });
  newsroom.patch('b-broken', { headline: '' });

  const edit = new Map([['p-ada', drafted(newsroom, 'p-ada', { name: 'Ada King' })]]);
  const plan = await planIn(newsroom, edit);
  expect(plan.unsettled).toEqual(['b-broken', 'b-moving']);
  expect(footnotesOf(plan).at(-1)).toBe(
    'Some briefings are still on their way to readers, or their newest version was refused. For them the plan can be wrong; their receipts say more.',
  );
  const follow = groupsOf(plan, ['p-ada']).find(({ title }) => title === 'Pages that follow');
  expect(follow?.writes.map(({ path }) => path)).toEqual(['/briefings/moved/', '/briefings/one/']);

  await newsroom.publishWhole(['b-moving']);
  newsroom.patch('b-broken', { headline: 'Ada mends it' });
  await newsroom.publishWhole(['b-broken']);
  expect((await planIn(newsroom, edit)).unsettled).toEqual([]);
});
