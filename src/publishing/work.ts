import type { CivilDate, CivilMonth, DocumentId } from '../briefing/model.ts';
import type { Card } from '../briefing/resolved.ts';
import { canonicalJson } from './digest.ts';
import type { Address, Entry, Month, RecordKey, Records, Site } from './state.ts';
import type { Tree } from './tree.ts';

/** The state as it will be: the tree at the root, with this step's changes laid over it. */
export class Work {
  readonly #tree: Tree;
  readonly #changes = new Map<string, unknown>();
  readonly #own = new WeakSet<object>();

  constructor(tree: Tree) {
    this.#tree = tree;
  }

  /** The record as this step leaves it. */
  async get<Key extends RecordKey>(key: Key): Promise<Records[Key] | undefined> {
    return this.#changes.has(key) ? typed<Key>(this.#changes.get(key)) : this.before(key);
  }

  /** The record as the root has it. */
  async before<Key extends RecordKey>(key: Key): Promise<Records[Key] | undefined> {
    return typed<Key>(await this.#tree.get(key));
  }

  set<Key extends RecordKey>(key: Key, value: Records[Key] | undefined): void {
    this.#changes.set(key, value);
  }

  /**
   * The same members with one set, or taken out by null. Copied once in a step and not once a member:
   * an import files thousands under one month, and each would copy all before it.
   */
  withMember<Member>(
    members: Readonly<Record<DocumentId, Member>>,
    id: DocumentId,
    member: Member | null,
  ): Readonly<Record<DocumentId, Member>> {
    const own: Record<DocumentId, Member> = this.#own.has(members) ? members : { ...members };
    this.#own.add(own);
    if (member === null) delete own[id];
    else own[id] = member;
    return own;
  }

  entry(id: DocumentId): Promise<Entry | undefined> {
    return this.get(`entry:${id}`);
  }
  async address(address: string): Promise<Address> {
    return (await this.get(`address:${address}`)) ?? noAddress;
  }
  async month(month: CivilMonth): Promise<Month> {
    return (await this.get(`month:${month}`)) ?? noMonth;
  }
  async cards(day: CivilDate): Promise<Readonly<Record<DocumentId, Card>>> {
    return (await this.get(`cards:${day}`)) ?? {};
  }
  async links(target: DocumentId, bucket: string): Promise<Readonly<Record<DocumentId, string>>> {
    return (await this.get(linksKey(target, bucket))) ?? {};
  }
  async site(): Promise<Site> {
    return (await this.get('site')) ?? noSite;
  }

  /** Records that really differ from the root's. */
  async changes(): Promise<ReadonlyMap<string, unknown>> {
    const before = await Promise.all(
      [...this.#changes].map(async ([key, value]) => ({
        key,
        value,
        isSame: canonicalJson(await this.#tree.get(key)) === canonicalJson(value),
      })),
    );
    const changed = new Map<string, unknown>();
    for (const { key, value, isSame } of before) if (!isSame) changed.set(key, value);
    return changed;
  }
}

/** Whether a record lists nothing any more. */
export function isEmpty(members: Readonly<Record<DocumentId, unknown>>): boolean {
  return Object.keys(members).length === 0;
}

export const linksKey = (target: DocumentId, bucket: string): `links:${string}` =>
  `links:${target}@${bucket}`;

const noAddress: Address = { holder: null, last: null, claims: [], views: {} };
const noMonth: Month = { lines: {}, views: {} };
const noSite: Site = {
  months: [],
  views: {},
  changes: [],
  chunks: 0,
  dueDays: {},
  leaving: [],
  refusedRemovals: [],
  orphans: {},
};

// The one place where state is believed: nodes are our own bytes, addressed by their hash.
function typed<Key extends RecordKey>(value: unknown): Records[Key] | undefined {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
  return value as Records[Key] | undefined;
}
