import { sha256 } from './digest.ts';
import { inParallel, sideBySide } from './parallel.ts';

/**
 * A content-addressed tree of fixed shape: root → 64 branches → 256 leaves each → records by key.
 * It never splits, so a publish reads and writes the same number of nodes at any size of archive.
 */
export const branchCount = 64;
export const leafCount = 256;
/** Branches that are read side by side where leaf follows leaf. */
const branchesAhead = 8;

export interface Leaf {
  /** The commit that wrote it: a hash is therefore never written twice, and collection never races. */
  readonly seq: number;
  readonly records: Readonly<Record<string, unknown>>;
}
export interface Branch {
  readonly seq: number;
  /** Hash of each of the 256 leaves; empty for an empty one. */
  readonly leaves: readonly string[];
}
/** A leaf, and where it is: a number that grows in tree order. */
export interface PlacedLeaf {
  readonly at: number;
  readonly records: Readonly<Record<string, unknown>>;
}
export type ReadNode = (hash: string) => Promise<string>;

export interface TreeChange {
  readonly branches: readonly string[];
  /** Nodes to store, by hash. */
  readonly nodes: ReadonlyMap<string, string>;
  /** Hashes that nothing names any more. */
  readonly dropped: readonly string[];
}

/** A view of the tree at one root, with reads remembered. Reads of one call go out together. */
export class Tree {
  readonly #branches: readonly string[];
  readonly #read: ReadNode;
  readonly #branchReads = new Map<number, Promise<Branch>>();
  readonly #leafReads = new Map<string, Promise<Leaf>>();
  readonly #lookups = new Set<string>();

  constructor(branches: readonly string[], read: ReadNode) {
    this.#branches = branches;
    this.#read = read;
  }

  /** Leaves looked up so far, absent ones included: what a publish costs in reads. */
  get lookups(): number {
    return this.#lookups.size;
  }

  async get(key: string): Promise<unknown> {
    const leaf = await this.#leaf(placeOf(key));
    return Object.hasOwn(leaf.records, key) ? leaf.records[key] : undefined;
  }

  /** Every record, leaf by leaf, in tree order. */
  async *all(): AsyncGenerator<readonly [string, unknown]> {
    for await (const { records } of this.leaves()) yield* Object.entries(records);
  }

