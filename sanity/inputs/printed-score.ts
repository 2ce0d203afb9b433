import type { Catalogue } from '../../src/briefing/labels/catalogue.ts';
import { childOf } from '../../src/briefing/problem.ts';
import { textOfBlock } from './text-of-block.ts';
import { statesScore } from '../../src/text/score-in-prose.ts';

/** What readers will read of a score. */
export interface PrintedScore {
  readonly heading: string;
  readonly sentence: string;
  readonly remark: string | null;
}

/** The sentence of a score, or what is missing for one. */
export function printedScore(of: {
  readonly score: unknown;
  readonly prose: unknown;
  readonly words: Pick<Catalogue, 'scoreSentence'>;
}): PrintedScore {
  const value = childOf(of.score, 'value');
  const about = childOf(of.score, 'about');
  if (typeof value !== 'number') {
    return {
      heading: 'Printed',
      sentence: 'Nothing yet.',
      remark: 'Choose a number: 0 for what nobody needs to know, 10 for what everybody should.',
    };
  }
  if (typeof about !== 'string' || about.trim() === '') {
    return {
      heading: 'Printed',
      sentence: of.words.scoreSentence({ value, about: '…' }),
      remark: 'Write what it is about, and the sentence is whole.',
    };
  }
  const sentence = of.words.scoreSentence({ value, about: about.trim() });
  const own = sentenceOf(of.prose);
  return own === null
    ? {
        heading: 'Printed at the end of the answer',
        sentence,
        remark: null,
      }
    : {
        heading: 'Printed as the answer already says it',
        sentence: own,
        remark: own === sentence ? null : `The field alone would read: ${sentence}`,
      };
}

/** The sentence of the answer that states a score, or null. */
function sentenceOf(prose: unknown): string | null {
  if (!Array.isArray(prose)) return null;
  for (const block of prose) {
    const text = textOfBlock(block);
    if (!statesScore(text)) continue;
    const sentences = text.split(/(?<=[.!?…]["”’)]?)\s+/u);
    return sentences.find((sentence) => statesScore(sentence)) ?? text;
  }
  return null;
}
