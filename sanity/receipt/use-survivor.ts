import { childOf } from '../../src/briefing/problem.ts';
import { useLakeDocument } from '../inputs/use-lake-document.ts';
import { survivorOf } from './subject.ts';

/** What a merged document goes on as is called; null for what was not merged, and until it is read. */
export function useSurvivor(published: Readonly<Record<string, unknown>> | null): string | null {
  const survivor = useLakeDocument(survivorOf(published));
  if (survivor.state !== 'there') return null;
  const name = childOf(survivor.document, 'name') ?? childOf(survivor.document, 'title');
  return typeof name === 'string' && name.trim() !== '' ? name : null;
}
