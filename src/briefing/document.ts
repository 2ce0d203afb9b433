import * as z from 'zod';
import { isDocumentId, isDraftOrVersionId } from './document-id.ts';
import {
  civilDate,
  entry,
  expect,
  instant,
  issueDate,
  language,
  licence,
  line,
  lines,
  list,
  partialDate,
  reference,
  slug,
  translations,
  webLink,
  wholeNumber,
} from './fields.ts';
import { accents, pronounSets, questions } from './model.ts';
import { portraitDocument } from './portrait.ts';
import { readRichText } from './portable-text.ts';
import { quoted } from './problem.ts';
import { isTimeZone } from './time-zone.ts';

/**
 * The wire: documents as the content lake holds them, after admission. Every field may be absent,
 * because the lake has no schema and an editor's form is filled in step by step; what is present
 * must be what its name says. What a document must have to be published is in `rules/`.
 */

const identity = z.object({
  ...entry,
  country: reference.optional(),
  demonym: line(120).optional(),
  note: line().optional(),
  from: partialDate.optional(),
  until: partialDate.optional(),
});
export type IdentityDocument = z.output<typeof identity>;

const link = z.object({ ...entry, title: line().optional(), url: webLink.optional() });

const richText = list(z.unknown(), 2_000).transform(readRichText);

const system = {
  _id: z.string().check(
    expect((text) => !isDraftOrVersionId(text), {
      code: 'draft',
      message: (text) => `${quoted(text)} is a draft; only published documents become pages.`,
      fix: 'Publish the document.',
    }),
    expect((text) => isDraftOrVersionId(text) || isDocumentId(text), {
      code: 'bad-id',
      message: (text) => `${quoted(text)} is not the id of a document.`,
      fix: 'Use letters, digits, dots, hyphens and underscores, at most 128.',
    }),
  ),
  _rev: z.string().optional(),
  _createdAt: instant.optional(),
  _updatedAt: instant.optional(),
};

const briefingDocument = z.object({
  ...system,
  _type: z.literal('briefing'),
  headline: line(200).optional(),
  slug: slug.optional(),
  summary: line(200).optional(),
  date: issueDate.optional(),
  language: language.optional(),
  translationOf: reference.optional(),
  person: reference.optional(),
  age: z
    .object({
      _type: z.string().optional(),
      value: wholeNumber(0, 150).optional(),
      reason: line().optional(),
    })
    .optional(),
  identities: list(identity, 20).optional(),
  pronouns: z.enum(pronounSets).optional(),
  portrait: portraitDocument.optional(),
  whyInTheNews: richText.optional(),
  whyWeCare: richText.optional(),
  whyYouShouldCare: richText.optional(),
  whoElseCares: richText.optional(),
  furtherComments: richText.optional(),
  score: z
    .object({
      _type: z.string().optional(),
      value: wholeNumber(0, 10).optional(),
      about: line(200).optional(),
    })
    .optional(),
  citations: list(
    z.object({
      ...entry,
      key: z
        .string()
        .check(
          expect((text) => /^[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}$/.test(text), {
            code: 'bad-key',
            message: (text) => `${quoted(text)} cannot be the key of a citation.`,
            fix: 'Use letters, digits and hyphens, at most 64.',
          }),
        )
        .optional(),
      url: webLink.optional(),
      title: line().optional(),
      publisher: line().optional(),
      accessedOn: civilDate.optional(),
      archiveUrl: webLink.optional(),
    }),
    200,
  ).optional(),
  countries: list(reference, 50).optional(),
  topics: list(reference, 50).optional(),
  byline: list(
    z.object({ ...entry, contributor: reference.optional(), note: line().optional() }),
    30,
  ).optional(),
  related: list(reference, 20).optional(),
  publishAt: instant.optional(),
  unpublishAt: instant.optional(),
  corrections: list(
    z.object({
      ...entry,
      at: instant.optional(),
      kind: z.enum(['correction', 'update', 'clarification']).optional(),
      text: lines().optional(),
    }),
    100,
  ).optional(),
  retraction: z
    .object({
      _type: z.string().optional(),
      at: instant.optional(),
      reason: lines().optional(),
    })
    .optional(),
});
export type BriefingDocument = z.output<typeof briefingDocument>;

