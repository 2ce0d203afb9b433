import {
  documentTypes,
  type DocumentId,
  type Instant,
  type PublishedDocument,
  type SiteSettings,
} from '../briefing/model.ts';
import { parseDocument } from '../briefing/parse.ts';
import { referencesOf } from '../briefing/references.ts';
import { sha256 } from './digest.ts';
import { evaluateBriefing } from './evaluate-briefing.ts';
import { addLinkers, fileReferences } from './links.ts';
import type { LakeDocument } from './ports.ts';
import { refusedByDrawing } from './refuse-and-draw-again.ts';
import { settingsId, SettingsMissing } from './settings-document.ts';
import type { Entry, ProblemNote } from './state.ts';
import { newEntry, type DocumentReport, type StepContext } from './step-context.ts';

/** Take in what was read from the lake. What briefings are joined with goes first. */
export async function receiveDocuments(context: StepContext): Promise<void> {
  const arrivals = [...context.input.documents]
    .map(([id, fetched]) => ({ id, fetched, order: orderOf(fetched) }))
    .sort((a, b) => (a.order < b.order ? -1 : a.order > b.order ? 1 : 0));
  for (const { id, fetched } of arrivals) {
    context.reports.push(await receiveDocument(context, id, fetched));
  }
}

/** Judge a document again that this step has read: what kept it out may have gone since. */
export async function receiveAgain(context: StepContext, id: DocumentId): Promise<void> {
  const fetched = context.input.documents.get(id);
  if (fetched === undefined) return;
  const report = await receiveDocument(context, id, fetched);
  const before = context.reports.findIndex((each) => each.id === id);
  if (before < 0) context.reports.push(report);
  else if (report.outcome !== 'unchanged') context.reports[before] = report;
}

/** References before briefings; briefings by age, so that the older one gets a free address. */
function orderOf(fetched: LakeDocument): string {
  if (fetched.kind === 'absent') return '0';
  const type = stringField(fetched.document, '_type');
  const rank = type === 'siteSettings' ? '1' : type === 'briefing' ? '3' : '2';
  return `${rank} ${stringField(fetched.document, '_createdAt')} ${stringField(fetched.document, '_id')}`;
}

