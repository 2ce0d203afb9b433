import type { LintFinding } from './finding.ts';
import type { Line, Manuscript } from './manuscript.ts';

/**
 * Quotation marks that open and never close, close what was never open, or close in another style
 * than they opened. A quotation may go on over paragraphs when each opens again, as is the custom.
 * Apostrophes, feet and inches are no quotation marks.
 */
export function quotationsClose({ lines, language }: Manuscript): LintFinding[] {
  const findings: LintFinding[] = [];
  for (const group of Map.groupBy(lines, groupOf).values()) {
    let open: readonly Opened[] = [];
    for (const line of group) {
      const [carried] = open;
      const goesOn = carried !== undefined && line.prose.trimStart().startsWith(carried.mark);
      if (!goesOn) findings.push(...open.map(neverClosed));
      open = scanLine(line, language, goesOn ? open : [], findings);
    }
    findings.push(...open.map(neverClosed));
  }
  return [...findings, ...mixedStyles(lines)];
}

/** Paragraphs of one answer may share a quotation; other fields stand alone. */
function groupOf({ field, path }: Line): string {
  const [group = path] = path.split('[', 1);
  return path.startsWith(`${field}[`) && !path.endsWith(']') ? path : group;
}

interface Opened {
  readonly line: Line;
  readonly at: number;
  readonly mark: string;
}

/** Adds what is wrong in a line to the findings; what is still open at its end. */
function scanLine(
  line: Line,
  language: string,
  carried: readonly Opened[],
  findings: LintFinding[],
): readonly Opened[] {
  const { prose } = line;
  const open: Opened[] = [...carried];
  // The mark that continues a quotation opens nothing new.
  const from = carried.length === 0 ? 0 : prose.length - prose.trimStart().length + 1;
  for (const match of prose.matchAll(marks)) {
    const at = match.index;
    if (at < from) continue;
    const mark = match[0];
    const kind = kindOf(mark, at, prose, open.at(-1)?.mark, language);
    if (kind === 'open' && open.length < deepest) open.push({ line, at, mark });
    else if (kind === 'close') close(mark, at);
  }
  return open.filter(isSpeech);

  function close(mark: string, at: number): void {
    const openers = openersOf[mark] ?? '';
    const nearest = open.findLastIndex((each) => openers.includes(each.mark));
    if (nearest !== -1) {
      // What opened inside and did not close is told; the outer quotation is closed all the same.
      findings.push(
        ...open
          .splice(nearest + 1)
          .filter(isSpeech)
          .map(neverClosed),
      );
      open.pop();
      return;
    }
    if (mark === '’') return;
    const other = open.findLastIndex((each) => (otherStyleOf[mark] ?? '').includes(each.mark));
    if (other !== -1) {
      open.splice(other);
      findings.push(
        line.finding({
          code: 'quotation-mixed',
          at,
          length: 1,
          message: 'A quotation opens in one style of quotation marks and closes in another.',
          fix: 'Use “ and ” for both.',
        }),
      );
      return;
    }
    findings.push(
      line.finding({
        code: 'quotation-close',
        at,
        length: 1,
        message: 'A quotation closes here that was never opened.',
        fix: 'Open it with a quotation mark, or delete this one.',
      }),
    );
  }
}

/** Nobody nests deeper; text that opens a thousand marks is told of these. */
const deepest = 20;
const marks = /["“”„‘’«»]/g;
const openersOf: Readonly<Record<string, string>> = {
  '"': '"',
  '”': '“„',
  '“': '„',
  '’': '‘',
  '»': '«',
};
const otherStyleOf: Readonly<Record<string, string>> = { '"': '“„', '”': '"', '“': '"' };

function kindOf(
  mark: string,
  at: number,
  prose: string,
  innermost: string | undefined,
  language: string,
): 'open' | 'close' | 'none' {
  const before = prose.charAt(at - 1);
  const after = prose.charAt(at + 1);
  switch (mark) {
    case '“':
      return innermost === '„' ? 'close' : 'open';
    case '„':
      return 'open';
    case '”':
      // Swedes and Finns open and close with the same mark.
      if (/^(?:sv|fi)(?:-|$)/.test(language)) return 'none';
      return 'close';
    case '«':
    case '»':
      if (/^(?:de|da)(?:-|$)/.test(language)) return 'none';
      return mark === '«' ? 'open' : 'close';
    case '"':
      if (innermost === '"') return 'close';
      if (/\d/.test(before) && !/[\p{L}\p{N}]/u.test(after))
        return innermost === '“' ? 'close' : 'none';
      return /^$|[\s([{–—/“‘-]/u.test(before) && after !== '' && !/\s/.test(after)
        ? 'open'
        : 'close';
    case '‘':
      return isElision(prose, at) || /[\p{L}\p{N}]/u.test(before) ? 'none' : 'open';
    case '’':
      return /[\p{L}\p{N}]/u.test(after) || /^$|\s/.test(before) ? 'none' : 'close';
    default:
      return 'none';
  }
}

/** ‘90s, ‘em, ‘Abd: an apostrophe or a letter that a word processor turned around. */
function isElision(prose: string, at: number): boolean {
  return /^‘(?:\d|(?:em|tis|twas|til|cause|n)\b)/i.test(prose.slice(at, at + 8));
}

/**
 * A single mark that stays open is mostly an apostrophe, or the first letter of an Arabic name; with
 * a capital after it, and no such name, somebody began to speak.
 */
function isSpeech({ line, at, mark }: Opened): boolean {
  if (mark !== '‘') return true;
  const after = line.prose.slice(at + 1, at + 8);
  return (
    /^\p{Lu}/u.test(after) &&
    !/^(?:A(?:bd|li|mr|zz|bb|in|yn)|U(?:mar|thm)|I(?:sa|mr|ra))/.test(after)
  );
}

function neverClosed({ line, at }: Opened): LintFinding {
  return line.finding({
    code: 'quotation-open',
    at,
    length: 1,
    message: 'A quotation opens here and is never closed.',
    fix: 'Close it where the speaker stops, or delete this mark.',
  });
}

/** Straight and curly marks in one briefing: told once, at the first mark of the rarer style. */
function mixedStyles(lines: readonly Line[]): LintFinding[] {
  const straight = lines.flatMap((line) => places(line, /(?<!\d)["]|(?<=\p{L})'(?=\p{L})/gu));
  const curly = lines.flatMap((line) => places(line, /[“”„]|(?<=\p{L})’(?=\p{L})/gu));
  if (straight.length === 0 || curly.length === 0) return [];
  const [rarer] = straight.length <= curly.length ? straight : curly;
  if (rarer === undefined) return [];
  return [
    rarer.line.finding({
      code: 'quotation-styles',
      at: rarer.at,
      length: 1,
      message: 'Straight and curly quotation marks or apostrophes are mixed.',
      fix: 'Use the curly ones throughout: “ ” and ’.',
    }),
  ];
}

function places(line: Line, pattern: RegExp): { readonly line: Line; readonly at: number }[] {
  return Array.from(line.prose.matchAll(pattern), ({ index: at }) => ({ line, at }));
}
