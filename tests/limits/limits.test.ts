import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LimitedPress, startLimitedPress } from './limited-press.ts';
import { stories } from './stories.ts';

let press: LimitedPress;

beforeAll(async () => {
  press = await startLimitedPress({ briefings: 40, tell: () => {} });
}, 120_000);

afterAll(() => press.close());

/** What is over in seconds, with a small archive; the whole is `npm run test:limits`. */
describe('under the limits of the cloud', () => {
  it.each(stories.filter(({ isShort }) => isShort))(
    '$name',
    async ({ play }) => {
      const measured = await play(press, 'small');
      const late = measured.filter(({ seconds, promised }) => seconds > promised);
      expect(late).toEqual([]);
    },
    180_000,
  );

  it('leaves nothing behind, and the bucket of a clean build', async () => {
    await press.stack.settled(60);
    expect(await press.verify()).toMatchObject({ same: true });
  }, 120_000);
});
