import type { PublicObject } from '../site/public-object.ts';
import { stands } from './check-links.ts';
import { entryPoints, surroundings } from './draw-lists.ts';
import { drawGone } from './draw-tombstones.ts';
import type { Drawing } from './drawing.ts';

/**
 * Entry points and fixed pages that the code deployed has at addresses where nothing stands: drawn with the
 * first page that it draws, since pages may lead there. One that itself leads to what does not stand yet
 * waits for its turn: nothing leads to it either.
 */
export async function drawNewcomers(drawing: Drawing): Promise<void> {
  const { context } = drawing;
  const { renderers } = context.input;
  if (!context.touched.newcomers) return;
  const all = [
    ...renderers.fixed(context.publication),
    ...(await entryPoints(context, await surroundings(context))),
  ];
  const isNew = await Promise.all(all.map(({ path }) => isFree(drawing, path)));
  let fresh: readonly PublicObject[] = all.filter((_, index) => isNew[index]);
  for (let before = fresh.length + 1; fresh.length < before;) {
    before = fresh.length;
    fresh = await thoseThatLeadSomewhere(drawing, fresh);
  }
  for (const object of fresh) await drawing.put('site', object, 'index');
}

async function isFree(drawing: Drawing, path: PublicObject['path']): Promise<boolean> {
  const view = await drawing.standing('site', path);
  return view === undefined || view.status === 410;
}

async function thoseThatLeadSomewhere(
  drawing: Drawing,
  objects: readonly PublicObject[],
): Promise<readonly PublicObject[]> {
  const paths = new Set(objects.map(({ path }) => path));
  const verdicts = await Promise.all(
    objects.map(async (object) => {
      const stand = await Promise.all(
        object.leadsTo.map(async (link) => paths.has(link) || (await stands(drawing, link))),
      );
      return stand.every(Boolean);
    }),
  );
  return objects.filter((_, index) => verdicts[index]);
}

/** What the code before drew, and this code does not: it says that it is gone. */
export async function drawDropped(drawing: Drawing): Promise<void> {
  const { input } = drawing.context;
  for (const [path, owner] of input.dropped) {
    const view = await drawing.standing(owner, path);
    if (drawing.has(path) || view === undefined || view.epoch === input.stage.epoch) continue;
    await drawGone(drawing, owner, path);
  }
}
