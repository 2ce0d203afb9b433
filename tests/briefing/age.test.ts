import { describe, expect, it } from 'vitest';
import { ageOf } from '../../src/briefing/age.ts';
import { english } from '../../src/briefing/labels/en.ts';
import type { Person } from '../../src/briefing/model.ts';
import type { Age } from '../../src/briefing/resolved.ts';

const unknown: Age = { kind: 'unknown' };

describe('the age on the day of the briefing', () => {
  it.each<[story: string, born: string | null, date: string, age: Age, printed: string]>([
    ['the day before a birthday', '1957-11-25', '2026-11-24', exact(68), '68'],
    ['on a birthday', '1957-11-24', '2026-11-24', exact(69), '69'],
    ['the day after', '1957-11-23', '2026-11-24', exact(69), '69'],
    ['on the day of birth', '2026-11-24', '2026-11-24', exact(0), '0'],
    ['a year only', '1957', '2026-11-24', between(68, 69), '68 or 69'],
    ['a year only, on its last day', '1957', '2026-12-31', exact(69), '69'],
    ['a year only, on its first day', '1957', '2026-01-01', between(68, 69), '68 or 69'],
    ['a month that is over', '1957-05', '2026-11-24', exact(69), '69'],
    ['a month to come', '1957-12', '2026-11-24', exact(68), '68'],
    ['in the month itself', '1957-11', '2026-11-24', between(68, 69), '68 or 69'],
    ['the last day of the month itself', '1957-11', '2026-11-30', exact(69), '69'],
    ['29 February, on 28 February of a common year', '1996-02-29', '2026-02-28', exact(29), '29'],
    ['29 February, on 1 March of a common year', '1996-02-29', '2026-03-01', exact(30), '30'],
    ['29 February, in a leap year', '1996-02-29', '2028-02-29', exact(32), '32'],
    ['February of a leap year, on its last day', '1996-02', '2024-02-29', exact(28), '28'],
    ['this year, month unknown', '2026', '2026-06-01', exact(0), '0'],
    ['not known', null, '2026-11-24', unknown, 'Unknown'],
    ['not born yet', '2027-01-01', '2026-11-24', unknown, 'Unknown'],
  ])('%s: born %s, on %s', (_, born, date, age, printed) => {
    expect(ageOf({ age: null, date }, person({ born }))).toEqual(age);
    expect(english.age(age)).toBe(printed);
  });

  it.each<[born: string | null, died: string, date: string, age: Age, printed: string]>([
    [
      '1920-05-18',
      '2005-04-02',
      '2026-11-24',
      { kind: 'died', at: { from: 84, to: 84 }, on: '2005-04-02' },
      'Died on 2 April 2005, aged 84',
    ],
    [
      '1920-05-18',
      '2026-11-24',
      '2026-11-24',
      { kind: 'died', at: { from: 106, to: 106 }, on: '2026-11-24' },
      'Died on 24 November 2026, aged 106',
    ],
    ['1920-05-18', '2026-11-25', '2026-11-24', exact(106), '106'],
    [
      '1920',
      '2005-04',
      '2026-11-24',
      { kind: 'died', at: { from: 84, to: 85 }, on: '2005-04' },
      'Died in April 2005, aged 84 or 85',
    ],
    [
      '1920',
      '2005',
      '2026-11-24',
      { kind: 'died', at: { from: 84, to: 85 }, on: '2005' },
      'Died in 2005, aged 84 or 85',
    ],
    [null, '2005', '2026-11-24', { kind: 'died', at: null, on: '2005' }, 'Died in 2005'],
    // Of a death known to its year only, a briefing of that year may have been written before it.
    ['1920-05-18', '2026', '2026-11-24', exact(106), '106'],
    [
      '1920-05-18',
      '2026',
      '2026-12-31',
      { kind: 'died', at: { from: 105, to: 106 }, on: '2026' },
      'Died in 2026, aged 105 or 106',
    ],
  ])('born %s, died %s, on %s', (born, died, date, age, printed) => {
    expect(ageOf({ age: null, date }, person({ born, died }))).toEqual(age);
    expect(english.age(age)).toBe(printed);
  });

  it.each(['organisation', 'group'] as const)('an %s has none', (kind) => {
    const age = ageOf({ age: null, date: '2026-11-24' }, person({ kind, born: '1957' }));
    expect(age).toEqual({ kind: 'not-applicable' });
    expect(english.age(age)).toBe('Not applicable');
  });

  it.each<[born: string | null, computed: Age | null]>([
    ['1957-05-16', exact(69)],
    ['1957', between(68, 69)],
    [null, null],
  ])('an override is printed, beside what was computed from %s', (born, computed) => {
    const override = { value: 68, reason: 'as printed' };
    const age = ageOf({ age: override, date: '2026-11-24' }, person({ born }));
    expect(age).toEqual({ kind: 'override', years: 68, reason: 'as printed', computed });
    expect(english.age(age)).toBe('68');
  });

  it('a rebuild ten years later prints the same age, whatever happened since', () => {
    const briefing = { age: null, date: '2026-11-24' };
    const now = person({ born: '1957-12-16' });
    const later = person({ born: '1957-12-16', died: '2034-01-01' });
    expect([now, later].map((each) => ageOf(briefing, each))).toEqual([exact(68), exact(68)]);
  });

  it('a corrected birth date corrects old pages', () => {
    const briefing = { age: null, date: '2026-11-24' };
    expect(ageOf(briefing, person({ born: '1957' }))).toEqual(between(68, 69));
    expect(ageOf(briefing, person({ born: '1957-05-16' }))).toEqual(exact(69));
  });
});

function exact(years: number): Age {
  return { kind: 'exact', years };
}

function between(from: number, to: number): Age {
  return { kind: 'between', from, to };
}

function person(of: Partial<Pick<Person, 'kind' | 'born' | 'died'>>) {
  return { kind: 'individual' as const, born: null, died: null, ...of };
}
