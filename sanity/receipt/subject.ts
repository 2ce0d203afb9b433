import { assumedLanguage } from '../../src/briefing/from-document.ts';
import { instantFrom } from '../../src/briefing/calendar.ts';
import type { DocumentId, Instant } from '../../src/briefing/model.ts';
import { childOf } from '../../src/briefing/problem.ts';
import type { Path } from '../../src/briefing/resolved.ts';
import { cacheTags } from '../../src/site/cache-tags.ts';
import { briefingPath, personPath, v1 } from '../../src/site/paths.ts';

/** What a watch is about: one published revision, or that a document is published no more. */
export type Subject = Revision | Absence;

export interface Revision {
  readonly kind: 'revision';
  readonly id: DocumentId;
  readonly rev: string;
  /** When it was published, by the content lake's clock. */
  readonly publishedAt: Instant;
  readonly publishAt: Instant | null;
  /** Its page, for the types that have one. */
  readonly page: Page | null;
  /** Its JSON under `/v1/`, for the types that have one. */
  readonly contract: Path | null;
  /** What it goes on as, when it was a duplicate. */
  readonly mergedInto: DocumentId | null;
  /** Which other pages show it, and follow when it is edited. */
  readonly shownOn: 'nothing-else' | 'some-pages' | 'every-page';
}

export interface Absence {
  readonly kind: 'absence';
  readonly id: DocumentId;
  readonly contract: Path;
}

/** Where readers find a document, and the tag its page is purged by. */
export interface Page {
  readonly path: Path;
  readonly tag: string;
}

/** Two subjects with one key are the same. */
export function keyOf(subject: Subject): string {
  return subject.kind === 'revision' ? subject.rev : 'absent';
}

/**
 * What to watch of a document as the content lake has it, or null when there is nothing that could
 * be seen: a type without an address that is not published.
 */
export function subjectOf({
  id,
  type,
  published,
  publicationLanguage,
}: {
  readonly id: DocumentId;
  readonly type: string;
  readonly published: Readonly<Record<string, unknown>> | null;
  readonly publicationLanguage: string;
}): Subject | null {
  const contract = type === 'briefing' ? v1.briefing(id) : type === 'person' ? v1.person(id) : null;
  if (published === null) return contract === null ? null : { kind: 'absence', id, contract };
  const rev = textIn(published, '_rev');
  const publishedAt = instantFrom(textIn(published, '_updatedAt') ?? '');
  if (rev === null || publishedAt === null) return null;
  return {
    kind: 'revision',
    id,
    rev,
    publishedAt,
    publishAt: instantFrom(textIn(published, 'publishAt') ?? ''),
    page: pageOf({ id, type, published, publicationLanguage }),
    contract,
    mergedInto: survivorOf(published),
    shownOn: shownOn(type),
  };
}

function shownOn(type: string): Revision['shownOn'] {
  if (type === 'siteSettings') return 'every-page';
  return type === 'briefing' || type === 'redirect' ? 'nothing-else' : 'some-pages';
}

/** What a merged document goes on as, by its id; null for what was not merged. */
export function survivorOf(published: Readonly<Record<string, unknown>> | null): DocumentId | null {
  const id = childOf(published?.['mergedInto'], '_ref');
  return typeof id === 'string' && id !== '' ? id : null;
}

function pageOf({
  id,
  type,
  published,
  publicationLanguage,
}: {
  readonly id: DocumentId;
  readonly type: string;
  readonly published: Readonly<Record<string, unknown>>;
  readonly publicationLanguage: string;
}): Page | null {
  const slug = slugIn(published);
  if (slug === null) return null;
  if (type === 'person') return { path: personPath(slug), tag: cacheTags.person(id) };
  if (type !== 'briefing') return null;
  const language = textIn(published, 'language') ?? assumedLanguage;
  return {
    path: briefingPath({ slug, language, publicationLanguage }),
    tag: cacheTags.briefing(id),
  };
}

function slugIn({ slug }: Readonly<Record<string, unknown>>): string | null {
  if (typeof slug !== 'object' || slug === null || !('current' in slug)) return null;
  return typeof slug.current === 'string' ? slug.current : null;
}

function textIn(document: Readonly<Record<string, unknown>>, field: string): string | null {
  const value = document[field];
  return typeof value === 'string' && value !== '' ? value : null;
}
