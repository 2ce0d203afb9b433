import type { Question, RichText } from '../briefing/model.ts';
import type { Path, Publication, ResolvedBriefing } from '../briefing/resolved.ts';
import { civilDateAt } from '../briefing/time-zone.ts';
import { oneLine } from '../briefing/unicode.ts';
import { proseOf, proseQuestions } from '../render/answers.tsx';
import { notesOf } from '../render/notes.ts';
import { storedPictures } from '../render/picture.tsx';
import { type Inline, type List, richTextTree } from '../render/rich-text-tree.ts';
import { type Availability, briefingElsewhere, type Surface } from '../render/surface.ts';
import { contentTypes } from '../site/content-types.ts';
import { drawObject } from '../site/outgoing-links.ts';
import { markdownPath } from '../site/paths.ts';
import { cacheTags } from '../site/cache-tags.ts';
import { type PublicObject, stampMarker } from '../site/public-object.ts';
import { answerText } from './answer-text.ts';

/** A briefing as CommonMark with absolute links, for people and programs that prefer it. */
export function briefingMarkdown(
  resolved: ResolvedBriefing,
  path: Path,
  publication: Publication,
  available?: Availability,
): PublicObject {
  const { briefing } = resolved;
  return drawObject(publication.baseUrl, (links) => {
    const surface = briefingElsewhere(links, resolved, path, publication, available);
    return {
      path: markdownPath(path),
      status: 200,
      contentType: contentTypes.markdown,
      cache: briefing.retraction ? 'short' : 'page',
      tags: [cacheTags.briefing(briefing.id)],
      body: `${sections(resolved, path, surface).join('\n\n')}\n\n<!-- release ${stampMarker} -->\n`,
    };
  });
}

function sections(resolved: ResolvedBriefing, path: Path, surface: Surface): readonly string[] {
  const { briefing, person, personName, personPath, byline } = resolved;
  const { words } = surface;
  const name = link(escape(personName), personPath === null ? null : surface.href(personPath));
  const native =
    person.nativeName && person.nativeName.text !== personName
      ? ` (${escape(person.nativeName.text)})`
      : '';
  return [
    `# ${escape(`${words.dateline(briefing.date)}: ${briefing.headline}`)}`,
    portrait(resolved, surface),
    answer(resolved, 'name', `${name}${native}`),
    answer(resolved, 'identity', escape(answerText('identity', resolved, surface))),
    answer(resolved, 'age', escape(answerText('age', resolved, surface))),
    ...(briefing.retraction
      ? [`## ${escape(words.retraction)}`, escape(briefing.retraction.reason)]
      : []),
    ...answers(resolved, surface),
    ...corrections(resolved, surface),
    ...sources(resolved, surface),
    ...byline.map(({ name, note, description }) => {
      const line = note ?? description;
      return `**${escape(name)}**${line === null ? '' : ` ${escape(line)}`}`;
    }),
    `<${surface.href(path)}>`,
  ].filter((section) => section !== '');
}

function answer({ labels }: ResolvedBriefing, question: Question, text: string): string {
  return `## ${escape(labels[question])}\n\n${text}`;
}

function answers(resolved: ResolvedBriefing, surface: Surface): readonly string[] {
  const { score } = resolved.briefing;
  return proseQuestions(resolved).flatMap((question) => [
    answer(resolved, question, markdownAnswer(proseOf(resolved, question), resolved, surface)),
    question === 'you-should-care' && score !== null
      ? `**${score.value}/10** ${escape(surface.words.scoreAbout(score.about))}`
      : '',
  ]);
}

function portrait({ portrait }: ResolvedBriefing, surface: Surface): string {
  if (!portrait) return '';
  const picture = storedPictures(portrait, surface.available).findLast(
    ({ format }) => format === 'jpeg',
  );
  const image = picture
    ? `![${portrait.decorative ? '' : escape(oneLine(portrait.alt))}](${surface.href(picture.path)})`
    : '';
  const caption = portrait.caption === null ? '' : escape(oneLine(portrait.caption));
  const credit =
    picture && portrait.credit !== null ? escape(surface.words.credit(portrait.credit)) : '';
  return [image, [caption, credit].filter(Boolean).join(' · ')].filter(Boolean).join('\n\n');
}

function corrections({ briefing }: ResolvedBriefing, surface: Surface): readonly string[] {
  const { words, publication } = surface;
  if (briefing.corrections.length === 0) return [];
  return [
    `## ${escape(words.corrections)}`,
    ...briefing.corrections.map(({ at, kind, text }) => {
      const date = words.date(civilDateAt(at, publication.settings.timeZone));
      return `**${escape(`${words.correctionKinds[kind]}, ${date}`)}** ${escape(text)}`;
    }),
  ];
}

