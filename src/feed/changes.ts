import type { DocumentId } from '../briefing/model.ts';
import type { Path } from '../briefing/resolved.ts';

/**
 * One line of the change feed. Never re-rendered, so it holds no headline and no text:
 * what is taken down later leaves nothing behind here.
 */
export interface ChangeEntry {
  /** Number of the entry, from 1, without gaps. */
  readonly seq: number;
  readonly id: DocumentId;
  readonly kind: 'published' | 'updated' | 'moved' | 'corrected' | 'retracted' | 'removed';
  readonly address: Path;
  /** Content hash of the JSON under `/v1/briefings/`. */
  readonly contentHash: string;
  /** The release that made the change. */
  readonly release: number;
}
