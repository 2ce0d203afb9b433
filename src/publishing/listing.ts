import type { CivilMonth, DocumentId } from '../briefing/model.ts';
import type { Card, LinkedBriefing, Path, ResolvedBriefing } from '../briefing/resolved.ts';
import { resolveBriefing } from '../briefing/resolve.ts';
import type { Month, MonthLine } from './state.ts';
import type { StepContext } from './step-context.ts';

/** How many briefings the home page and the feeds show. */
export const latestCount = 20;

/** Newest first: by date, then first publication, then id. The one order of every list. */
export function newestFirst(
  [a, x]: readonly [DocumentId, Pick<MonthLine, 'date' | 'publishedAt'>],
  [b, y]: readonly [DocumentId, Pick<MonthLine, 'date' | 'publishedAt'>],
): number {
  const left = `${x.date} ${x.publishedAt} ${a}`;
  const right = `${y.date} ${y.publishedAt} ${b}`;
  return left < right ? 1 : left > right ? -1 : 0;
}

/** The ids of the newest briefings, reading as few months as hold them. */
export async function latestIds(
  months: readonly CivilMonth[],
  read: (month: CivilMonth) => Promise<Pick<Month, 'lines'>>,
): Promise<readonly DocumentId[]> {
  const ids: DocumentId[] = [];
  for (const month of [...months].sort().reverse()) {
    if (ids.length >= latestCount) break;
    const { lines } = await read(month);
    ids.push(
      ...Object.entries(lines)
        .sort(newestFirst)
        .map(([id]) => id),
    );
  }
  return ids.slice(0, latestCount);
}

/** The cards of one month, newest first. */
export async function cardsOfMonth(
  context: StepContext,
  month: CivilMonth,
): Promise<readonly Card[]> {
  const { lines } = await context.work.month(month);
  const order = Object.entries(lines).sort(newestFirst);
  return (await Promise.all(order.map(([id, line]) => cardAt(context, id, line.date)))).filter(
    (card) => card !== null,
  );
}

/** The cards of a person in one year, newest first. */
export async function cardsOfPerson(
  context: StepContext,
  person: DocumentId,
  months: readonly CivilMonth[],
): Promise<readonly Card[]> {
  const byMonth = await Promise.all(
    [...months]
      .sort()
      .reverse()
      .map(async (month) => {
        const [links, { lines }] = await Promise.all([
          context.work.links(person, month),
          context.work.month(month),
        ]);
        const order = Object.entries(lines)
          .filter(([id]) => links[id]?.split(' ').includes('person'))
          .sort(newestFirst);
        return Promise.all(order.map(([id, line]) => cardAt(context, id, line.date)));
      }),
  );
  return byMonth
    .flat()
    .filter((card) => card !== null)
    .filter((card) => card.personId === person);
}

/** The card of a briefing that is live, or null. */
export async function liveCard(context: StepContext, id: DocumentId): Promise<Card | null> {
  const entry = await context.work.entry(id);
  return entry?.briefing?.state === 'live' ? cardAt(context, id, entry.briefing.date) : null;
}

async function cardAt(context: StepContext, id: DocumentId, date: string): Promise<Card | null> {
  return (await context.work.cards(date))[id] ?? null;
}

/** A live briefing joined with everything its page or its feed item shows. */
export async function resolvedBriefing(
  context: StepContext,
  id: DocumentId,
  purpose: 'page' | 'feed',
): Promise<{ readonly resolved: ResolvedBriefing; readonly path: Path } | null> {
  const entry = await context.work.entry(id);
  const state = entry?.briefing;
  if (!state || state.state !== 'live' || state.path === null || state.publishedAt === null) {
    return null;
  }
  const briefing = await context.documents.briefing(id);
  if (briefing === null) return null;
  const person = await context.documents.followed(briefing.personId);
  const personEntry = person === null ? undefined : await context.work.entry(person.id);
  const isPage = purpose === 'page';
  const parsed = resolveBriefing({
    briefing,
    references: await context.documents.referencesOf(briefing),
    settings: context.publication.settings,
    history: {
      publishedAt: state.publishedAt,
      // A feed item shows neither: so a neighbour's new headline never rewrites a feed.
      related: isPage ? await linkedBriefings(context, state.related ?? []) : [],
      translations: isPage ? await translationsOf(context, id, briefing.translationOf) : [],
      mentioned: await mentionedPaths(context, briefing.mentionedIds),
      personPath: personEntry?.facet?.path ?? null,
    },
  });
  if (parsed.ok) return { resolved: parsed.value, path: state.path };
  throw new Error(
    `${id} is live but cannot be drawn: ` +
      parsed.problems.map((problem) => `${problem.path} ${problem.code}`).join(', '),
  );
}

async function linkedBriefings(
  context: StepContext,
  ids: readonly DocumentId[],
): Promise<readonly LinkedBriefing[]> {
  const cards = await Promise.all(ids.map((id) => liveCard(context, id)));
  return cards.filter((card) => card !== null).map(linkedBriefing);
}

/** What a page may print of another briefing. */
export function linkedBriefing(card: Card): LinkedBriefing {
  const { id, path, language, date, headline } = card;
  return { id, path, language, date, headline };
}

async function mentionedPaths(
  context: StepContext,
  ids: readonly DocumentId[],
): Promise<ReadonlyMap<DocumentId, Path>> {
  const paths = new Map<DocumentId, Path>();
  for (const card of await Promise.all(ids.map((id) => liveCard(context, id)))) {
    if (card !== null) paths.set(card.id, card.path);
  }
  return paths;
}

/** The original and its translations, those that are live, without the briefing itself. */
async function translationsOf(
  context: StepContext,
  id: DocumentId,
  translationOf: DocumentId | null,
): Promise<readonly LinkedBriefing[]> {
  const original = translationOf ?? id;
  const group = new Set<DocumentId>([original]);
  const entry = await context.work.entry(original);
  for (const bucket of entry?.linkedIn ?? []) {
    const links = await context.work.links(original, bucket);
    for (const [linker, role] of Object.entries(links)) {
      if (!role.split(' ').includes('translation')) continue;
      const translation = await context.documents.briefing(linker);
      if (translation?.translationOf === original) group.add(linker);
    }
  }
  group.delete(id);
  const linked = await linkedBriefings(context, [...group]);
  return [...linked].sort((a, b) => {
    const left = `${a.language} ${a.id}`;
    const right = `${b.language} ${b.id}`;
    return left < right ? -1 : left > right ? 1 : 0;
  });
}
