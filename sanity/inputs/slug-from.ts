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
 * @example slugFrom({ text: 'Зеленський у Києві', language: 'uk' }).slug === 'zelenskii-u-kiyevi'
 */
export function slugFrom({
  text,
  language,
}: {
  readonly text: string;
  readonly language: string;
}): Transliterated {
  // An apostrophe joins: “isn’t” is one word.
  const words = text.replace(/[’'ʼ`´]/gu, '').normalize('NFC');
  const lost = new Set<string>();
  const known = words.replace(sounding, (letter) => {
    if (transliterate(letter, language) !== '') return letter;
    // A letter with a mark that the table lacks still has the letter under it.
    const bare = letter.normalize('NFD').replace(/\p{M}/gu, '');
    if (transliterate(bare, language) !== '') return bare;
    lost.add(letter);
    return '';
  });
  return { slug: cutAtWord(transliterate(known, language)), lost: [...lost] };
}

/** Letters but those that are signs for how another is spoken, and have no Latin form at all. */
const sounding = /[\p{L}--[\p{Lm}ьЬъЪ]]/gv;

function transliterate(text: string, language: string): string {
  const [primary = 'en'] = language.split('-');
  return (
    speakingurl(text, {
      lang: customs.has(primary) ? primary : 'en',
      // “&” is no word of the publication's.
      symbols: false,
    })
      // What it lets through and an address of ours does not have, such as an underscore.
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
  );
}

/** The languages whose customs the transliteration knows. */
const customs: ReadonlySet<string> = new Set(
  'ar az cs de dv en es fa fi fr ge gr hu it lt lv my mk nl pl pt ro ru sk sr tr uk vn'.split(' '),
);

function cutAtWord(slug: string): string {
  if (slug.length <= slugLength) return slug;
  const cut = slug.slice(0, slugLength + 1);
  const end = cut.lastIndexOf('-');
  return end > slugLength / 2 ? cut.slice(0, end) : slug.slice(0, slugLength);
}
