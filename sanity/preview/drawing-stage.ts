import { stage } from '#stage';
import { parseOnce } from '../../src/briefing/parse-once.ts';
import { edition } from '../../src/publishing/edition.ts';
import type { DrawingStage } from '../../src/publishing/planned-edit.ts';

// What surrounds a document stays while letters are typed: it need not be parsed with each of them.
const parse = parseOnce();

/** This Studio's stage at an instant, for drawing what an edit makes. */
export function drawingStage(now: string): DrawingStage {
  const { baseUrl, tagAuthority } = stage;
  return { baseUrl, tagAuthority, renderers: edition, parse, now };
}
