import type { Briefing, CivilMonth, DocumentId } from '../briefing/model.ts';
import type { Card } from '../briefing/resolved.ts';
import { monthsBack, relatedCount } from './related.ts';

/**
 * What would be chosen as related for a briefing, from the briefings at hand: the rule of `related.ts`
 * over documents instead of the inbound index. By hand, then the same person, country, topic; newest
 * first, ties by id; of each only the last months that speak of it.
 */
export function likelyRelated(
  briefing: Briefing,
  briefings: ReadonlyMap<DocumentId, Briefing>,
  live: ReadonlyMap<DocumentId, { readonly card: Card }>,
): readonly DocumentId[] {
  const chosen = new Set(briefing.relatedIds.filter((id) => live.has(id) && id !== briefing.id));
  const about = live.get(briefing.id)?.card.personId ?? briefing.personId;
  const sources: readonly (readonly ((other: Briefing) => boolean)[])[] = [
    [(other) => (live.get(other.id)?.card.personId ?? other.personId) === about],
    briefing.countryIds.map((id) => (other) => other.countryIds.includes(id)),
    briefing.topicIds.map((id) => (other) => other.topicIds.includes(id)),
  ];
  for (const targets of sources) {
    if (chosen.size >= relatedCount) break;
    const found = targets.flatMap((shows) =>
      earlier(briefing, [...briefings.values()].filter(shows)),
    );
    const order = found
      .filter(({ id }) => live.has(id))
      .sort((a, b) => (a.date === b.date ? (a.id < b.id ? -1 : 1) : a.date > b.date ? -1 : 1));
    for (const { id } of order) chosen.add(id);
  }
  return [...chosen].slice(0, relatedCount);
}

/** Those before a briefing, within the last months that have some, its own counted. */
function earlier(briefing: Briefing, others: readonly Briefing[]): readonly Briefing[] {
  const monthOf = ({ date }: Briefing): CivilMonth => date.slice(0, 7);
  const months = [...new Set([briefing, ...others].map(monthOf))]
    .filter((month) => month <= monthOf(briefing))
    .sort()
    .slice(-monthsBack);
  return others.filter(
    (other) =>
      months.includes(monthOf(other)) &&
      (other.date < briefing.date || (other.date === briefing.date && other.id < briefing.id)),
  );
}
