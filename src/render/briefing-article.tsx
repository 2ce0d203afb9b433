/** @jsxImportSource preact */
import type { ComponentChildren } from 'preact';
import type { LanguageTag, Question, RichText, Score } from '../briefing/model.ts';
import type { Path, ResolvedBriefing } from '../briefing/resolved.ts';
import { civilDateAt } from '../briefing/time-zone.ts';
import { Answer, factQuestions, proseQuestions, QuestionHeading } from './answers.tsx';
import { notesOf } from './notes.ts';
import { Picture } from './picture.tsx';
import { citationAnchor, sourceAnchor } from './portable-text.tsx';
import { plainText } from './plain-text.ts';
import { inLanguage, type Surface } from './surface.ts';

/** A briefing in full measure, as its own page and the home page show it. */
export function BriefingArticle({
  resolved,
  surface,
  pageLanguage,
  address,
  children,
}: {
  readonly resolved: ResolvedBriefing;
  readonly surface: Surface;
  readonly pageLanguage: LanguageTag;
  /** The briefing's own address, where it is shown elsewhere. */
  readonly address?: Path;
  /** What follows the briefing inside its article. */
  readonly children?: ComponentChildren;
}) {
  const { briefing, portrait } = resolved;
  const language = briefing.language === pageLanguage ? undefined : briefing.language;
  return (
    <article {...inLanguage(language)}>
      <Opening resolved={resolved} surface={surface} address={address} />
      <div class="measure">
        <div class="facts">
          {portrait && <Picture portrait={portrait} surface={surface} />}
          {factQuestions.map((question) => (
            <Section question={question} resolved={resolved} surface={surface} />
          ))}
        </div>
        <div class="answers">
          <Retraction resolved={resolved} surface={surface} />
          {proseQuestions(resolved).map((question) => (
            <Section question={question} resolved={resolved} surface={surface} />
          ))}
          <Corrections resolved={resolved} surface={surface} />
          <Sources resolved={resolved} surface={surface} />
          <Byline resolved={resolved} surface={surface} />
          {children}
        </div>
      </div>
    </article>
  );
}

interface Part {
  readonly resolved: ResolvedBriefing;
  readonly surface: Surface;
}

function Opening({ resolved, surface, address }: Part & { readonly address: Path | undefined }) {
  const { briefing, byline } = resolved;
  const { words } = surface;
  return (
    <header class="opening">
      <h1>
        <time dateTime={briefing.date} {...surface.frame}>
          {words.dateline(briefing.date)}
          <span class="unseen">: </span>
        </time>
        {address === undefined ? (
          briefing.headline
        ) : (
          <a href={surface.href(address)}>{briefing.headline}</a>
        )}
      </h1>
      {!briefing.retraction && saysMore(briefing.summary, briefing.answers.whyInTheNews) && (
        <p class="standfirst">{briefing.summary}</p>
      )}
      {byline.length > 0 && (
        <p class="by" {...surface.frame}>
          <Names byline={byline} surface={surface} />
        </p>
      )}
      <Status resolved={resolved} surface={surface} />
    </header>
  );
}

/** A summary that is the answer's own beginning would be read twice. */
function saysMore(summary: string, whyInTheNews: RichText): boolean {
  const beginning = summary.replace(/(?<![\s….])[\s….]+$/u, '');
  return beginning !== '' && !plainText(whyInTheNews).startsWith(beginning);
}

function Names({
  byline,
  surface,
}: {
  readonly byline: ResolvedBriefing['byline'];
  readonly surface: Surface;
}) {
  const [before, between, last] = surface.words.by(byline.map(({ name }) => name));
  return (
    <>
      {before}
      {byline.map(({ name, textLanguage }, index) => (
        <>
          {index > 0 && (index === byline.length - 1 ? last : between)}
          <bdi {...inLanguage(textLanguage)}>{name}</bdi>
        </>
      ))}
    </>
  );
}

/** A correction must be seen before the text it corrected, so the opening points at it. */
function Status({ resolved, surface }: Part) {
  const { briefing } = resolved;
  const latest = briefing.corrections
    .filter(({ kind }) => kind === 'correction')
    .reduce<string | null>((at, each) => (at === null || each.at > at ? each.at : at), null);
  if (latest === null || briefing.retraction) return null;
  return (
    <p class="status" {...surface.frame}>
      <a href={surface.anchor('corrections')}>
        {surface.words.correctedOn(dateOf(latest, surface))}
      </a>
    </p>
  );
}

/** One question of the fixed set: its id is a constant of the public contract. */
function Section({ question, resolved, surface }: Part & { readonly question: Question }) {
  const { score } = resolved.briefing;
  return (
    <section id={question}>
      <QuestionHeading question={question} resolved={resolved} surface={surface} />
      <Answer question={question} resolved={resolved} surface={surface} />
      {question === 'you-should-care' && score && <ScoreFact score={score} surface={surface} />}
    </section>
  );
}

