import type { DocumentId, DocumentType } from '../briefing/model.ts';
import { sha256Hex } from './digest.ts';
import { inParallel } from './parallel.ts';
import { newEntry, type StepContext } from './step-context.ts';
import { isEmpty, linksKey } from './work.ts';

/** File what a document refers to, so that its targets can find it: the inbound index. */
export async function fileReferences(
  context: StepContext,
  id: DocumentId,
  references: Readonly<Record<DocumentId, string>>,
  bucket: string,
): Promise<void> {
  const { work } = context;
  const entry = await work.entry(id);
  if (entry === undefined) return;
  for (const target of Object.keys(entry.references)) {
    if (entry.filed === bucket && Object.hasOwn(references, target)) continue;
    const rest = work.withMember(await work.links(target, entry.filed), id, null);
    work.set(linksKey(target, entry.filed), isEmpty(rest) ? undefined : rest);
    const targetEntry = await work.entry(target);
    if (isEmpty(rest) && targetEntry !== undefined) {
      work.set(`entry:${target}`, {
        ...targetEntry,
        linkedIn: targetEntry.linkedIn.filter((each) => each !== entry.filed),
      });
    }
  }
  for (const [target, role] of Object.entries(references)) {
    // Filed so already: what a document refers to seldom changes, and most looks are at what stands.
    if (entry.filed === bucket && entry.references[target] === role) continue;
    const links = await work.links(target, bucket);
    if (links[id] !== role) {
      work.set(linksKey(target, bucket), work.withMember(links, id, role));
    }
    const targetEntry = (await work.entry(target)) ?? newEntry(target, typeOfRole(role));
    if (!targetEntry.linkedIn.includes(bucket)) {
      work.set(`entry:${target}`, {
        ...targetEntry,
        linkedIn: [...targetEntry.linkedIn, bucket].sort(),
      });
    }
  }
  const current = (await work.entry(id)) ?? entry;
  work.set(`entry:${id}`, { ...current, references, filed: bucket });
}

/** Everything that refers to a document, with how, in order of bucket and id. */
export async function linkersOf(
  context: StepContext,
  target: DocumentId,
): Promise<readonly (readonly [DocumentId, string])[]> {
  const entry = await context.work.entry(target);
  const linkers = await inParallel(entry?.linkedIn ?? [], (bucket) =>
    context.work.links(target, bucket),
  );
  return linkers.flatMap((links) => Object.entries(links));
}

/** An original and everything that is filed as a translation of it: their pages show each other. */
export async function translationGroup(
  context: StepContext,
  original: DocumentId,
): Promise<readonly DocumentId[]> {
  const translations = (await linkersOf(context, original))
    .filter(([, role]) => role.split(' ').includes('translation'))
    .map(([id]) => id);
  return [original, ...translations];
}

/**
 * Ask for everything that shows a document to be looked at again, through people and merges. What leads
 * readers on to it goes into the same release: a page that moves away leaves a redirect behind, and a
 * redirect that still led there would be the first of two.
 */
export async function addLinkers(
  context: StepContext,
  target: DocumentId,
  cause: string,
  seen: ReadonlySet<DocumentId> = new Set(),
): Promise<void> {
  if (seen.has(target)) return;
  const { type } = (await context.work.entry(target)) ?? {};
  const linkers = await linkersOf(context, target);
  const entries = await inParallel(linkers, ([id]) => context.work.entry(id));
  for (const [index, [id]] of linkers.entries()) {
    const entry = entries[index];
    if (entry === undefined) continue;
    // A refused revision is read again: what it waited for may be there now.
    if (entry.refused !== null) context.todo.add(`read:${id}`, cause);
    if (entry.type === 'briefing') {
      context.todo.add(`briefing:${id}`, cause);
    } else if (entry.type === 'redirect') {
      const redirect = await context.documents.get(id);
      if (redirect?.type === 'redirect') context.todo.addUrgent(`briefing:${redirect.from}`, cause);
    } else {
      // A person refers to a person only by being merged into them.
      const isMerged = type === 'person' && entry.type === 'person';
      if (entry.facet !== null && isMerged) context.todo.addUrgent(`facet:${id}`, cause);
      else if (entry.facet !== null) context.todo.add(`facet:${id}`, cause);
      await addLinkers(context, id, cause, new Set([...seen, target]));
    }
  }
}

/** The id of the document that says where readers of a gone briefing should go. */
export function redirectIdOf(id: DocumentId): DocumentId {
  return `redirect-${id.length + 'redirect-'.length > 128 ? sha256Hex(id) : id}`;
}

function typeOfRole(role: string): DocumentType {
  for (const word of role.split(' ')) {
    if (word === 'person') return 'person';
    if (word === 'country') return 'country';
    if (word === 'topic') return 'topic';
    if (word === 'contributor') return 'team';
  }
  return 'briefing';
}
