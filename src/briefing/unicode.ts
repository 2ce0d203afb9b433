/**
 * The one normaliser at the door: every string of every document goes through it once, so that
 * no page, feed, JSON or file name ever has to think of encodings again. What comes out
 *
 * - is well-formed UTF-16 in normal form C, with LF line ends and no other control character;
 * - holds no noncharacter, so the renderer may use them as markers;
 * - closes within itself whatever bidirectional control it opens;
 * - holds no invisible character but joiners and variation selectors that do something.
 *
 * Idempotent: normalising twice is normalising once.
 *
 * @example normaliseText('cafe\u0301\r\n\u0000') === 'café\n'
 */
export function normaliseText(text: string): string {
  if (settled.test(text)) return text;
  let before = text;
  // Removing one character can bring two others together, so we go on until nothing moves.
  for (let round = 0; round < maximumRounds; round += 1) {
    const after = normaliseOnce(before);
    if (after === before) return after;
    before = after;
  }
  return before.replace(invisible, '').normalize('NFC');
}

/** Text for a field of one line: inner line ends and runs of spaces become one space; trimmed. */
export function oneLine(text: string): string {
  return unevenSpaces.test(text) ? text.replace(/[ \n]+/g, ' ').trim() : text;
}

/** Text for a field of several lines: trimmed, at most one blank line in a row. */
export function severalLines(text: string): string {
  return text.replace(/\n{3,}/g, '\n\n').trim();
}

/** True when a reader would see nothing: spaces, and characters that have no ink. */
export function isBlank(text: string): boolean {
  return blank.test(text);
}

/** The text, or null when there is none to see. */
export function textOrNull(text: string | undefined): string | null {
  return text === undefined || isBlank(text) ? null : text;
}

/**
 * Characters that every step below would leave alone, alone or in any order: starters that are
 * their own normal form, without marks, of the scripts most briefings are written in.
 */
const settled =
  /^[\n\x20-\x7E\u00A0-\u00AC\u00AE-\u02FF\u0400-\u0482\u048A-\u052F\u05D0-\u05EA\u060C\u061B\u061F\u0621-\u064A\u0660-\u066D\u0671-\u06D3\u2010-\u2027\u2030-\u205E\u20A0-\u20BF\u3001-\u3029\u3041-\u3096\u30A1-\u30FF\u4E00-\u9FFF\uAC00-\uD7A3\uFF01-\uFF5E]*$/;
const unevenSpaces = / {2}|\n|^\s|\s$/;
const blank = /^[\s\p{Default_Ignorable_Code_Point}\p{M}\u2800]*$/v;

const maximumRounds = 8;

function normaliseOnce(text: string): string {
  const visible = text
    .toWellFormed()
    .replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, '\n')
    .replaceAll('\t', ' ')
    .replace(unwanted, '')
    .replace(tags, '$1')
    .replace(idleJoiners, '')
    .replace(idleSelectors, '')
    .replace(stackedMarks, '$1')
    .normalize('NFC');
  return bidiControl.test(visible) ? visible.split('\n').map(balanceBidi).join('\n') : visible;
}

/** Controls, noncharacters, object placeholders, and zero-width characters that only hide things. */
const unwanted =
  /[[\p{Cc}--[\n]]\p{Noncharacter_Code_Point}\u180E\u200B\u2060-\u2065\u206A-\u206F\uFEFF\uFFF9-\uFFFC]/gv;
/** Tag characters, unless they spell one of the flags of a region (a black flag, letters, an end). */
const tags =
  /(\u{1F3F4}[\u{E0030}-\u{E0039}\u{E0061}-\u{E007A}]{1,6}\u{E007F})|[\u{E0000}-\u{E007F}]/gv;
/** A joiner does something after a letter of a joining script or an emoji, and only alone. */
const idleJoiners =
  /(?<![[\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}]--\p{Script=Latin}])\p{Join_Control}+|\p{Join_Control}{2,}/gv;
/** A variation selector does something after one character that has variants; U+FE0F makes keycaps too. */
const idleSelectors =
  /(?<=^|[\s\p{Join_Control}\p{Variation_Selector}\p{Script=Latin}[[\x21-\x7E]--[0-9#*]]])\p{Variation_Selector}+|(?<=[0-9#*])[\p{Variation_Selector}--\uFE0F]+/gv;
/** No script stacks a dozen marks on one letter; what does wants to paint over its neighbours. */
const stackedMarks = /(\p{M}{12})\p{M}+/gv;
const invisible = /[\p{Join_Control}\p{Bidi_Control}\p{M}]/gv;

const bidiControl = /[\u202A-\u202E\u2066-\u2069]/;
const maximumBidiDepth = 40;

/**
 * Takes out the embeddings, overrides and isolates that a line opens and does not close, and the
 * closing ones that close nothing: what stays cannot reach the words that the page puts beside it.
 */
function balanceBidi(line: string): string {
  if (!bidiControl.test(line)) return line;
  const kept = new Set<number>();
  const open: { at: number; isolate: boolean }[] = [];
  for (let at = 0; at < line.length; at += 1) {
    const code = line.charCodeAt(at);
    if (code === 0x202c) {
      if (open.at(-1)?.isolate === false) close(at);
    } else if (code === 0x2069) {
      if (!open.some((each) => each.isolate)) continue;
      while (open.at(-1)?.isolate === false) open.pop();
      close(at);
    } else if (code >= 0x202a && code <= 0x202e) {
      if (open.length < maximumBidiDepth) open.push({ at, isolate: false });
    } else if (code >= 0x2066 && code <= 0x2068) {
      if (open.length < maximumBidiDepth) open.push({ at, isolate: true });
    }
  }
  return Array.from({ length: line.length }, (_, at) => line.charAt(at))
    .filter((character, at) => kept.has(at) || !bidiControl.test(character))
    .join('');

  function close(at: number): void {
    const opened = open.pop();
    if (opened === undefined) return;
    kept.add(opened.at);
    kept.add(at);
  }
}
