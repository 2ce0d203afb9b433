import type { SiteStatus } from '../../src/feed/status-json.ts';
import { isOutside } from '../../src/publishing/check-bucket.ts';
import { isEntry } from '../../src/publishing/compare.ts';
import { canonicalJson } from '../../src/publishing/digest.ts';
import { rootKey, type Root } from '../../src/publishing/state.ts';
import { isQuarantined, statusOf } from '../../src/publishing/status.ts';
import type { Tree } from '../../src/publishing/tree.ts';
import { objectKey, statusPath } from '../../src/site/paths.ts';
import { decode, type Bucket, type Held } from './bucket.ts';
import { Links } from './links.ts';

/** A promise that was broken, and where. */
export class Violation extends Error {
  override readonly name = 'Violation';
  readonly promise: string;
  constructor(promise: string, detail: string) {
    super(`${promise}: ${detail}`);
    this.promise = promise;
  }
}

export const baseUrl = 'https://daily.example';
const statusKey = objectKey(statusPath);

/** Watches every write of a public object. */
export class Oracles {
  readonly #bucket: Bucket;
  readonly #releases = new Map<string, number>();
  readonly #shown = new Map<string, number>();
  readonly #buried = new Map<string, number>();
  readonly #links: Links;
  /** Keys a foreign hand has touched: until they are repaired nothing is promised of them. */
  readonly foreign = new Set<string>();
  watchesLinks = true;
  #isOnHold = false;
  /** What there was to tell of each root, and the number of the last one of which it was so. */
  readonly #roots = new Map<string, number>();
  #written = 0;
  /** The number of the newest root that the status has told of. */
  #told = -1;

  constructor(bucket: Bucket) {
    this.#bucket = bucket;
    this.#links = new Links(bucket, baseUrl);
  }

  /** What stands already counts as seen. */
  adopt(): void {
    for (const [key, object] of this.#bucket.objects) {
      if (key.startsWith('public/') && !isOutside(key)) this.#neverBack(key, object);
    }
  }

  /** Everything, once it has come to rest. */
  atRest(): void {
    if (this.watchesLinks && this.foreign.size === 0) this.#expectLinks(this.#links.walked());
  }

  /** Of a lake that went back to a backup: the revision of each document, which may be shown again. */
  restored: ReadonlyMap<string, number> = new Map();

  /** Throws the violation. */
  afterWrite(key: string, object: Held | null): void {
    if (key === rootKey && object !== null) {
      const root = rootOf(object);
      this.#isOnHold = root.hold !== null;
      this.#written += 1;
      this.#roots.set(factsIn(statusOf(root, root.asOf)), this.#written);
    }
    if (key === statusKey && object !== null) this.#statusGoesOn(object);
    if (!key.startsWith('public/') || isOutside(key)) return;
    if (this.#isOnHold) throw new Violation('on hold', `${key} is written all the same`);
    if (object !== null) {
      // Where a foreign hand has deleted, a creation that was long under way lands: foreign as well.
      const isLate = this.foreign.has(key) && releaseOf(object) < (this.#releases.get(key) ?? 0);
      if (isLate) return;
      this.foreign.delete(key);
      this.#neverBack(key, object);
    }
    if (this.watchesLinks && this.foreign.size === 0) {
      this.#expectLinks(this.#links.brokenAfter(key), key);
    } else {
      this.#links.forget();
    }
  }

  #expectLinks(broken: string | null, key?: string): void {
    if (broken === null) return;
    const after = key === undefined ? 'at rest' : `after the write of ${key}`;
    throw new Violation('I1 links', `${broken}, ${after}`);
  }

  /** Of two who tell how the site stands, the one who knows less never has the last word. */
  #statusGoesOn(object: Held): void {
    const told = factsIn(JSON.parse(decode(object)));
    const number = this.#roots.get(told) ?? -1;
    if (number < this.#told) {
      throw new Violation('status goes on', `it tells ${told} after a newer root was told`);
    }
    this.#told = number;
  }

  /** I2: release numbers and revisions at a key never fall; what was removed does not return. */
  #neverBack(key: string, object: Held): void {
    const text = decode(object);
    if (text.includes('CANARY'))
      throw new Violation('I4 nothing unpublished', `${key} shows a draft`);
    const release = releaseOf(object);
    if (Number.isNaN(release))
      throw new Violation('I3 one version', `${key} bears no release number`);
    const last = this.#releases.get(key) ?? 0;
    if (release < last) {
      throw new Violation('I2 no way back', `${key} went from release ${last} to ${release}`);
    }
    this.#releases.set(key, release);
    const shown = /rev="(\S+) r(\d+)"/.exec(text);
    if (object.metadata?.['status'] !== undefined) {
      for (const [name, revision] of this.#shown) {
        if (name.startsWith(`${key} `)) this.#buried.set(name, revision);
      }
      return;
    }
    if (shown === null) return;
    const [, id = '', revisionText = ''] = shown;
    const revision = Number(revisionText);
    const name = `${key} ${id}`;
    const isRestored = this.restored.get(id) === revision;
    if (!isRestored && revision < (this.#shown.get(name) ?? 0)) {
      throw new Violation(
        'I2 no way back',
        `${key} shows r${revision} of ${id} after r${this.#shown.get(name)}`,
      );
    }
    if (!isRestored && revision <= (this.#buried.get(name) ?? 0)) {
      throw new Violation(
        'I2 no way back',
        `${key} shows r${revision} of ${id} again after its removal`,
      );
    }
    this.#shown.set(name, revision);
  }
}

/** How many revisions are refused is counted by difference, and never gone through: here it is. */
export async function expectQuarantineCounted(root: Root, tree: Tree): Promise<void> {
  let refused = 0;
  for await (const [key, record] of tree.all()) {
    if (key.startsWith('entry:') && isEntry(record) && isQuarantined(record)) refused += 1;
  }
  if (refused === root.quarantined) return;
  throw new Violation('quarantine counted', `${root.quarantined} of ${refused} documents`);
}

/** The status tells of what the root says by now. */
export function expectStatus(root: Root, bucket: Bucket): void {
  const held = bucket.objects.get(statusKey);
  const told = held === undefined ? 'nothing' : factsIn(JSON.parse(decode(held)));
  const expected = factsIn(statusOf(root, root.asOf));
  if (told !== expected) {
    throw new Violation('status tells the end', `it tells ${told}\nnot\n  ${expected}`);
  }
}

/** A status but for when it was written. */
function factsIn({ at: _at, ...facts }: SiteStatus): string {
  return canonicalJson({ ...facts, $schema: null, type: null });
}

function rootOf(object: Held): Root {
  return JSON.parse(decode(object));
}

/** The number of the release that an object bears; NaN for none. */
function releaseOf(object: Held): number {
  const stamp = /(?:release(?:="|" content="|":\s?"|\s)|"\$comment":\s?")(\d+)\./;
  return Number(stamp.exec(decode(object))?.[1] ?? 'NaN');
}
