import type { LintFinding } from './finding.ts';
import type { AnswerField, Manuscript } from './manuscript.ts';

/** How many words an answer usually has. An answer outside it may well be right. */
export const usualLength: Readonly<Record<AnswerField, { from: number; to: number }>> = {
  whyInTheNews: { from: 10, to: 120 },
  whyWeCare: { from: 40, to: 260 },
  whyYouShouldCare: { from: 15, to: 160 },
  whoElseCares: { from: 12, to: 100 },
  furtherComments: { from: 5, to: 80 },
};

/** Answers that are begun, and much shorter or longer than readers are used to. */
export function answersHaveMeasure({ answers, language }: Manuscript): LintFinding[] {
  if (isUnspaced(language)) return [];
  return answers.flatMap(({ field, lines }) => {
    const words = lines.reduce((sum, line) => sum + countWords(line.text), 0);
    const { from, to } = usualLength[field];
    if (words === 0 || (words >= from && words <= to)) return [];
    const isShort = words < from;
    return [
      {
        code: isShort ? 'answer-short' : 'answer-long',
        path: field,
        at: 0,
        message: `This answer has ${words === 1 ? 'one word' : `${words} words`}; most have ${from} to ${to}.`,
        fix: isShort
          ? 'Tell a reader who has never heard of this a little more.'
          : 'Keep what a reader would miss, and let the rest go.',
        excerpt: null,
      },
    ];
  });
}

/** Words as a reader counts them: what stands between spaces and has a letter or a digit. */
export function countWords(text: string): number {
  let words = 0;
  for (const part of text.split(/\s+/)) if (/[\p{L}\p{N}]/u.test(part)) words += 1;
  return words;
}

/** Scripts that do not part words by spaces have no word count that means anything. */
export function isUnspaced(language: string): boolean {
  return /^(?:zh|ja|th|lo|km|my|bo)(?:-|$)/.test(language);
}
