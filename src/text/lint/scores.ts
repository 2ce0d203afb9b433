import { childOf } from '../../briefing/problem.ts';
import type { LintFinding } from './finding.ts';
import type { Line, Manuscript } from './manuscript.ts';

/** The score as the prose states it, against the field of it; and a score that is about nothing. */
export function scoresAgree(manuscript: Manuscript): LintFinding[] {
  const score = childOf(manuscript.document, 'score');
  const value = childOf(score, 'value');
  const about = childOf(score, 'about');
  return [
    ...inTheProse(manuscript, typeof value === 'number' ? value : null),
    ...(typeof value === 'number' && (typeof about !== 'string' || about.trim() === '')
      ? [
          {
            code: 'score-about-nothing',
            path: 'score.about',
            at: 0,
            message: `The score is ${value}/10, but about what?`,
            fix: 'Write what the reader should care about, so that it reads “7/10 about …”.',
            excerpt: null,
          },
        ]
      : []),
  ];
}

function inTheProse({ answers }: Manuscript, value: number | null): LintFinding[] {
  const answer = answers.find(({ field }) => field === 'whyYouShouldCare');
  const stated = (answer?.lines ?? []).flatMap(scoresIn);
  const [first] = stated;
  if (first === undefined) return [];
  const { line, at, length, written } = first;
  const place = { at, length };
  if (stated.every((each) => !Number.isInteger(each.score) || each.score > 10)) {
    return [
      line.finding({
        ...place,
        code: 'score-uneven',
        message: `${written} is not a whole number from 0 to 10.`,
        fix: 'Scores are whole: choose the nearer one.',
      }),
    ];
  }
  if (value === null) {
    return [
      line.finding({
        ...place,
        code: 'score-only-in-prose',
        message: `The text says ${written}, and the field of the score is empty.`,
        fix: 'Choose the same score in its field, so that lists can show it.',
      }),
    ];
  }
  if (stated.some(({ score }) => score === value)) return [];
  return [
    line.finding({
      ...place,
      code: 'score-differs',
      message: `The text says ${written}, and the field of the score ${value}/10.`,
      fix: 'Let both say the same.',
    }),
  ];
}

interface Stated {
  readonly line: Line;
  readonly at: number;
  readonly length: number;
  readonly written: string;
  readonly score: number;
}

function scoresIn(line: Line): Stated[] {
  return Array.from(line.prose.matchAll(stated), ({ index: at, 0: written, groups }) => ({
    line,
    at,
    length: written.length,
    written,
    score: numberFrom({ figures: groups?.['figures'], words: groups?.['words'] }),
  }));
}

function numberFrom({
  figures,
  words = '',
}: {
  readonly figures: string | undefined;
  readonly words: string | undefined;
}): number {
  if (figures !== undefined) return Number(figures.replace(',', '.'));
  const word = words.toLowerCase();
  return word === 'nought' ? 0 : numbersInWords.indexOf(word);
}

const numbersInWords = 'zero one two three four five six seven eight nine ten'.split(' ');
const stated =
  /(?<![\d.,/])(?<figures>\d{1,2}(?:[.,]\d)?)\s*(?:\/|out of)\s*(?:10|ten)(?![\d/]|[.,]\d)|\b(?<words>nought|zero|one|two|three|four|five|six|seven|eight|nine|ten) out of (?:10|ten)\b/gi;