  /** The leaves that hold something, in tree order from a place on; read side by side, so many ahead. */
  async *leaves(from = 0): AsyncGenerator<PlacedLeaf> {
    for (let first = Math.floor(from / leafCount); first < branchCount; first += branchesAhead) {
      const numbers = Array.from({ length: branchesAhead }, (_, index) => first + index);
      const branches = await Promise.all(
        numbers.filter((each) => each < branchCount).map((each) => this.#branch(each)),
      );
      const places = branches
        .flatMap(({ leaves }, index) =>
          leaves.map((hash, leaf) => ({ hash, at: (first + index) * leafCount + leaf })),
        )
        .filter(({ hash, at }) => hash !== '' && at >= from);
      for (let next = 0; next < places.length; next += sideBySide) {
        yield* await inParallel(places.slice(next, next + sideBySide), async ({ hash, at }) => ({
          at,
          records: parseLeaf(await this.#read(hash)).records,
        }));
      }
    }
  }

  /** Hashes of every branch and leaf that the root names. */
  async hashes(): Promise<Set<string>> {
    const named = new Set<string>();
    const nodes = await Promise.all(this.#branches.map((_, index) => this.#branch(index)));
    for (const hash of present(this.#branches)) named.add(hash);
    for (const node of nodes) for (const hash of present(node.leaves)) named.add(hash);
    return named;
  }

  /** The tree with records replaced, or removed where the value is undefined. */
  async with(changes: ReadonlyMap<string, unknown>, seq: number): Promise<TreeChange> {
    const byBranch = new Map<number, Map<number, [string, unknown][]>>();
    for (const [key, value] of changes) {
      const { branch, leaf } = placeOf(key);
      const leaves = byBranch.get(branch) ?? new Map<number, [string, unknown][]>();
      byBranch.set(branch, leaves);
      leaves.set(leaf, [...(leaves.get(leaf) ?? []), [key, value]]);
    }
    await Promise.all([...changes.keys()].map((key) => this.#leaf(placeOf(key))));
    const nodes = new Map<string, string>();
    const dropped: string[] = [];
    const branches = [...this.#branches];
    for (const [index, leaves] of byBranch) {
      const before = await this.#branch(index);
      const after = [...before.leaves];
      for (const [leafIndex, records] of leaves) {
        const previous = before.leaves[leafIndex] ?? '';
        const merged = { ...(await this.#leaf({ branch: index, leaf: leafIndex })).records };
        for (const [key, value] of records) {
          if (value === undefined) delete merged[key];
          else merged[key] = value;
        }
        if (previous !== '') dropped.push(previous);
        after[leafIndex] =
          Object.keys(merged).length === 0
            ? ''
            : addNode(nodes, seq, JSON.stringify({ seq, records: sorted(merged) }));
      }
      const previousBranch = this.#branches[index] ?? '';
      if (previousBranch !== '') dropped.push(previousBranch);
      branches[index] =
        present(after).length === 0
          ? ''
          : addNode(nodes, seq, JSON.stringify({ seq, leaves: after }));
    }
    return { branches, nodes, dropped };
  }

  async #leaf(place: Place): Promise<Leaf> {
    const name = `${place.branch}/${place.leaf}`;
    this.#lookups.add(name);
    const known = this.#leafReads.get(name);
    if (known !== undefined) return known;
    const reading = this.#branch(place.branch).then(async (branch) => {
      const hash = branch.leaves[place.leaf] ?? '';
      return hash === '' ? emptyLeaf : parseLeaf(await this.#read(hash));
    });
    this.#leafReads.set(name, reading);
    return reading;
  }

  async #branch(index: number): Promise<Branch> {
    const known = this.#branchReads.get(index);
    if (known !== undefined) return known;
    const hash = this.#branches[index] ?? '';
    const reading =
      hash === ''
        ? Promise.resolve(emptyBranch)
        : this.#read(hash).then((text) => parseBranch(text));
    this.#branchReads.set(index, reading);
    return reading;
  }
}

export const emptyBranches: readonly string[] = Array.from({ length: branchCount }, () => '');
const emptyLeaf: Leaf = { seq: 0, records: {} };
const emptyBranch: Branch = { seq: 0, leaves: Array.from({ length: leafCount }, () => '') };

function present(hashes: readonly string[]): readonly string[] {
  return hashes.filter((hash) => hash !== '');
}

interface Place {
  readonly branch: number;
  readonly leaf: number;
}

/**
 * Where a record lives. What one publish changes together shares a branch: the links to a document
 * with its entry, the days of a year with its months. The leaf is by hash of the whole key; only the
 * largest records there are, months, the cards of a day and chunks of changes, are dealt out.
 */
export function placeOf(key: string): Place {
  const [kind, name] = splitKey(key);
  const together = kind === 'links' ? `entry:${name.slice(0, name.lastIndexOf('@'))}` : key;
  return (
    placeOfDay(kind, name) ??
    placeOfChunk(kind, name) ?? {
      branch: hash32(together) % branchCount,
      leaf: hash32(`${key}#leaf`) % leafCount,
    }
  );
}

/**
 * A branch for each year, twelve leaves in it for its months, and its days evenly over the others. By
 * hash, two months of 800 briefings met in one leaf, and that had 340 kB.
 */
function placeOfDay(kind: string, name: string): Place | null {
  if (kind !== 'month' && kind !== 'cards' && kind !== 'due') return null;
  const civil = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(name);
  if (civil === null) return null;
  const [year = 0, month = 1, day = 1] = civil.slice(1).map((part) => Number(part ?? 1));
  const dayOfYear = (month - 1) * 31 + day - 1;
  return {
    branch: year % branchCount,
    leaf: kind === 'month' ? month - 1 : 12 + (dayOfYear % (leafCount - 12)),
  };
}

/** Chunks of the change feed go round the branches from the last leaf down: away from one another, and from the months. */
function placeOfChunk(kind: string, name: string): Place | null {
  if (kind !== 'changes' || !/^\d+$/.test(name)) return null;
  const number = Number(name);
  const round = Math.floor(number / branchCount);
  return { branch: number % branchCount, leaf: leafCount - 1 - (round % leafCount) };
}

function splitKey(key: string): [string, string] {
  const colon = key.indexOf(':');
  return colon < 0 ? [key, ''] : [key.slice(0, colon), key.slice(colon + 1)];
}

/** FNV-1a with a final mix: placement only, never identity. */
function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function addNode(nodes: Map<string, string>, seq: number, text: string): string {
  // 108 bits of hash: a branch of 256 names stays small.
  const name = nodeNames(seq) + sha256(text).slice(0, 18);
  nodes.set(name, text);
  return name;
}

/** What the names of all nodes of a commit begin with: listed by it, they are found without being read. */
export function nodeNames(seq: number): string {
  return seq.toString(36).padStart(6, '0');
}

function sorted(records: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(records).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function parseLeaf(text: string): Leaf {
  return JSON.parse(text);
}
function parseBranch(text: string): Branch {
  return JSON.parse(text);
}
