import type { Instant } from '../briefing/model.ts';
import type { Path, Publication, ResolvedBriefing } from '../briefing/resolved.ts';
import type { Surface } from '../render/surface.ts';

/** A feed before it takes a format. */
export interface Feed {
  readonly publication: Publication;
  /** A closed month of the archive chain, or the latest. */
  readonly isArchive: boolean;
  readonly updatedAt: Instant;
  readonly entries: readonly FeedEntry[];
  readonly addresses: {
    readonly path: Path;
    /** The feed of the latest, in the same format. */
    readonly current: string;
    /** The next older month of the archive chain. */
    readonly older: string | null;
  };
}

export interface FeedEntry {
  readonly resolved: ResolvedBriefing;
  readonly surface: Surface;
  /** A `tag:` URI, which survives any change of address. */
  readonly id: string;
  readonly url: string;
  /** The whole briefing, every address absolute. */
  readonly html: string;
}
