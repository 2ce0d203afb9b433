import type { LanguageTag } from './model.ts';

/**
 * A language tag in its usual spelling, or null when the text is none: language, then optionally
 * script, region and variants. Extensions and private use are not for content.
 *
 * @example languageFrom('ZH-hant') === 'zh-Hant'
 */
export function languageFrom(text: string): LanguageTag | null {
  if (text.length > 35 || !tag.test(text)) return null;
  return text.split('-').map(spell).join('-');
}

const tag =
  /^[a-z]{2,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|\d{3}))?(?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*$/i;

function spell(part: string, index: number): string {
  if (index === 0) return part.toLowerCase();
  if (part.length === 4 && /^[a-z]/i.test(part)) {
    return part.charAt(0).toUpperCase() + part.slice(1).toLowerCase();
  }
  return part.length === 2 ? part.toUpperCase() : part.toLowerCase();
}
