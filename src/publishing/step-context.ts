import type { Briefing, DocumentId, Instant, PublishedDocument } from '../briefing/model.ts';
import { parseDocument } from '../briefing/parse.ts';
import type { Path, Publication } from '../briefing/resolved.ts';
import { Documents } from './documents.ts';
import type { LakeDocument } from './ports.ts';
import type { Refusals } from './refuse-and-draw-again.ts';
import type { Renderers } from './renderers.ts';
import type { Entry, ProblemNote, RecordKey, Root, Task } from './state.ts';
import type { Tree } from './tree.ts';
import type { Work } from './work.ts';

/** What a step is given: all of it data, or reads of immutable nodes. */
export interface StepInput {
  readonly root: Root;
  readonly tree: Tree;
  /** The document of an accepted revision, as fetched. */
  readonly readSnapshot: (id: DocumentId, rev: string) => Promise<unknown>;
  /** What was read from the lake, after the root. */
  readonly documents: ReadonlyMap<DocumentId, LakeDocument>;
  readonly now: Instant;
  readonly stage: Stage;
  readonly renderers: Renderers;
  /** Dependants that go into one release. */
  readonly tasksPerRelease: number;
  /** Work through a chunk of the pending fan-out as well. */
  readonly continuePending: boolean;
  /** What the next slice would draw cannot be drawn: it is passed over, and stays as it stands. */
  readonly passesOver: boolean;
  /** Removals that a person has confirmed. */
  readonly allowRemovals: ReadonlySet<DocumentId>;
  /** Paths to write whatever the view says, with the ETag that stands there: repairs. */
  readonly repairs: ReadonlyMap<string, string | null>;
  /** Tasks asked for from outside: repairs, rebuilds. */
  readonly tasks: readonly Task[];
  /** Paths that the code before drew and this one does not, each with the record of its view. */
  readonly dropped: ReadonlyMap<Path, RecordKey>;
  /** Take a revision before the newest known one when it comes twice: the nightly check does. */
  readonly takesOlder: boolean;
  /** Revisions to be kept out for what came of drawing them. */
  readonly refusals: Refusals;
  /** Orphans under `public/` that the nightly check listed; replaces what was known. */
  readonly orphans: Readonly<Record<string, string>> | null;
}

/** A stage's configuration: not content. */
export interface Stage {
  readonly baseUrl: string;
  readonly tagAuthority: string;
  readonly epoch: number;
}

/** What happened to each document of an event, for the log, the receipt and the command line. */
export interface DocumentReport {
  readonly id: DocumentId;
  readonly rev: string | null;
  readonly outcome:
    | 'unchanged'
    /** Before the newest known one: left as it is. */
    | 'older'
    /** The same, and noted: taken when it comes again. */
    | 'older-noted'
    | 'accepted'
    | 'refused'
    | 'absent'
    | 'removal-refused'
    | 'ignored';
  readonly problems: readonly ProblemNote[];
  /** What was received is a revision before the newest known one: the lake was restored from a backup. */
  readonly isRolledBack?: boolean;
}

/** The state of one step under way. */
export interface StepContext {
  readonly input: StepInput;
  readonly work: Work;
  readonly asOf: Instant;
  /** The number this release will have. */
  readonly seq: number;
  readonly publication: Publication;
  readonly todo: Todo;
  readonly documents: AcceptedDocuments;
  readonly reports: DocumentReport[];
  readonly touched: Touched;
  /** Refused candidates: what they refer to, and the address they want. */
  readonly waiting: Map<DocumentId, Briefing>;
  /** Live briefings whose related ones may have to be chosen. */
  readonly relate: Map<DocumentId, Briefing>;
  /** Briefings that are drawn again with everything else; their months' lists follow when all of a month are. */
  readonly redrawn: Set<DocumentId>;
  /** Everything is to be drawn again, from the newest month on. */
  beginsRedraw: boolean;
  /** `<person id> <month>` pairs whose membership may have changed. */
  readonly facetMonths: Set<string>;
  /** Person → years of their pages that changed. */
  readonly facetYears: Map<DocumentId, ReadonlySet<string>>;
  /** Facets whose page has been decided in this step. */
  readonly evaluatedFacets: Set<DocumentId>;
  /** Removals counted in this step. */
  readonly removals: { count: number; readonly left: number };
  /** Live briefings and counts by type, as this step leaves them. */
  live: number;
  readonly counts: Partial<Record<PublishedDocument['type'], number>>;
}

/** What has to be looked at again when the evaluations are done. */
export interface Touched {
  /** Briefings whose own objects are drawn. */
  readonly briefings: Set<DocumentId>;
  readonly facets: Set<DocumentId>;
  readonly addresses: Set<string>;
  /** Facets to be drawn whole, not only the years that changed. */
  readonly wholeFacets: Set<DocumentId>;
  readonly months: Set<string>;
  /** Numbers of full chunks of the change feed. */
  readonly chunks: Set<number>;
  site: boolean;
  fixed: boolean;
  newcomers: boolean;
}

