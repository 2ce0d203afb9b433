import type { RichText } from './model.ts';
import { plainTextOf } from './portable-text.ts';
import { isBlank, normaliseText, oneLine } from './unicode.ts';

/** The longest summary, in characters as a reader counts them (code points). */
const summaryLength = 200;

/** The first sentence of an answer, cut at a word when it is longer than a summary may be. */
export function summaryOf(answer: RichText): string {
  const words = (style: string) =>
    answer.find(
      (block) => block._type === 'block' && block.style === style && !isBlank(plainTextOf(block)),
    );
  const block = words('normal') ?? words('blockquote') ?? words('h3');
  if (block === undefined) return '';
  const sentence = firstSentence(oneLine(plainTextOf(block).slice(0, searched)).trim());
  return cutAtWord(sentence, summaryLength);
}

/** Text of at most so many characters; what was cut is told by an ellipsis. */
export function cutAtWord(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const points = Array.from(text);
  if (points.length <= limit) return text;
  let end = limit - 1;
  for (let at = end; at > limit / 2; at -= 1) {
    if (points[at] === ' ') {
      end = at;
      break;
    }
  }
  // Never between a letter and what is written on it, or inside a joined emoji.
  while (end > 1 && (attaches.test(points[end] ?? '') || points[end - 1] === '\u200D')) end -= 1;
  const kept = points
    .slice(0, end)
    .join('')
    .replace(/[\s,;:.–—-]{1,20}$/, '');
  return normaliseText(`${kept}…`);
}

/** A sentence of more characters than this is cut anyway. */
const searched = 2_000;
const attaches = /^[\p{M}\p{Emoji_Modifier}\u200C\u200D]$/u;

/** A stop, its closing quotes or brackets, and a space before what can begin a sentence. */
const sentenceEnd = /[.!?…؟。]["'”’»)\]]{0,3}(?= [^\p{Ll}])|[。！？]/gu;
/** Words that end with a stop and no sentence: titles, initials, “U.S.” */
const abbreviation =
  /(?:^|[\s(“"‘])(?:Mr|Mrs|Ms|Dr|Prof|St|Gen|Sen|Rep|Gov|Lt|Col|Maj|Capt|Sgt|Rev|Hon|Jr|Sr|No|vs|cf|ca|approx|e\.g|i\.e|\p{Lu}|(?:\p{Lu}\.){1,4}\p{Lu})\.$/u;

function firstSentence(text: string): string {
  for (const match of text.matchAll(sentenceEnd)) {
    const end = match.index + match[0].length;
    const sentence = text.slice(0, end);
    if (!abbreviation.test(sentence.slice(-24))) return normaliseText(sentence);
  }
  return text;
}
