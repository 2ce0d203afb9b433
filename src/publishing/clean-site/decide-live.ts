import type { Briefing, DocumentId, Instant, SiteSettings } from '../../briefing/model.ts';
import { cardOf, resolveBriefing } from '../../briefing/resolve.ts';
import type { Publication } from '../../briefing/resolved.ts';
import { instantOf } from '../../briefing/time-zone.ts';
import { briefingPath } from '../../site/paths.ts';
import { briefingAddress } from '../ledger.ts';
import type { DocumentProblems } from '../problems.ts';
import type { BuildDocuments, CleanSiteInput } from './decided-site.ts';
import { type Live, type Outline, outlineOf } from './outline.ts';

/** What is live: by the documents, their instants, and the ledger's holders. */
export async function decideLive(
  input: CleanSiteInput,
  publication: Publication,
  documents: BuildDocuments,
  candidates: readonly Outline[],
  asOf: Instant,
  problems: DocumentProblems[],
): Promise<ReadonlyMap<DocumentId, Live>> {
  const { history } = input;
  const { settings } = publication;
  const live = new Map<DocumentId, Live>();
  const taken = new Map<string, DocumentId>();
  const holders = new Map(
    [...history.addresses].flatMap(([address, { holder }]) =>
      holder === null ? [] : [[address, holder]],
    ),
  );
  const fallbackOf = (id: DocumentId): Briefing | null => {
    const document = documents.shown.get(id);
    return document?.type === 'briefing' ? document : null;
  };
  const consider = async (outline: Outline, isFallback: boolean): Promise<boolean> => {
    const { id } = outline;
    const briefing = withoutProse(outline);
    const past = history.briefings.get(id);
    const parsed = resolveBriefing({
      briefing,
      references: await documents.referencesOf(briefing),
      settings,
      history: {
        publishedAt: past?.publishedAt ?? firstPublication(briefing, settings),
        related: [],
        translations: [],
        mentioned: new Map(),
        personPath: null,
      },
    });
    if (!parsed.ok) {
      problems.push({ id, type: 'briefing', problems: parsed.problems });
      return false;
    }
    if (briefing.unpublishAt !== null && briefing.unpublishAt <= asOf) return true;
    const address = briefingAddress(briefing.language, briefing.slug);
    const holder = holders.get(address) ?? taken.get(address);
    if (briefing.publishAt !== null && briefing.publishAt > asOf) {
      // Embargoed; or too late for an embargo, and then an older revision is what is shown.
      const isShown = isFallback && holder === id;
      if (!isShown) return fallbackOf(id) === null;
    }
    if (holder !== undefined && holder !== id) {
      problems.push({ id, type: 'briefing', problems: [slugTaken(holder)] });
      return false;
    }
    const { language, slug } = briefing;
    const path = briefingPath({ slug, language, publicationLanguage: settings.language });
    const card = { ...cardOf(parsed.value, path), personId: parsed.value.person.id };
    taken.set(address, id);
    live.set(id, { outline, isFallback, path, card });
    return true;
  };

  const ids = new Set(candidates.map(({ id }) => id));
  const byAge = [...candidates].sort((a, b) =>
    `${a.createdAt} ${a.id}` < `${b.createdAt} ${b.id}` ? -1 : 1,
  );
  for (const candidate of byAge) {
    if (await consider(candidate, false)) continue;
    const fallback = fallbackOf(candidate.id);
    if (fallback !== null && fallback.rev !== candidate.rev) {
      await consider(outlineOf(fallback), true);
    }
  }
  for (const id of documents.shown.keys()) {
    const fallback = ids.has(id) ? null : fallbackOf(id);
    // In the lake but refused, or removed but kept by the guard.
    const isKept = input.documents.has(id) || history.briefings.get(id)?.removalRefused === true;
    if (fallback !== null && isKept) await consider(outlineOf(fallback), true);
  }
  return live;
}

function slugTaken(holder: DocumentId): DocumentProblems['problems'][number] {
  return {
    code: 'slug-taken',
    path: 'slug',
    severity: 'error',
    message: `Another briefing, ${holder}, is live at this address.`,
    fix: 'Choose another slug, or change the other one first.',
  };
}

/** In a build without history a briefing first appeared at noon of its date. */
function firstPublication(briefing: Briefing, settings: SiteSettings): Instant {
  return instantOf(briefing.date, '12:00', settings.timeZone);
}

/** An outline where a briefing is asked for, but none of its prose. */
function withoutProse(outline: Outline): Briefing {
  return { ...outline, citations: [], answers: noAnswers };
}

const noAnswers = {
  whyInTheNews: [],
  whyWeCare: [],
  whyYouShouldCare: [],
  whoElseCares: [],
  furtherComments: [],
} as const satisfies Briefing['answers'];
