import { english } from '../../../src/briefing/labels/en.ts';
import { patternOf as agePattern } from '../../../src/text/lint/ages.ts';
import { patternOf as weekdayPattern } from '../../../src/text/lint/weekdays.ts';

/**
 * Files that make patterns when they run, why, and what they make: of names that are as odd as people's are,
 * and of the words of every language that there is.
 */
export const builtPatterns: Readonly<
  Record<string, { readonly because: string; readonly made: readonly (RegExp | null)[] }>
> = {
  'src/text/lint/ages.ts': {
    because: 'an age is looked for right beside the names of the person, whoever that is',
    made: [
      agePattern(['Ada Lovelace']),
      agePattern(["Conan O'Brien", 'Saint-Exupéry, Antoine', 'Maria (Masha) *.+ Aaaa Aaaaa']),
    ],
  },
  'src/text/lint/weekdays.ts': {
    because: 'months and weekdays are those of the catalogue, where a language is added',
    made: [weekdayPattern(english)],
  },
};
