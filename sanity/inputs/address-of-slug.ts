import { isSlug } from '../../src/briefing/slug.ts';
import { briefingPath, personPath } from '../../src/site/paths.ts';

/** Where the page of a document will stand; null for what cannot be part of an address. */
export function addressOfSlug(of: {
  readonly type: string;
  readonly slug: string;
  readonly language: string;
  readonly publicationLanguage: string;
}): string | null {
  const { type, slug } = of;
  if (!isSlug(slug)) return null;
  switch (type) {
    case 'briefing':
      return briefingPath({
        slug,
        language: of.language,
        publicationLanguage: of.publicationLanguage,
      });
    case 'person':
      return personPath(slug);
    default:
      return null;
  }
}
