import type { DocumentId } from '../../src/briefing/model.ts';
import { sha256Hex } from '../../src/publishing/digest.ts';
import { objectKey, receiptPath, v1 } from '../../src/site/paths.ts';
import { decode, type Held } from './bucket.ts';
import type { SimDocument } from './lake.ts';

import type { Process } from './process.ts';
import type { World } from './world.ts';

/** What must come about in time, whatever else is under way. */
export const bounds = {
  /** From the moment the queue has taken its message, to the receipt. */
  'an edit that arrived': 60,
  /** From the edit, which no delivery told of. */
  'a lost edit': 1800,
  'a lost deletion': 1800,
  /** From the tick at night: a damaged object stands again. */
  'the deep check': 7200,
  /** From the tick at night: an expired receipt, and what nothing names, are gone. */
  'the collector': 6000,
  /** Messages, not seconds: those that died of another's fault. */
  'dead letters': 0,
} as const;
export type Promised = keyof typeof bounds;

/** Documents and promises of which nothing is expected. */
export interface Excused {
  readonly documents: readonly DocumentId[];
  readonly promises: readonly Promised[];
}
const nothingExcused: Excused = { documents: [], promises: [] };

/** Something that was not in time: by how many seconds, of a bound that faults may have moved. */
export interface Late {
  readonly promised: Promised;
  readonly what: string;
  readonly seconds: number;
  readonly bound: number;
}

/** An edit that somebody waits for. */
interface Claim {
  readonly id: DocumentId;
  readonly what: string;
  readonly isDeletion: boolean;
  /** Whether a write shows that it is done. */
  readonly isSeen: (key: string, object: Held) => boolean;
  readonly since: number;
  arrivedAt: number | null;
  /** Milliseconds that faults of its own have cost it. */
  allowance: number;
}

/**
 * Looks whether edits are seen in time. An edit is when its receipt says so, which is written when everything
 * of its release stands; a deletion when the month's list has dropped it, or its own address says that it is
 * gone. A later edit of the same document takes the place of the one before.
 */
export class Liveness {
  readonly late: Late[] = [];
  /** The slowest of each kind that came, in seconds beyond what faults of its own have cost it. */
  readonly worst = new Map<Promised, number>();
  readonly #world: World;
  readonly #claims = new Map<DocumentId, Claim>();
  /** Briefings that are shown, by the month they are listed in. */
  readonly #shown = new Map<DocumentId, string>();
  /** What receipts will be about. */
  readonly #edits = new Map<string, { readonly id: DocumentId; readonly month: string | null }>();
  readonly #carriers = new Map<Process, readonly DocumentId[]>();
  /** Where nothing is promised: on hold, while code is deployed, on a queue that is not the product's. */
  isWatching = false;
  /** What depends on the one thing that is broken for good. */
  excused: Excused = nothingExcused;

  constructor(world: World) {
    this.#world = world;
  }

