import { isDeepStrictEqual } from 'node:util';
import { Mutation } from '@sanity/mutator';
import { z } from 'zod';
import { contentOf, type Copies } from './contents.ts';
import { after, type Edit } from './edits.ts';

/** What came of an edit, as its client knows. Unknown: the lake went away before it answered. */
export type Outcome = 'acknowledged' | 'refused' | 'unknown';

export interface Done {
  readonly edit: Edit;
  readonly outcome: Outcome;
}

/** A transaction as the history endpoint tells it. */
export interface LogLine {
  readonly id: string;
  readonly timestamp: string;
  readonly mutations: readonly unknown[];
  readonly effects: Readonly<Record<string, { readonly apply: unknown; readonly revert: unknown }>>;
}

export const logLine = z.object({
  id: z.string(),
  timestamp: z.string(),
  mutations: z.array(z.unknown()),
  effects: z.record(
    z.string(),
    z
      .object({
        apply: z.tuple([z.literal(0), z.unknown()]),
        revert: z.tuple([z.literal(0), z.unknown()]),
      })
      // Opcode 0 of the Mendoza format carries the whole value.
      .transform(({ apply, revert }) => ({ apply: apply[1], revert: revert[1] })),
  ),
});

/** A briefing at the end: its log, oldest first, and its documents now. */
export interface Briefing {
  readonly id: string;
  readonly log: readonly LogLine[];
  readonly documents: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
}

/**
 * Everything that is wrong with the history of some briefings, in sentences; empty when nothing is.
 *
 * - An edit that was acknowledged is in the log of each briefing it was about; one that was refused in none.
 * - Each transaction made of the briefing what the edit means (`after`), so every mark that was there is
 *   there still.
 * - Each transaction begins where the one before it ended, and the last one is the document of today.
 * - The mutations in the log, applied from the beginning by Sanity's own code, give that document.
 */
export function judge(briefings: readonly Briefing[], done: readonly Done[]): readonly string[] {
  const byId = new Map(done.map((each) => [each.edit.id, each]));
  const logged = new Set<string>();
  const faults = briefings.flatMap((briefing) => {
    for (const { id } of briefing.log) logged.add(`${id} ${briefing.id}`);
    return [...meaningFaults(briefing, byId), ...chainFaults(briefing), ...replayFaults(briefing)];
  });
  for (const { edit, outcome } of done) {
    for (const briefing of edit.briefings) {
      const isLogged = logged.has(`${edit.id} ${briefing}`);
      if (outcome === 'acknowledged' && !isLogged) {
        faults.push(
          `${edit.id} (${edit.kind}) was acknowledged, and is not in the log of ${briefing}`,
        );
      }
      if (outcome === 'refused' && isLogged) {
        faults.push(`${edit.id} (${edit.kind}) was refused, and is in the log of ${briefing}`);
      }
    }
  }
  return faults;
}

function meaningFaults({ id, log }: Briefing, done: ReadonlyMap<string, Done>): string[] {
  const faults: string[] = [];
  let copies: Copies = { published: null, draft: null };
  for (const { id: transaction, effects } of log) {
    const edit = done.get(transaction)?.edit;
    const expected = edit === undefined ? null : after(edit, copies);
    if (edit === undefined) faults.push(`${transaction} in the log of ${id} is nobody’s edit`);
    else if (expected === null) {
      faults.push(`${transaction} (${edit.kind}) in the log of ${id} had nothing to be done to`);
    }
    const told = (documentId: string, before: Copies['draft']) => {
      const effect = effects[documentId];
      return effect === undefined ? before : contentOf(effect.apply);
    };
    const now = {
      published: told(id, copies.published),
      draft: told(`drafts.${id}`, copies.draft),
    };
    if (expected !== null && !isDeepStrictEqual(now, expected)) {
      faults.push(
        `${transaction} (${String(edit?.kind)}) made ${JSON.stringify(now)} of ${id}, and not ${JSON.stringify(expected)}`,
      );
    }
    copies = now;
  }
  return faults;
}

function chainFaults({ id, log, documents }: Briefing): string[] {
  return [id, `drafts.${id}`].flatMap((documentId) => {
    const faults: string[] = [];
    let last: unknown = null;
    let revision: string | null = null;
    for (const { id: transaction, effects } of log) {
      const effect = effects[documentId];
      if (effect === undefined) continue;
      if (!isDeepStrictEqual(effect.revert, last)) {
        faults.push(
          `${transaction} does not begin where the revision of ${documentId} before it ended`,
        );
      }
      last = effect.apply;
      revision = effect.apply === null ? null : transaction;
    }
    const { _rev, ...content } = documents.get(documentId) ?? { _rev: null };
    const now = documents.has(documentId) ? content : null;
    if (_rev !== revision) {
      faults.push(
        `${documentId} is at revision ${String(_rev)}, and its log ends at ${String(revision)}`,
      );
    } else if (!isDeepStrictEqual(now, last)) {
      faults.push(`${documentId} is not what its last transaction ${String(revision)} left`);
    }
    return faults;
  });
}

function replayFaults({ id, log, documents }: Briefing): string[] {
  return [id, `drafts.${id}`].flatMap((documentId) => {
    let document: unknown = null;
    for (const { id: transactionId, timestamp, mutations } of log) {
      const own = mutations.filter((mutation) => isAbout(documentId, mutation));
      if (own.length === 0) continue;
      for (const mutation of own) document = applied(document, mutation, transactionId, timestamp);
    }
    const now = documents.get(documentId) ?? null;
    return isDeepStrictEqual(withoutTimes(document), withoutTimes(now))
      ? []
      : [`The mutations in the log of ${documentId} do not give the document`];
  });
}

/** The name of a mutation and what it carries: `{create: {_id}}`, `{patch: {id}}`, `{delete: {id}}`. */
const mutationShape = z.record(
  z.string(),
  z.looseObject({ _id: z.string().optional(), id: z.string().optional() }),
);

function isAbout(documentId: string, mutation: unknown): boolean {
  return Object.values(mutationShape.parse(mutation)).some(
    (given) => (given._id ?? given.id) === documentId,
  );
}

function applied(
  document: unknown,
  mutation: unknown,
  transactionId: string,
  timestamp: string,
): unknown {
  const given = mutationShape.parse(mutation);
  const result: unknown = new Mutation({
    // The library's type wants each kind spelt out; its own parser checks what comes.
    mutations: [structuredClone(given)],
    transactionId,
    timestamp,
    resultRev: transactionId,
  }).apply(isDocument(document) ? structuredClone(document) : null);
  return result ?? null;
}

type ReplayedDocument = Parameters<Mutation['apply']>[0];

const isDocument = (value: unknown): value is Exclude<ReplayedDocument, null> =>
  typeof value === 'object' && value !== null;

/** Times are the lake's to give: `_createdAt` is kept over a replacement, `_updatedAt` is of the commit. */
function withoutTimes(document: unknown): unknown {
  if (typeof document !== 'object' || document === null) return null;
  return Object.fromEntries(
    Object.entries(document).filter(
      ([name]) => !['_createdAt', '_updatedAt', '_rev'].includes(name),
    ),
  );
}
