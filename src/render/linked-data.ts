import type { LanguageTag } from '../briefing/model.ts';
import type { Path, ResolvedBriefing } from '../briefing/resolved.ts';
import { homePath } from '../site/paths.ts';
import type { JsonLdValue } from './json-ld.tsx';
import { storedPictures } from './picture.tsx';
import { notesOf } from './notes.ts';
import type { Surface } from './surface.ts';

/**
 * A briefing in schema.org's words. The score is left out: as a rating it would be a review, and
 * it is none.
 */
export function linkedData(resolved: ResolvedBriefing, path: Path, surface: Surface): JsonLdValue {
  const { briefing } = resolved;
  return {
    '@context': 'https://schema.org',
    '@type': ['NewsArticle', 'AnalysisNewsArticle'],
    headline: briefing.headline,
    ...(briefing.retraction
      ? { creativeWorkStatus: 'Retracted' }
      : { description: briefing.summary }),
    inLanguage: briefing.language,
    datePublished: resolved.publishedAt,
    dateModified: resolved.modifiedAt,
    mainEntityOfPage: surface.url(path),
    isAccessibleForFree: true,
    about: aboutOf(resolved, surface),
    ...(resolved.byline.length > 0
      ? {
          author: resolved.byline.map(({ kind, name, description }) => ({
            '@type': kind === 'team' ? 'Organization' : 'Person',
            name,
            ...(description === null ? {} : { description }),
          })),
        }
      : {}),
    publisher: {
      '@type': 'Organization',
      name: surface.publication.settings.name,
      url: surface.url(homePath),
    },
    ...imageOf(resolved, surface),
    ...(resolved.topics.length > 0 ? { keywords: resolved.topics.map(({ title }) => title) } : {}),
    ...citationsOf(resolved, surface),
    ...correctionsOf(resolved),
    ...licenceOf(surface),
  };
}

function aboutOf(resolved: ResolvedBriefing, surface: Surface): JsonLdValue {
  const { person, personName, personPath } = resolved;
  const sameAs = person.links.flatMap(({ url }) => surface.typedLink(url) ?? []);
  const otherNames = [
    ...(person.nativeName && person.nativeName.text !== personName ? [person.nativeName.text] : []),
    ...person.alsoKnownAs,
  ];
  return {
    '@type': person.kind === 'individual' ? 'Person' : 'Organization',
    name: personName,
    ...(otherNames.length > 0 ? { alternateName: otherNames } : {}),
    ...(personPath ? { url: surface.url(personPath) } : {}),
    ...(sameAs.length > 0 ? { sameAs } : {}),
  };
}

function imageOf(resolved: ResolvedBriefing, surface: Surface): Record<string, JsonLdValue> {
  const { portrait } = resolved;
  const picture = storedPictures(portrait, surface.available).findLast(
    ({ format }) => format === 'jpeg',
  );
  if (!picture || !portrait) return {};
  const { caption, credit, creator, licence, acquireUrl } = portrait;
  const licenceUrl = licence?.url ? surface.typedLink(licence.url) : null;
  const acquire = acquireUrl === null ? null : surface.typedLink(acquireUrl);
  return {
    image: {
      '@type': 'ImageObject',
      contentUrl: surface.url(picture.path),
      width: picture.width,
      height: picture.height,
      ...(caption === null ? {} : { caption }),
      ...(credit === null ? {} : { creditText: credit }),
      ...(creator === null ? {} : { creator: { '@type': 'Person', name: creator } }),
      ...(licenceUrl === null ? {} : { license: licenceUrl }),
      ...(acquire === null ? {} : { acquireLicensePage: acquire }),
    },
  };
}

function citationsOf(
  { briefing }: ResolvedBriefing,
  surface: Surface,
): Record<string, JsonLdValue> {
  const { sources } = notesOf(briefing);
  return sources.length === 0
    ? {}
    : {
        citation: sources.map(({ citation }) => {
          const url = surface.typedLink(citation.url);
          return {
            '@type': 'CreativeWork',
            name: citation.title,
            ...(url === null ? {} : { url }),
          };
        }),
      };
}

function correctionsOf({ briefing }: ResolvedBriefing): Record<string, JsonLdValue> {
  const corrections = [
    ...briefing.corrections.map(({ at, text }) => ({ at, text })),
    ...(briefing.retraction
      ? [{ at: briefing.retraction.at, text: briefing.retraction.reason }]
      : []),
  ];
  return corrections.length === 0
    ? {}
    : {
        correction: corrections.map(({ at, text }) => ({
          '@type': 'CorrectionComment',
          text,
          datePublished: at,
        })),
      };
}

function licenceOf(surface: Surface): Record<string, JsonLdValue> {
  const url = surface.publication.settings.licence?.url;
  const licence = url ? surface.typedLink(url) : null;
  return licence === null ? {} : { license: licence };
}

/** The publication itself, on its home page. */
export function siteLinkedData(surface: Surface, language: LanguageTag): JsonLdValue {
  const { settings } = surface.publication;
  return {
    '@context': 'https://schema.org',
    '@type': 'WebSite',
    name: settings.name,
    description: settings.description,
    inLanguage: language,
    url: surface.url(homePath),
  };
}
