import type { Briefing } from '../../briefing/model.ts';
import type { Card, Path } from '../../briefing/resolved.ts';

/**
 * A briefing without its prose: all that is needed to decide what is live and to list it. The prose of
 * a large lake is read again, briefing by briefing, when its page is drawn.
 */
export type Outline = Omit<Briefing, 'answers' | 'citations'>;

/** A live briefing: where it stands, and its line in the lists. */
export interface Live {
  readonly outline: Outline;
  /** The document of the outline, as fetched: in the lake, or a last valid version in the history. */
  readonly isFallback: boolean;
  readonly path: Path;
  readonly card: Card;
}

/** A briefing without its prose. */
export function outlineOf({
  answers: _answers,
  citations: _citations,
  ...outline
}: Briefing): Outline {
  return outline;
}
