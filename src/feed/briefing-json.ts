import type { Age, Path, Publication, ResolvedBriefing } from '../briefing/resolved.ts';
import { factQuestions, proseQuestions } from '../render/answers.tsx';
import { notesOf } from '../render/notes.ts';
import { storedPictures } from '../render/picture.tsx';
import { type Availability, briefingElsewhere, type Surface } from '../render/surface.ts';
import { cacheTags } from '../site/cache-tags.ts';
import { markdownPath, textPath, v1 } from '../site/paths.ts';
import type { PublicObject } from '../site/public-object.ts';
import { answerText } from '../text/answer-text.ts';
import { answerHtml } from './answer-html.tsx';
import { linkedBriefingJson } from './card-json.ts';
import type { ContractDocument } from './contract.ts';
import { contractObject } from './json-object.ts';

type BriefingJson = ContractDocument<'briefing'>;

/** `/v1/briefings/<id>.json`: everything the page shows, for sites that embed. */
export function briefingJson(
  resolved: ResolvedBriefing,
  path: Path,
  publication: Publication,
  available?: Availability,
): PublicObject {
  const { briefing } = resolved;
  return contractObject(
    'briefing',
    publication,
    {
      path: v1.briefing(briefing.id),
      cache: briefing.retraction ? 'short' : 'page',
      tags: [cacheTags.briefing(briefing.id)],
    },
    (links) => {
      const surface = briefingElsewhere(links, resolved, path, publication, available);
      return {
        type: 'briefing',
        id: briefing.id,
        url: links.url(path),
        textUrl: links.url(textPath(path)),
        markdownUrl: links.url(markdownPath(path)),
        language: briefing.language,
        date: briefing.date,
        headline: briefing.headline,
        heading: `${surface.words.dateline(briefing.date)}: ${briefing.headline}`,
        summary: briefing.retraction ? '' : briefing.summary,
        publishedAt: resolved.publishedAt,
        modifiedAt: resolved.modifiedAt,
        person: personOf(resolved, surface),
        identities: resolved.identities.map(({ countryId, code, demonym, note }) => ({
          countryId,
          code,
          demonym,
          note,
        })),
        age: ageOf(resolved.age, surface),
        answers: [...factQuestions, ...proseQuestions(resolved)].map((id) => ({
          id,
          question: resolved.labels[id],
          html: answerHtml(id, resolved, surface),
          text: answerText(id, resolved, surface),
        })),
        score: briefing.retraction ? null : briefing.score,
        portrait: portraitOf(resolved, surface),
        citations: notesOf(briefing).sources.map(({ number, citation }) => ({
          number,
          title: citation.title,
          url: surface.typedLink(citation.url),
          publisher: citation.publisher,
          accessedOn: citation.accessedOn,
          archiveUrl: citation.archiveUrl === null ? null : surface.typedLink(citation.archiveUrl),
        })),
        countries: resolved.countries.map(({ id, code, name }) => ({ id, code, name })),
        topics: resolved.topics.map(({ id, slug, title }) => ({ id, slug, title })),
        byline: resolved.byline.map(({ kind, id, name, description, note }) => ({
          kind,
          id,
          name,
          description,
          note,
        })),
        corrections: briefing.corrections.map(({ at, kind, text }) => ({ at, kind, text })),
        retraction: briefing.retraction
          ? { at: briefing.retraction.at, reason: briefing.retraction.reason }
          : null,
        related: resolved.related.map((each) => linkedBriefingJson(each, links)),
        translations: resolved.translations.map((each) => linkedBriefingJson(each, links)),
      };
    },
  );
}

function personOf(
  { person, personName, personPath, roles }: ResolvedBriefing,
  surface: Surface,
): BriefingJson['person'] {
  return {
    id: person.id,
    name: personName,
    nativeName: person.nativeName && {
      text: person.nativeName.text,
      language: person.nativeName.language,
    },
    alsoKnownAs: [...person.alsoKnownAs],
    kind: person.kind,
    pronouns: person.pronouns,
    roles: [...roles],
    links: person.links.map(({ title, url }) => ({ title, url: surface.typedLink(url) })),
    url: personPath && surface.href(personPath),
    jsonUrl: personPath && surface.href(v1.person(person.id)),
  };
}

function ageOf(age: Age, { words }: Surface): BriefingJson['age'] {
  const text = words.age(age);
  switch (age.kind) {
    case 'exact':
      return { kind: age.kind, text, from: age.years, to: age.years, reason: null };
    case 'between':
      return { kind: age.kind, text, from: age.from, to: age.to, reason: null };
    case 'died':
      return {
        kind: age.kind,
        text,
        from: age.at?.from ?? null,
        to: age.at?.to ?? null,
        reason: null,
      };
    case 'override':
      return { kind: age.kind, text, from: age.years, to: age.years, reason: age.reason };
    case 'unknown':
    case 'not-applicable':
      return { kind: age.kind, text, from: null, to: null, reason: null };
  }
}

function portraitOf({ portrait }: ResolvedBriefing, surface: Surface): BriefingJson['portrait'] {
  if (!portrait) return null;
  const { alt, decorative, caption, credit, creator, licence, acquireUrl } = portrait;
  return {
    alt: decorative ? '' : alt,
    caption,
    credit,
    creator,
    licence: licence && {
      name: licence.name,
      url: licence.url === null ? null : surface.typedLink(licence.url),
    },
    acquireUrl: acquireUrl === null ? null : surface.typedLink(acquireUrl),
    images: storedPictures(portrait, surface.available).map(({ path, width, height, format }) => ({
      url: surface.href(path),
      width,
      height,
      type: `image/${format}` as const,
    })),
  };
}
