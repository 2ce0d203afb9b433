import { webLinkFrom } from '../../src/briefing/links.ts';

/** A citation as far as a pasted text tells it. */
export interface PastedCitation {
  readonly key: string;
  readonly url: string;
  readonly title?: string;
  readonly archiveUrl?: string;
}

/**
 * Reads what an editor pasted: an address, a title with an address behind it, or a Markdown link. An
 * address of the Internet Archive is taken for the copy of the page it names. Null without an
 * address of the web.
 */
export function citationFrom(pasted: {
  readonly text: string;
  readonly taken: readonly unknown[];
}): PastedCitation | null {
  const text = pasted.text.trim();
  const [, linked, target] = /^\[([^\]]*)\]\((\S+)\)$/.exec(text) ?? [];
  const address = target ?? /https?:\/\/\S+/i.exec(text)?.[0];
  const given =
    address === undefined ? null : webLinkFrom(address.replace(/(?<![>)\].,;])[>)\].,;]+$/, ''));
  if (given === null) return null;
  const original = /^https?:\/\/web\.archive\.org\/web\/[\dA-Za-z_*]+\/(https?:\/\/.+)$/.exec(
    given,
  )?.[1];
  const url = (original === undefined ? null : webLinkFrom(original)) ?? given;
  const title = (linked ?? text.slice(0, text.indexOf(address ?? '')))
    .replace(/(?<![\s:,–—|<(-])[\s:,–—|<(-]+$/u, '')
    .trim();
  return {
    key: keyFor(url, pasted.taken),
    url,
    ...(title === '' ? {} : { title }),
    ...(url === given ? {} : { archiveUrl: given }),
  };
}

/** A short word for a source, from its host, that no other source of the briefing has. */
function keyFor(url: string, taken: readonly unknown[]): string {
  const labels = (URL.parse(url)?.hostname ?? '').replace(/^www\d?\./, '').split('.');
  const end = labels.length > 2 && second.has(labels.at(-2) ?? '') ? -3 : -2;
  const name = (labels.at(end) ?? labels[0] ?? '').replace(/[^a-z0-9-]/gi, '');
  const word = /^[a-z0-9]/i.test(name) ? name.slice(0, 40) : 'source';
  let key = word;
  for (let number = 2; taken.includes(key); number += 1) key = `${word}-${number}`;
  return key;
}

/** Ends of hosts that are no names: `example.co.uk` is “example”. */
const second: ReadonlySet<string> = new Set(['co', 'com', 'org', 'net', 'gov', 'ac', 'edu', 'gob']);
