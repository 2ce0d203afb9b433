import { isCivilDate, isPartialDate } from '../../briefing/calendar.ts';
import { catalogueFor } from '../../briefing/labels/catalogue-for.ts';
import type { Catalogue } from '../../briefing/labels/catalogue.ts';
import { languageFrom } from '../../briefing/language.ts';
import type { CivilDate, LanguageTag, PartialDate, Person } from '../../briefing/model.ts';
import { childOf, entryPath, joinPath } from '../../briefing/problem.ts';
import { excerptOf, type LintFinding } from './finding.ts';

/** What the rules may know of the person a briefing is about. */
export interface LintPerson {
  readonly kind: Person['kind'];
  /** The name and what else they are called, in any script. */
  readonly names: readonly string[];
  readonly born: PartialDate | null;
  readonly died: PartialDate | null;
}

/** A briefing as its proofreader sees it: lines of text with their places, and a few facts. */
export interface Manuscript {
  readonly language: LanguageTag;
  /** Words of the language, or null where the product knows none: then no words are looked for. */
  readonly words: Catalogue | null;
  readonly date: CivilDate | null;
  readonly person: LintPerson | null;
  /** Every text in its order: headline, summary, captions, answers, corrections; as much as is proofread. */
  readonly lines: readonly Line[];
  readonly answers: readonly Answer[];
  readonly document: unknown;
  /** How many lines stand before a path of the document. */
  lineOf(path: string): number;
}

export interface Answer {
  readonly field: AnswerField;
  readonly lines: readonly Line[];
  readonly cites: boolean;
}

/** The answers in their printed order. */
export const answerFields = [
  'whyInTheNews',
  'whyWeCare',
  'whyYouShouldCare',
  'whoElseCares',
  'furtherComments',
] as const;
export type AnswerField = (typeof answerFields)[number];

/** A paragraph, or a field of one line. */
export class Line {
  readonly path: string;
  readonly field: string;
  /** As written. */
  readonly text: string;
  /** As `text`, as far as it is proofread, with addresses blotted out: their stops and digits are not prose. */
  readonly prose: string;
  readonly #spans: readonly Place[];

  constructor(
    path: string,
    field: string,
    spans: readonly { readonly path: string; readonly text: string }[],
  ) {
    this.path = path;
    this.field = field;
    let from = 0;
    this.#spans = spans.map((span) => {
      const place = { path: span.path, from };
      from += span.text.length;
      return place;
    });
    this.text = spans.map((span) => span.text).join('');
    this.prose = this.text
      .slice(0, proofread.paragraph)
      .replace(address, (found) => 'u'.repeat(found.length));
  }

  /** A finding at a place of this line. */
  finding(place: {
    readonly code: string;
    readonly at: number;
    readonly length: number;
    readonly message: string;
    readonly fix: string;
  }): LintFinding {
    const span = lastAt(this.#spans, place.at);
    return {
      code: place.code,
      path: span?.path ?? this.path,
      at: place.at - (span?.from ?? 0),
      message: place.message,
      fix: place.fix,
      excerpt: excerptOf(this.text, place.at, place.length),
    };
  }
}

/**
 * Characters that are proofread of a paragraph, and of a document: three long briefings. Beyond them a text is
 * an accident or an attack, and nobody reads a hundred thousand findings.
 */
const proofread = { paragraph: 10_000, document: 30_000 } as const;

interface Place {
  readonly path: string;
  readonly from: number;
}

