import speakingurl from 'speakingurl';
import { slugLength } from '../../src/briefing/slug.ts';

/** A slug, and letters that found no place in it. */
export interface Transliterated {
  readonly slug: string;
  /** Letters of scripts that have no Latin form here, in their order, each once. */
  readonly lost: readonly string[];
}

/**
 * The slug of a headline or a name: letters of other scripts by a kept transliteration, in the
 * customs of the language, cut at a word. Letters it does not know are told rather than dropped in
 * silence, since a slug without them may be another word.
 *
 * @example slugFrom({ text: 'Зеленський у Києві', language: 'uk' }).slug === 'zelenskyi-u-kyievi'
 */
export function slugFrom({
  text,
  language,
}: {
  readonly text: string;
  readonly language: string;
}): Transliterated {
  // An apostrophe joins: “isn’t” is one word. Marks on known letters are not letters of their own.
  const words = text.replace(/[’'ʼ`´]/gu, '').normalize('NFC');
  const whole = transliterate(words, language);
  const lost = new Set(
    Array.from(words.matchAll(/\p{L}/gu), ([letter]) => letter).filter(
      (letter) =>
        transliterate(letter, language) === '' && transliterate(bare(letter), language) === '',
    ),
  );
  // A letter with a mark that the table lacks still has the letter under it.
  const mended =
    lost.size === 0
      ? Array.from(words, (letter) =>
          /\p{L}/u.test(letter) && transliterate(letter, language) === '' ? bare(letter) : letter,
        ).join('')
      : words;
  const slug = mended === words ? whole : transliterate(mended, language);
  return { slug: cutAtWord(slug), lost: [...lost] };
}

function bare(letter: string): string {
  return letter.normalize('NFD').replace(/\p{M}/gu, '');
}

function transliterate(text: string, language: string): string {
  const [primary = 'en'] = language.split('-');
  return speakingurl(text, {
    lang: known.has(primary) ? primary : 'en',
    // “&” is no word of the publication's.
    symbols: false,
  });
}

/** The languages whose customs the transliteration knows. */
const known: ReadonlySet<string> = new Set(
  'ar az cs de dv en es fa fi fr ge gr hu it lt lv my mk nl pl pt ro ru sk sr tr uk vn'.split(' '),
);

function cutAtWord(slug: string): string {
  if (slug.length <= slugLength) return slug;
  const cut = slug.slice(0, slugLength + 1);
  const end = cut.lastIndexOf('-');
  return end > slugLength / 2 ? cut.slice(0, end) : slug.slice(0, slugLength);
}