async function receiveDocument(
  context: StepContext,
  id: DocumentId,
  fetched: LakeDocument,
): Promise<DocumentReport> {
  const report = (
    outcome: DocumentReport['outcome'],
    rev: string | null = null,
    problems: readonly ProblemNote[] = [],
  ): DocumentReport => ({ id, rev, outcome, problems, ...(isRolledBack && { isRolledBack }) });
  const known = await context.work.entry(id);
  let isRolledBack = false;

  if (fetched.kind === 'absent') {
    if (known === undefined || !known.present) {
      if (known?.briefing?.removalRefused !== true && known?.refused == null) {
        return report('unchanged');
      }
    }
    if (known === undefined) return report('unchanged');
    await noteAbsence(context, known);
    const after = await context.work.entry(id);
    return report(after?.briefing?.removalRefused === true ? 'removal-refused' : 'absent');
  }

  const rev = stringField(fetched.document, '_rev');
  const updatedAt = stringField(fetched.document, '_updatedAt');
  const newest = newestKnown(known);
  if (known?.present === true) {
    if (known.accepted?.rev === rev && known.refused === null) {
      if (known.older !== undefined) context.work.set(`entry:${id}`, withoutOlder(known));
      return report('unchanged', rev);
    }
    const isOlder = newest !== null && updatedAt < newest;
    if (isOlder && !context.input.takesOlder) return report('older', rev);
    if (isOlder && !isAgreed(known, rev, context.asOf)) {
      if (known.older?.rev !== rev) {
        const older = { rev, seenAt: context.asOf };
        context.work.set(`entry:${id}`, { ...known, older });
      }
      return report('older-noted', rev);
    }
    isRolledBack = isOlder;
  }

  const isAccepted = known?.accepted?.rev === rev;
  const parsed = parseDocument(fetched.document, isAccepted ? 'accepted' : 'new');
  if (!parsed.ok) {
    const problems = parsed.problems
      .filter(({ severity }) => severity === 'error')
      .map(({ code, path }) => ({ code, path }));
    const type = known?.type ?? typeField(fetched.document);
    if (type === null) return report('ignored', rev, problems);
    if (known?.refused?.rev === rev && known.present) return report('refused', rev, problems);
    await refuse(context, known === undefined ? newEntry(id, type) : withoutOlder(known), {
      rev,
      updatedAt,
      problems,
      references: {},
      claim: null,
      due: [],
    });
    return report('refused', rev, problems);
  }
  const document = parsed.value;
  if (document.id !== id) return report('ignored', rev);
  if (
    document.type === 'siteSettings' &&
    document.language !== context.publication.settings.language
  ) {
    const problems = [{ code: 'language-fixed', path: 'language' }];
    if (known?.refused?.rev !== rev) {
      const refused = { rev, updatedAt, problems, references: {}, claim: null, due: [] };
      await refuse(context, known ?? newEntry(id, document.type), refused);
    }
    return report('refused', rev, problems);
  }
  const entry = fitting(known, document);
  const unfit = await refusedByDrawing(context, id, rev);
  if (unfit !== null) {
    const { epoch } = context.input.stage;
    const isNoted = known?.present === true && known.refused?.rev === rev;
    if (!isNoted || known.refused?.epoch !== epoch) {
      const nothing = { references: {}, claim: null, due: [] };
      await refuse(context, entry, { rev, updatedAt, problems: unfit, ...nothing, epoch });
    }
    return report('refused', rev, unfit);
  }
  markPresent(context, entry);

  if (document.type === 'briefing') {
    context.work.set(`entry:${id}`, { ...entry, present: true });
    await evaluateBriefing(context, id, { briefing: document, fetched: fetched.document });
    const problems = (await context.work.entry(id))?.refused?.problems;
    return problems === undefined ? report('accepted', rev) : report('refused', rev, problems);
  }
  await acceptReference(context, entry, document, fetched.document);
  return report('accepted', rev);
}

/** A document that others are joined with: whoever shows it is drawn again. */
async function acceptReference(
  context: StepContext,
  entry: Entry,
  document: Exclude<PublishedDocument, { readonly type: 'briefing' }>,
  fetched: unknown,
): Promise<void> {
  const { id } = document;
  const isSame = entry.accepted?.rev === document.rev && entry.present && entry.refused === null;
  context.documents.accept(document, fetched);
  context.work.set(`entry:${id}`, {
    ...entry,
    present: true,
    accepted: { rev: document.rev, createdAt: document.createdAt, updatedAt: document.updatedAt },
    refused: null,
  });
  const roles: Record<DocumentId, string> = {};
  for (const reference of referencesOf(document)) roles[reference.id] = roleOf(document);
  await fileReferences(context, id, roles, `undated-${sha256(id).slice(0, 1)}`);
  if (isSame) return;
  if (document.type === 'person') {
    context.todo.add(`facet:${id}`, `document:${id}`);
    context.touched.wholeFacets.add(id);
  }
  if (document.type === 'redirect') context.todo.add(`briefing:${document.from}`, `document:${id}`);
  else await addLinkers(context, id, `document:${id}`);
}

function roleOf(document: PublishedDocument): string {
  return document.type === 'redirect'
    ? 'redirect'
    : document.type === 'person'
      ? 'of-person'
      : 'merged';
}

/** The revision is kept out; what was shown before goes on being shown, and dependants are told. */
async function refuse(
  context: StepContext,
  entry: Entry,
  refused: NonNullable<Entry['refused']>,
): Promise<void> {
  markPresent(context, entry);
  context.work.set(`entry:${entry.id}`, { ...entry, present: true, refused });
  if (entry.type === 'briefing') {
    // What it wanted before it may want no longer; and being there again can cancel a removal.
    await evaluateBriefing(context, entry.id);
  } else {
    await addLinkers(context, entry.id, `document:${entry.id}`);
  }
}

