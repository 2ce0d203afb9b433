/** The longest slug; a slug is one step of an address and of an object key. */
export const slugLength = 80;

/** Words that are addresses of their own among the pages of every type. */
export const reservedSlugs: readonly string[] = ['index'];

/** True for lower-case words of letters and digits, joined by single hyphens. */
export function isSlug(text: string): boolean {
  return text.length <= slugLength && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text);
}
