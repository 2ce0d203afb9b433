import { childOf, entryPath } from '../../briefing/problem.ts';
import { oneLine } from '../../briefing/unicode.ts';
import type { LintFinding } from './finding.ts';
import { answerFields, type Manuscript } from './manuscript.ts';

/** Captions that say the same as the alternative text: whoever listens hears it twice. */
export function picturesSpeakTwice({ document }: Manuscript): LintFinding[] {
  return [
    { portrait: childOf(document, 'portrait'), path: 'portrait' },
    ...answerFields.flatMap((field) => {
      const blocks = childOf(document, field);
      if (!Array.isArray(blocks)) return [];
      return blocks.map((portrait: unknown, index) => ({
        portrait,
        path: entryPath(field, portrait, index),
      }));
    }),
  ].flatMap(({ portrait, path }) => {
    const caption = childOf(portrait, 'caption');
    const alt = childOf(portrait, 'alt');
    if (typeof caption !== 'string' || typeof alt !== 'string') return [];
    if (sameness(caption) === '' || sameness(caption) !== sameness(alt)) return [];
    return [
      {
        code: 'caption-equals-alt',
        path: `${path}.caption`,
        at: 0,
        message: 'Caption and alternative text say the same.',
        fix: 'Let the alternative text say what is seen, and the caption what it means.',
        excerpt: oneLine(caption).slice(0, 80),
      },
    ];
  });
}

/** Texts are the same to a listener whatever their case, spaces and last stop. */
function sameness(text: string): string {
  return oneLine(text)
    .toLowerCase()
    .replace(/(?<![.!…])[.!…]+$/, '')
    .trim();
}
