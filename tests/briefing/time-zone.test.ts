import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  civilDateAt,
  civilMonthAt,
  instantOf,
  isTimeZone,
  monthEnds,
  timeOfDayAt,
} from '../../src/briefing/time-zone.ts';

describe('the time of a zone (F29)', () => {
  it.each([
    ['2026-11-24T00:30:00.000Z', 'Europe/London', '2026-11-24', '00:30'],
    ['2026-06-24T23:30:00.000Z', 'Europe/London', '2026-06-25', '00:30'],
    ['2026-11-24T19:00:00.000Z', 'Asia/Almaty', '2026-11-25', '00:00'],
    ['2026-11-24T10:59:00.000Z', 'Pacific/Kiritimati', '2026-11-25', '00:59'],
    ['2026-11-24T10:59:00.000Z', 'Pacific/Niue', '2026-11-23', '23:59'],
    ['2026-11-24T18:20:00.000Z', 'Asia/Kathmandu', '2026-11-25', '00:05'],
    ['1960-01-01T00:00:00.000Z', 'Europe/London', '1960-01-01', '00:00'],
    ['2026-11-24T00:00:00.000Z', 'UTC', '2026-11-24', '00:00'],
  ])('%s in %s is %s %s', (instant, zone, date, time) => {
    expect(civilDateAt(instant, zone)).toBe(date);
    expect(civilMonthAt(instant, zone)).toBe(date.slice(0, 7));
    expect(timeOfDayAt(instant, zone)).toBe(time);
  });

  it.each([
    ['noon', '2026-11-24', '12:00', 'Europe/London', '2026-11-24T12:00:00.000Z'],
    ['noon in summer', '2026-07-24', '12:00', 'Europe/London', '2026-07-24T11:00:00.000Z'],
    ['a gap moves on', '2026-03-29', '01:30', 'Europe/London', '2026-03-29T01:30:00.000Z'],
    ['the end of a gap', '2026-03-29', '02:00', 'Europe/London', '2026-03-29T01:00:00.000Z'],
    ['the first of two', '2026-10-25', '01:30', 'Europe/London', '2026-10-25T00:30:00.000Z'],
    ['after the second', '2026-10-25', '02:00', 'Europe/London', '2026-10-25T02:00:00.000Z'],
    ['a gap in America', '2026-03-08', '02:30', 'America/New_York', '2026-03-08T07:30:00.000Z'],
    ['half an hour', '2026-10-04', '02:15', 'Australia/Lord_Howe', '2026-10-03T15:45:00.000Z'],
    [
      'a midnight that is not',
      '2018-11-04',
      '00:00',
      'America/Sao_Paulo',
      '2018-11-04T03:00:00.000Z',
    ],
    ['a day that is not', '2011-12-30', '12:00', 'Pacific/Apia', '2011-12-30T22:00:00.000Z'],
  ])('%s: %s %s in %s is %s', (_, date, time, zone, instant) => {
    expect(instantOf(date, time, zone)).toBe(instant);
  });

  it.each([
    ['2026-11', 'Europe/London', '2026-12-01T00:00:00.000Z'],
    ['2026-06', 'Europe/London', '2026-06-30T23:00:00.000Z'],
    ['2026-12', 'Asia/Almaty', '2026-12-31T19:00:00.000Z'],
    ['2026-12', 'Pacific/Niue', '2027-01-01T11:00:00.000Z'],
  ])('%s ends in %s at %s', (month, zone, instant) => {
    expect(monthEnds(month, zone)).toBe(instant);
  });

  it('goes there and back, wherever a local time is no gap', () => {
    const zones = ['Europe/London', 'America/New_York', 'Asia/Almaty', 'Pacific/Apia', 'UTC'];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 4_102_444_800 / 60 }),
        (zone, minutes) => {
          const instant = new Date(minutes * 60_000).toISOString();
          const date = civilDateAt(instant, zone);
          const time = timeOfDayAt(instant, zone);
          const back = instantOf(date, time, zone);
          // The second of two equal local times comes back as the first.
          expect([civilDateAt(back, zone), timeOfDayAt(back, zone)]).toEqual([date, time]);
          expect(back <= instant).toBe(true);
        },
      ),
      { numRuns: 500, seed: 1 },
    );
  });

  it('knows the names of zones, and nothing else', () => {
    expect(
      ['Europe/London', 'UTC', 'America/Argentina/Buenos_Aires', 'Etc/GMT+5'].filter(
        (name) => !isTimeZone(name),
      ),
    ).toEqual([]);
    expect(
      [
        '',
        'London',
        '+01:00',
        'GMT+1',
        'Europe/Nowhere',
        '../etc/localtime',
        'x'.repeat(9_999),
      ].filter(isTimeZone),
    ).toEqual([]);
  });

  it('says the same in a process of any zone', () => {
    const zones = ['Etc/GMT+12', 'America/St_Johns', 'UTC', 'Asia/Kolkata', 'Etc/GMT-14'];
    const outputs = zones.map((zone) => sayInProcessOf(zone));
    expect(new Set(outputs).size).toBe(1);
    expect(outputs[0]).toContain('2026-11-24');
  }, 60_000);
});

function sayInProcessOf(zone: string): string {
  const module = fileURLToPath(new URL('../../src/briefing/time-zone.ts', import.meta.url));
  const script = `
    import { civilDateAt, instantOf, monthEnds } from ${JSON.stringify(module)};
    console.log(JSON.stringify([
      civilDateAt('2026-11-24T00:30:00.000Z', 'Europe/London'),
      instantOf('2026-03-29', '01:30', 'Europe/London'),
      monthEnds('2026-11', 'Asia/Almaty'),
    ]));`;
  return execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
    env: { ...process.env, TZ: zone },
    encoding: 'utf8',
  });
}
