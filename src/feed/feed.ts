import type { Instant } from '../briefing/model.ts';
import type { Path, Publication, ResolvedBriefing } from '../briefing/resolved.ts';
import type { Availability } from '../render/surface.ts';
import type { Part } from '../site/outgoing-links.ts';

/** A feed before it takes a format. */
export interface Feed {
  readonly publication: Publication;
  /** A closed month of the archive chain, or the latest. */
  readonly isArchive: boolean;
  readonly updatedAt: Instant;
  readonly entries: readonly FeedEntry[];
  readonly addresses: {
    readonly path: Path;
    /** The next older month of the archive chain. */
    readonly older: Path | null;
  };
}

export interface FeedEntry {
  readonly resolved: ResolvedBriefing;
  /** A `tag:` URI, which survives any change of address. */
  readonly id: string;
  readonly path: Path;
  /** The whole briefing, every address absolute. */
  readonly html: Part<string>;
  readonly available: Availability | undefined;
}
