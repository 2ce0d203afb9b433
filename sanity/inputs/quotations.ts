import { type FormPatch, set, unset } from 'sanity';
import { childOf } from '../../src/briefing/problem.ts';
import { textOfBlock } from './text-of-block.ts';

/** A quotation of an answer, and the source that is written for it. */
export interface Quotation {
  /** The `_key` of its paragraph. */
  readonly key: string;
  /** Its first words, to know it by. */
  readonly opening: string;
  readonly cite: string;
}

/** The quotations of an answer in any state, in its order. An entry of a list is none, as on the page. */
export function quotationsOf(answer: unknown): readonly Quotation[] {
  if (!Array.isArray(answer)) return [];
  return answer.flatMap((block: unknown) => {
    const [key, cite] = [childOf(block, '_key'), childOf(block, 'cite')];
    const isQuotation =
      childOf(block, 'style') === 'blockquote' && childOf(block, 'listItem') === undefined;
    const text = textOfBlock(block).trim();
    if (!isQuotation || typeof key !== 'string' || text === '') return [];
    return [{ key, opening: openingOf(text), cite: typeof cite === 'string' ? cite : '' }];
  });
}

/** Writes the source of one quotation; blank takes it away. */
export function patchOfCite(key: string, cite: string): FormPatch {
  const path = [{ _key: key }, 'cite'];
  return cite.trim() === '' ? unset(path) : set(cite, path);
}

/** Without its own marks: it is shown within marks. */
function openingOf(text: string): string {
  const words = text.replaceAll(/["“”„«»]/g, '').split(/\s+/);
  return words.length <= 6 ? words.join(' ') : `${words.slice(0, 6).join(' ')} …`;
}
