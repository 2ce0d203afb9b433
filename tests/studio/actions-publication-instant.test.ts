import { expect, test } from 'vitest';
import { proposedMoment, readMoment } from '../../sanity/actions/publication-instant.ts';

const now = '2026-11-24T22:41:07.000Z';
const london = { timeZone: 'Europe/London', now };

test.each([
  ['2026-11-25', '07:30', 'Europe/London', '2026-11-25T07:30:00.000Z', null],
  ['2026-11-25', '07:30', 'Asia/Kolkata', '2026-11-25T02:00:00.000Z', null],
  ['2027-06-01', '07:30', 'Europe/London', '2027-06-01T06:30:00.000Z', null],
  [
    '2027-03-28',
    '01:30',
    'Europe/London',
    '2027-03-28T01:30:00.000Z',
    'Clocks go forward that night: 01:30 does not exist, so it is 02:30.',
  ],
  [
    '2027-10-31',
    '01:30',
    'Europe/London',
    '2027-10-31T00:30:00.000Z',
    'Clocks go back that night: 01:30 comes twice, and this is the first.',
  ],
])('%s %s in %s is %s', (date, time, timeZone, instant, note) => {
  expect(readMoment({ date, time }, { timeZone, now })).toEqual({ ok: true, instant, note });
});

test.each([
  ['2026-11-24', '22:41', 'That has passed. To publish now, close this and press Publish.'],
  ['2020-01-01', '00:00', 'That has passed. To publish now, close this and press Publish.'],
  ['', '07:30', 'Choose a day.'],
  ['2026-02-30', '07:30', 'Choose a day.'],
  ['2026-12-01', '', 'Write the time as hours and minutes, such as 07:30.'],
  ['2026-12-01', '24:00', 'Write the time as hours and minutes, such as 07:30.'],
  ['9000-12-01', '07:30', 'Choose a day before 3000.'],
])('%s %s is refused: %s', (date, time, reason) => {
  expect(readMoment({ date, time }, london)).toEqual({ ok: false, reason });
});

test('what is proposed is a full hour, more than an hour away, by the publication’s clock', () => {
  expect(proposedMoment(now, 'Europe/London')).toEqual({ date: '2026-11-25', time: '00:00' });
  expect(proposedMoment(now, 'America/New_York')).toEqual({ date: '2026-11-24', time: '19:00' });
});
