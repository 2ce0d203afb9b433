import type { DocumentId } from '../briefing/model.ts';
import type { Path } from '../briefing/resolved.ts';
import { homePath } from '../site/paths.ts';
import type { PublicObject } from '../site/public-object.ts';
import type { Drawing } from './drawing.ts';
import { pathOfAddress, viewsOf } from './ledger.ts';
import { redirectIdOf } from './links.ts';
import { liveCard } from './listing.ts';
import type { Entry } from './state.ts';
import type { StepContext } from './step-context.ts';

/** What stands at addresses that nobody holds: a way on in one hop, or a tombstone. */
export async function drawAddresses(drawing: Drawing): Promise<void> {
  const { context } = drawing;
  for (const address of context.touched.addresses) {
    const record = await context.work.address(address);
    if (record.holder !== null || record.last === null) continue;
    const entry = await context.work.entry(record.last);
    if (entry === undefined) continue;
    const page = pathOfAddress(address, context.publication.settings.language);
    for (const [path] of viewsOf(record.views)) {
      const object = await formerObject(drawing, entry, page, path);
      await drawing.put(`address:${address}`, object, 'page');
    }
  }
}

/** What stands at an address that its last holder has left: a way on in one hop, or a tombstone. */
async function formerObject(
  drawing: Drawing,
  entry: Entry,
  page: Path,
  path: Path,
): Promise<PublicObject> {
  const { context } = drawing;
  const { input, publication } = context;
  const now = await placeNow(context, entry);
  if (now === null) return goneObject(context, entry, path);
  const twin: Path = `${now.path}${path.slice(page.length)}`;
  const standing = await drawing.standing(`entry:${now.id}`, twin);
  const location = standing?.status === 200 ? twin : now.path;
  return input.renderers.moved({ publication, path, location, id: null, gone: null });
}

/** The tombstone of a document, or the way that its redirect shows. */
export async function goneObject(
  context: StepContext,
  entry: Entry,
  path: Path,
): Promise<PublicObject> {
  const { input, publication } = context;
  const gone = entry.briefing?.gone ?? entry.facet?.gone ?? null;
  const movedTo = await redirectTarget(context, entry);
  return movedTo !== null && !path.startsWith('/v1/')
    ? input.renderers.moved({ publication, path, location: movedTo, id: null, gone: null })
    : input.renderers.gone({ publication, path, id: entry.id, gone, movedTo });
}

/** Where a document's page is now, and whose record holds it; null when it has none. */
export async function placeNow(
  context: StepContext,
  entry: Entry,
): Promise<{ readonly id: DocumentId; readonly path: Path } | null> {
  const { id } = entry;
  if (entry.briefing !== null) {
    const { state, path } = entry.briefing;
    return path !== null && (state === 'live' || state === 'leaving') ? { id, path } : null;
  }
  if (entry.facet?.path != null) return { id, path: entry.facet.path };
  const followed = await context.documents.followed(id);
  if (followed === null || followed.id === id) return null;
  const path = (await context.work.entry(followed.id))?.facet?.path ?? null;
  return path === null ? null : { id: followed.id, path };
}

/** Where readers of a briefing that is gone should go, by its redirect document. */
async function redirectTarget(context: StepContext, entry: Entry): Promise<Path | null> {
  if (entry.briefing === null) return null;
  const redirectId = redirectIdOf(entry.id);
  const redirectEntry = await context.work.entry(redirectId);
  const redirect = await context.documents.get(redirectId);
  if (!redirectEntry?.present || redirect?.type !== 'redirect') return null;
  if (redirect.to === null) return homePath;
  return (await liveCard(context, redirect.to))?.path ?? null;
}
