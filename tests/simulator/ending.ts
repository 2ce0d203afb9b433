import type { DocumentId } from '../../src/briefing/model.ts';
import { poison, type Broken } from './broken-for-good.ts';
import type { Excused } from './liveness.ts';
import { briefing, type Edit } from './newsroom.ts';

/**
 * How a history ends when it ends with a night: hours in which nothing goes wrong by chance, and perhaps one
 * thing is broken for good. An edit of the settings has the whole site drawn again meanwhile.
 */
export interface Ending {
  readonly broken: Broken | null;
  readonly edits: readonly LastEdit[];
}
export interface LastEdit extends Edit {
  /** No delivery tells of it. */
  readonly isLost: boolean;
}

export const victim = 'b-five';
const lostEdit = 'b-three';
const lostDeletion = 'b-four';

/** Each kind in turn; of those with a document, a new one and one that stands. */
export function endingOf(seed: number): Ending {
  const kinds: readonly (Broken | null)[] = [
    { kind: 'document-kills', id: victim },
    { kind: 'whole-site-work' },
    { kind: 'document-throws', id: victim },
    { kind: 'purge' },
    {
      kind: 'query',
      query: (['counts', 'revisions', 'revisions-since'] as const)[seed % 3] ?? 'counts',
    },
    null,
  ];
  return endingWith(kinds[seed % kinds.length] ?? null);
}

export function endingWith(broken: Broken | null): Ending {
  return { broken, edits: lastEdits(broken) };
}

/** What must stand before: written by nobody's fault, and known to the publisher. */
export function standingBefore(): readonly Edit[] {
  return ['b-one', 'b-two', lostEdit, lostDeletion, victim].map((id) => published(id, 'Before', 0));
}

/** What depends on the thing that is broken. */
export function excusedBy(broken: Broken | null): Excused {
  switch (broken?.kind) {
    case undefined:
    case 'purge':
      return { documents: [], promises: [] };
    case 'document-kills':
    case 'document-throws':
      return { documents: [broken.id], promises: [] };
    case 'whole-site-work':
      // To find a deletion everything is compared, and the two of the night are such work as well.
      return {
        documents: [lostDeletion],
        promises: ['the deep check', 'the collector', 'dead letters'],
      };
    case 'query':
      // The comparison of a quarter of an hour is that query; a deletion takes a count and a full list.
      return {
        documents: broken.query === 'revisions-since' ? [lostEdit, lostDeletion] : [lostDeletion],
        promises: [],
      };
  }
}

function lastEdits(broken: Broken | null): readonly LastEdit[] {
  const told = (edit: Edit): LastEdit => ({ ...edit, isLost: false });
  const lost = (edit: Edit): LastEdit => ({ ...edit, isLost: true });
  const { after: _, ...renaming } = published('siteSettings', 'x', 0);
  return [
    told({ ...renaming, after: 1000, kind: 'patch', fields: { name: 'The Evening Why' } }),
    ...(broken !== null && 'id' in broken ? [told(published(broken.id, poison, 3000))] : []),
    told(published('b-one', 'One more word', 7000)),
    lost(published(lostEdit, 'Nobody was told', 40_000)),
    told(published('b-two', 'And one', 20_000)),
    lost({ after: 10_000, kind: 'unpublish', id: lostDeletion, fields: {} }),
    told(published('b-one', 'Corrected', 100_000)),
    told(published('b-two', 'Corrected too', 200_000)),
    told(published('b-one', 'Corrected again', 300_000)),
  ];
}

/** Its id is its slug, and it speaks of nobody else. */
function published(id: DocumentId, headline: string, after: number): Edit {
  const about = {
    headline: `${headline} of ${id}`,
    slug: `last-${id}`,
    date: '2026-10-30',
    person: 'p-ada',
  };
  return { after, kind: 'publish', id, fields: briefing(about) };
}
