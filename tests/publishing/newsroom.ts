import type { DocumentType } from '../../src/briefing/model.ts';
import { buildSite } from '../../src/publishing/build.ts';
import { isOutside } from '../../src/publishing/check-bucket.ts';
import { sha256Hex } from '../../src/publishing/digest.ts';
import { edition } from '../../src/publishing/edition.ts';
import { exportHistory, gatherHistory } from '../../src/publishing/history.ts';
import { hold, type HoldOutcome, resume, type ResumeOutcome } from '../../src/publishing/hold.ts';
import type { PurgeItem, Store } from '../../src/publishing/ports.ts';
import { publish, type PublishOutcome, type PublishRequest } from '../../src/publishing/publish.ts';
import { treeOf, type Publisher, type PublishEvent } from '../../src/publishing/publisher.ts';
import { reconcile, type ReconcileOutcome } from '../../src/publishing/reconcile.ts';
import type { Renderers } from '../../src/publishing/renderers.ts';
import {
  rootKey,
  snapshotKey,
  type RecordKey,
  type Records,
  type Root,
} from '../../src/publishing/state.ts';
import { storedTextType, unpackText } from '../../src/publishing/stored-text.ts';
import { sweep, type SweepKind, type SweepOutcome } from '../../src/publishing/sweep.ts';
import { verifyBucket } from '../../src/publishing/verify.ts';
import { Work } from '../../src/publishing/work.ts';
import { objectKey, pathOfKey, receiptPath, statusPath } from '../../src/site/paths.ts';
import { memoryLake, type KeptDocument } from '../fakes/memory-lake.ts';
import { memoryQueue } from '../fakes/memory-queue.ts';
import { memoryStore } from '../fakes/memory-store.ts';
import { briefing, country, person, settings, slug, topic } from '../simulator/newsroom.ts';

type Fields = Readonly<Record<string, unknown>>;

/** One call of the store, as a test counts and disturbs them. */
export interface StoreCall {
  readonly call: 'get' | 'head' | 'put' | 'list' | 'delete';
  readonly key: string;
}

/** What a bucket that is the clean build has to show. */
export const noDifference = { differing: [], missing: [], foreign: [] };

/** What a story says of a briefing; further fields are the document's. */
export type Brief = Partial<Parameters<typeof briefing>[0]> & Fields;

/** A publication with its lake, its bucket and a clock that only moves when it is told to. */
export class Newsroom {
  readonly documents = new Map<string, KeptDocument>();
  readonly store: Store;
  /** The newsroom's own publisher, which remembers nodes as a warm function does. */
  readonly press: Publisher;
  /** Every call of every publisher's store, in order. */
  readonly calls: StoreCall[] = [];
  /** Puts that were stored, by key, in order. */
  readonly stored: string[] = [];
  readonly purged: PurgeItem[] = [];
  readonly events: PublishEvent[] = [];
  /** How often the lake was read by id. */
  reads = 0;
  /** Thrown from here, a call fails: before it has any effect, or when its answer comes. */
  beforeCall: (call: StoreCall) => void = () => {};
  afterCall: (call: StoreCall) => void = () => {};
  purgeFails = false;
  readonly #renderers: Renderers;
  #now: number;
  #revisions = 0;

  constructor(start: string, renderers: Renderers) {
    this.#renderers = renderers;
    this.#now = Date.parse(start);
    this.store = memoryStore({ now: () => this.now });
    this.press = this.publisher();
  }

