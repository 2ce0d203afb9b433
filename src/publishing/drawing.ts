import type { DocumentId } from '../briefing/model.ts';
import type { Path } from '../briefing/resolved.ts';
import type { PublicObject } from '../site/public-object.ts';
import type { BriefingFacts } from './affected.ts';
import { viewsOf } from './ledger.ts';
import { type Phase, type Write, contentHash, stampOf, storedForm } from './release.ts';
import type { RecordKey, View, Views } from './state.ts';
import type { StepContext } from './step-context.ts';

/** A briefing's change as the rest of the site sees it. */
export interface BriefingChange {
  readonly id: DocumentId;
  readonly before: BriefingFacts | null;
  readonly after: BriefingFacts | null;
}

type Kind = 'page' | 'index' | 'entry-point';

/** What a step draws: compared with what stands, written when it differs, its views kept up to date. */
export class Drawing {
  readonly context: StepContext;
  readonly writes: Write[] = [];
  readonly drawn: PublicObject[] = [];
  readonly #paths = new Set<Path>();
  readonly #views = new Map<RecordKey, Map<Path, View>>();

  constructor(context: StepContext) {
    this.context = context;
  }

  /** Compare an object with what stands at its path, and note a write when it differs. */
  async put(owner: RecordKey, object: PublicObject, kind: Kind): Promise<void> {
    const { input, seq } = this.context;
    const { leadsTo: _leadsTo, ...written } = object;
    this.drawn.push(object);
    this.#paths.add(object.path);
    const before = await this.#viewAt(owner, object.path);
    const hash = contentHash(object);
    const repair = input.repairs.get(object.path);
    const isSame = before !== undefined && before.hash === hash && before.status === object.status;
    if (isSame && repair === undefined) {
      if (before.epoch !== input.stage.epoch) {
        this.#setView(owner, object.path, { ...before, epoch: input.stage.epoch });
      }
      return;
    }
    const stamp = stampOf(object, seq);
    const { etag } = storedForm(object, stamp);
    this.#setView(owner, object.path, {
      hash,
      seq,
      etag,
      status: object.status,
      epoch: input.stage.epoch,
    });
    this.writes.push({
      object: written,
      owner,
      stamp,
      etag,
      prev: repair === undefined ? (before?.etag ?? null) : repair,
      phase: phaseOf(before, object, kind),
    });
  }

  /** Whether a path was drawn by this step. */
  has(path: Path): boolean {
    return this.#paths.has(path);
  }

  /** Whether anything live or moved stands at a path, after this step. */
  async standing(owner: RecordKey, path: Path): Promise<View | undefined> {
    return this.#viewAt(owner, path);
  }

  async viewsOf(owner: RecordKey): Promise<[Path, View][]> {
    const record = await this.context.work.get(owner);
    const known = new Map(viewsOf(recordViews(record)));
    for (const [path, view] of this.#views.get(owner) ?? []) known.set(path, view);
    return [...known];
  }

  async fileViews(): Promise<void> {
    const { work } = this.context;
    for (const [owner, views] of this.#views) {
      const merged = { ...recordViews(await work.get(owner)), ...Object.fromEntries(views) };
      const name = owner.slice(owner.indexOf(':') + 1);
      if (owner === 'site') {
        work.set('site', { ...(await work.site()), views: merged });
      } else if (owner.startsWith('month:')) {
        work.set(`month:${name}`, { ...(await work.month(name)), views: merged });
      } else if (owner.startsWith('address:')) {
        work.set(`address:${name}`, { ...(await work.address(name)), views: merged });
      } else if (owner.startsWith('changes:')) {
        const chunk = await work.get(`changes:${name}`);
        work.set(`changes:${name}`, { entries: chunk?.entries ?? [], views: merged });
      } else {
        const entry = await work.entry(name);
        if (entry !== undefined) work.set(`entry:${name}`, { ...entry, views: merged });
      }
    }
  }

  async #viewAt(owner: RecordKey, path: Path): Promise<View | undefined> {
    const drawn = this.#views.get(owner)?.get(path);
    return drawn ?? recordViews(await this.context.work.get(owner))[path];
  }

  #setView(owner: RecordKey, path: Path, view: View): void {
    const views = this.#views.get(owner) ?? new Map<Path, View>();
    this.#views.set(owner, views.set(path, view));
  }
}

function phaseOf(before: View | undefined, object: PublicObject, kind: Kind): Phase {
  // A redirect that led elsewhere follows its page before the page's last address becomes one too:
  // two at once would be a chain for a moment, and whoever still links here would meet both.
  if (object.status === 301) return before?.status === 301 ? 3 : 4;
  if (object.status === 410) return 5;
  if (kind === 'entry-point') return 3;
  if (before === undefined || before.status === 410) return 1;
  // Where a redirect stood, somebody may still come: the page there waits for its own targets.
  if (before.status === 301) return 2;
  return kind === 'page' ? 2 : 3;
}

function recordViews(record: unknown): Views {
  return isRecord(record) ? record.views : {};
}

function isRecord(record: unknown): record is { readonly views: Views } {
  return typeof record === 'object' && record !== null && 'views' in record;
}
