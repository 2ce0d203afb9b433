/**
 * The rules that make publishing safe, each behind a switch, so that the simulator can prove that
 * it is needed: with one off, histories break. Production code never sets one.
 */
export interface Rules {
  /** Writes of public objects carry `If-Match` with the ETag that the release expects. */
  readonly conditionalObjects: boolean;
  /** Every change of a key has bytes that never stood there before. */
  readonly stamp: boolean;
  /** The root is read before the lake. */
  readonly rootBeforeLake: boolean;
  /** A committed release is finished before another is made. */
  readonly finishFirst: boolean;
  /** New targets, pages, indexes, removals: in this order. */
  readonly order: 'targets-pages-indexes-removals' | 'indexes-first' | 'removals-first';
  /** The root is swapped before the first public write. */
  readonly commitBeforeApply: boolean;
  /** A document is read by id; a query only names what to read. */
  readonly strongRead: boolean;
  /** A release stores its bytes before the commit (rule 1). */
  readonly bundle: boolean;
  /** More dependants than a chunk wait in the root (rule 3). */
  readonly pendingInRoot: boolean;
  /** A removed page stays until its linkers have changed (rule 3). */
  readonly removalWaits: boolean;
  /** Who links to a briefing is known from the inbound index (rule 5). */
  readonly inboundIndex: boolean;
  /** A node is collected only when no root of the last 90 days names it (rule 6). */
  readonly collectionAge: boolean;
  /** Due instants are found by `nextDue` (rule 8). */
  readonly due: boolean;
  /** Code of another epoch never commits (rule 9). */
  readonly epoch: boolean;
  /** Mass removals are refused (rule 12). */
  readonly guard: boolean;
  /** Only `omitted: existence` is absence (rule 11). */
  readonly absentMeansAbsent: boolean;
  /** The reconciler looks one hour behind its watermark (rule 13). */
  readonly watermarkOverlap: boolean;
  /** Moved and gone objects of an id point to where it is now. */
  readonly ledgerFollows: boolean;
  /** Claimants of a freed address are looked at again. */
  readonly claimants: boolean;
  /** The stamp covers status, location, type and cache rule (rule 15). */
  readonly stampCoversMetadata: boolean;
  /** Related briefings are chosen once (rule 17). */
  readonly relatedOnce: boolean;
  /** An older revision than the accepted one is ignored. */
  readonly revisionGuard: boolean;
}

export const allRules: Rules = {
  conditionalObjects: true,
  stamp: true,
  rootBeforeLake: true,
  finishFirst: true,
  order: 'targets-pages-indexes-removals',
  commitBeforeApply: true,
  strongRead: true,
  bundle: true,
  pendingInRoot: true,
  removalWaits: true,
  inboundIndex: true,
  collectionAge: true,
  due: true,
  epoch: true,
  guard: true,
  absentMeansAbsent: true,
  watermarkOverlap: true,
  ledgerFollows: true,
  claimants: true,
  stampCoversMetadata: true,
  relatedOnce: true,
  revisionGuard: true,
};
