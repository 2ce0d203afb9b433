import { strongReferences, type DocumentChange, type LakeDocument } from './documents.ts';
import { mutationRefusal } from './errors.ts';

/** Who holds a strong reference to whom, kept up to date with every commit. */
export interface ReferenceIndex {
  record(changes: readonly DocumentChange[]): void;
  referrersOf(id: string): ReadonlySet<string>;
  clear(): void;
}

export function createReferenceIndex(): ReferenceIndex {
  const referrers = new Map<string, Set<string>>();
  const none: ReadonlySet<string> = new Set();
  return {
    record(changes) {
      for (const { id, before, after } of changes) {
        for (const target of before === null ? [] : strongReferences(before)) {
          referrers.get(target)?.delete(id);
        }
        for (const target of after === null ? [] : strongReferences(after)) {
          const holders = referrers.get(target) ?? new Set();
          referrers.set(target, holders.add(id));
        }
      }
    },
    referrersOf: (id) => referrers.get(id) ?? none,
    clear: () => referrers.clear(),
  };
}

/**
 * Throws 409 when a commit would leave a strong reference without its target: a changed document
 * pointing at nothing, or a deleted one still pointed at.
 */
export function checkIntegrity({
  changes,
  read,
  index,
}: {
  changes: readonly DocumentChange[];
  read: (id: string) => LakeDocument | undefined;
  index: ReferenceIndex;
}): void {
  const changed = new Map(changes.map((change) => [change.id, change.after]));
  const final = (id: string) => (changed.has(id) ? changed.get(id) : read(id)) ?? null;

  for (const [position, { id, before, after }] of changes.entries()) {
    if (after !== null) {
      for (const target of strongReferences(after)) {
        if (final(target) !== null) continue;
        throw mutationRefusal(409, {
          index: position,
          type: 'documentReferenceDoesNotExistError',
          id,
          referenceID: target,
          description: `Document "${id}" references non-existent document "${target}"`,
        });
      }
    } else if (before !== null) {
      const holders = [...index.referrersOf(id)].filter((holder) => {
        const document = final(holder);
        return document !== null && strongReferences(document).has(id);
      });
      if (holders.length > 0) {
        throw mutationRefusal(409, {
          index: position,
          type: 'documentHasExistingReferencesError',
          id,
          referencingIDs: holders,
          description: `Document "${id}" cannot be deleted as there are references to it from "${holders[0]}"`,
        });
      }
    }
  }
}
