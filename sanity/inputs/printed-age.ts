import type { Catalogue } from '../../src/briefing/labels/catalogue.ts';
import { childOf } from '../../src/briefing/problem.ts';
import type { Age } from '../../src/briefing/resolved.ts';
import type { Circumstances } from './circumstances.ts';

/** What readers will read of an age, and why. */
export interface PrintedAge {
  readonly text: string;
  readonly because: string;
  readonly tone: 'transparent' | 'caution';
  readonly isOverridden: boolean;
  /** True when only the person's record can change it for the better. */
  readonly isForPerson: boolean;
}

export function printedAge(of: {
  readonly override: unknown;
  readonly circumstances: Circumstances | null;
  readonly words: Pick<Catalogue, 'age' | 'date' | 'ageOverridden'>;
}): PrintedAge {
  const { circumstances, words } = of;
  const value = childOf(of.override, 'value');
  const reason = childOf(of.override, 'reason');
  const isOverridden = of.override !== undefined && (value !== undefined || reason !== undefined);
  const computed = circumstances?.computedAge ?? null;
  if (typeof value === 'number') {
    const isWhole = typeof reason === 'string' && reason.trim() !== '';
    return {
      text: isWhole ? `${value} (${words.ageOverridden(reason.trim())})` : String(value),
      because: [
        computed === null ? '' : difference(value, computed, words),
        isWhole ? '' : 'Readers are told why: write the reason.',
      ]
        .filter((sentence) => sentence !== '')
        .join(' '),
      tone: 'caution',
      isOverridden,
      isForPerson: false,
    };
  }
  const stays = { tone: 'transparent', isOverridden } as const;
  if (circumstances === null || circumstances.personId === null) {
    return {
      ...stays,
      text: 'Not known yet',
      because: 'Choose the person, and their age on the date of the briefing appears here.',
      isForPerson: false,
    };
  }
  const { person, date, facts } = circumstances;
  if (person.state === 'loading') {
    return { ...stays, text: '…', because: 'Looking at the person’s record.', isForPerson: false };
  }
  if (facts === null) {
    return {
      ...stays,
      text: 'Not known',
      because: 'The person’s record is not there any more. Choose the person again.',
      isForPerson: false,
    };
  }
  if (date === null || computed === null) {
    return {
      ...stays,
      text: 'Not known yet',
      because: 'Choose the date of the briefing: the age is printed as of that day.',
      isForPerson: false,
    };
  }
  return {
    ...stays,
    text: words.age(computed),
    because: reasonOf(computed, { born: facts.born, date: words.date(date), words }),
    isForPerson: computed.kind === 'unknown' || computed.kind === 'between',
  };
}

function reasonOf(
  age: Age,
  of: {
    readonly born: string | null;
    readonly date: string;
    readonly words: Pick<Catalogue, 'date'>;
  },
): string {
  const { born, date } = of;
  switch (age.kind) {
    case 'exact':
    case 'override':
      return `On ${date}, counted from the birth date in the person’s record: ${written(born, of.words)}.`;
    case 'between':
      return `On ${date}. Of the birth only ${written(born, of.words)} is known; with the day it would be one number.`;
    case 'died':
      return `Had died by the date of the briefing, ${date}.`;
    case 'unknown':
      return born === null
        ? 'The person’s record has no birth date.'
        : `By the person’s record, born after the briefing: ${written(born, of.words)}.`;
    case 'not-applicable':
      return 'Organisations and groups have no age.';
  }
}

/** A birth date as exactly as it is known. */
function written(born: string | null, words: Pick<Catalogue, 'date'>): string {
  if (born === null) return 'none';
  return born.length === 10 ? words.date(born) : born;
}

function difference(value: number, computed: Age, words: Pick<Catalogue, 'age'>): string {
  const text = words.age(computed);
  const years = yearsOf(computed);
  if (years === null) return `Computed, it would be: ${text}.`;
  if (value >= years.from && value <= years.to) {
    return `The computed age is ${text} as well; you can go back to it.`;
  }
  const off = value > years.to ? value - years.to : years.from - value;
  const yearsOff = off === 1 ? 'one year' : `${off} years`;
  return `Instead of the computed ${text}: ${yearsOff} ${value > years.to ? 'older' : 'younger'}.`;
}

function yearsOf(age: Age): { readonly from: number; readonly to: number } | null {
  if (age.kind === 'exact') return { from: age.years, to: age.years };
  return age.kind === 'between' ? { from: age.from, to: age.to } : null;
}
