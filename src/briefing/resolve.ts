import { ageOf } from './age.ts';
import { identitiesOf } from './identity.ts';
import { questionLabels } from './labels/question-labels.ts';
import { missingReference } from './missing-reference.ts';
import type {
  Briefing,
  DocumentId,
  Instant,
  Label,
  LanguageTag,
  Parsed,
  Problem,
  SiteSettings,
} from './model.ts';
import { holdsOn } from './period.ts';
import { isError, warning } from './problem.ts';
import {
  type BriefingHistory,
  type Card,
  labelIn,
  type Path,
  type References,
  type ResolvedBriefing,
} from './resolved.ts';

/**
 * A briefing joined with all that its page shows, on its own date and in its own language; or what
 * is missing, told at the field that refers to it. A reference to a document that was merged is
 * looked up as given: the caller has put what goes on under the old id.
 */
export function resolveBriefing({
  briefing,
  references,
  history,
  settings,
}: {
  readonly briefing: Briefing;
  readonly references: References;
  readonly history: BriefingHistory;
  readonly settings: SiteSettings;
}): Parsed<ResolvedBriefing> {
  const problems: Problem[] = [];
  const inLanguage = { own: briefing.language, publication: settings.language };
  const person = find(references.people, briefing.personId, 'person', 'person', problems);
  const countries = countriesOf(briefing, { references, inLanguage, problems });
  const topics = topicsOf(briefing, { references, inLanguage, problems });
  const byline = bylineOf(briefing, { references, inLanguage, problems });
  if (person === null) return { ok: false, problems };
  const identities = identitiesOn(briefing, person, { references, inLanguage, problems });
  if (problems.some(isError)) return { ok: false, problems };
  const portrait = briefing.portrait ?? person.portrait;
  if (portrait === null) problems.push(noPortrait());
  if (identities.length === 0 && person.kind === 'individual') problems.push(noIdentity());
  const pronouns = briefing.pronouns ?? person.pronouns;
  const { language, date } = briefing;
  const overrides = settings.labelOverrides;
  const personName = textOf(person.name, { inLanguage });
  const value: ResolvedBriefing = {
    briefing,
    person,
    personName: personName.text,
    ...(personName.textLanguage === undefined
      ? {}
      : { personNameLanguage: personName.textLanguage }),
    personPath: history.personPath,
    pronouns,
    age: ageOf(briefing, person),
    identities,
    roles: person.roles
      .filter((role) => holdsOn(role, date))
      .map((role) => textOf(role.title, { inLanguage }).text),
    portrait,
    labels: questionLabels({ language, pronouns, date, overrides }),
    byline,
    countries,
    topics,
    publishedAt: history.publishedAt,
    modifiedAt: modifiedAt(briefing, history.publishedAt),
    related: history.related,
    translations: history.translations,
    mentioned: history.mentioned,
  };
  return { ok: true, value, warnings: problems };
}

/** The line of a briefing in a list. */
export function cardOf(resolved: ResolvedBriefing, path: Path): Card {
  const { briefing, person, personName, publishedAt, modifiedAt } = resolved;
  return {
    id: briefing.id,
    path,
    language: briefing.language,
    date: briefing.date,
    headline: briefing.headline,
    summary: briefing.summary,
    personId: person.id,
    personName,
    score: briefing.score?.value ?? null,
    retracted: briefing.retraction !== null,
    publishedAt,
    modifiedAt,
  };
}

/** The latest instant of which readers are told: a typo fix is none. */
function modifiedAt(briefing: Briefing, publishedAt: Instant): Instant {
  const told = [
    ...briefing.corrections.map(({ at }) => at),
    ...(briefing.retraction === null ? [] : [briefing.retraction.at]),
  ];
  return told.reduce((latest, at) => (at > latest ? at : latest), publishedAt);
}

interface Joining {
  readonly references: References;
  readonly inLanguage: { readonly own: LanguageTag; readonly publication: LanguageTag };
  readonly problems: Problem[];
}

