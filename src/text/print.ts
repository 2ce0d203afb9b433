import { oneLine } from '../briefing/unicode.ts';
import type { Path, Publication, ResolvedBriefing } from '../briefing/resolved.ts';
import { factQuestions, proseOf, proseQuestions } from '../render/answers.tsx';
import { briefingSurface, type Surface } from '../render/surface.ts';
import { cacheTags } from '../site/cache-tags.ts';
import { contentTypes } from '../site/content-types.ts';
import { drawObject } from '../site/outgoing-links.ts';
import { textPath } from '../site/paths.ts';
import { type PublicObject, stampMarker } from '../site/public-object.ts';
import { answerText } from './answer-text.ts';
import { statesScore } from './score-in-prose.ts';

/**
 * A briefing in the publication's own plain-text layout, which reads back into the same document:
 * it holds what that layout has a place for, and nothing else.
 */
export function briefingText(
  resolved: ResolvedBriefing,
  path: Path,
  publication: Publication,
): PublicObject {
  const { briefing } = resolved;
  return drawObject(publication.baseUrl, (links) => {
    const surface = briefingSurface(links, resolved, path, publication);
    return {
      path: textPath(path),
      status: 200,
      contentType: contentTypes.text,
      cache: briefing.retraction ? 'short' : 'page',
      tags: [cacheTags.briefing(briefing.id)],
      body: `${sections(resolved, surface).join('\n\n')}\n\n-- release ${stampMarker}\n`,
    };
  });
}

/** The parts of the layout, which stand apart by one blank line. */
function sections(resolved: ResolvedBriefing, surface: Surface): readonly string[] {
  const { briefing, labels, portrait, byline } = resolved;
  const { retraction } = briefing;
  const { words } = surface;
  return [
    `${words.dateline(briefing.date)}: ${briefing.headline}`,
    [portrait?.caption ?? '', portrait?.alt ?? ''].map(oneLine).filter(Boolean).join('\n'),
    ...factQuestions.map(
      (question) => `${labels[question]} ${answerText(question, resolved, surface)}`,
    ),
    ...(retraction ? [words.retraction, retraction.reason] : []),
    ...proseQuestions(resolved).map((question) => {
      const prose = answerText(question, resolved, surface);
      const [first] = proseOf(resolved, question);
      // A list or a quotation begins with a mark, which must be the first thing on its line.
      const beginsBelow =
        first?._type === 'block' && (first.listItem || first.style === 'blockquote');
      return (
        labels[question] +
        (beginsBelow ? '\n' : ' ') +
        (question === 'you-should-care' ? withScore(prose, resolved, surface) : prose)
      );
    }),
    ...byline.flatMap(({ name, note, description }) => [name, note ?? description ?? '']),
  ].filter((section) => section !== '');
}

/** Prose owns the score's sentence: it is added only where the prose has none. */
function withScore(prose: string, { briefing }: ResolvedBriefing, { words }: Surface): string {
  return briefing.score === null || statesScore(prose)
    ? prose
    : `${prose} ${words.scoreSentence(briefing.score)}`;
}
