/** @jsxImportSource preact */
import { renderToStaticMarkup } from 'preact-render-to-string';
import { Answer, factQuestions, proseQuestions, QuestionHeading } from '../render/answers.tsx';
import { Corrections, Retraction, ScoreFact, Sources } from '../render/briefing-article.tsx';
import { Picture } from '../render/picture.tsx';
import type { ResolvedBriefing } from '../briefing/resolved.ts';
import type { Surface } from '../render/surface.ts';

/** A whole briefing for feed readers, of the page's own components, so that they cannot drift. */
export function feedContent(resolved: ResolvedBriefing, surface: Surface): string {
  const { portrait, briefing } = resolved;
  return renderToStaticMarkup(
    <>
      {portrait && <Picture portrait={portrait} surface={surface} />}
      {factQuestions.map((question) => (
        <>
          <QuestionHeading question={question} resolved={resolved} surface={surface} />
          <Answer question={question} resolved={resolved} surface={surface} />
        </>
      ))}
      <Retraction resolved={resolved} surface={surface} />
      {proseQuestions(resolved).map((question) => (
        <>
          <QuestionHeading question={question} resolved={resolved} surface={surface} />
          <Answer question={question} resolved={resolved} surface={surface} />
          {question === 'you-should-care' && briefing.score && (
            <ScoreFact score={briefing.score} surface={surface} />
          )}
        </>
      ))}
      <Corrections resolved={resolved} surface={surface} />
      <Sources resolved={resolved} surface={surface} />
    </>,
  );
}
