import type { Problem } from '../model.ts';
import { entryPath, joinPath } from '../problem.ts';
import { required } from './required-fields.ts';

/** Links of a person, a team or an author, each with an address. */
export function linksHaveAddresses({
  links = [],
}: {
  readonly links?: readonly { readonly url?: string | undefined }[] | undefined;
}): Problem[] {
  return links.flatMap((link, index) =>
    link.url === undefined
      ? [
          required(
            joinPath(entryPath('links', link, index), 'url'),
            'The link has no address.',
            'Write the address, beginning with https://, or remove the link.',
          ),
        ]
      : [],
  );
}
