import { countWords, isUnspaced, usualLength } from '../../src/text/lint/lengths.ts';
import { answerFields } from '../../src/text/lint/manuscript.ts';
import { textOfBlock } from './text-of-block.ts';

/** How long an answer is, and how long it usually is. */
export interface AnswerLength {
  readonly words: number;
  readonly from: number;
  readonly to: number;
}

/** Null for what is no answer, is empty, or is in a language without spaces between words. */
export function lengthOfAnswer(of: {
  readonly field: string;
  readonly value: unknown;
  readonly language: string;
}): AnswerLength | null {
  const field = answerFields.find((each) => each === of.field);
  if (field === undefined || !Array.isArray(of.value) || isUnspaced(of.language)) return null;
  const words = of.value.reduce<number>((sum, block) => sum + countWords(textOfBlock(block)), 0);
  return words === 0 ? null : { words, ...usualLength[field] };
}
