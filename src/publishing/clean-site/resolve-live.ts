import type { Briefing, DocumentId } from '../../briefing/model.ts';
import { resolveBriefing } from '../../briefing/resolve.ts';
import type { LinkedBriefing, ResolvedBriefing } from '../../briefing/resolved.ts';
import { linkedBriefing } from '../listing.ts';
import type { CleanSiteInput, DecidedSite } from './decided-site.ts';
import { judgementOf } from './judgement.ts';
import type { Live, Outline } from './outline.ts';

/** A live briefing as its page shows it, with all that it refers to. */
export async function resolvedFor(
  input: CleanSiteInput,
  site: DecidedSite,
  each: Live,
): Promise<ResolvedBriefing> {
  const { history } = input;
  const briefing = briefingOf(input, each);
  const past = history.briefings.get(briefing.id);
  const person = await site.documents.followed(briefing.personId);
  const linked = (ids: readonly DocumentId[]): LinkedBriefing[] =>
    ids.flatMap((id) => {
      const found = site.live.get(id);
      return found === undefined ? [] : [linkedBriefing(found.card)];
    });
  const original = briefing.translationOf ?? briefing.id;
  const group = [original, ...(site.translations.get(original) ?? [])].filter(
    (id) => id !== briefing.id,
  );
  const parsed = resolveBriefing({
    briefing,
    references: await site.documents.referencesOf(briefing),
    settings: site.publication.settings,
    history: {
      publishedAt: each.card.publishedAt,
      related: linked(past?.related ?? chooseWithoutHistory(site, each.outline)),
      translations: linked(group).sort((a, b) =>
        `${a.language} ${a.id}` < `${b.language} ${b.id}` ? -1 : 1,
      ),
      mentioned: new Map(
        briefing.mentionedIds.flatMap((id) => {
          const path = site.live.get(id)?.path;
          return path === undefined ? [] : [[id, path]];
        }),
      ),
      personPath: person === null ? null : (site.people.get(person.id)?.path ?? null),
    },
  });
  if (parsed.ok) return parsed.value;
  throw new Error(
    `${briefing.id} was live a moment ago: ${parsed.problems.map(({ code }) => code).join(', ')}`,
  );
}

/** The briefing of an outline, prose and all: read and parsed again, since nobody has kept it. */
function briefingOf(
  { documents, history, parse }: CleanSiteInput,
  { outline, isFallback }: Live,
): Briefing {
  const { id } = outline;
  const document = isFallback ? history.snapshots.get(id) : documents.get(id);
  const parsed = parse(document, isFallback ? 'accepted' : judgementOf(id, document, history));
  if (parsed.ok && parsed.value.type === 'briefing') return parsed.value;
  throw new Error(`${id} could be read a moment ago and cannot now: the documents have changed`);
}

/** A feed item shows neither: so a neighbour's new headline never rewrites a feed. */
export function forFeed(resolved: ResolvedBriefing): ResolvedBriefing {
  return { ...resolved, related: [], translations: [] };
}

/** Without a history the choice is made as it would have been made in order of publication. */
function chooseWithoutHistory(site: DecidedSite, outline: Outline): readonly DocumentId[] {
  const { earlier, live } = site;
  const chosen = new Set(outline.relatedIds.filter((id) => live.has(id) && id !== outline.id));
  for (const among of [
    [`person ${outline.personId}`],
    outline.countryIds.map((id) => `country ${id}`),
    outline.topicIds.map((id) => `topic ${id}`),
  ]) {
    if (chosen.size >= relatedCount) break;
    for (const id of earlier.than(outline, among, relatedCount + chosen.size)) chosen.add(id);
  }
  return [...chosen].slice(0, relatedCount);
}

const relatedCount = 3;
