import { statusJson } from '../feed/status-json.ts';
import { cacheControl } from '../site/cache-policy.ts';
import { contentTypes } from '../site/content-types.ts';
import { objectKey, statusPath } from '../site/paths.ts';
import type { Ports, StoredObject } from './ports.ts';
import type { Publisher } from './publisher.ts';
import { readRoot } from './root.ts';
import type { Root } from './state.ts';
import { statusOf } from './status.ts';

/** What stood at `/status.json` when somebody looked, and a root that is newer than whatever stood there. */
export interface Told {
  /** Its ETag, looked at before the root was read or swapped; null for none. */
  readonly standing: string | null;
  readonly root: Root;
}

const statusKey = objectKey(statusPath);
const attempts = 3;

/**
 * Writes `/status.json` of the newest root. What stands is looked at first, then the root, and the write
 * names what stood: so whoever was overtaken in between looks again, and an older root never goes over a newer
 * one, whatever the clocks say. Who has just swapped the root, and looked before, gives both as `first`.
 * Never throws: a status that is lost is written by the next change, and no edit waits for it.
 */
export async function tellStatus(publisher: Publisher, first?: Told): Promise<void> {
  const { ports, stage } = publisher;
  try {
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const { standing, root } =
        attempt === 0 && first !== undefined ? first : await look(publisher);
      const { kind } = await ports.store.put(
        statusKey,
        statusObject(statusJson(statusOf(root, ports.clock.now()), stage.baseUrl)),
        standing === null ? { ifNoneMatch: '*' } : { ifMatch: standing },
      );
      if (kind === 'stored') return;
    }
    publisher.notify?.({ kind: 'status-lost', error: 'RacesLost' });
  } catch (error) {
    const name = error instanceof Error ? error.name : 'NotAnError';
    publisher.notify?.({ kind: 'status-lost', error: name });
  }
}

/** The ETag of what stands; null for none, and for a look that failed, after which the write looks again. */
export async function standingStatus({ store }: Pick<Ports, 'store'>): Promise<string | null> {
  try {
    return (await store.head(statusKey))?.etag ?? null;
  } catch {
    return null;
  }
}

async function look({ ports, stage }: Publisher): Promise<Told> {
  const standing = await standingStatus(ports);
  return { standing, root: (await readRoot(ports, stage.epoch)).root };
}

function statusObject(body: string): StoredObject {
  return {
    body: new TextEncoder().encode(body),
    contentType: contentTypes.json,
    cacheControl: cacheControl('receipt'),
  };
}
