import type { CivilMonth, DocumentId } from '../briefing/model.ts';
import type { Card, Path } from '../briefing/resolved.ts';

/** What the rest of the site can see of one briefing. Null stands for “not on the site”. */
export interface BriefingFacts {
  readonly id: DocumentId;
  readonly path: Path;
  readonly card: Card;
  /** The person whose page lists it. */
  readonly personId: DocumentId;
  /** Content hash of its JSON: changes with anything its feed items show. */
  readonly contentHash: string;
}

/** What must be known of the surroundings; all of it small. */
export interface Surroundings {
  /** The newest 20 by id, newest first, before and after. */
  readonly latestBefore: readonly DocumentId[];
  readonly latestAfter: readonly DocumentId[];
  /** Months with live briefings before and after, oldest first. */
  readonly monthsBefore: readonly CivilMonth[];
  readonly monthsAfter: readonly CivilMonth[];
  /** Whether a month has ended, so that its archive feed is in the chain. */
  readonly isClosed: (month: CivilMonth) => boolean;
}

/** The lists that an edit touches, by what they are of. Pages of the briefing itself and its linkers apart. */
export interface AffectedLists {
  readonly months: ReadonlySet<CivilMonth>;
  readonly feedMonths: ReadonlySet<CivilMonth>;
  readonly sitemapYears: ReadonlySet<string>;
  /** Person → years of their page that change. */
  readonly people: ReadonlyMap<DocumentId, ReadonlySet<string>>;
  /** Home, archive index, feeds, contract index, sitemap index. */
  readonly site: boolean;
  /** Briefings that link here must be drawn again. */
  readonly linkers: boolean;
}

/** Which lists one briefing's change touches: pure, and the same in the step, the plan and the Studio. */
export function affectedLists(
  before: BriefingFacts | null,
  after: BriefingFacts | null,
  around: Surroundings,
): AffectedLists {
  const months = new Set<CivilMonth>();
  const feedMonths = new Set<CivilMonth>();
  const sitemapYears = new Set<string>();
  const people = new Map<DocumentId, Set<string>>();
  const cardChanged = !sameCard(before?.card, after?.card);
  const contentChanged = before?.contentHash !== after?.contentHash;

  for (const facts of [before, after]) {
    if (facts === null) continue;
    const month = monthOfCard(facts.card);
    if (cardChanged) {
      months.add(month);
      const years = people.get(facts.personId) ?? new Set<string>();
      people.set(facts.personId, years.add(month.slice(0, 4)));
    }
    if (contentChanged && around.isClosed(month)) feedMonths.add(month);
    if (sitemapLine(before) !== sitemapLine(after)) sitemapYears.add(month.slice(0, 4));
  }

  const appeared = around.monthsAfter.filter((month) => !around.monthsBefore.includes(month));
  const vanished = around.monthsBefore.filter((month) => !around.monthsAfter.includes(month));
  for (const month of [...appeared, ...vanished]) {
    // Neighbours point at each other by “newer” and “older”; archive feeds only at the older one.
    const { newer, older } = neighbours(around.monthsAfter, month);
    if (newer !== null) {
      months.add(newer);
      if (around.isClosed(newer)) feedMonths.add(newer);
    }
    if (older !== null) months.add(older);
  }

  const inLatest = (id: DocumentId): boolean =>
    around.latestBefore.includes(id) || around.latestAfter.includes(id);
  const id = after?.id ?? before?.id;
  return {
    months,
    feedMonths,
    sitemapYears,
    people,
    site:
      appeared.length + vanished.length > 0 ||
      (id !== undefined && (cardChanged || contentChanged) && inLatest(id)),
    linkers: linkText(before) !== linkText(after),
  };
}

/** The months on either side of one, which need not be among them. */
export function neighbours(
  months: readonly CivilMonth[],
  month: CivilMonth,
): { readonly newer: CivilMonth | null; readonly older: CivilMonth | null } {
  return {
    newer: months.find((each) => each > month) ?? null,
    older: months.findLast((each) => each < month) ?? null,
  };
}

export function monthOfCard(card: Pick<Card, 'date'>): CivilMonth {
  return card.date.slice(0, 7);
}

function sameCard(a: Card | undefined, b: Card | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function sitemapLine(facts: BriefingFacts | null): string {
  return facts === null ? '' : `${facts.path} ${facts.card.modifiedAt} ${facts.card.date}`;
}

/** What a page that links here prints of it: `LinkedBriefing`. */
function linkText(facts: BriefingFacts | null): string {
  if (facts === null) return '';
  const { path, language, date, headline } = facts.card;
  return JSON.stringify([path, language, date, headline]);
}
