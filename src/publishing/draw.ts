import type { DocumentId } from '../briefing/model.ts';
import type { Card } from '../briefing/resolved.ts';
import { v1 } from '../site/paths.ts';
import type { BriefingFacts } from './affected.ts';
import { announce } from './announce.ts';
import { checkLinks } from './check-links.ts';
import { drawAddresses, goneObject } from './draw-addresses.ts';
import { drawFacets } from './draw-facets.ts';
import { drawDropped, drawNewcomers } from './draw-edition.ts';
import { drawLists } from './draw-lists.ts';
import { drawTombstonesOf } from './draw-tombstones.ts';
import { type BriefingChange, Drawing } from './drawing.ts';
import { liveCard, resolvedBriefing } from './listing.ts';
import { type Write, contentHash } from './release.ts';
import type { StepContext } from './step-context.ts';

/**
 * Draw everything that this step touches and keep what differs from what was last written.
 * Views in state are brought up to date; the writes come back in no particular order.
 */
export async function draw(context: StepContext): Promise<readonly Write[]> {
  const drawing = new Drawing(context);
  const changes = await drawBriefings(drawing);
  await drawLists(drawing, changes);
  await drawFacets(drawing);
  await drawAddresses(drawing);
  await drawFixed(drawing);
  await drawNewcomers(drawing);
  await drawDropped(drawing);
  await announce(drawing, changes);
  await drawing.fileViews();
  await checkLinks(drawing);
  return drawing.writes;
}

async function drawBriefings(drawing: Drawing): Promise<readonly BriefingChange[]> {
  const { context } = drawing;
  const { work, input, publication } = context;
  const changes: BriefingChange[] = [];
  for (const id of context.touched.briefings) {
    const entry = await work.entry(id);
    const state = entry?.briefing;
    if (entry === undefined || !state) continue;
    let hash = '';
    if (state.state === 'live') {
      const page = await resolvedBriefing(context, id, 'page');
      if (page === null) continue;
      for (const object of input.renderers.briefing({ publication, ...page })) {
        await drawing.put(`entry:${id}`, object, 'page');
        if (object.path === v1.briefing(id)) hash = contentHash(object);
      }
      await drawTombstonesOf(drawing, `entry:${id}`);
    } else if (state.state !== 'leaving' && state.gone !== null && state.publishedAt !== null) {
      await drawing.put(`entry:${id}`, await goneObject(context, entry, v1.briefing(id)), 'page');
    }
    for (const address of state.formerly) context.touched.addresses.add(address);
    const card = await liveCard(context, id);
    changes.push({
      id,
      before: await factsBefore(context, id),
      after: card === null ? null : factsOf(card, hash),
    });
  }
  return changes;
}

function factsOf(card: Card, hash: string): BriefingFacts {
  return { id: card.id, path: card.path, card, personId: card.personId, contentHash: hash };
}

async function factsBefore(context: StepContext, id: DocumentId): Promise<BriefingFacts | null> {
  const entry = await context.work.before(`entry:${id}`);
  if (entry?.briefing?.state !== 'live') return null;
  const card = (await context.work.before(`cards:${entry.briefing.date}`))?.[id];
  return card === undefined ? null : factsOf(card, entry.views[v1.briefing(id)]?.hash ?? '');
}

async function drawFixed(drawing: Drawing): Promise<void> {
  const { context } = drawing;
  if (!context.touched.fixed && (await context.work.before('site')) !== undefined) return;
  for (const object of context.input.renderers.fixed(context.publication)) {
    await drawing.put('site', object, 'index');
  }
  await drawTombstonesOf(drawing, 'site');
}
