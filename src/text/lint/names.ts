import type { LintFinding } from './finding.ts';
import type { Line, Manuscript } from './manuscript.ts';

/**
 * One name spelled in two ways. Two spellings are of one name when they sound alike and look alike
 * (`Zelensky`, `Zelenskyy`; `Mohamed`, `Mohammed`; `Erdogan`, `Erdoğan`), or when one is a slip of
 * a finger away from the name of the person the briefing is about.
 */
export function namesAgree({ lines, person }: Manuscript): LintFinding[] {
  const words = lines.flatMap(capitalisedWords);
  const known = partsOf(person?.names ?? []);
  const chosen = chosenSpellings(words, known);
  const slips = slipsOf(new Set(words.map(({ spelling }) => spelling)), known);
  return words.flatMap(({ line, at, spelling, written }) => {
    const usual = chosen.get(soundOf(spelling)) ?? slips.get(spelling);
    // What the person's record lists as a name of theirs is no slip.
    if (usual === undefined || known.has(spelling) || usual === spelling) return [];
    if (isForm(spelling, usual)) return [];
    return [
      line.finding({
        code: 'name-two-ways',
        at,
        length: written,
        message: known.has(usual)
          ? `${spelling} looks like ${usual}, the name of the person, spelled another way.`
          : `The same name seems to be spelled ${usual} and ${spelling}.`,
        fix: `Write ${usual} in both places, unless these are two names.`,
      }),
    ];
  });
}

interface Word {
  readonly line: Line;
  readonly at: number;
  readonly spelling: string;
  /** Characters in the text, with a possessive. */
  readonly written: number;
  /** Where a sentence begins, any word has a capital. */
  readonly begins: boolean;
}

function capitalisedWords(line: Line): Word[] {
  return Array.from(line.prose.matchAll(capitalised)).flatMap(({ index: at, 0: found }) => {
    const spelling = found.replace(/[’']s?$/u, '');
    if (Array.from(spelling).length < 4) return [];
    const begins = sentenceBegins.test(line.prose.slice(Math.max(0, at - 8), at));
    return [{ line, at, spelling, written: found.length, begins }];
  });
}

/** At the end of the few characters before a word. */
const sentenceBegins = /(?:^|[.!?:…]["”’')\]]{0,8})\s{0,8}["“‘'(«„]{0,8}$/u;

const capitalised = /(?<![\p{L}\p{M}\p{N}’'-])\p{Lu}[\p{L}\p{M}]*(?:[’'-]\p{L}[\p{L}\p{M}]*)*/gu;

/** For each sound with several spellings, the one to keep: the person's own, else the first. */
function chosenSpellings(
  words: readonly Word[],
  known: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const bySound = new Map<string, { names: Set<string>; others: Set<string> }>();
  for (const { spelling, begins } of words) {
    const sound = soundOf(spelling);
    const group = bySound.get(sound) ?? { names: new Set(), others: new Set() };
    (begins ? group.others : group.names).add(spelling);
    bySound.set(sound, group);
  }
  const knownBySound = new Map([...known].map((name) => [soundOf(name), name]));
  return new Map(
    [...bySound].flatMap(([sound, { names, others }]) => {
      const own = knownBySound.get(sound);
      const [first] = names;
      // A word that only ever begins sentences may be no name at all.
      if (own === undefined && first === undefined) return [];
      if (own === undefined && new Set([...names, ...others]).size === 1) return [];
      return [[sound, own ?? first ?? ''] as const];
    }),
  );
}

/** Parts of the person's names that are long enough to be recognised. */
function partsOf(names: readonly string[]): ReadonlySet<string> {
  const parts = names
    .slice(0, 60)
    .flatMap((name) => name.split(/[\s,]+/))
    .filter((part) => /^\p{Lu}/u.test(part) && Array.from(part).length >= 4);
  return new Set(parts.slice(0, 60));
}

/** Spellings that are one slip away from a part of the person's name; by spelling, that part. */
function slipsOf(
  spellings: ReadonlySet<string>,
  known: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const slips = new Map<string, string>();
  for (const spelling of spellings) {
    if (known.has(spelling)) continue;
    for (const name of known) {
      if (name.length >= 6 && isOneSlipAway(spelling, name)) slips.set(spelling, name);
    }
  }
  return slips;
}

/**
 * One letter more or less, two letters swapped, or one in place of another that is like it,
 * anywhere but at the beginning. Wikimedia is not Wikipedia.
 */
function isOneSlipAway(one: string, other: string): boolean {
  if (one.charAt(0) !== other.charAt(0) || Math.abs(one.length - other.length) > 1) return false;
  let start = 0;
  while (start < one.length && one.charAt(start) === other.charAt(start)) start += 1;
  let [endOne, endOther] = [one.length, other.length];
  while (endOne > start && endOther > start && one[endOne - 1] === other[endOther - 1]) {
    endOne -= 1;
    endOther -= 1;
  }
  const [left, right] = [one.slice(start, endOne), other.slice(start, endOther)];
  if (left.length + right.length === 1) return true;
  if (left.length === 1 && right.length === 1) return areAlike(left, right);
  return left.length === 2 && right === left.charAt(1) + left.charAt(0);
}

function areAlike(one: string, other: string): boolean {
  return likeLetters.some((letters) => letters.includes(one) && letters.includes(other));
}

const likeLetters: readonly string[] = ['aeiouy', 'ij', 'vw', 'sz', 'ckq', 'dt', 'mn', 'bp', 'gk'];

/** A plural, or the people and the tongue of a place: another word, not another spelling. */
function isForm(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  return (
    long.startsWith(short) && /^(?:s|es|n|an|ian|i|e|er|in|ism)$/.test(long.slice(short.length))
  );
}

/** What spellings of one name have in common. */
function soundOf(spelling: string): string {
  const letters = spelling
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[øđłßæœıþð]/g, (letter) => plain[letter] ?? letter)
    .replace(/[’'-]/g, '');
  return letters
    .replace(/ph/g, 'f')
    .replace(/ck|q|c(?![eihy])/g, 'k')
    .replace(/[yj](?=e)/g, 'i')
    .replace(/y/g, 'i')
    .replace(/ou|oo/g, 'u')
    .replace(/(.)\1+/gu, '$1')
    .replace(/(?<=[aeou])ie/g, 'e');
}

const plain: Readonly<Record<string, string>> = {
  ø: 'o',
  đ: 'd',
  ł: 'l',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  þ: 'th',
  ð: 'd',
};