function sources({ briefing }: ResolvedBriefing, surface: Surface): readonly string[] {
  const { sources } = notesOf(briefing);
  if (sources.length === 0) return [];
  return [
    `## ${escape(surface.words.sources)}`,
    sources
      .map(({ number, citation }) => {
        const archived =
          citation.archiveUrl === null
            ? ''
            : `, ${link(escape(surface.words.archivedCopy), surface.typedLink(citation.archiveUrl))}`;
        const publisher = citation.publisher === null ? '' : `, ${escape(citation.publisher)}`;
        return `${number}. ${link(escape(citation.title), surface.typedLink(citation.url))}${publisher}${archived}`;
      })
      .join('\n'),
  ];
}

function markdownAnswer(text: RichText, resolved: ResolvedBriefing, surface: Surface): string {
  const line = (children: readonly Inline[]): string =>
    children.map((child) => inline(child, resolved, surface)).join('');
  return richTextTree(text)
    .map((node) => {
      switch (node.kind) {
        case 'paragraph':
          return line(node.children);
        case 'heading':
          return `### ${line(node.children).replaceAll('\\\n', ' ')}`;
        case 'quote':
          return quotation(line(node.children), node.cite);
        case 'list':
          return list(node, '', line).join('\n');
        case 'image':
          return portrait({ ...resolved, portrait: node.portrait }, surface);
      }
    })
    .filter((paragraph) => paragraph !== '')
    .join('\n\n');
}

/** A quotation and, in a paragraph of its own within it, whose words they are. */
function quotation(words: string, cite: string | null): string {
  const all = cite === null ? words : `${words}\n\n— ${escape(cite)}`;
  return all.replace(/^(?=.)/gm, '> ').replace(/^$/gm, '>');
}

function list(
  { ordered, items }: List,
  indent: string,
  line: (children: readonly Inline[]) => string,
): readonly string[] {
  return items.flatMap(({ children, lists }, index) => {
    const mark = ordered ? `${index + 1}. ` : '- ';
    const deeper = indent + ' '.repeat(mark.length);
    return [
      indent + mark + line(children).replaceAll('\n', `\n${deeper}`),
      ...lists.flatMap((nested) => list(nested, deeper, line)),
    ];
  });
}

function inline(node: Inline, resolved: ResolvedBriefing, surface: Surface): string {
  if (node.kind === 'text') return escape(node.text);
  if (node.kind === 'break') return '\\\n';
  const text = node.children.map((child) => inline(child, resolved, surface)).join('');
  switch (node.kind) {
    case 'strong':
      return emphasised(text, '**');
    case 'em':
      return emphasised(text, '*');
    case 'link':
      return link(text, surface.typedLink(node.href));
    case 'briefing': {
      const path = resolved.mentioned.get(node.id);
      return path === undefined ? text : link(text, surface.url(path));
    }
    case 'citation': {
      const note = notesOf(resolved.briefing).at.get(node);
      return note === undefined ? text : `${text} \\[${note.number}\\]`;
    }
    case 'lang':
      return text;
  }
}

/** Emphasis must not begin or end with a space, or its marks are read as themselves. */
function emphasised(text: string, mark: string): string {
  const inner = text.trim();
  if (inner === '') return text;
  const begin = text.length - text.trimStart().length;
  const end = begin + inner.length;
  return text.slice(0, begin) + mark + inner + mark + text.slice(end);
}

function link(text: string, url: string | null): string {
  return url === null ? text : `[${text}](${url.replace(/[()\s<>\\]/g, encoded)})`;
}

function encoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

/** Text that CommonMark, with raw HTML or without, reads as nothing but text. */
function escape(text: string): string {
  if (!special.test(text)) return text;
  return text
    .replace(/[\\`*_[\]<>&#|~]/g, '\\$&')
    .replace(/^([^\S\n\r\u2028\u2029]*\d+)([.)])/gm, '$1\\$2')
    .replace(/^([^\S\n\r\u2028\u2029]*)([-+=])/gm, '$1\\$2');
}

/**
 * Most text needs no escape at all, so it is looked at once. The spaces of a line never reach into the
 * next: a run of blank lines would be read once for each of them.
 */
const special = /[\\`*_[\]<>&#|~]|^[^\S\n\r\u2028\u2029]*(?:\d+[.)]|[-+=])/m;
