import type { Path } from '../briefing/resolved.ts';
import type { Drawing } from './drawing.ts';
import type { RecordKey } from './state.ts';
import type { StepContext } from './step-context.ts';

/**
 * Link closure by induction (rule 5): every link of a changed object leads to something live, or
 * one redirect away. A failure is a bug, and nothing is published.
 */
export async function checkLinks(drawing: Drawing): Promise<void> {
  const { context } = drawing;
  const written = new Set(drawing.writes.map((write) => write.object.path));
  const drawn = new Set(
    drawing.drawn.filter((object) => object.status === 200).map((object) => object.path),
  );
  const links = drawing.drawn
    .filter((object) => written.has(object.path))
    .flatMap((object) => object.leadsTo.map((link) => ({ from: object.path, link })))
    .filter(({ link }) => !drawn.has(link));
  const broken = await Promise.all(
    links.map(async ({ from, link }) => ((await stands(drawing, link)) ? null : { from, link })),
  );
  for (const each of broken) {
    if (each === null) continue;
    throw new Error(
      `${each.from} would link to ${each.link}, where nothing stands in release ${context.seq}. ` +
        'This is a bug in what is affected by an edit; nothing was published.',
    );
  }
}

/** Whether a path that was not drawn by this step stands, by the record that owns it. */
export async function stands(drawing: Drawing, path: Path): Promise<boolean> {
  for (const owner of await ownersOf(drawing.context, path)) {
    const view = await drawing.standing(owner, path);
    if (view !== undefined && view.status !== 410) return true;
  }
  return path.startsWith('/images/') || path.startsWith('/assets/');
}

/** The records that may hold the view of a path. */
export async function ownersOf(context: StepContext, path: Path): Promise<readonly RecordKey[]> {
  const segments = path.split('/').filter((segment) => segment !== '');
  const contract = /^\/v1\/(?:briefings|people)\/([^/]+?)(?:\.json|\/\d+\.json)$/.exec(path);
  if (contract?.[1] !== undefined) return [`entry:${contract[1]}`];
  const month =
    /^\/archive\/(\d{4})\/(\d{2})\/$/.exec(path) ??
    /^\/(?:v1\/months|feeds)\/(\d{4})-(\d{2})\./.exec(path);
  if (month !== null) return [`month:${month[1]}-${month[2]}`];
  const chunk = /^\/v1\/changes\/(\d+)\.json$/.exec(path);
  if (chunk !== null) return [`changes:${Number(chunk[1])}`];
  const { language } = context.publication.settings;
  const at = segments.indexOf('briefings');
  const slug = segments[at + 1];
  if ((at === 0 || at === 1) && slug !== undefined) {
    const tag = at === 0 ? language : segments[0];
    return addressOwners(context, `briefing/${tag}/${slug}`);
  }
  if (segments[0] === 'people' && segments[1] !== undefined) {
    return addressOwners(context, `person/${segments[1]}`);
  }
  return ['site'];
}

async function addressOwners(context: StepContext, address: string): Promise<readonly RecordKey[]> {
  const { holder } = await context.work.address(address);
  return holder === null ? [`address:${address}`] : [`entry:${holder}`, `address:${address}`];
}
