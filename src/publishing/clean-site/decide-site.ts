import type {
  CivilMonth,
  DocumentId,
  Person,
  Redirect,
  SiteSettings,
} from '../../briefing/model.ts';
import type { Card, Path, Publication } from '../../briefing/resolved.ts';
import { personPath } from '../../site/paths.ts';
import type { History } from '../history.ts';
import { personAddress } from '../ledger.ts';
import { newestFirst } from '../listing.ts';
import type { DocumentProblems } from '../problems.ts';
import { problemOfDrawing } from '../problem-of-drawing.ts';
import { settingsId, SettingsMissing } from '../settings-document.ts';
import { addTo } from './add-to.ts';
import { decideLive } from './decide-live.ts';
import { BuildDocuments, type CleanSiteInput, type DecidedSite } from './decided-site.ts';
import { Earlier } from './earlier.ts';
import { judgementOf } from './judgement.ts';
import { type Live, type Outline, outlineOf } from './outline.ts';

/** Who is live, where, and in which order: from the documents, the history and an instant alone. */
export async function decideSite(input: CleanSiteInput): Promise<DecidedSite> {
  const { history, parse } = input;
  const asOf = history.asOf ?? input.now;
  const problems: DocumentProblems[] = [];
  const documents = new BuildDocuments();
  const candidates: Outline[] = [];
  const redirects = new Map<DocumentId, Redirect>();

  for (const [id, document] of history.snapshots) {
    const parsed = parse(document, 'accepted');
    if (parsed.ok) documents.shown.set(id, parsed.value);
  }
  for (const [id, document] of input.documents) {
    const parsed = parse(document, judgementOf(id, document, history));
    const refusal = history.refusals.get(id);
    if (parsed.ok && refusal?.rev === parsed.value.rev) {
      problems.push({
        id,
        type: parsed.value.type,
        problems: refusal.problems.map(problemOfDrawing),
      });
      continue;
    }
    if (!parsed.ok) {
      problems.push({ id, type: typeOf(document), problems: parsed.problems });
      continue;
    }
    if (parsed.warnings.length > 0) {
      problems.push({ id, type: parsed.value.type, problems: parsed.warnings });
    }
    if (parsed.value.type === 'briefing') candidates.push(outlineOf(parsed.value));
    else documents.shown.set(id, parsed.value);
  }
  for (const [id, document] of documents.shown) {
    // An invalid redirect leaves its last valid version in force; a deleted one leaves none.
    if (document.type === 'redirect' && input.documents.has(id)) redirects.set(id, document);
  }
  const publication: Publication = {
    settings: settingsOf(input, documents, problems),
    baseUrl: input.baseUrl,
    tagAuthority: input.tagAuthority,
  };
  const live = await decideLive(input, publication, documents, candidates, asOf, problems);
  const order = [...live.values()].sort((a, b) =>
    newestFirst([a.card.id, a.card], [b.card.id, b.card]),
  );
  const people = await decidePeople(input, documents, order);
  const translations = new Map<DocumentId, DocumentId[]>();
  const byMonth = new Map<CivilMonth, Live[]>();
  for (const each of order) {
    const { outline, card } = each;
    if (outline.translationOf !== null) addTo(translations, outline.translationOf, outline.id);
    addTo(byMonth, card.date.slice(0, 7), each);
  }
  return {
    asOf,
    publication,
    documents,
    live,
    order,
    months: [...byMonth.keys()].sort(),
    byMonth,
    earlier: new Earlier(order),
    people,
    redirects,
    redirectIdOf: input.redirectIdOf,
    translations,
    problems,
  };
}

function settingsOf(
  { history, parse }: CleanSiteInput,
  documents: BuildDocuments,
  problems: readonly DocumentProblems[],
): SiteSettings {
  const settings = documents.shown.get(settingsId);
  if (settings?.type === 'siteSettings') {
    // Addresses depend on the language: a revision that changes it is refused.
    const parsed = parse(history.snapshots.get(settingsId), 'accepted');
    const isOther = parsed.ok && parsed.value.type === 'siteSettings' ? parsed.value : settings;
    return isOther.language === settings.language ? settings : isOther;
  }
  const found = problems.find(({ id }) => id === settingsId);
  throw new SettingsMissing(
    found === undefined
      ? `There is no document "${settingsId}": publish the settings first, and export again`
      : `The settings cannot be used: ${found.problems.map(({ path, message }) => `${path}: ${message}`).join(' ')}`,
  );
}

async function decidePeople(
  input: CleanSiteInput,
  documents: BuildDocuments,
  order: readonly Live[],
): Promise<DecidedSite['people']> {
  const cards = new Map<DocumentId, Card[]>();
  for (const { card } of order) addTo(cards, card.personId, card);
  const people = new Map<DocumentId, { person: Person; path: Path; cards: readonly Card[] }>();
  const taken = new Set<string>();
  const candidates = [...cards.keys()]
    .map((id) => documents.shown.get(id))
    .filter((document) => document?.type === 'person')
    .sort((a, b) => (`${a.createdAt} ${a.id}` < `${b.createdAt} ${b.id}` ? -1 : 1));
  for (const person of candidates) {
    const address = personAddress(person.slug);
    const holder = input.history.addresses.get(address)?.holder ?? null;
    const isRefused = holder === null ? taken.has(address) : holder !== person.id;
    const held = isRefused ? heldAddress(input.history, person.id) : address;
    if (held === null) continue;
    taken.add(held);
    const path = personPath(held.slice('person/'.length));
    people.set(person.id, { person, path, cards: cards.get(person.id) ?? [] });
  }
  return people;
}

/** The address a person keeps while another holds the one they want. */
function heldAddress(history: History, id: DocumentId): string | null {
  for (const [address, { holder }] of history.addresses) {
    if (holder === id && address.startsWith('person/')) return address;
  }
  return null;
}

function typeOf(document: unknown): string | null {
  if (typeof document !== 'object' || document === null || !('_type' in document)) return null;
  return typeof document._type === 'string' ? document._type : null;
}