function countriesOf(briefing: Briefing, joining: Joining): ResolvedBriefing['countries'] {
  return briefing.countryIds.flatMap((id, index) => {
    const country = find(
      joining.references.countries,
      id,
      'country',
      `countries[${index}]`,
      joining.problems,
    );
    if (country === null) return [];
    const { text, ...fallback } = textOf(country.name, joining);
    return [{ id: country.id, code: country.code, name: text, ...fallback }];
  });
}

function topicsOf(briefing: Briefing, joining: Joining): ResolvedBriefing['topics'] {
  return briefing.topicIds.flatMap((id, index) => {
    const topic = find(
      joining.references.topics,
      id,
      'topic',
      `topics[${index}]`,
      joining.problems,
    );
    if (topic === null) return [];
    const { text, ...fallback } = textOf(topic.title, joining);
    return [{ id: topic.id, slug: topic.slug, title: text, ...fallback }];
  });
}

function bylineOf(briefing: Briefing, joining: Joining): ResolvedBriefing['byline'] {
  const { references, problems } = joining;
  return briefing.byline.flatMap(({ id, note }, index) => {
    const team = references.teams.get(id);
    const contributor =
      team ??
      find(references.authors, id, 'team or author', `byline[${index}].contributor`, problems);
    if (contributor === null) return [];
    const { type: kind, description } = contributor;
    const { text, ...fallback } = textOf(contributor.name, joining);
    return [{ kind, id: contributor.id, name: text, ...fallback, description, note }];
  });
}

function identitiesOn(
  briefing: Briefing,
  person: ResolvedBriefing['person'],
  joining: Joining,
): ResolvedBriefing['identities'] {
  return identitiesOf(briefing, person).flatMap((identity, index) => {
    // What the person's record points to is told at the briefing's field that points to the person.
    const path = briefing.identities === null ? 'person' : `identities[${index}].country`;
    const country = find(
      joining.references.countries,
      identity.countryId,
      'country',
      path,
      joining.problems,
    );
    if (country === null) return [];
    const { text, ...fallback } =
      identity.demonym === null
        ? textOf(country.demonym, joining)
        : demonymOf(identity.demonym, briefing.identities !== null, joining);
    const { code } = country;
    return [{ countryId: country.id, code, demonym: text, ...fallback, note: identity.note }];
  });
}

/** A text, and its language where it is not the briefing's. */
interface Fallback {
  readonly text: string;
  readonly textLanguage?: LanguageTag;
}

function textOf(label: Label, { inLanguage }: Pick<Joining, 'inLanguage'>): Fallback {
  const { text, language } = labelIn(label, inLanguage.own, inLanguage.publication);
  return language === inLanguage.own ? { text } : { text, textLanguage: language };
}

/** A person's record is in the publication's language, a briefing in its own. */
function demonymOf(text: string, isBriefings: boolean, { inLanguage }: Joining): Fallback {
  const language = isBriefings ? inLanguage.own : inLanguage.publication;
  return language === inLanguage.own ? { text } : { text, textLanguage: language };
}

function find<Value>(
  documents: ReadonlyMap<DocumentId, Value>,
  id: DocumentId,
  type: string,
  path: string,
  problems: Problem[],
): Value | null {
  const found = documents.get(id);
  if (found !== undefined) return found;
  problems.push(missingReference({ id, type, path }));
  return null;
}

function noPortrait(): Problem {
  return warning({
    code: 'recommended',
    path: 'portrait',
    message: 'Neither the briefing nor the person has a portrait.',
    fix: 'Add a picture to the person, with its credit and licence.',
  });
}

function noIdentity(): Problem {
  return warning({
    code: 'recommended',
    path: 'identities',
    message: 'The person has no Westphalian identity on the date of the briefing.',
    fix: 'Add one to the person, or to this briefing alone.',
  });
}
