import { publish } from '../../src/publishing/publish.ts';
import type { Publisher } from '../../src/publishing/publisher.ts';
import { Bucket, type Held } from './bucket.ts';
import { SimLake, type SimDocument } from './lake.ts';
import { briefing, openNewsroom, person, personIds, reference } from './newsroom.ts';
import { baseUrl } from './oracles.ts';
import { smallEdition } from './small-edition.ts';
import { World } from './world.ts';

/** A publication with a past: what its lake and its bucket hold. */
export interface Archive {
  readonly documents: readonly SimDocument[];
  readonly revisions: number;
  readonly objects: ReadonlyMap<string, Held>;
}

const built = new Map<number, Promise<Archive>>();

/** Built once for all histories of a process, and never changed: bucket and lake copy what they begin with. */
export function archiveOf(briefings: number): Promise<Archive> {
  const known = built.get(briefings) ?? build(briefings);
  built.set(briefings, known);
  return known;
}

/** Briefings of ten years, about newsroom's people and about as many others as such an archive has. */
async function build(briefings: number): Promise<Archive> {
  const world = new World(briefings, Date.parse('2026-10-01T00:00:00.000Z'));
  const lake = new SimLake(world);
  openNewsroom(lake);
  const people: string[] = [...personIds];
  for (let index = 0; index < briefings / 5; index += 1) {
    const id = `q-${index}`;
    people.push(id);
    lake.put(id, 'person', person(`Person ${index}`, `person-${index}`, 'c-uk'));
  }
  for (let index = 0; index < briefings; index += 1) {
    const day = Math.floor((index * 3650) / briefings);
    const date = new Date(Date.UTC(2016, 9, 1) + day * 86_400_000).toISOString().slice(0, 10);
    const earlier = Math.floor(world.random() * index);
    lake.put(`a-${index}`, 'briefing', {
      ...briefing({
        headline: `What happened on day ${day}`,
        slug: `archived-${index}`,
        date,
        person: world.pick(people),
        mentions: index > 0 && world.chance(0.3) ? [`a-${earlier}`] : [],
      }),
      topics: [{ ...reference(world.pick(['t-science', 't-relief'])), _key: 't' }],
    });
  }
  const bucket = new Bucket(world);
  const publisher = besideTime(bucket, lake, world);
  const ids = [...lake.documents.keys()].filter((id) => !id.includes('.'));
  await publish(publisher, { ids, continuePending: false });
  for (;;) {
    const outcome = await publish(publisher, { ids: [], continuePending: true });
    if (outcome.kind !== 'done' || outcome.tasksLeft === 0) break;
  }
  return {
    documents: [...lake.documents.values()],
    revisions: lake.revision,
    objects: bucket.objects,
  };
}

/** A publisher whose calls take no time. */
function besideTime(bucket: Bucket, lake: SimLake, world: World): Publisher {
  return {
    ports: {
      store: {
        get: async (key) => bucket.objects.get(key) ?? null,
        head: async (key) => bucket.objects.get(key) ?? null,
        put: async (key, object, condition) => bucket.put(key, object, condition),
        list: async function* list(prefix) {
          yield* bucket.listed(prefix, '');
        },
        delete: () => Promise.resolve(false),
      },
      lake: {
        read: async (ids) =>
          new Map(
            ids.map((id) => {
              const document = lake.documents.get(id);
              return [
                id,
                document === undefined ? { kind: 'absent' } : { kind: 'present', document },
              ];
            }),
          ),
        revisions: async function* revisions() {},
        revisionsOf: () => Promise.resolve(new Map()),
        counts: () => Promise.resolve({}),
      },
      queue: { send: () => Promise.resolve() },
      purge: { purge: () => Promise.resolve({ purged: 0, failed: [] }) },
      clock: { now: () => world.instant, sleep: () => Promise.resolve() },
      random: { next: () => world.random() },
    },
    stage: { baseUrl, tagAuthority: 'daily.example,2026', epoch: 1 },
    renderers: smallEdition,
    tasksPerRelease: 10_000,
    nodes: new Map(),
  };
}