  /** The same world once more, so that it can go on in another way. */
  async copy(): Promise<Newsroom> {
    const copy = new Newsroom(this.now, this.#renderers);
    copy.#revisions = this.#revisions;
    for (const [id, document] of this.documents) copy.documents.set(id, document);
    for (const key of await this.keys()) {
      const object = await this.store.get(key);
      if (object !== null) await copy.store.put(key, object, { ifNoneMatch: '*' });
    }
    return copy;
  }

  get now(): string {
    return new Date(this.#now).toISOString();
  }
  set now(instant: string) {
    this.#now = Date.parse(instant);
  }
  pass(seconds: number): void {
    this.#now += seconds * 1000;
  }

  /** An editor publishes a document; a second goes by. */
  put(id: string, type: DocumentType, fields: Fields): KeptDocument {
    this.pass(1);
    this.#revisions += 1;
    const document = {
      ...fields,
      _id: id,
      _type: type,
      _rev: `r${this.#revisions}`,
      _createdAt: this.documents.get(id)?.['_createdAt'] ?? this.now,
      _updatedAt: this.now,
    };
    this.documents.set(id, document);
    return document;
  }

  /** An editor publishes a change of a document that stands. */
  patch(id: string, fields: Fields): KeptDocument {
    const { _type, ...standing } = this.standing(id);
    return this.put(id, typeOf(_type), { ...standing, ...fields });
  }

  /** An editor publishes a briefing; what is not said is about Ada, of today. */
  brief(
    id: string,
    { headline, slug: at, date, person: who, mentions, ...more }: Brief = {},
  ): void {
    const name = id.replace(/^b-/, '');
    const fields = briefing({
      headline: headline ?? `Ada ${name}`,
      slug: at ?? name,
      date: date ?? this.now.slice(0, 10),
      person: who ?? 'p-ada',
      mentions: mentions ?? [],
    });
    this.put(id, 'briefing', { ...fields, ...more });
  }

  remove(...ids: readonly string[]): void {
    this.pass(1);
    for (const id of ids) this.documents.delete(id);
  }

  standing(id: string): KeptDocument {
    const document = this.documents.get(id);
    if (document === undefined) throw new Error(`There is no ${id} in the lake`);
    return document;
  }

  /** A process of its own: a fresh memory, the same world. */
  publisher(changes: Partial<Publisher> = {}): Publisher {
    const now = (): string => this.now;
    const lake = memoryLake(this.documents);
    return {
      ports: {
        store: this.#watched(),
        lake: {
          ...lake,
          read: (ids) => {
            this.reads += 1;
            return lake.read(ids);
          },
        },
        queue: memoryQueue({ now }),
        purge: {
          purge: async (items) => {
            if (this.purgeFails) return { purged: 0, failed: items };
            this.purged.push(...items);
            return { purged: items.length, failed: [] };
          },
        },
        clock: { now, sleep: async () => {} },
        random: { next: () => 0.5 },
      },
      stage: { baseUrl: 'https://daily.example', tagAuthority: 'daily.example,2026', epoch: 1 },
      renderers: this.#renderers,
      nodes: new Map(),
      notify: (event) => this.events.push(event),
      ...changes,
    };
  }

  publish(...ids: readonly string[]): Promise<PublishOutcome> {
    return publish(this.press, { ids, continuePending: false });
  }

  /** Publishes, and goes on until no fan-out is left. */
  async publishWhole(ids: readonly string[], publisher = this.press): Promise<number> {
    let outcome = await publish(publisher, { ids, continuePending: false });
    let releases = outcome.kind === 'done' ? outcome.releases : 0;
    while (outcome.kind === 'done' && outcome.tasksLeft > 0) {
      outcome = await publish(publisher, { ids: [], continuePending: true });
      releases += outcome.kind === 'done' ? outcome.releases : 0;
    }
    return releases;
  }

  request(request: PublishRequest): Promise<PublishOutcome> {
    return publish(this.press, request);
  }
  reconcile(deep = false): Promise<ReconcileOutcome> {
    return reconcile(this.press, { deep });
  }
  sweep(kind: SweepKind = 'due'): Promise<SweepOutcome> {
    return sweep(this.press, kind);
  }

  /** An operator puts publishing on hold. */
  hold(reason: string): Promise<HoldOutcome> {
    return hold(this.press, reason);
  }
  /** And ends the hold again, without the reconcile that follows. */
  resume(): Promise<ResumeOutcome> {
    return resume(this.press);
  }

  async root(): Promise<Root> {
    return JSON.parse(await this.stateText(rootKey));
  }

  /** A record of the state tree, such as `site` or `entry:b-one`, as the root has it. */
  async record<Key extends RecordKey>(key: Key): Promise<Records[Key] | undefined> {
    return new Work(treeOf(this.press, await this.root())).before(key);
  }

  async stateText(key: string): Promise<string> {
    const object = await this.store.get(key);
    if (object === null) throw new Error(`${key} is not in the bucket`);
    const { body, contentType } = object;
    return contentType === storedTextType ? unpackText(body) : new TextDecoder().decode(body);
  }

  async keys(prefix = ''): Promise<readonly string[]> {
    const keys: string[] = [];
    for await (const { key } of this.store.list(prefix)) keys.push(key);
    return keys;
  }

  /** Every public path with what it answers: `/a/ 200`, `/b/ 301 /a/`; what tells of time, and schemas apart. */
  async site(within = '/'): Promise<readonly string[]> {
    const lines: string[] = [];
    for (const key of await this.keys('public/')) {
      if (isOutside(key) || key.startsWith('public/v1/schema/')) continue;
      const path = pathOfKey(key);
      if (path.startsWith(within)) lines.push(`${path} ${await this.answer(path)}`);
    }
    return lines.sort();
  }

  /** Status and location of a path: `200`, `301 /elsewhere/`, `410`, `404`. */
  async answer(path: string): Promise<string> {
    const object = await this.store.get(keyOfPath(path));
    if (object === null) return '404';
    const { status = '200', location } = object.metadata ?? {};
    return location === undefined ? status : `${status} ${location}`;
  }

  /** The bytes at a public path. */
  text(path: string): Promise<string> {
    return this.stateText(keyOfPath(path));
  }
  async json(path: string): Promise<Fields> {
    return JSON.parse(await this.text(path));
  }

  /** The receipt that the Studio of this revision looks at. */
  receipt(id: string, rev = this.standing(id)._rev): Promise<Fields> {
    return this.json(receiptPath(sha256Hex(`${id}:${rev}`)));
  }

  /** Where the links of a page's article lead, each once, in order of appearance. */
  async links(path: string): Promise<readonly string[]> {
    const page = await this.text(path);
    const main = page.slice(page.indexOf('<main'), page.indexOf('</main>'));
    return [...new Set([...main.matchAll(/<a [^>]*?href="(\/[^"]*)"/g)].map(([, to = '']) => to))];
  }

  /** Every public object but the status with its bytes, and what it is served with. */
  async everything(): Promise<Readonly<Record<string, string>>> {
    const objects: Record<string, string> = {};
    for (const key of await this.keys('public/')) {
      if (key === objectKey(statusPath)) continue;
      const object = await this.store.get(key);
      if (object === null) continue;
      const { body, contentType, cacheControl, metadata } = object;
      const headers = JSON.stringify({ contentType, cacheControl, metadata });
      objects[key] = `${headers}\n${new TextDecoder().decode(body)}`;
    }
    return objects;
  }

  /** What a comparison of bucket and clean build finds: lake, history and nothing else, to the byte. */
  async differences(publisher = this.press): Promise<{
    readonly differing: readonly unknown[];
    readonly missing: readonly string[];
    readonly foreign: readonly string[];
  }> {
    const root = await this.root();
    const history = await gatherHistory(
      exportHistory(root, treeOf(publisher, root), async (id, rev) =>
        JSON.parse(await this.stateText(snapshotKey(id, rev))),
      ),
    );
    const { baseUrl, tagAuthority } = publisher.stage;
    const { objects } = await buildSite({
      documents: new Map([...this.documents].filter(([id]) => !id.includes('.'))),
      history,
      baseUrl,
      tagAuthority,
      renderers: publisher.renderers,
      now: root.asOf,
    });
    const { differing, missing, foreign } = await verifyBucket({
      store: this.store,
      expected: objects,
      headers: true,
    });
    return { differing, missing, foreign: [...foreign.keys()] };
  }

  /** Public paths that were written while something ran, in order of name; what tells of time apart. */
  async written(run: () => Promise<unknown>): Promise<readonly string[]> {
    const from = this.stored.length;
    await run();
    return this.stored
      .slice(from)
      .filter((key) => key.startsWith('public/') && !isOutside(key))
      .map((key) => pathOfKey(key))
      .sort();
  }

  /** Public objects that hold some words, by path; receipts included. */
  async naming(words: string): Promise<readonly string[]> {
    const paths: string[] = [];
    for (const key of await this.keys('public/')) {
      if (key.includes(words) || (await this.stateText(key)).includes(words)) {
        paths.push(pathOfKey(key));
      }
    }
    return paths;
  }

  #watched(): Store {
    const { store } = this;
    const call = async <Answer>(which: StoreCall, effect: () => Promise<Answer>) => {
      this.calls.push(which);
      this.beforeCall(which);
      const answer = await effect();
      this.afterCall(which);
      return answer;
    };
    return {
      get: (key) => call({ call: 'get', key }, () => store.get(key)),
      head: (key) => call({ call: 'head', key }, () => store.head(key)),
      put: (key, object, condition) =>
        call({ call: 'put', key }, async () => {
          const outcome = await store.put(key, object, condition);
          if (outcome.kind === 'stored') this.stored.push(key);
          return outcome;
        }),
      delete: (key, condition) => call({ call: 'delete', key }, () => store.delete(key, condition)),
      list: (prefix, after) => {
        const which = { call: 'list', key: prefix } as const;
        this.calls.push(which);
        this.beforeCall(which);
        return store.list(prefix, after);
      },
    };
  }
}

/**
 * A publication with settings, two people, two countries, two topics and a team, and no briefing
 * yet. It publishes the product's own edition unless a story is about great numbers.
 */
export function openNewsroom({
  start = '2026-10-12T09:00:00.000Z',
  renderers = edition,
}: { readonly start?: string; readonly renderers?: Renderers } = {}): Newsroom {
  const newsroom = new Newsroom(start, renderers);
  newsroom.put('siteSettings', 'siteSettings', settings('The Daily Why'));
  newsroom.put('c-uk', 'country', country('GB', 'United Kingdom', 'British', 'united-kingdom'));
  newsroom.put('c-tn', 'country', country('TN', 'Tunisia', 'Tunisian', 'tunisia'));
  newsroom.put('t-science', 'topic', topic('Science', 'science'));
  newsroom.put('t-relief', 'topic', topic('Relief', 'relief'));
  newsroom.put('team-desk', 'team', {
    name: 'The Desk',
    slug: slug('the-desk'),
    description: 'Who writes.',
  });
  newsroom.put('p-ada', 'person', person('Ada Lovelace', 'ada-lovelace', 'c-uk'));
  newsroom.put('p-ibn', 'person', person('Ibn Khaldun', 'ibn-khaldun', 'c-tn'));
  return newsroom;
}

function keyOfPath(path: string): string {
  return `public${path}${path.endsWith('/') ? 'index.html' : ''}`;
}

function typeOf(type: string): DocumentType {
  switch (type) {
    case 'briefing':
    case 'person':
    case 'country':
    case 'team':
    case 'author':
    case 'topic':
    case 'redirect':
    case 'siteSettings':
      return type;
    default:
      throw new Error(`${type} is no type of document`);
  }
}