/** A fact about the text, never a rating of anything: no review markup here or in JSON-LD. */
export function ScoreFact({
  score,
  surface,
}: {
  readonly score: Score;
  readonly surface: Surface;
}) {
  return (
    <p class="score">
      <data value={score.value}>
        <span aria-hidden="true">{score.value}/10</span>
        <span class="unseen">{surface.words.scoreInWords(score.value)}</span>
      </data>{' '}
      <span {...surface.frame}>{surface.words.scoreAbout(score.about)}</span>
    </p>
  );
}

/** Takes the place of the answers; the address stays. */
export function Retraction({ resolved, surface }: Part) {
  const { retraction } = resolved.briefing;
  if (!retraction) return null;
  return (
    <section {...surface.id('retraction')} class="notice">
      <h2 {...surface.frame}>{surface.words.retraction}</h2>
      <p>{retraction.reason}</p>
      <p class="aside" {...surface.frame}>
        <time dateTime={retraction.at}>
          {surface.words.retractedOn(dateOf(retraction.at, surface))}
        </time>
      </p>
    </section>
  );
}

export function Corrections({ resolved, surface }: Part) {
  const { corrections } = resolved.briefing;
  const { words } = surface;
  if (corrections.length === 0) return null;
  const newestFirst = corrections.toSorted((one, other) =>
    one.at < other.at ? 1 : one.at > other.at ? -1 : 0,
  );
  return (
    <section {...surface.id('corrections')} class="notice">
      <h2 {...surface.frame}>{words.corrections}</h2>
      {newestFirst.map(({ at, kind, text }) => (
        <p>
          <b {...surface.frame}>
            {words.correctionKinds[kind]},{' '}
            <time dateTime={at}>{words.date(dateOf(at, surface))}</time>
          </b>{' '}
          {text}
        </p>
      ))}
    </section>
  );
}

export function Sources({ resolved, surface }: Part) {
  const { sources } = notesOf(resolved.briefing);
  const { words } = surface;
  if (sources.length === 0) return null;
  return (
    <section {...surface.id('sources')} class="sources">
      <h2 {...surface.frame}>{words.sources}</h2>
      <ol>
        {sources.map(({ number, citation, occurrences }) => (
          <li {...surface.id(sourceAnchor(number))}>
            <Linked url={citation.url} surface={surface}>
              {citation.title}
            </Linked>
            {citation.publisher !== null && <>, {citation.publisher}</>}
            {citation.archiveUrl !== null && surface.typedLink(citation.archiveUrl) !== null && (
              <>
                ,{' '}
                <Linked url={citation.archiveUrl} surface={surface}>
                  {words.archivedCopy}
                </Linked>
              </>
            )}
            {citation.accessedOn !== null && (
              <small {...surface.frame}> ({words.accessedOn(citation.accessedOn)})</small>
            )}
            {Array.from({ length: occurrences }, (_, index) => (
              <>
                {' '}
                <a
                  class="back"
                  href={surface.anchor(citationAnchor(number, index + 1))}
                  aria-label={words.backToText(number, index + 1)}
                >
                  ↑
                </a>
              </>
            ))}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** A typed address as a link, or its text alone where it must not be one. */
export function Linked({
  url,
  surface,
  children,
}: {
  readonly url: string;
  readonly surface: Surface;
  readonly children: ComponentChildren;
}) {
  const href = surface.typedLink(url);
  return href === null ? <>{children}</> : <a href={href}>{children}</a>;
}

function Byline({ resolved, surface }: Part) {
  const { briefing, byline, publishedAt, modifiedAt } = resolved;
  const { words, publication } = surface;
  // The printed line is the briefing's own, a description the team's or author's.
  const descriptions = inLanguage(
    publication.settings.language === briefing.language ? undefined : publication.settings.language,
  );
  return (
    <footer class="byline">
      {byline.map(({ name, textLanguage, note, description }) => {
        const line = note ?? description;
        return (
          <p>
            <bdi {...inLanguage(textLanguage)}>{name}</bdi>
            {line !== null && <small {...(note === null ? descriptions : {})}> {line}</small>}
          </p>
        );
      })}
      <p class="aside" {...surface.frame}>
        <time dateTime={publishedAt}>{words.publishedOn(dateOf(publishedAt, surface))}</time>
        {modifiedAt > publishedAt && (
          <>
            {' · '}
            <time dateTime={modifiedAt}>{words.modifiedOn(dateOf(modifiedAt, surface))}</time>
          </>
        )}
      </p>
    </footer>
  );
}

function dateOf(instant: string, surface: Surface): string {
  return civilDateAt(instant, surface.publication.settings.timeZone);
}
