import type { OutgoingLinks } from '../../src/site/outgoing-links.ts';

/** Links of an object that nobody keeps, for tests of what is drawn. */
export function forgottenLinks(baseUrl: string): OutgoingLinks {
  return {
    href: (path) => path,
    url: (path) => baseUrl + path,
    include: (part) => part.openInto(new Set()),
  };
}
