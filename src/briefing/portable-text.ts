import { isDocumentId } from './document-id.ts';
import { problemsOfIssues } from './issues.ts';
import { languageFrom } from './language.ts';
import { linkFrom } from './links.ts';
import type {
  DocumentId,
  ImageBlock,
  MarkDefinition,
  Problem,
  RichText,
  RichTextBlock,
  TextBlock,
  TextSpan,
} from './model.ts';
import { portraitDocument, portraitFrom, portraitProblems } from './portrait.ts';
import {
  fieldOf,
  describe,
  entryPath,
  error,
  type Finding,
  joinPath,
  quoted,
  under,
  warning,
} from './problem.ts';
import { isBlank, oneLine } from './unicode.ts';

/** An answer after reading: its blocks, what was found wrong, and what it points to. */
export interface RichTextDocument {
  readonly blocks: RichText;
  /** Paths begin at the answer. */
  readonly problems: readonly Problem[];
  /** Citations in the order of their notes, each as often as it is used. */
  readonly citations: readonly { readonly key: string; readonly path: string }[];
  /** Briefings referred to inline, in order. */
  readonly mentionedIds: readonly DocumentId[];
  /** True when a reader would see words. */
  readonly hasText: boolean;
}

/**
 * Reads Portable Text as the closed set the renderer knows. Of a mark or a style that is not of the
 * set the text is kept, with a warning; a block or an inline object whose text cannot be told is
 * refused. Total, and linear in its input, which admission has bounded and normalised.
 */
export function readRichText(blocks: readonly unknown[]): RichTextDocument {
  const reading: Reading = {
    blocks: [],
    problems: [],
    citations: [],
    mentionedIds: [],
    keys: new Set(),
    spans: 0,
    hasText: false,
  };
  for (const [index, block] of blocks.entries()) {
    readBlock(block, index, reading);
    if (reading.spans > maximumSpans) {
      reading.problems.push(tooManySpans());
      break;
    }
  }
  return reading;
}

/** The words of a block without marks. */
export function plainTextOf(block: RichTextBlock): string {
  return block._type === 'block' ? block.children.map((span) => span.text).join('') : '';
}

const maximumSpans = 5_000;
const maximumMarks = 20;
/** The deepest list that is printed; the deepest that is read at all. */
const deepestLevel = 3;
const deepestReadLevel = 10;

const decorators: ReadonlySet<unknown> = new Set(['strong', 'em']);
const usableKey = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

interface Reading extends RichTextDocument {
  readonly blocks: RichTextBlock[];
  readonly problems: Problem[];
  readonly citations: { key: string; path: string }[];
  readonly mentionedIds: DocumentId[];
  readonly keys: Set<string>;
  spans: number;
  hasText: boolean;
}

function readBlock(block: unknown, index: number, reading: Reading): void {
  const type = fieldOf(block, '_type');
  if (type === 'block') readTextBlock(block, index, reading);
  else if (type === 'portrait') readPortrait(block, index, reading);
  else reading.problems.push(error(unknownBlock(type, block, entryPath('', block, index))));
}

function readPortrait(block: unknown, index: number, reading: Reading): void {
  const path = entryPath('', block, index);
  const parsed = portraitDocument.safeParse(block);
  if (!parsed.success) {
    reading.problems.push(...under(path, problemsOfIssues(parsed.error.issues, block)));
    return;
  }
  reading.problems.push(...portraitProblems(parsed.data, path));
  const portrait = portraitFrom(parsed.data);
  if (portrait === null) return;
  const image: ImageBlock = {
    _type: 'portrait',
    _key: freshKey(block, index, reading.keys, 'b'),
    portrait,
  };
  reading.blocks.push(image);
}

function readTextBlock(block: unknown, index: number, reading: Reading): void {
  const place = new Place(block, index, reading.problems);
  const children = fieldOf(block, 'children');
  if (!Array.isArray(children)) {
    place.refuse('children', {
      code: 'wrong-type',
      message: `Expected the words of a paragraph; found ${describe(children)}.`,
      fix: 'Delete this paragraph and write it again.',
    });
    return;
  }
  const definitions = definitionsOf(block);
  const used = new Map<string, MarkDefinition | null>();
  const spans: TextSpan[] = [];
  const spanKeys = new Set<string>();
  for (const [at, child] of children.entries()) {
    const text = fieldOf(child, 'text');
    const type = fieldOf(child, '_type');
    if (typeof text !== 'string' || (type !== 'span' && type !== undefined)) {
      place.refuse(entryPath('children', child, at), {
        code: 'unknown-inline',
        message: `Expected words; found ${nameOfType(type, child)}, which cannot be printed inside a paragraph.`,
        fix: 'Delete it and write its content as text.',
      });
      continue;
    }
    reading.spans += 1;
    if (reading.spans > maximumSpans) return;
    const marks = marksOf(child, at, { definitions, used, place, reading });
    if (text === '') continue;
    if (!reading.hasText && !isBlank(text)) reading.hasText = true;
    spans.push({ _type: 'span', _key: freshKey(child, at, spanKeys, 's'), text, marks });
  }
  // The Studio keeps empty paragraphs where an editor pressed Enter twice.
  if (spans.every((span) => isBlank(span.text))) return;
  reading.blocks.push({
    _type: 'block',
    _key: freshKey(block, index, reading.keys, 'b'),
    ...shapeOf(block, place),
    children: spans,
    markDefs: [...used.values()].filter((definition) => definition !== null),
  });
}

