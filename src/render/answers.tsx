/** @jsxImportSource preact */
import type { Question, RichText } from '../briefing/model.ts';
import type { ResolvedBriefing } from '../briefing/resolved.ts';
import { PortableText } from './portable-text.tsx';
import { inLanguage, type Surface } from './surface.ts';

/** Questions about the person, which every page answers first and in few words. */
export const factQuestions = ['name', 'identity', 'age'] as const satisfies readonly Question[];
type FactQuestion = (typeof factQuestions)[number];
/** Questions that are answered in prose. */
export type ProseQuestion = Exclude<Question, FactQuestion>;

/** The prose questions a page shows, in their order: none of a retracted briefing. */
export function proseQuestions({ briefing }: ResolvedBriefing): readonly ProseQuestion[] {
  if (briefing.retraction) return [];
  return briefing.answers.furtherComments.length > 0 ? everyProseQuestion : mandatoryQuestions;
}

/** The prose that answers a question. */
export function proseOf({ briefing }: ResolvedBriefing, question: ProseQuestion): RichText {
  return briefing.answers[fieldOf[question]];
}

const fieldOf = {
  'in-the-news': 'whyInTheNews',
  'we-care': 'whyWeCare',
  'you-should-care': 'whyYouShouldCare',
  'who-else-cares': 'whoElseCares',
  'further-comments': 'furtherComments',
} as const satisfies Record<ProseQuestion, keyof ResolvedBriefing['briefing']['answers']>;

const mandatoryQuestions = [
  'in-the-news',
  'we-care',
  'you-should-care',
  'who-else-cares',
] as const satisfies readonly ProseQuestion[];
const everyProseQuestion = [
  ...mandatoryQuestions,
  'further-comments',
] as const satisfies readonly ProseQuestion[];

/** A question as printed: the catalogue's words may be in another language than the briefing. */
export function QuestionHeading({
  question,
  resolved,
  surface,
}: {
  readonly question: Question;
  readonly resolved: ResolvedBriefing;
  readonly surface: Surface;
}) {
  const label = resolved.labels[question];
  const isCatalogues = label === surface.words.questions[question][resolved.pronouns];
  return <h2 {...(isCatalogues ? surface.frame : {})}>{label}</h2>;
}

/** The markup that answers a question, as pages, feeds and JSON show it, without its heading. */
export function Answer({
  question,
  resolved,
  surface,
}: {
  readonly question: Question;
  readonly resolved: ResolvedBriefing;
  readonly surface: Surface;
}) {
  switch (question) {
    case 'name':
      return <Name resolved={resolved} surface={surface} />;
    case 'identity':
      return <Identity resolved={resolved} surface={surface} />;
    case 'age':
      return <Age resolved={resolved} surface={surface} />;
    case 'in-the-news':
    case 'we-care':
    case 'you-should-care':
    case 'who-else-cares':
    case 'further-comments':
      return (
        <PortableText text={proseOf(resolved, question)} resolved={resolved} surface={surface} />
      );
  }
}

interface Part {
  readonly resolved: ResolvedBriefing;
  readonly surface: Surface;
}

function Name({ resolved, surface }: Part) {
  const { person, personName, personPath, roles } = resolved;
  const name = <bdi {...inLanguage(resolved.personNameLanguage)}>{personName}</bdi>;
  return (
    <>
      <p>
        <b>{personPath === null ? name : <a href={surface.href(personPath)}>{name}</a>}</b>
        {person.nativeName && person.nativeName.text !== personName && (
          <>
            {' '}
            <span class="native" {...inLanguage(person.nativeName.language)}>
              {person.nativeName.text}
            </span>
          </>
        )}
      </p>
      {roles.length > 0 && (
        <p class="aside" dir="auto">
          {roles.join('; ')}
        </p>
      )}
    </>
  );
}

function Identity({ resolved, surface }: Part) {
  const { identities } = resolved;
  if (identities.length === 0) {
    return <p {...surface.frame}>{surface.words.unknownIdentity}</p>;
  }
  return (
    <>
      {identities.map(({ demonym, textLanguage, note }) => (
        <p>
          <bdi {...inLanguage(textLanguage)}>{demonym}</bdi>
          {note !== null && <small> {note}</small>}
        </p>
      ))}
    </>
  );
}

function Age({ resolved: { age }, surface }: Part) {
  const { words } = surface;
  return (
    <p {...surface.frame}>
      {words.age(age)}
      {age.kind === 'override' && <small> {words.ageOverridden(age.reason)}</small>}
    </p>
  );
}