  edited(id: DocumentId, document: SimDocument | null): void {
    this.#claims.delete(id);
    const month = document === null ? this.#shown.get(id) : monthOf(document);
    if (document !== null)
      this.#edits.set(receiptKey(id, document._rev), { id, month: month ?? null });
    if (!this.isWatching || this.excused.documents.includes(id) || id.startsWith('redirect-'))
      return;
    // Of other documents that go, what is shown goes with the last briefing that refers to them.
    if (document === null && month === undefined) return;
    this.#claims.set(id, {
      id,
      what: document === null ? `deletion of ${id}` : `${id} ${document._rev}`,
      isDeletion: document === null,
      isSeen: document === null ? isGone(id, month ?? '') : isTold(id, document._rev),
      since: this.#world.now,
      arrivedAt: null,
      allowance: 0,
    });
  }

  arrived(ids: readonly DocumentId[]): void {
    for (const id of ids) {
      const claim = this.#claims.get(id);
      if (claim !== undefined) claim.arrivedAt ??= this.#world.now;
    }
  }

  /** An invocation was given messages about these: what its faults cost is theirs, and nobody else's. */
  began(process: Process, ids: readonly DocumentId[]): void {
    this.#carriers.set(process, ids);
  }

  /** A kill costs a visibility timeout; a fault what it took, and the time until the message is there again. */
  ended(process: Process, how: 'answered' | 'failed' | 'killed', visibilitySeconds: number): void {
    const ids = this.#carriers.get(process) ?? [];
    this.#carriers.delete(process);
    const again = process.delayed > 0 ? sentAgainAfter : 0;
    const cost = how === 'killed' ? visibilitySeconds * 1000 : again;
    for (const id of ids) {
      const claim = this.#claims.get(id);
      if (claim !== undefined && claim.arrivedAt !== null) {
        claim.allowance += cost + process.delayed;
      }
    }
  }

  written(key: string, object: Held | null): void {
    if (object === null) return;
    this.#note(key, object);
    for (const claim of this.#claims.values()) {
      if (!claim.isSeen(key, object)) continue;
      for (const [process, ids] of this.#carriers) {
        if (ids.includes(claim.id)) claim.allowance += process.delayed;
      }
      this.#claims.delete(claim.id);
      this.#judge(claim);
    }
  }

  /** A receipt tells what is shown of its document. */
  #note(key: string, object: Held): void {
    const edit = this.#edits.get(key);
    if (edit === undefined) return;
    const { state }: { readonly state: string } = JSON.parse(decode(object));
    if (state === 'live' && edit.month !== null) this.#shown.set(edit.id, edit.month);
    else if (state !== 'quarantined') this.#shown.delete(edit.id);
  }

  get isWaiting(): boolean {
    return this.#claims.size > 0;
  }

  /** Nothing is waited for any longer: what is not there and should be, is late. */
  settle(): void {
    for (const claim of this.#claims.values()) {
      if (this.#boundOf(claim) < this.#ageOf(claim)) this.#judge(claim, ', and is not there yet');
    }
    this.#claims.clear();
  }

  /** Anything else that took its time. */
  came(promised: Promised, what: string, seconds: number, bound: number = bounds[promised]): void {
    this.worst.set(promised, Math.max(this.worst.get(promised) ?? 0, seconds));
    if (seconds > bound) this.late.push({ promised, what, seconds, bound });
  }

  #judge(claim: Claim, more = ''): void {
    const promised = promiseOf(claim);
    const seconds = (this.#ageOf(claim) - claim.allowance) / 1000;
    this.came(promised, `${claim.what}${more}`, Math.max(0, seconds));
  }

  #ageOf({ arrivedAt, since }: Claim): number {
    return this.#world.now - (arrivedAt ?? since);
  }

  #boundOf(claim: Claim): number {
    return bounds[promiseOf(claim)] * 1000 + claim.allowance;
  }
}

/** What a message waits at the most before it comes back after an outage, in milliseconds. */
const sentAgainAfter = 15_000;

function promiseOf({ arrivedAt, isDeletion }: Claim): Promised {
  if (arrivedAt !== null) return 'an edit that arrived';
  return isDeletion ? 'a lost deletion' : 'a lost edit';
}

function isTold(id: DocumentId, rev: string): Claim['isSeen'] {
  const receipt = receiptKey(id, rev);
  return (key) => key === receipt;
}

function isGone(id: DocumentId, month: string): Claim['isSeen'] {
  const own = objectKey(v1.briefing(id));
  const list = objectKey(v1.month(month));
  return (key, object) => {
    if (key === own) return object.metadata?.['status'] !== undefined;
    return key === list && !decode(object).includes(v1.briefing(id));
  };
}

/** Of a briefing, the month of its date. */
function monthOf({ _type, date }: SimDocument): string | null {
  return _type === 'briefing' && typeof date === 'string' ? date.slice(0, 7) : null;
}

function receiptKey(id: DocumentId, rev: string): string {
  return objectKey(receiptPath(sha256Hex(`${id}:${rev}`)));
}
