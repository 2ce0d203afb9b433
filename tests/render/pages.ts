import { readdirSync, readFileSync } from 'node:fs';
import { cardOf, resolveBriefing } from '../../src/briefing/resolve.ts';
import type {
  DocumentId,
  DocumentType,
  Problem,
  PublishedDocument,
} from '../../src/briefing/model.ts';
import { parseDocument } from '../../src/briefing/parse.ts';
import type {
  BriefingHistory,
  Card,
  Path,
  Publication,
  References,
  ResolvedBriefing,
} from '../../src/briefing/resolved.ts';
import { briefingPath } from '../../src/site/paths.ts';

/**
 * The numbered pages of `tests/fixtures/pages`: a briefing as fetched, and what the publication's
 * history says of it; `publication.json` has the documents that all of them share.
 */
export const pagesFolder = new URL('../fixtures/pages/', import.meta.url);

export interface PageFixture {
  readonly name: string;
  readonly about: string;
  readonly resolved: ResolvedBriefing;
  readonly path: Path;
  readonly card: Card;
}

interface PublicationFile {
  readonly baseUrl: string;
  readonly tagAuthority: string;
  readonly documents: readonly unknown[];
}

interface PageFile {
  readonly about: string;
  readonly briefing: unknown;
  readonly history: Omit<BriefingHistory, 'mentioned'> & {
    readonly mentioned: Readonly<Record<string, Path>>;
  };
}

// Files of this repository, of the shapes above.
const publicationFile: PublicationFile = JSON.parse(read('publication.json'));
const shared = publicationFile.documents.map(parsed);

export const publication: Publication = {
  baseUrl: publicationFile.baseUrl,
  tagAuthority: publicationFile.tagAuthority,
  settings: only('siteSettings'),
};

const references: References = {
  people: byId('person'),
  countries: byId('country'),
  teams: byId('team'),
  authors: byId('author'),
  topics: byId('topic'),
};

/** Every numbered page, in order. */
export const pages: readonly PageFixture[] = readdirSync(pagesFolder)
  .filter((name) => /^\d{3}-[a-z-]+\.json$/.test(name))
  .sort()
  .map(page);

/** A page by its number. */
export function pageNumbered(number: number): PageFixture {
  const found = pages.find(({ name }) => Number(name.slice(0, 3)) === number);
  if (!found) throw new Error(`There is no numbered page ${number} in tests/fixtures/pages`);
  return found;
}

/** The record of somebody among the shared documents. */
export function personWithId(id: DocumentId) {
  const found = references.people.get(id);
  if (!found) throw new Error(`There is no person ${id} in tests/fixtures/pages/publication.json`);
  return found;
}

function page(fileName: string): PageFixture {
  const file: PageFile = JSON.parse(read(fileName));
  const briefing = parsed(file.briefing);
  if (briefing.type !== 'briefing') throw new Error(`${fileName} holds a ${briefing.type}`);
  const joined = resolveBriefing({
    briefing,
    references,
    history: { ...file.history, mentioned: new Map(Object.entries(file.history.mentioned)) },
    settings: publication.settings,
  });
  if (!joined.ok) throw new Error(`${fileName}: ${told(joined.problems)}`);
  const path = briefingPath({
    slug: briefing.slug,
    language: briefing.language,
    publicationLanguage: publication.settings.language,
  });
  return {
    name: fileName.replace('.json', ''),
    about: file.about,
    resolved: joined.value,
    path,
    card: cardOf(joined.value, path),
  };
}

function read(name: string): string {
  return readFileSync(new URL(name, pagesFolder), 'utf8');
}

function parsed(document: unknown): PublishedDocument {
  const result = parseDocument(document);
  if (!result.ok) throw new Error(`A fixture is no valid document: ${told(result.problems)}`);
  return result.value;
}

function told(problems: readonly Problem[]): string {
  return problems.map(({ path, message }) => `${path}: ${message}`).join('\n');
}

function isOfType<Type extends DocumentType>(
  document: PublishedDocument,
  type: Type,
): document is Extract<PublishedDocument, { type: Type }> {
  return document.type === type;
}

function ofType<Type extends DocumentType>(type: Type) {
  return shared.filter((document) => isOfType(document, type));
}

function byId<Type extends DocumentType>(type: Type) {
  return new Map(ofType(type).map((document) => [document.id, document]));
}

function only<Type extends DocumentType>(type: Type) {
  const [found] = ofType(type);
  if (!found) throw new Error(`publication.json has no ${type}`);
  return found;
}
