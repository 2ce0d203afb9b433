import type { Question, RichText } from '../briefing/model.ts';
import type { Path, Publication, ResolvedBriefing } from '../briefing/resolved.ts';
import { type Inline, type List, richTextTree } from '../render/rich-text-tree.ts';
import { livePaths, ownPage, type Surface } from '../render/surface.ts';
import { textPath } from '../site/paths.ts';
import { type PublicObject, stampMarker } from '../site/public-object.ts';
import { absolute } from '../site/paths.ts';
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
  const surface = ownPage(publication, briefing.language, () => true, livePaths(resolved, path));
  return {
    path: textPath(path),
    status: 200,
    contentType: 'text/plain; charset=utf-8',
    cache: briefing.retraction ? 'short' : 'page',
    tags: [`briefing-${briefing.id}`],
    body: `${sections(resolved, surface).join('\n\n')}\n\n-- release ${stampMarker}\n`,
  };
}

/** Paragraphs of the layout, which stand apart by one blank line. */
function sections(resolved: ResolvedBriefing, surface: Surface): readonly string[] {
  const { briefing, portrait, byline } = resolved;
  const { words } = surface;
  return [
    `${words.dateline(briefing.date)}: ${briefing.headline}`,
    ...[[portrait?.caption, portrait?.alt].filter(Boolean).join('\n')],
    answer(resolved, 'name', resolved.personName),
    answer(resolved, 'identity', identities(resolved, surface)),
    answer(resolved, 'age', words.age(resolved.age)),
    ...(briefing.retraction
      ? [words.retraction, briefing.retraction.reason]
      : answers(resolved, surface)),
    ...byline.flatMap(({ name, note, description }) => [name, note ?? description ?? '']),
  ].filter((section) => section !== '');
}

function identities({ identities }: ResolvedBriefing, { words }: Surface): string {
  return identities.length === 0
    ? words.unknownIdentity
    : identities.map(({ demonym }) => demonym).join(', ');
}

function answers(resolved: ResolvedBriefing, surface: Surface): readonly string[] {
  const { answers, score } = resolved.briefing;
  const print = (question: Question, text: RichText): string =>
    answer(resolved, question, plainAnswer(text, resolved, surface));
  const youShouldCare = plainAnswer(answers.whyYouShouldCare, resolved, surface);
  // Prose owns the score's sentence: it is added only where the prose has none.
  const withScore =
    score === null || statesScore(youShouldCare)
      ? youShouldCare
      : `${youShouldCare} ${surface.words.scoreSentence(score)}`;
  return [
    print('in-the-news', answers.whyInTheNews),
    print('we-care', answers.whyWeCare),
    answer(resolved, 'you-should-care', withScore),
    print('who-else-cares', answers.whoElseCares),
    ...(answers.furtherComments.length > 0
      ? [print('further-comments', answers.furtherComments)]
      : []),
  ];
}

function answer({ labels }: ResolvedBriefing, question: Question, text: string): string {
  return `${labels[question]} ${text}`;
}

/** An answer as lines of text: paragraphs apart by a blank line, lists and quotations marked. */
export function plainAnswer(text: RichText, resolved: ResolvedBriefing, surface: Surface): string {
  const line = (children: readonly Inline[]): string =>
    tidy(children.map((child) => inline(child, resolved, surface)).join(''));
  return richTextTree(text)
    .map((node) => {
      switch (node.kind) {
        case 'paragraph':
        case 'heading':
          return line(node.children);
        case 'quote':
          return line(node.children).replace(/^/gm, '> ');
        case 'list':
          return list(node, 0, line).join('\n');
        case 'image':
          return node.portrait.caption ?? '';
      }
    })
    .filter((paragraph) => paragraph !== '')
    .join('\n\n');
}

function list(
  { ordered, items }: List,
  depth: number,
  line: (children: readonly Inline[]) => string,
): readonly string[] {
  return items.flatMap(({ children, lists }, index) => {
    const mark = ordered ? `${index + 1}. ` : '- ';
    const indent = '  '.repeat(depth);
    return [
      // A line end inside an entry must not look like a new one.
      indent + mark + line(children).replaceAll('\n', ' '),
      ...lists.flatMap((nested) => list(nested, depth + 1, line)),
    ];
  });
}

function inline(node: Inline, resolved: ResolvedBriefing, surface: Surface): string {
  if (node.kind === 'text') return node.text;
  if (node.kind === 'break') return '\n';
  const text = node.children.map((child) => inline(child, resolved, surface)).join('');
  if (node.kind === 'link') {
    const href = surface.typedLink(node.href);
    return href === null || href === text ? text : `${text} (${href})`;
  }
  if (node.kind === 'briefing') {
    const path = resolved.mentioned.get(node.id);
    return path === undefined ? text : `${text} (${absolute(surface.publication.baseUrl, path)})`;
  }
  return text;
}

function tidy(text: string): string {
  return text.replace(/[ \t]+$/gm, '').replace(/\n{2,}/g, '\n');
}
