import type { Bucket } from './bucket.ts';
import { bounds, type Liveness } from './liveness.ts';
import type { Oracles } from './oracles.ts';
import type { Timetable } from './timetable.ts';
import type { World } from './world.ts';

/** Where a foreign hand puts what does not belong there. */
export const orphan = 'public/planted/index.html';

interface Nightfall {
  readonly world: World;
  readonly bucket: Bucket;
  readonly oracles: Oracles;
  readonly liveness: Liveness;
  readonly timetable: Timetable;
}

/**
 * A night under the stack's own schedules. What the two that come at night are there for is planted before: an
 * object that a foreign hand has changed, one that nothing names, and a receipt past its time. By the morning
 * they must have been seen to; how, and in how many invocations, is nobody's business here.
 */
export async function passNight(nightfall: Nightfall): Promise<void> {
  const { world, bucket, oracles } = nightfall;
  const evening = nextAt(world.now, 2, 0);
  await world.runUntil(evening);
  const damaged = 'public/archive/index.html';
  const expired = 'public/v1/receipts/expired.json';
  oracles.foreign.add(damaged);
  bucket.damage(damaged, '<p>a foreign hand</p>');
  const { etag } = bucket.objects.get(damaged) ?? { etag: '' };
  bucket.damage(orphan, '<p>planted</p>');
  bucket.damage(expired, '{"state":"live"}', evening - hours(24 * 8));
  await comes(nightfall, 'the deep check', nextAt(evening, 2, 17), () => {
    return bucket.objects.get(damaged)?.etag !== etag;
  });
  await comes(nightfall, 'the collector', nextAt(evening, 4, 17), () => {
    return !bucket.objects.has(expired) && !bucket.objects.has(orphan);
  });
}

async function comes(
  { world, liveness, timetable }: Nightfall,
  promised: 'the deep check' | 'the collector',
  tick: number,
  isDone: () => boolean,
): Promise<void> {
  await world.runUntil(tick - 150_000);
  timetable.runFor(160_000);
  await world.runUntil(tick);
  if (liveness.excused.promises.includes(promised)) return;
  const end = tick + bounds[promised] * 1000;
  for (let step = 1000; !isDone() && world.now < end; step = Math.min(60_000, step * 2)) {
    timetable.runFor(step);
    await world.runUntil(world.now + step);
  }
  const what = isDone() ? promised : `${promised} never finished`;
  liveness.came(promised, what, isDone() ? (world.now - tick) / 1000 : 86_400);
}

const hours = (count: number): number => count * 3_600_000;

/** The next time that a clock in UTC shows this. */
function nextAt(after: number, hour: number, minute: number): number {
  const midnight = Math.floor(after / hours(24)) * hours(24);
  const today = midnight + hours(hour) + minute * 60_000;
  return today > after ? today : today + hours(24);
}
