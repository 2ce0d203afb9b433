import type {
  AuthorDocument,
  BriefingDocument,
  CountryDocument,
  IdentityDocument,
  PersonDocument,
  RedirectDocument,
  SiteSettingsDocument,
  TeamDocument,
  TopicDocument,
  WireDocument,
} from './document.ts';
import type {
  Author,
  Briefing,
  Country,
  DocumentId,
  DocumentType,
  Identity,
  Label,
  Person,
  PronounSet,
  PublishedDocument,
  Redirect,
  Revised,
  RichText,
  SiteSettings,
  Team,
  Topic,
} from './model.ts';
import type { RichTextDocument } from './portable-text.ts';
import { licenceFrom, portraitFrom } from './portrait.ts';
import { summaryOf } from './summary.ts';
import { isBlank, textOrNull } from './unicode.ts';

/**
 * Crosses from the wire to the domain. Null when something required is not there, which the rules
 * have then told as a problem: this function only carries over, it judges nothing.
 */
export function fromDocument(document: WireDocument): PublishedDocument | null {
  switch (document._type) {
    case 'briefing':
      return briefingFrom(document);
    case 'person':
      return personFrom(document);
    case 'country':
      return countryFrom(document);
    case 'team':
      return teamFrom(document);
    case 'author':
      return authorFrom(document);
    case 'topic':
      return topicFrom(document);
    case 'redirect':
      return redirectFrom(document);
    case 'siteSettings':
      return siteSettingsFrom(document);
  }
}

/** Taken for documents that were never in a lake, such as those of an import that is only checked. */
const neverSaved = '1970-01-01T00:00:00.000Z';
/** What a briefing without a language is taken to be in, with a warning. */
export const assumedLanguage = 'en';

function briefingFrom(document: BriefingDocument): Briefing | null {
  const headline = textOrNull(document.headline);
  const slug = document.slug?.current;
  const { date, person } = document;
  if (headline === null || slug === undefined || date === undefined || person === undefined) {
    return null;
  }
  const answers = {
    whyInTheNews: blocksOf(document.whyInTheNews),
    whyWeCare: blocksOf(document.whyWeCare),
    whyYouShouldCare: blocksOf(document.whyYouShouldCare),
    whoElseCares: blocksOf(document.whoElseCares),
    furtherComments: blocksOf(document.furtherComments),
  };
  return {
    ...revised('briefing', document),
    headline,
    slug,
    language: document.language ?? assumedLanguage,
    date,
    summary: textOrNull(document.summary) ?? summaryOf(answers.whyInTheNews),
    translationOf: document.translationOf?._ref ?? null,
    personId: person._ref,
    age: ageFrom(document),
    identities:
      document.identities === undefined || document.identities.length === 0
        ? null
        : identitiesFrom(document.identities),
    pronouns: document.pronouns ?? null,
    portrait: document.portrait === undefined ? null : portraitFrom(document.portrait),
    answers,
    score: scoreFrom(document),
    citations: (document.citations ?? []).flatMap(({ key, url, title, ...rest }) =>
      key === undefined || url === undefined || title === undefined
        ? []
        : [
            {
              key,
              url,
              title,
              publisher: textOrNull(rest.publisher),
              accessedOn: rest.accessedOn ?? null,
              archiveUrl: rest.archiveUrl ?? null,
            },
          ],
    ),
    countryIds: idsFrom(document.countries),
    topicIds: idsFrom(document.topics),
    byline: (document.byline ?? []).flatMap(({ contributor, note }) =>
      contributor === undefined ? [] : [{ id: contributor._ref, note: textOrNull(note) }],
    ),
    relatedIds: idsFrom(document.related),
    publishAt: document.publishAt ?? null,
    unpublishAt: document.unpublishAt ?? null,
    corrections: (document.corrections ?? []).flatMap(({ at, kind, text }) =>
      at === undefined || kind === undefined || text === undefined ? [] : [{ at, kind, text }],
    ),
    retraction: retractionFrom(document),
    mentionedIds: mentionedIn(document),
  };
}

function ageFrom({ age }: BriefingDocument): Briefing['age'] {
  if (age?.value === undefined || age.reason === undefined) return null;
  return { value: age.value, reason: age.reason };
}

function scoreFrom({ score }: BriefingDocument): Briefing['score'] {
  if (score?.value === undefined || score.about === undefined) return null;
  return { value: score.value, about: score.about };
}

function retractionFrom({ retraction }: BriefingDocument): Briefing['retraction'] {
  if (retraction?.at === undefined || retraction.reason === undefined) return null;
  return { at: retraction.at, reason: retraction.reason };
}

function mentionedIn(document: BriefingDocument): readonly DocumentId[] {
  const mentioned = [
    document.whyInTheNews,
    document.whyWeCare,
    document.whyYouShouldCare,
    document.whoElseCares,
    document.furtherComments,
  ].flatMap((answer) => answer?.mentionedIds ?? []);
  return [...new Set(mentioned)];
}

function personFrom(document: PersonDocument): Person | null {
  const name = labelFrom(document.name, document.nameInOtherLanguages);
  const slug = document.slug?.current;
  if (name === null || slug === undefined) return null;
  const kind = document.kind ?? 'individual';
  return {
    ...revised('person', document),
    name,
    sortName: textOrNull(document.sortName) ?? name.text,
    nativeName: nativeNameFrom(document),
    alsoKnownAs: (document.alsoKnownAs ?? []).filter((alias) => !isBlank(alias)),
    slug,
    kind,
    pronouns: document.pronouns ?? usualPronouns[kind],
    born: document.born ?? null,
    died: document.died ?? null,
    identities: identitiesFrom(document.identities ?? []),
    roles: (document.roles ?? []).flatMap((role) => {
      const title = labelFrom(role.title, role.titleInOtherLanguages);
      return title === null ? [] : [{ title, from: role.from ?? null, until: role.until ?? null }];
    }),
    portrait: document.portrait === undefined ? null : portraitFrom(document.portrait),
    links: linksFrom(document.links),
    mergedInto: document.mergedInto?._ref ?? null,
  };
}