async function noteAbsence(context: StepContext, entry: Entry): Promise<void> {
  if (entry.present) {
    context.counts[entry.type] = Math.max(0, (context.counts[entry.type] ?? 0) - 1);
  }
  context.work.set(`entry:${entry.id}`, { ...entry, present: false, refused: null });
  if (entry.type === 'briefing') {
    await evaluateBriefing(context, entry.id);
    await forgetRemoved(context, entry.id);
  } else if (entry.type === 'redirect') {
    const redirect = await context.documents.get(entry.id);
    if (redirect?.type === 'redirect') {
      context.todo.add(`briefing:${redirect.from}`, `document:${entry.id}`);
    }
  } else {
    await addLinkers(context, entry.id, `document:${entry.id}`);
  }
}

/** What was removed never returns: a later revision that is refused must not bring this one back. */
async function forgetRemoved(context: StepContext, id: DocumentId): Promise<void> {
  const entry = await context.work.entry(id);
  if (entry === undefined || entry.briefing?.state === 'live') return;
  context.work.set(`entry:${id}`, { ...entry, accepted: null });
}

/** Two reads a quarter of an hour apart: no lag, then, but a lake that was restored from a backup. */
function isAgreed({ older }: Entry, rev: string, asOf: Instant): boolean {
  return older?.rev === rev && Date.parse(asOf) - Date.parse(older.seenAt) >= agreesAfter;
}
const agreesAfter = 15 * 60_000;

function withoutOlder({ older: _older, ...entry }: Entry): Entry {
  return entry;
}

function markPresent(context: StepContext, entry: Entry): void {
  if (!entry.present) context.counts[entry.type] = (context.counts[entry.type] ?? 0) + 1;
}

/** An entry made for a dangling reference may have guessed the type wrong. */
function fitting(known: Entry | undefined, document: PublishedDocument): Entry {
  if (known === undefined) return newEntry(document.id, document.type);
  if (known.type === document.type) return withoutOlder(known);
  return { ...newEntry(document.id, document.type), linkedIn: known.linkedIn };
}

/** When the revision was made that was received last; a refused one came after the accepted one. */
function newestKnown(entry: Entry | undefined): Instant | null {
  return entry?.refused?.updatedAt ?? entry?.accepted?.updatedAt ?? null;
}

function stringField(document: unknown, name: string): string {
  if (typeof document !== 'object' || document === null) return '';
  const value: unknown = Object.entries(document).find(([key]) => key === name)?.[1];
  return typeof value === 'string' ? value : '';
}

function typeField(document: unknown): PublishedDocument['type'] | null {
  const type = stringField(document, '_type');
  return isDocumentType(type) ? type : null;
}

const types: ReadonlySet<string> = new Set(documentTypes);
function isDocumentType(type: string): type is PublishedDocument['type'] {
  return types.has(type);
}

/** The settings as of this read: those in the lake when valid, else the last valid ones. */
export async function currentSettings(
  step: Pick<StepContext, 'input' | 'work'>,
  lastValid: () => Promise<PublishedDocument | null>,
): Promise<SiteSettings> {
  const before = await lastValid();
  const fetched = step.input.documents.get(settingsId);
  if (fetched?.kind === 'absent') {
    throw new SettingsMissing(
      `The lake has no published document "${settingsId}". Publish the settings first: ` +
        'without them nothing can be drawn, and an empty lake must never empty the site.',
    );
  }
  const parsed = fetched === undefined ? null : parseDocument(fetched.document);
  if (parsed?.ok && parsed.value.type === 'siteSettings' && keepsLanguage(parsed.value, before)) {
    // The first settings there are have none before them to go on with.
    const isRefused = (await refusedByDrawing(step, settingsId, parsed.value.rev)) !== null;
    if (before?.type !== 'siteSettings' || !isRefused) return parsed.value;
  }
  if (before?.type === 'siteSettings') return before;
  const problems = parsed === null || parsed.ok ? [] : parsed.problems;
  throw new SettingsMissing(
    `The settings cannot be used: ${problems.map(({ path, message }) => `${path}: ${message}`).join(' ')}`,
  );
}

/** Every address depends on the publication's language, so it is settled with the first publication. */
function keepsLanguage(settings: SiteSettings, before: PublishedDocument | null): boolean {
  return before?.type !== 'siteSettings' || before.language === settings.language;
}