const personDocument = z.object({
  ...system,
  _type: z.literal('person'),
  name: line(200).optional(),
  nameInOtherLanguages: translations(200).optional(),
  sortName: line(200).optional(),
  nativeName: z
    .object({
      _type: z.string().optional(),
      text: line(200).optional(),
      language: language.optional(),
    })
    .optional(),
  alsoKnownAs: list(line(200), 50).optional(),
  slug: slug.optional(),
  kind: z.enum(['individual', 'organisation', 'group']).optional(),
  pronouns: z.enum(pronounSets).optional(),
  born: partialDate.optional(),
  died: partialDate.optional(),
  identities: list(identity, 20).optional(),
  roles: list(
    z.object({
      ...entry,
      title: line().optional(),
      titleInOtherLanguages: translations().optional(),
      from: partialDate.optional(),
      until: partialDate.optional(),
    }),
    60,
  ).optional(),
  portrait: portraitDocument.optional(),
  links: list(link, 50).optional(),
  mergedInto: reference.optional(),
});
export type PersonDocument = z.output<typeof personDocument>;

const countryDocument = z.object({
  ...system,
  _type: z.literal('country'),
  code: line(20).optional(),
  name: line(200).optional(),
  nameInOtherLanguages: translations(200).optional(),
  demonym: line(120).optional(),
  demonymInOtherLanguages: translations(120).optional(),
  slug: slug.optional(),
  status: z.enum(['current', 'former', 'contested', 'none']).optional(),
});
export type CountryDocument = z.output<typeof countryDocument>;

const teamDocument = z.object({
  ...system,
  _type: z.literal('team'),
  name: line(200).optional(),
  nameInOtherLanguages: translations(200).optional(),
  slug: slug.optional(),
  description: lines(2_000).optional(),
  links: list(link, 50).optional(),
  logo: portraitDocument.optional(),
  mergedInto: reference.optional(),
});
export type TeamDocument = z.output<typeof teamDocument>;

const authorDocument = z.object({
  ...system,
  _type: z.literal('author'),
  name: line(200).optional(),
  nameInOtherLanguages: translations(200).optional(),
  description: lines(2_000).optional(),
  links: list(link, 50).optional(),
  portrait: portraitDocument.optional(),
  mergedInto: reference.optional(),
});
export type AuthorDocument = z.output<typeof authorDocument>;

const topicDocument = z.object({
  ...system,
  _type: z.literal('topic'),
  title: line(200).optional(),
  titleInOtherLanguages: translations(200).optional(),
  slug: slug.optional(),
  description: lines(2_000).optional(),
  mergedInto: reference.optional(),
});
export type TopicDocument = z.output<typeof topicDocument>;

const redirectDocument = z.object({
  ...system,
  _type: z.literal('redirect'),
  from: z
    .string()
    .check(
      expect(isDocumentId, {
        code: 'bad-reference',
        message: (text) => `${quoted(text)} is not the id of a published document.`,
        fix: 'Unpublish the briefing again with a target, which writes the redirect.',
      }),
    )
    .optional(),
  to: reference.optional(),
});
export type RedirectDocument = z.output<typeof redirectDocument>;

const siteSettingsDocument = z.object({
  ...system,
  _type: z.literal('siteSettings'),
  name: line(200).optional(),
  description: lines(1_000).optional(),
  timeZone: z
    .string()
    .check(
      expect(isTimeZone, {
        code: 'bad-time-zone',
        message: (text) => `${quoted(text)} is not the name of a time zone.`,
        fix: 'Choose a zone by region and city, such as Europe/London.',
      }),
    )
    .optional(),
  language: language.optional(),
  defaultTeam: reference.optional(),
  licence: licence.optional(),
  attribution: line().optional(),
  contact: line().optional(),
  accent: z.enum(accents).optional(),
  labelOverrides: list(
    z.object({
      ...entry,
      question: z.enum(questions).optional(),
      pronouns: z.enum(pronounSets).optional(),
      language: language.optional(),
      text: line(200).optional(),
      effectiveFrom: civilDate.optional(),
    }),
    200,
  ).optional(),
});
export type SiteSettingsDocument = z.output<typeof siteSettingsDocument>;

export const wireSchemas = {
  briefing: briefingDocument,
  person: personDocument,
  country: countryDocument,
  team: teamDocument,
  author: authorDocument,
  topic: topicDocument,
  redirect: redirectDocument,
  siteSettings: siteSettingsDocument,
} as const;

/** A document of the wire, whichever it is. */
export type WireDocument = z.output<(typeof wireSchemas)[keyof typeof wireSchemas]>;
