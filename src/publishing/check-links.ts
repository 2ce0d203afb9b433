import type { DocumentId } from '../briefing/model.ts';
import type { Path } from '../briefing/resolved.ts';
import type { Drawing } from './drawing.ts';
import type { RecordKey } from './state.ts';
import type { StepContext } from './step-context.ts';

/** Something drawn leads to where nothing stands. */
export interface LinkToNothing {
  readonly from: Path;
  /** The record that owns what was drawn: of a document, `entry:<id>`. */
  readonly owner: string;
  readonly to: Path;
}

/** What a step would write leads to nothing: the release must not be. */
export class LeadsNowhere extends Error {
  override readonly name = 'LeadsNowhere';
  readonly links: readonly LinkToNothing[];
  /** Revisions that this step is the first to draw: one of them may have brought it. */
  readonly suspects: readonly Revision[];

  constructor(links: readonly LinkToNothing[], suspects: readonly Revision[], seq: number) {
    const [first] = links;
    super(
      `${first?.from} would link to ${first?.to}, where nothing stands in release ${seq}. ` +
        'This is a bug in what is affected by an edit; nothing was published.',
    );
    this.links = links;
    this.suspects = suspects;
  }
}

export interface Revision {
  readonly id: DocumentId;
  readonly rev: string;
}

/**
 * Link closure by induction (rule 5): every link of a changed object leads to something live, or
 * one redirect away. Throws LeadsNowhere with all that do not.
 */
export async function checkLinks(drawing: Drawing): Promise<void> {
  const owners = new Map(drawing.writes.map(({ object, owner }) => [object.path, owner]));
  const drawn = new Set(
    drawing.drawn.filter((object) => object.status === 200).map((object) => object.path),
  );
  const links = drawing.drawn.flatMap(({ path, leadsTo }) => {
    const owner = owners.get(path);
    return owner === undefined ? [] : leadsTo.map((to) => ({ from: path, owner, to }));
  });
  const broken = await Promise.all(
    links
      .filter(({ to }) => !drawn.has(to))
      .map(async (link) => ((await stands(drawing, link.to)) ? [] : [link])),
  );
  const toNothing = broken.flat();
  if (toNothing.length > 0) {
    const { context } = drawing;
    throw new LeadsNowhere(toNothing, await newlyDrawn(context), context.seq);
  }
}

/** What was accepted by this step, and briefings accepted before that go live in it: an embargo has ended, say. */
async function newlyDrawn({ reports, touched, work }: StepContext): Promise<readonly Revision[]> {
  const revisions = new Map<DocumentId, Revision>();
  for (const { id, rev, outcome } of reports) {
    if (outcome === 'accepted' && rev !== null) revisions.set(id, { id, rev });
  }
  for (const id of touched.briefings) {
    const [before, after] = [await work.before(`entry:${id}`), await work.entry(id)];
    const rev = after?.accepted?.rev;
    const stood = before?.briefing?.state === 'live' || before?.briefing?.state === 'leaving';
    if (after?.briefing?.state === 'live' && !stood && rev !== undefined) {
      revisions.set(id, { id, rev });
    }
  }
  return [...revisions.values()];
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