/** Tasks waiting to be done, each once, with every cause that brought it: a removal waits for its own. */
export class Todo {
  readonly #tasks = new Map<Task, Set<string>>();
  readonly #urgent = new Set<Task>();

  add(task: Task, cause: string): void {
    const causes = this.#tasks.get(task) ?? new Set<string>();
    this.#tasks.set(task, causes.add(cause));
  }

  /** A task that may not wait for another release. */
  addUrgent(task: Task, cause: string): void {
    this.add(task, cause);
    this.#urgent.add(task);
  }

  /** The next task that may not wait. */
  takeUrgent(): Task | null {
    for (const task of this.#urgent) {
      this.#urgent.delete(task);
      if (this.#tasks.delete(task)) return task;
    }
    return null;
  }

  /** The next task that `ready` lets through. */
  take(ready: (task: Task) => boolean): Task | null {
    for (const task of this.#tasks.keys()) {
      if (!ready(task)) continue;
      this.#tasks.delete(task);
      return task;
    }
    return null;
  }

  /** So many that come next. */
  first(count: number): readonly Task[] {
    return [...this.#tasks.keys()].slice(0, Math.max(0, count));
  }

  /** What is left, by cause; a task stands under each of its causes. */
  left(): ReadonlyMap<string, readonly Task[]> {
    const byCause = new Map<string, Task[]>();
    for (const [task, causes] of this.#tasks) {
      for (const cause of causes) {
        const tasks = byCause.get(cause) ?? [];
        byCause.set(cause, tasks);
        tasks.push(task);
      }
    }
    return byCause;
  }
}

/** Accepted documents by id: this step's own, else the snapshots in state. */
export class AcceptedDocuments extends Documents {
  readonly #work: Work;
  readonly #readSnapshot: StepInput['readSnapshot'];
  readonly #parsed = new Map<string, Promise<PublishedDocument>>();
  readonly #accepted = new Map<string, { readonly key: string; readonly document: unknown }>();

  constructor(work: Work, readSnapshot: StepInput['readSnapshot']) {
    super();
    this.#work = work;
    this.#readSnapshot = readSnapshot;
  }

  /** Remember a revision as accepted by this step; its snapshot will be stored. */
  accept(document: PublishedDocument, fetched: unknown): void {
    const key = revisionKey(document.id, document.rev);
    this.#accepted.set(key, { key, document: fetched });
    this.#parsed.set(key, Promise.resolve(document));
  }

  /** Snapshots of this step, by `<id>/<rev>`. */
  get snapshots(): ReadonlyMap<string, unknown> {
    return new Map([...this.#accepted].map(([key, { document }]) => [key, document]));
  }

  /** The accepted revision of a document, or null when none ever was. */
  override async get(id: DocumentId): Promise<PublishedDocument | null> {
    const entry = await this.#work.entry(id);
    return entry?.accepted ? this.at(id, entry.accepted.rev) : null;
  }

  at(id: DocumentId, rev: string): Promise<PublishedDocument> {
    const key = revisionKey(id, rev);
    const known = this.#parsed.get(key);
    if (known !== undefined) return known;
    const reading = this.#readSnapshot(id, rev).then((document) => {
      const parsed = parseDocument(document, 'accepted');
      if (parsed.ok) return parsed.value;
      throw new Error(
        `The accepted revision ${rev} of ${id} no longer parses: ` +
          `${parsed.problems.map((problem) => `${problem.path} ${problem.code}`).join(', ')}. ` +
          'A stricter model must keep reading what older code accepted.',
      );
    });
    this.#parsed.set(key, reading);
    return reading;
  }
}

/** Names a revision: ids and revisions hold no slash. */
export const revisionKey = (id: DocumentId, rev: string): string => `${id}/${rev}`;

/** What is known of a document nobody has heard of yet. */
export function newEntry(id: DocumentId, type: PublishedDocument['type']): Entry {
  return {
    id,
    type,
    present: false,
    accepted: null,
    refused: null,
    notes: [],
    references: {},
    filed: '',
    linkedIn: [],
    views: {},
    briefing:
      type === 'briefing'
        ? {
            state: 'waiting',
            leavesFor: null,
            language: '',
            date: '',
            original: null,
            leftGroups: [],
            address: null,
            path: null,
            claims: [],
            publishedAt: null,
            related: null,
            relatedBasis: null,
            formerly: [],
            gone: null,
            removalRefused: false,
            due: [],
            announced: null,
          }
        : null,
    facet: type === 'person' ? noFacet : null,
  };
}

export const noFacet = {
  months: [],
  address: null,
  path: null,
  claim: null,
  leaving: false,
  formerly: [],
  gone: null,
} as const;
