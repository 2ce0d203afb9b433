import type { LintFinding } from './finding.ts';
import type { Line, Manuscript } from './manuscript.ts';

/** One number written in two ways: `1,200` here and `1200` there. */
export function numbersAgree({ lines }: Manuscript): LintFinding[] {
  const firstSpelling = new Map<string, string>();
  const findings: LintFinding[] = [];
  for (const line of lines) {
    for (const { at, spelling, digits } of numbersIn(line)) {
      const first = firstSpelling.get(digits);
      if (first === undefined) firstSpelling.set(digits, spelling);
      else if (first !== spelling) {
        findings.push(
          line.finding({
            code: 'number-two-ways',
            at,
            length: spelling.length,
            message: `The same number is written ${first} and ${spelling}.`,
            fix: `Write ${first} in both places.`,
          }),
        );
      }
    }
  }
  return findings;
}

interface Spelt {
  readonly at: number;
  readonly spelling: string;
  readonly digits: string;
}

/** Whole numbers of four digits and more. */
function numbersIn({ prose }: Line): Spelt[] {
  return Array.from(prose.matchAll(number), ({ index: at, 0: spelling }) => ({
    at,
    spelling,
    digits: spelling.replace(/\D/g, ''),
  })).filter((spelt) => !isYear(spelt, prose));
}

const number =
  /(?<![\p{L}\p{N}.,:/-])(?:\d{1,3}(?:,\d{3})+|\d{1,3}(?:[\u00a0\u2009\u202f]\d{3})+|\d{4,12})(?![\d\p{L}/-]|[.,:]\d)/gu;

/** Four bare digits that may be a year are taken for one, unless something is counted. */
function isYear({ at, spelling }: Spelt, prose: string): boolean {
  if (!/^(?:1[0-9]|20|21)\d\d$/.test(spelling)) return false;
  const before = prose.slice(Math.max(0, at - 24), at);
  const after = prose.slice(at + 4, at + 24);
  if (yearComesNext.test(before)) return true;
  // “1200 people” counts; “in the spring 1945,” and “(1905)” do not.
  return !/^\s+\p{Ll}{3,}/u.test(after) || yearGoesOn.test(after);
}

const yearComesNext =
  /(?:\b(?:in|since|by|from|until|till|before|after|during|around|circa|c\.|early|late|mid|year|of|for|and|between|to|January|February|March|April|May|June|July|August|September|October|November|December|spring|summer|autumn|winter|\d{1,2}(?:st|nd|rd|th)?,?)|[(–—])\s*$/iu;
const yearGoesOn =
  /^\s+(?:and|or|to|when|until|with|was|were|had|the|who|which|that|but|after|before|in|as|he|she|they|it)\b/u;