/** Taken when a person's record names none; of an individual they are never guessed from a name. */
const usualPronouns: Readonly<Record<Person['kind'], PronounSet>> = {
  individual: 'they',
  organisation: 'it',
  group: 'they',
};

function nativeNameFrom({ nativeName }: PersonDocument): Person['nativeName'] {
  const text = textOrNull(nativeName?.text);
  if (text === null || nativeName?.language === undefined) return null;
  return { text, language: nativeName.language };
}

function countryFrom(document: CountryDocument): Country | null {
  const name = labelFrom(document.name, document.nameInOtherLanguages);
  const demonym = labelFrom(document.demonym, document.demonymInOtherLanguages);
  const code = textOrNull(document.code);
  const slug = document.slug?.current;
  if (name === null || demonym === null || code === null || slug === undefined) return null;
  const status = document.status ?? 'current';
  return { ...revised('country', document), code, name, demonym, slug, status };
}

function teamFrom(document: TeamDocument): Team | null {
  const name = labelFrom(document.name, document.nameInOtherLanguages);
  const slug = document.slug?.current;
  if (name === null || slug === undefined) return null;
  return {
    ...revised('team', document),
    name,
    slug,
    description: textOrNull(document.description),
    links: linksFrom(document.links),
    logo: document.logo === undefined ? null : portraitFrom(document.logo),
    mergedInto: document.mergedInto?._ref ?? null,
  };
}

function authorFrom(document: AuthorDocument): Author | null {
  const name = labelFrom(document.name, document.nameInOtherLanguages);
  if (name === null) return null;
  return {
    ...revised('author', document),
    name,
    description: textOrNull(document.description),
    links: linksFrom(document.links),
    portrait: document.portrait === undefined ? null : portraitFrom(document.portrait),
    mergedInto: document.mergedInto?._ref ?? null,
  };
}

function topicFrom(document: TopicDocument): Topic | null {
  const title = labelFrom(document.title, document.titleInOtherLanguages);
  const slug = document.slug?.current;
  if (title === null || slug === undefined) return null;
  return {
    ...revised('topic', document),
    title,
    slug,
    description: textOrNull(document.description),
    mergedInto: document.mergedInto?._ref ?? null,
  };
}

function redirectFrom(document: RedirectDocument): Redirect | null {
  if (document.from === undefined) return null;
  return {
    ...revised('redirect', document),
    from: document.from,
    to: document.to?._ref ?? null,
  };
}

function siteSettingsFrom(document: SiteSettingsDocument): SiteSettings | null {
  const name = textOrNull(document.name);
  const { timeZone, language } = document;
  if (name === null || timeZone === undefined || language === undefined) return null;
  return {
    ...revised('siteSettings', document),
    name,
    description: document.description ?? '',
    timeZone,
    language,
    defaultTeamId: document.defaultTeam?._ref ?? null,
    licence: licenceFrom(document.licence),
    attribution: textOrNull(document.attribution),
    contact: textOrNull(document.contact),
    accent: document.accent ?? 'ink',
    labelOverrides: (document.labelOverrides ?? []).flatMap((override) => {
      const { question, text, effectiveFrom } = override;
      if (question === undefined || text === undefined || effectiveFrom === undefined) return [];
      return [
        {
          question,
          pronouns: override.pronouns ?? null,
          language: override.language ?? language,
          text,
          effectiveFrom,
        },
      ];
    }),
  };
}

function revised<Type extends DocumentType>(type: Type, document: WireDocument): Revised<Type> {
  return {
    type,
    id: document._id,
    rev: document._rev ?? '',
    createdAt: document._createdAt ?? neverSaved,
    updatedAt: document._updatedAt ?? document._createdAt ?? neverSaved,
  };
}

function blocksOf(answer: RichTextDocument | undefined): RichText {
  return answer?.blocks ?? [];
}

function idsFrom(references: readonly { readonly _ref: string }[] | undefined): DocumentId[] {
  return (references ?? []).map((reference) => reference._ref);
}

function labelFrom(
  text: string | undefined,
  others: readonly { language?: string | undefined; text?: string | undefined }[] | undefined,
): Label | null {
  const label = textOrNull(text);
  if (label === null) return null;
  return {
    text: label,
    inOtherLanguages: (others ?? []).flatMap((other) =>
      other.language === undefined || other.text === undefined || isBlank(other.text)
        ? []
        : [{ language: other.language, text: other.text }],
    ),
  };
}

function identitiesFrom(documents: readonly IdentityDocument[]): Identity[] {
  return documents.flatMap(({ country, demonym, note, from, until }) =>
    country === undefined
      ? []
      : [
          {
            countryId: country._ref,
            demonym: textOrNull(demonym),
            note: textOrNull(note),
            from: from ?? null,
            until: until ?? null,
          },
        ],
  );
}

function linksFrom(
  links: readonly { title?: string | undefined; url?: string | undefined }[] | undefined,
): { readonly title: string; readonly url: string }[] {
  return (links ?? []).flatMap(({ title, url }) =>
    url === undefined ? [] : [{ title: textOrNull(title) ?? url, url }],
  );
}