/** The last piece that begins at or before a place; halved, since a long text may have findings all over. */
function lastAt(pieces: readonly Place[], at: number): Place | undefined {
  let [low, high] = [0, pieces.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((pieces[middle]?.from ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return pieces[low - 1];
}

/** Addresses of the web and of mail. Each run of characters is tried from its first alone. */
const address =
  /\b(?:https?:\/\/|www\.)[^\s<>“”"]*[^\s<>“”".,;:!?)\]’']|(?<![\w.+-])[\w.+-]+@[\w.-]*\w/g;

/** Reads a document of the lake, in whatever state it is. */
export function manuscriptOf(given: {
  readonly document: unknown;
  readonly person: LintPerson | null;
}): Manuscript {
  const { document, person } = given;
  const language = languageFrom(textAt(document, 'language')) ?? 'en';
  const words = catalogueFor(language);
  const date = textAt(document, 'date');
  const answers = answerFields.flatMap((field) => answerAt(document, field));
  const lines = [
    ...lineAt(document, 'headline', 'headline'),
    ...lineAt(document, 'summary', 'summary'),
    ...portraitLines(childOf(document, 'portrait'), 'portrait', 'portrait'),
    ...answers.flatMap((answer) => answer.lines),
    ...entriesOf(document, 'corrections').flatMap(({ entry, path }) =>
      lineAt(entry, joinPath(path, 'text'), 'corrections'),
    ),
    ...lineAt(childOf(document, 'retraction'), 'retraction.reason', 'retraction'),
  ];
  const places = new Map(lines.map((line, index) => [line.path, index]));
  return {
    language,
    words: words.language === language.split('-')[0] ? words : null,
    date: isCivilDate(date) ? date : null,
    person,
    lines: beginningOf(lines),
    answers,
    document,
    lineOf: (path) => places.get(path) ?? places.get(lineOfSpan(path)) ?? lines.length,
  };
}

/** The lines until there is enough to proofread. */
function beginningOf(lines: readonly Line[]): readonly Line[] {
  let read = 0;
  return lines.filter(({ prose }) => {
    const isRead = read < proofread.document;
    read += prose.length;
    return isRead;
  });
}

/** The person as the rules want them, from their document in any state. */
export function lintPersonOf(document: unknown): LintPerson {
  const kind = childOf(document, 'kind');
  const [born, died] = [textAt(document, 'born'), textAt(document, 'died')];
  const aliases = childOf(document, 'alsoKnownAs');
  return {
    kind: kind === 'organisation' || kind === 'group' ? kind : 'individual',
    names: [
      textAt(document, 'name'),
      textAt(document, 'sortName'),
      ...(Array.isArray(aliases) ? aliases.filter((alias) => typeof alias === 'string') : []),
    ].filter((name) => name.trim() !== ''),
    born: isPartialDate(born) ? born : null,
    died: isPartialDate(died) ? died : null,
  };
}

function answerAt(document: unknown, field: AnswerField): Answer[] {
  const blocks = entriesOf(document, field);
  if (blocks.length === 0) return [];
  return [
    {
      field,
      lines: blocks.flatMap(({ entry, path }) =>
        childOf(entry, '_type') === 'portrait'
          ? portraitLines(entry, path, field)
          : blockLine(entry, path, field),
      ),
      cites: blocks.some(({ entry }) => citesSomething(entry)),
    },
  ];
}

function blockLine(block: unknown, path: string, field: string): Line[] {
  const spans = entriesOf(block, 'children').map(({ entry, path: at }) => ({
    path: joinPath(path, at),
    text: textAt(entry, 'text'),
  }));
  return spans.every(({ text }) => text.trim() === '') ? [] : [new Line(path, field, spans)];
}

/** True when words of the block carry the mark of a citation. */
function citesSomething(block: unknown): boolean {
  const citing = new Set(
    entriesOf(block, 'markDefs')
      .filter(({ entry }) => childOf(entry, '_type') === 'citation')
      .map(({ entry }) => childOf(entry, '_key')),
  );
  if (citing.size === 0) return false;
  return entriesOf(block, 'children').some(({ entry }) => {
    const marks = childOf(entry, 'marks');
    return Array.isArray(marks) && marks.some((mark) => citing.has(mark));
  });
}

function portraitLines(portrait: unknown, path: string, field: string): Line[] {
  return [
    ...lineAt(portrait, joinPath(path, 'caption'), field),
    ...lineAt(portrait, joinPath(path, 'alt'), field),
  ];
}

/** The text of a record that is the last step of a path. */
function lineAt(record: unknown, path: string, field: string): Line[] {
  const text = textAt(record, path.slice(path.lastIndexOf('.') + 1));
  return text.trim() === '' ? [] : [new Line(path, field, [{ path, text }])];
}

function entriesOf(record: unknown, field: string): { entry: unknown; path: string }[] {
  const list = childOf(record, field);
  if (!Array.isArray(list)) return [];
  return list.map((entry: unknown, index) => ({ entry, path: entryPath(field, entry, index) }));
}

function textAt(record: unknown, field: string): string {
  const text = childOf(record, field);
  return typeof text === 'string' ? text : '';
}

/** The paragraph that a piece of text belongs to. */
function lineOfSpan(path: string): string {
  const [line = path] = path.split('.children[', 1);
  return line;
}
