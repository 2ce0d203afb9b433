/**
 * The address of a link as it may stand in a page, or null when it must not: only absolute
 * https, http, mailto and tel, read by a URL parser, without credentials or hidden characters.
 *
 * @example linkFrom('HTTPS://Example.org/a b') === 'https://example.org/a%20b'
 * @example linkFrom('javascript:alert(1)') === null
 */
export function linkFrom(text: string): string | null {
  const address = text.trim();
  if (address.length === 0 || address.length > maximumLength || hidden.test(address)) return null;
  if (/^https?:\/\//i.test(address)) return webAddress(address);
  if (/^mailto:/i.test(address)) return mailAddress(address);
  if (/^tel:/i.test(address)) return telephoneNumber(address);
  return null;
}

/** As `linkFrom`, for places where only a page of the web makes sense: sources, licences. */
export function webLinkFrom(text: string): string | null {
  const link = linkFrom(text);
  return link?.startsWith('http') === true ? link : null;
}

const maximumLength = 2_048;
/** Browsers read a backslash as a slash and skip some controls; neither has a place in an address. */
const hidden = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\\]/v;

function webAddress(address: string): string | null {
  const url = URL.parse(address);
  if (url === null || url.username !== '' || url.password !== '') return null;
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  if (url.hostname === '' || url.href.length > maximumLength) return null;
  // A bare host stays as it was written: the slash says nothing, and print would show it.
  return url.href === `${address}/` ? address : url.href;
}

function mailAddress(address: string): string | null {
  const matched =
    /^mailto:([^\s"<>?&#%,;:()]{1,64}@[^\s"<>?&#%,;:()@]{1,255})(\?[^\s"<>]*)?$/i.exec(address);
  // An encoded line end in a subject would be a header of its own in some mail programs.
  if (matched === null || /%0[ad]/i.test(address)) return null;
  return `mailto:${matched[1] ?? ''}${matched[2] ?? ''}`;
}

function telephoneNumber(address: string): string | null {
  const number = address.slice(4);
  return /^\+?[0-9][0-9().-]{1,30}(;ext=[0-9]{1,8})?$/.test(number) ? `tel:${number}` : null;
}
