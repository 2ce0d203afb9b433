import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  addMonths,
  civilDateFromDays,
  daysInMonth,
  daysSinceEpoch,
  instantFrom,
  isCivilDate,
  isCivilMonth,
  isPartialDate,
  weekdayOf,
} from '../../src/briefing/calendar.ts';
import { badDates } from './hostile.ts';

describe('civil dates (F29)', () => {
  it.each(['2026-11-24', '2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31'])(
    '%s is a day',
    (date) => {
      expect(isCivilDate(date)).toBe(true);
    },
  );

  it.each(badDates)('%j is no day', (date) => {
    expect(isCivilDate(date)).toBe(false);
  });

  it('knows months and years that are known only so far', () => {
    expect(['1957', '1957-05', '1957-05-16'].map(isPartialDate)).toEqual([true, true, true]);
    expect(['0000', '57', '1957-13', '1957-05-32', '1957-5', ''].filter(isPartialDate)).toEqual([]);
    expect(['2026-11', '2026-13', '0000-01', '2026'].map(isCivilMonth)).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it.each([
    ['1970-01-01', 4],
    ['2026-11-24', 2],
    ['2020-11-24', 2],
    ['2000-02-29', 2],
    ['1900-01-01', 1],
    ['1600-02-29', 2],
    ['0001-01-01', 1],
    ['9999-12-31', 5],
  ])('%s is weekday %i', (date, weekday) => {
    expect(weekdayOf(date)).toBe(weekday);
  });

  it('counts days as a second calendar does, there and back', () => {
    fc.assert(
      fc.property(fc.integer({ min: -719_162, max: 2_932_896 }), (days) => {
        const date = civilDateFromDays(days);
        expect(new Date(days * 86_400_000).toISOString().slice(0, 10)).toBe(date);
        expect(daysSinceEpoch(date)).toBe(days);
        expect(weekdayOf(date)).toBe(new Date(days * 86_400_000).getUTCDay());
        expect(isCivilDate(date)).toBe(true);
      }),
      { numRuns: 2_000, seed: 1 },
    );
  });

  it.each([
    ['2026-11', 1, '2026-12'],
    ['2026-11', 2, '2027-01'],
    ['2026-01', -1, '2025-12'],
    ['2026-01', -13, '2024-12'],
    ['2026-06', 120, '2036-06'],
  ])('%s and %i months is %s', (month, count, after) => {
    expect(addMonths(month, count)).toBe(after);
  });

  it('crosses leap days', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(addDays('2026-02-28', 1)).toBe('2026-03-01');
    expect([2024, 2026, 1900, 2000].map((year) => daysInMonth(year, 2))).toEqual([29, 28, 28, 29]);
  });
});

describe('instants (F29)', () => {
  it.each([
    ['2026-11-24T07:30:00Z', '2026-11-24T07:30:00.000Z'],
    ['2026-11-24T07:30:00.5Z', '2026-11-24T07:30:00.500Z'],
    ['2026-11-24T07:30:00.123456Z', '2026-11-24T07:30:00.123Z'],
  ])('%s is %s', (text, instant) => {
    expect(instantFrom(text)).toBe(instant);
  });

  it.each([
    '2026-11-24',
    '2026-11-24T07:30Z',
    '2026-11-24T07:30:00',
    '2026-11-24T07:30:00+00:00',
    '2026-11-24T24:00:00Z',
    '2026-11-24T23:59:60Z',
    '2026-02-30T07:30:00Z',
    '2026-11-24 07:30:00Z',
    '2026-11-24t07:30:00z',
    `2026-11-24T07:30:00.${'1'.repeat(5_000)}Z`,
    '',
  ])('%s is none', (text) => {
    expect(instantFrom(text)).toBeNull();
  });
});
