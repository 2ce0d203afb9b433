/** @jsxImportSource preact */
import { renderToStaticMarkup } from 'preact-render-to-string';
import type { Question } from '../briefing/model.ts';
import type { ResolvedBriefing } from '../briefing/resolved.ts';
import { Answer } from '../render/answers.tsx';
import type { Surface } from '../render/surface.ts';

/** An answer as the page shows it, for another site to put under a heading of its own. */
export function answerHtml(
  question: Question,
  resolved: ResolvedBriefing,
  surface: Surface,
): string {
  return renderToStaticMarkup(<Answer question={question} resolved={resolved} surface={surface} />);
}
