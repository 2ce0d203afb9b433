import type { DocumentId } from '../briefing/model.ts';
import type { ChangeEntry } from '../feed/changes.ts';
import { v1 } from '../site/paths.ts';
import type { BriefingFacts } from './affected.ts';
import type { BriefingChange, Drawing } from './drawing.ts';
import { inParallel } from './parallel.ts';
import type { StepContext } from './step-context.ts';

/** Write the change feed: what came, went or changed, never what it said. */
export async function announce(
  drawing: Drawing,
  changes: readonly BriefingChange[],
): Promise<void> {
  const { context } = drawing;
  const { work, input, publication, seq } = context;
  const news: ChangeEntry[] = [];
  let site = await work.site();
  let number = site.chunks * chunkSize + site.changes.length;
  for (const { id, before, after } of changes) {
    const kind = await changeKind(context, id, before, after);
    const entry = await work.entry(id);
    if (kind === null || entry?.briefing == null) continue;
    number += 1;
    const hash =
      after?.contentHash ?? (await drawing.standing(`entry:${id}`, v1.briefing(id)))?.hash ?? '';
    news.push({ seq: number, id, kind, address: v1.briefing(id), contentHash: hash, release: seq });
    work.set(`entry:${id}`, { ...entry, briefing: { ...entry.briefing, announced: hash } });
  }
  await redrawChunks(drawing);
  const isFirst = (await work.before('site')) === undefined;
  if (news.length === 0 && !isFirst && !context.touched.fixed && !input.repairs.has(v1.changesHead))
    return;
  let entries = [...site.changes, ...news];
  let { chunks } = site;
  while (entries.length > chunkSize) {
    chunks += 1;
    const full = entries.slice(0, chunkSize);
    entries = entries.slice(chunkSize);
    const owner = `changes:${chunks}` as const;
    work.set(owner, { entries: full, views: {} });
    const previous = chunks === 1 ? null : chunks - 1;
    const object = input.renderers.changesChunk({
      publication,
      entries: full,
      previous,
      number: chunks,
    });
    await drawing.put(owner, object, 'page');
  }
  site = await work.site();
  work.set('site', { ...site, changes: entries, chunks });
  const head = input.renderers.changesHead({
    publication,
    entries,
    previous: chunks === 0 ? null : chunks,
  });
  await drawing.put('site', head, 'entry-point');
}

/** Full chunks are only ever drawn again to repair them, or with everything else. */
async function redrawChunks(drawing: Drawing): Promise<void> {
  const { input, publication, touched, work } = drawing.context;
  const { chunks } = await work.site();
  const numbers = Array.from({ length: chunks }, (_, index) => index + 1);
  const again = numbers.filter(
    (number) => touched.chunks.has(number) || input.repairs.has(v1.changes(number)),
  );
  const records = await inParallel(again, (number) => work.get(`changes:${number}`));
  for (const [index, number] of again.entries()) {
    const chunk = records[index];
    if (chunk === undefined) continue;
    const previous = number === 1 ? null : number - 1;
    const { entries } = chunk;
    const object = input.renderers.changesChunk({ publication, entries, previous, number });
    await drawing.put(`changes:${number}`, object, 'page');
  }
}

/** Entries in a full chunk of the change feed. */
export const chunkSize = 100;

async function changeKind(
  context: StepContext,
  id: DocumentId,
  before: BriefingFacts | null,
  after: BriefingFacts | null,
): Promise<ChangeEntry['kind'] | null> {
  const [was, is] = [await context.work.before(`entry:${id}`), await context.work.entry(id)];
  const stood = was?.briefing?.state === 'live' || was?.briefing?.state === 'leaving';
  const stands = is?.briefing?.state === 'live' || is?.briefing?.state === 'leaving';
  if (stood && !stands) return 'removed';
  if (after === null) return null;
  if (!stood) return 'published';
  if (before !== null && before.path !== after.path) return 'moved';
  if (is?.briefing?.announced === after.contentHash) return null;
  if (was?.accepted && is?.accepted && was.accepted.rev !== is.accepted.rev) {
    const [old, now] = await Promise.all([
      context.documents.at(id, was.accepted.rev),
      context.documents.at(id, is.accepted.rev),
    ]);
    if (old.type === 'briefing' && now.type === 'briefing') {
      if (now.retraction !== null && old.retraction === null) return 'retracted';
      if (now.corrections.length > old.corrections.length) return 'corrected';
    }
  }
  return 'updated';
}
