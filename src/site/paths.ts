import type { CivilMonth, DocumentId, LanguageTag } from '../briefing/model.ts';
import type { Path } from '../briefing/resolved.ts';

/**
 * Every public path and every object key. Writers, readers, the edge and the infrastructure
 * take an address from here and from nowhere else.
 */

export const homePath: Path = '/';
export const archivePath: Path = '/archive/';
export const notFoundPath: Path = '/404.html';
export const sitemapPath: Path = '/sitemap.xml';
/** How the site stands: for editors' tools, other sites and whoever runs it. */
export const statusPath: Path = '/status.json';

/** The publication's three feeds of the latest briefings. */
export const feedPaths = {
  json: '/feed.json',
  rss: '/rss.xml',
  atom: '/atom.xml',
} as const satisfies Record<string, Path>;

/** The page of a briefing; other languages than the publication's own stand under `/<language>/`. */
export function briefingPath(briefing: {
  readonly slug: string;
  readonly language: LanguageTag;
  readonly publicationLanguage: LanguageTag;
}): Path {
  const { slug, language, publicationLanguage } = briefing;
  // The edge answers upper case with a redirect to lower case, so `zh-Hant` lives at `/zh-hant/`.
  return language === publicationLanguage
    ? `/briefings/${slug}/`
    : `/${language.toLowerCase()}/briefings/${slug}/`;
}

/** The plain-text twin beside a briefing's page. */
export function textPath(page: Path): Path {
  return `${page}index.txt`;
}

/** The Markdown twin beside a briefing's page. */
export function markdownPath(page: Path): Path {
  return `${page}index.md`;
}

/** A person's page: the latest year that has briefings. */
export function personPath(slug: string): Path {
  return `/people/${slug}/`;
}

/** An earlier year of a person. */
export function personYearPath(slug: string, year: number): Path {
  return `/people/${slug}/${year}/`;
}

/** `/archive/2026/11/` of `2026-11`. */
export function monthPath(month: CivilMonth): Path {
  return `/archive/${month.slice(0, 4)}/${month.slice(5, 7)}/`;
}

/** The archive documents of the publication's feeds for one closed month. */
export function feedMonthPaths(month: CivilMonth): Readonly<Record<keyof typeof feedPaths, Path>> {
  return {
    json: `/feeds/${month}.json`,
    rss: `/feeds/${month}.rss`,
    atom: `/feeds/${month}.atom`,
  };
}

export function sitemapYearPath(year: number): Path {
  return `/sitemaps/${year}.xml`;
}

/** The versioned contract, keyed by document id: these addresses never move. */
export const v1 = {
  index: '/v1/index.json' satisfies Path,
  changesHead: '/v1/changes/head.json' satisfies Path,
  briefing: (id: DocumentId): Path => `/v1/briefings/${id}.json`,
  person: (id: DocumentId): Path => `/v1/people/${id}.json`,
  personYear: (id: DocumentId, year: number): Path => `/v1/people/${id}/${year}.json`,
  month: (month: CivilMonth): Path => `/v1/months/${month}.json`,
  changes: (number: number): Path => `/v1/changes/${number}.json`,
  schema: (name: string): Path => `/v1/schema/${name}.json`,
} as const;

/** An editor's receipt; the hash is SHA-256 of `<id>:<rev>` in hex, which only the Studio can guess. */
export function receiptPath(hash: string): Path {
  return `/v1/receipts/${hash}.json`;
}

/** A derivative of an image: the recipe names all its inputs, see `images.ts`. */
export function imagePath(image: {
  readonly recipe: string;
  readonly width: number;
  readonly extension: string;
}): Path {
  return `/images/${image.recipe}-${image.width}.${image.extension}`;
}

/** Under it stands what the world sees; the origin path of the edge. */
export const publicPrefix = 'public';
const indexName = 'index.html';

/**
 * The object key of a public path: `public/` + path, + `index.html` for a directory.
 * The one place that makes keys, so it refuses whatever is not a plain path: traversal, escapes,
 * empty segments, leading dots, queries, controls, anything beyond ASCII.
 */
export function objectKey(path: Path): string {
  if (!plainPath.test(path) || path.endsWith(`/${indexName}`) || path.length > longestPath) {
    throw new Error(
      `No object key for ${JSON.stringify(path.slice(0, 200))}: expected a root-relative path of ` +
        'letters, digits, ".", "_" and "-" in segments that do not begin with a dot; ' +
        'make it with a function of site/paths.ts from a valid slug or id',
    );
  }
  return publicPrefix + path + (path.endsWith('/') ? indexName : '');
}

// S3 allows keys of 1,024 bytes; the prefix and the index name are counted off.
const longestPath = 1024 - publicPrefix.length - indexName.length;
const plainPath = /^\/(?:[A-Za-z0-9_-][A-Za-z0-9._-]*\/)*(?:[A-Za-z0-9_-][A-Za-z0-9._-]*)?$/;

/** The public path of an object key; throws for a key outside the public tree. */
export function pathOfKey(key: string): Path {
  if (!key.startsWith(`${publicPrefix}/`)) {
    throw new Error(`${key} is not a public object: expected a key that begins with "public/"`);
  }
  const path: Path = `/${key.slice(publicPrefix.length + 1)}`;
  return path.endsWith(`/${indexName}`) ? `/${path.slice(1, -indexName.length)}` : path;
}
