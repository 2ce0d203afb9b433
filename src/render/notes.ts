import type { Briefing, Citation } from '../briefing/model.ts';
import { type Inline, type List, type RichTextNode, richTextTree } from './rich-text-tree.ts';

/** A source as a numbered note, and how often the text points at it. */
export interface Source {
  readonly number: number;
  readonly citation: Citation;
  /** 0 for a source that is listed without being cited. */
  readonly occurrences: number;
}

/** Which note a place in the text points at; its occurrences are counted from 1. */
export interface Note {
  readonly number: number;
  readonly occurrence: number;
}

export interface Notes {
  readonly sources: readonly Source[];
  readonly at: ReadonlyMap<Inline, Note>;
}

/**
 * The sources of a briefing, numbered as the reader meets them; those never cited come last, in
 * the editor's order. A retracted briefing shows no text, so it has none.
 */
export function notesOf(briefing: Briefing): Notes {
  const known = notes.get(briefing);
  if (known) return known;
  const made = briefing.citations.length === 0 || briefing.retraction ? none : number(briefing);
  notes.set(briefing, made);
  return made;
}

const notes = new WeakMap<Briefing, Notes>();
const none: Notes = { sources: [], at: new Map() };

function number({ answers, citations }: Briefing): Notes {
  const byKey = new Map(citations.map((citation) => [citation.key, citation]));
  const counted = new Map<Citation, { number: number; occurrences: number }>();
  const at = new Map<Inline, Note>();
  const cite = (node: Inline): void => {
    if (node.kind === 'citation') {
      const citation = byKey.get(node.citation);
      if (citation) {
        const source = counted.get(citation) ?? { number: counted.size + 1, occurrences: 0 };
        source.occurrences += 1;
        counted.set(citation, source);
        at.set(node, { number: source.number, occurrence: source.occurrences });
      }
    }
    if ('children' in node) node.children.forEach(cite);
  };
  for (const text of [
    answers.whyInTheNews,
    answers.whyWeCare,
    answers.whyYouShouldCare,
    answers.whoElseCares,
    answers.furtherComments,
  ]) {
    for (const node of richTextTree(text)) eachInline(node, cite);
  }
  const cited = [...counted].map(([citation, source]) => ({ citation, ...source }));
  const uncited = citations
    .filter((citation) => !counted.has(citation))
    .map((citation, index) => ({ citation, number: cited.length + index + 1, occurrences: 0 }));
  return { sources: [...cited, ...uncited], at };
}

function eachInline(
  node: RichTextNode | List['items'][number],
  visit: (node: Inline) => void,
): void {
  if ('children' in node) node.children.forEach(visit);
  if ('kind' in node && node.kind === 'list')
    for (const item of node.items) eachInline(item, visit);
  if ('lists' in node) for (const list of node.lists) eachInline(list, visit);
}