/** Where a paragraph stands, for the problems in it; its path is written only when needed. */
class Place {
  readonly #block: unknown;
  readonly #index: number;
  readonly #problems: Problem[];

  constructor(block: unknown, index: number, problems: Problem[]) {
    this.#block = block;
    this.#index = index;
    this.#problems = problems;
  }

  path(rest: string): string {
    return joinPath(entryPath('', this.#block, this.#index), rest);
  }

  refuse(rest: string, finding: Omit<Finding, 'path'>): void {
    this.#problems.push(error({ ...finding, path: this.path(rest) }));
  }

  warn(rest: string, finding: Omit<Finding, 'path'>): void {
    this.#problems.push(warning({ ...finding, path: this.path(rest) }));
  }
}

type Shape = Pick<TextBlock, 'style' | 'listItem' | 'level' | 'cite'>;

function shapeOf(block: unknown, place: Place): Shape {
  const style = styleOf(fieldOf(block, 'style'), place);
  const listItem = listItemOf(fieldOf(block, 'listItem'), place);
  if (listItem !== null) {
    if (style !== 'normal') {
      place.warn('style', {
        code: 'styled-list',
        message: 'An entry of a list cannot be a heading or a quotation; it is printed as text.',
        fix: 'Take the paragraph out of the list, or make it normal text.',
      });
    }
    return { style: 'normal', listItem, level: levelOf(fieldOf(block, 'level'), place) };
  }
  const cite = style === 'blockquote' ? citeOf(fieldOf(block, 'cite'), place) : null;
  return cite === null ? { style } : { style, cite };
}

function styleOf(style: unknown, place: Place): TextBlock['style'] {
  if (style === undefined || style === 'normal') return 'normal';
  if (style === 'h3' || style === 'blockquote') return style;
  place.warn('style', {
    code: 'unknown-style',
    message: `The style ${nameOf(style)} is not one of this publication; the paragraph is printed as normal text.`,
    fix: 'Choose normal, heading or quotation.',
  });
  return 'normal';
}

function listItemOf(listItem: unknown, place: Place): 'bullet' | 'number' | null {
  if (listItem === undefined) return null;
  if (listItem === 'bullet' || listItem === 'number') return listItem;
  place.warn('listItem', {
    code: 'unknown-list',
    message: `The list ${nameOf(listItem)} is not one of this publication; it is printed with bullets.`,
    fix: 'Choose a bulleted or a numbered list.',
  });
  return 'bullet';
}

function levelOf(level: unknown, place: Place): number {
  if (level === undefined) return 1;
  if (
    typeof level !== 'number' ||
    !Number.isInteger(level) ||
    level < 1 ||
    level > deepestReadLevel
  ) {
    place.refuse('level', {
      code: 'bad-level',
      message: `The level of a list goes from 1 to ${deepestLevel}; found ${typeof level === 'number' ? level : describe(level)}.`,
      fix: 'Move the entry of the list to the left.',
    });
    return 1;
  }
  if (level <= deepestLevel) return level;
  place.warn('level', {
    code: 'deep-list',
    message: `Lists are printed to level ${deepestLevel}; this entry is on level ${level}.`,
    fix: 'Move the entry of the list to the left.',
  });
  return deepestLevel;
}

function citeOf(cite: unknown, place: Place): string | null {
  if (cite === undefined) return null;
  if (typeof cite === 'string' && cite.length <= 300) return isBlank(cite) ? null : oneLine(cite);
  place.refuse('cite', {
    code: typeof cite === 'string' ? 'too-long' : 'wrong-type',
    message: `Expected the source of a quotation in at most 300 characters; found ${typeof cite === 'string' ? cite.length : describe(cite)}.`,
    fix: 'Write who said it, and where, in a line.',
  });
  return null;
}

/** The definitions of a block by key, unread: only those that the text uses are looked at. */
function definitionsOf(block: unknown): ReadonlyMap<string, { definition: unknown; at: number }> {
  const definitions = new Map<string, { definition: unknown; at: number }>();
  const list = fieldOf(block, 'markDefs');
  if (!Array.isArray(list)) return definitions;
  for (const [at, definition] of list.entries()) {
    const key: unknown = fieldOf(definition, '_key');
    if (typeof key === 'string' && usableKey.test(key)) {
      definitions.set(key, { definition, at });
    }
  }
  return definitions;
}

interface Marking {
  readonly definitions: ReadonlyMap<string, { definition: unknown; at: number }>;
  /** What each used definition became; null when it was dropped. */
  readonly used: Map<string, MarkDefinition | null>;
  readonly place: Place;
  readonly reading: Reading;
}

const noMarks: readonly string[] = [];

function marksOf(span: unknown, at: number, marking: Marking): readonly string[] {
  const marks = fieldOf(span, 'marks');
  if (marks === undefined || (Array.isArray(marks) && marks.length === 0)) return noMarks;
  const path = () => joinPath(entryPath('children', span, at), 'marks');
  if (!Array.isArray(marks) || marks.length > maximumMarks) {
    marking.place.refuse(path(), {
      code: 'bad-marks',
      message: `Expected at most ${maximumMarks} marks on one piece of text.`,
      fix: 'Clear the formatting of this paragraph and mark it again.',
    });
    return noMarks;
  }
  const kept = new Set<string>();
  for (const mark of marks) {
    if (typeof mark === 'string' && (decorators.has(mark) || isDefined(mark, marking))) {
      kept.add(mark);
    } else if (typeof mark !== 'string' || !marking.definitions.has(mark)) {
      marking.place.warn(path(), {
        code: 'unknown-mark',
        message: `The mark ${nameOf(mark)} is not one of this publication; its text is printed without it.`,
        fix: 'Clear the formatting of this text; use bold, italics, links and citations.',
      });
    }
  }
  return [...kept];
}

/** True when the mark has a definition that may be printed. Reads each definition once. */
function isDefined(key: string, marking: Marking): boolean {
  const known = marking.used.get(key);
  if (known !== undefined) return known !== null;
  const found = marking.definitions.get(key);
  if (found === undefined) return false;
  const read = readDefinition(key, found.definition, found.at, marking);
  marking.used.set(key, read);
  return read !== null;
}

function readDefinition(
  key: string,
  definition: unknown,
  at: number,
  { place, reading }: Marking,
): MarkDefinition | null {
  const path = entryPath('markDefs', definition, at);
  const type = fieldOf(definition, '_type');
  if (type === 'link') {
    const href = fieldOf(definition, 'href');
    const link = typeof href === 'string' ? linkFrom(href) : null;
    if (link !== null) return { _type: 'link', _key: key, href: link };
    place.warn(`${path}.href`, {
      code: 'unsafe-link',
      message: `${nameOf(href)} is not an address that may be linked; its text is printed without the link.`,
      fix: 'Write the whole address, beginning with https://, mailto: or tel:.',
    });
    return null;
  }
  if (type === 'citation') {
    const citation = fieldOf(definition, 'citation');
    if (typeof citation === 'string' && citation !== '') {
      reading.citations.push({ key: citation, path: place.path(`${path}.citation`) });
      return { _type: 'citation', _key: key, citation };
    }
    place.refuse(`${path}.citation`, {
      code: 'dangling-citation',
      message: 'The text is marked as cited, but no citation is chosen.',
      fix: 'Choose a citation of the list, or remove the mark.',
    });
    return null;
  }
  if (type === 'briefingReference') {
    const id = fieldOf(fieldOf(definition, 'reference'), '_ref');
    if (typeof id === 'string' && isDocumentId(id)) {
      reading.mentionedIds.push(id);
      return { _type: 'briefingReference', _key: key, briefingId: id };
    }
    place.warn(`${path}.reference`, {
      code: 'bad-reference',
      message: 'The text refers to a briefing, but none is chosen; it is printed without the link.',
      fix: 'Choose the published briefing, or remove the mark.',
    });
    return null;
  }
  if (type === 'lang') {
    const given = fieldOf(definition, 'language');
    const language = typeof given === 'string' ? languageFrom(given) : null;
    if (language !== null) return { _type: 'lang', _key: key, language };
    place.warn(`${path}.language`, {
      code: 'bad-language',
      message: `${nameOf(given)} is not a language tag; the text is printed without it.`,
      fix: 'Choose a language, such as en, ar or zh-Hant.',
    });
    return null;
  }
  place.warn(path, {
    code: 'unknown-mark',
    message: `The mark ${nameOf(type)} is not one of this publication; its text is printed without it.`,
    fix: 'Remove the mark.',
  });
  return null;
}

/** The entry's own key, or one made of its place when it has none that is usable and new. */
function freshKey(entry: unknown, index: number, taken: Set<string>, prefix: string): string {
  const own = fieldOf(entry, '_key');
  let key = typeof own === 'string' && usableKey.test(own) ? own : `${prefix}${index}`;
  for (let again = 2; taken.has(key); again += 1) key = `${prefix}${index}-${again}`;
  taken.add(key);
  return key;
}

function unknownBlock(type: unknown, block: unknown, path: string): Finding {
  return {
    code: 'unknown-block',
    path,
    message: `Expected a paragraph or a picture; found ${nameOfType(type, block)}.`,
    fix: 'Delete this block and write its content as paragraphs.',
  };
}

function tooManySpans(): Problem {
  return error({
    code: 'too-large',
    path: '',
    message: `The answer has more than ${maximumSpans} pieces of text.`,
    fix: 'Clear its formatting, shorten it, or divide it into several briefings.',
  });
}

function nameOfType(type: unknown, value: unknown): string {
  return typeof type === 'string' ? `the type ${quoted(type)}` : describe(value);
}

function nameOf(value: unknown): string {
  return typeof value === 'string' ? quoted(value) : describe(value);
}
