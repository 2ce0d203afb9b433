import type { DocumentId } from '../../src/briefing/model.ts';
import type { PlannedEdit, PlannedWrite } from '../../src/publishing/planned-edit.ts';

/** A part of a plan that an editor looks at as one thing. */
export interface PlanGroup {
  readonly title: string;
  readonly explanation: string;
  readonly writes: readonly PlannedWrite[];
}

/** What a write is of, by its address. */
export type Place = 'page' | 'list' | 'feed' | 'machine';

export function placeOf({ path }: Pick<PlannedWrite, 'path'>): Place {
  if (/^(?:\/[a-z-]+)?\/briefings\/[^/]+\/$/.test(path)) return 'page';
  if (/^\/(?:feed\.json|rss\.xml|atom\.xml|feeds\/.*)$/.test(path)) return 'feed';
  if (path.endsWith('/') || path === '/404.html') return 'list';
  return 'machine';
}

/** “Publishing changes 1 page, 2 lists and 3 feeds; 1 purge.” */
export function summaryOf(plan: PlannedEdit, doing = 'Publishing'): string {
  const count = (place: Place): number =>
    plan.writes.filter((write) => placeOf(write) === place).length;
  const parts = [
    counted(count('page'), 'page'),
    counted(count('list'), 'list'),
    counted(count('feed'), 'feed'),
    counted(count('machine'), 'file for other programs', 'files for other programs'),
  ].filter((part) => part !== null);
  if (parts.length === 0) return 'Nothing would change.';
  const purges = counted(plan.purges, 'purge') ?? 'no purge';
  return `${doing} changes ${listed(parts)}; ${purges}.`;
}

/** The writes in groups, in the order in which an editor thinks of them; empty ones left out. */
export function groupsOf(plan: PlannedEdit, edited: readonly DocumentId[]): readonly PlanGroup[] {
  const { writes } = plan;
  const own = ({ of, path }: PlannedWrite): boolean =>
    (of !== null && edited.includes(of)) || edited.some((id) => path === `/v1/people/${id}.json`);
  const groups: readonly PlanGroup[] = [
    {
      title: 'The document itself',
      explanation: 'Its page, and the same as plain text, Markdown and JSON.',
      writes: writes.filter(own),
    },
    {
      title: 'Pages that follow',
      explanation: 'Other briefings that show something of it.',
      writes: writes.filter((write) => !own(write) && placeOf(write) === 'page'),
    },
    {
      title: 'Lists',
      explanation: 'Home, archive and people.',
      writes: writes.filter((write) => !own(write) && placeOf(write) === 'list'),
    },
    {
      title: 'Feeds',
      explanation: 'What readers have subscribed to.',
      writes: writes.filter((write) => placeOf(write) === 'feed'),
    },
    {
      title: 'For other programs',
      explanation: 'Sitemaps, text twins, and the JSON that other sites read.',
      writes: writes.filter((write) => !own(write) && placeOf(write) === 'machine'),
    },
  ];
  return groups.filter((group) => group.writes.length > 0);
}

/** What follows without an address in the plan, in sentences. */
export function footnotesOf(plan: PlannedEdit): readonly string[] {
  const { followers, beyond, redirectsOf, allRedirects, unsettled } = plan;
  return [
    ...(followers.length === 1 ? ['One other briefing changes with it.'] : []),
    ...(followers.length > 1 ? [`${followers.length} other briefings change with it.`] : []),
    ...(beyond > 0
      ? [
          `About ${beyond} more briefings may change too. They follow in the next releases and are not listed here.`,
        ]
      : []),
    ...(redirectsOf.length > 0
      ? ['If it has had other addresses before, what stands there leads to the new place too.']
      : []),
    ...(allRedirects ? ['Every redirect and every “gone” page is written again as well.'] : []),
    ...(unsettled.length > 0
      ? [
          'Some briefings are still on their way to readers, or their newest version was refused. For them the plan can be wrong; their receipts say more.',
        ]
      : []),
  ];
}

function counted(count: number, one: string, many = `${one}s`): string | null {
  return count === 0 ? null : `${count} ${count === 1 ? one : many}`;
}

function listed(parts: readonly string[]): string {
  const [last, ...others] = [...parts].reverse();
  return others.length === 0 ? (last ?? '') : `${others.reverse().join(', ')} and ${last ?? ''}`;
}
