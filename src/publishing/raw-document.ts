import type { DocumentId } from '../briefing/model.ts';

/* Documents as fetched, which need not be valid: what can be told of them all the same. */

/** What a page that links to a briefing prints of it. */
export function linkTextOf(document: unknown): string {
  return JSON.stringify(
    ['headline', 'language', 'date']
      .map((field) => textIn(document, field))
      .concat(slugIn(document)),
  );
}

/** Whether two versions of a briefing choose from the same. */
export function sameBasis(a: unknown, b: unknown): boolean {
  const basis = (version: unknown): string =>
    JSON.stringify(
      ['person', 'countries', 'topics', 'related'].map((field) =>
        referencesIn(fieldOf(version, field)),
      ),
    );
  return basis(a) === basis(b);
}

/** What other briefings may share with this one: person, countries, topics. */
export function sharedBy(version: unknown): readonly DocumentId[] {
  return ['person', 'countries', 'topics'].flatMap((field) =>
    referencesIn(fieldOf(version, field)),
  );
}

/** What a document is joined with: of a briefing everything but other briefings. */
export function joinedIn(version: unknown): readonly DocumentId[] {
  return textIn(version, '_type') === 'briefing'
    ? ['person', 'identities', 'countries', 'topics', 'byline'].flatMap((field) =>
        referencesIn(fieldOf(version, field)),
      )
    : textIn(version, '_type') === 'redirect'
      ? []
      : referencesIn(version);
}

/** Every reference in a document that need not be valid; pictures apart. */
export function referencesIn(value: unknown): readonly DocumentId[] {
  if (Array.isArray(value)) return value.flatMap((each: unknown) => referencesIn(each));
  if (typeof value !== 'object' || value === null) return [];
  const id = textIn(value, '_ref');
  const own = id === null || /^(?:image|file)-/.test(id) ? [] : [id];
  return [...own, ...Object.values(value).flatMap((each: unknown) => referencesIn(each))];
}

/** The document a field refers to. */
export function referenceIn(document: unknown, field: string): DocumentId | null {
  return textIn(fieldOf(document, field), '_ref');
}

/** The slug of a document that has one. */
export function slugIn(document: unknown): string | null {
  return textIn(fieldOf(document, 'slug'), 'current');
}

/** A field's text; null when it is missing or no text. */
export function textIn(document: unknown, field: string): string | null {
  const value = fieldOf(document, field);
  return typeof value === 'string' ? value : null;
}

/** A field of a document, whatever it holds. */
export function fieldOf(document: unknown, field: string): unknown {
  if (typeof document !== 'object' || document === null) return undefined;
  return Object.hasOwn(document, field) ? Reflect.get(document, field) : undefined;
}
