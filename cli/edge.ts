import { notFoundPath, pathOfKey } from '../src/site/paths.ts';
import { isOutside } from '../src/publishing/check-bucket.ts';
import type { StoredObject } from '../src/publishing/ports.ts';
import type { Progress } from './progress.ts';
import type { RunningStage } from './running-stage.ts';

/** An address at which the edge does not answer with what the bucket holds. */
export interface EdgeDifference {
  readonly path: string;
  readonly what: string;
}

/** What an edge may still show of the past: fresh for a minute, stale for half a minute more. */
const oldestSeconds = 91;
const together = 8;

/**
 * Asks the edge for every public object. An edge may be behind for a minute and a half, so whatever
 * differs is asked for again after that, once.
 */
export async function compareEdge(
  stage: RunningStage,
  progress: Progress,
): Promise<{ readonly asked: number; readonly differing: readonly EdgeDifference[] }> {
  const { store, clock } = stage.publisher.ports;
  const keys: string[] = [];
  for await (const { key } of store.list('public/')) if (!isOutside(key)) keys.push(key);
  const first = await askAll(stage, keys, progress);
  if (first.size === 0) return { asked: keys.length, differing: [] };
  progress.begin(`waiting for the edge to be as old as it may be, with ${first.size} to ask again`);
  await clock.sleep((oldestSeconds * 1000) / stage.edgeSpeed);
  const second = await askAll(stage, [...first.keys()], progress);
  // Within stale-while-revalidate the first request only sets the renewal off.
  const last = second.size === 0 ? second : await askAll(stage, [...second.keys()], progress);
  return {
    asked: keys.length,
    differing: [...last].map(([key, what]) => ({ path: pathOfKey(key), what })),
  };
}

async function askAll(
  stage: RunningStage,
  keys: readonly string[],
  progress: Progress,
): Promise<ReadonlyMap<string, string>> {
  const differing = new Map<string, string>();
  progress.begin('asking the edge', keys.length);
  const left = keys[Symbol.iterator]();
  const work = async (): Promise<void> => {
    for (const key of left) {
      const what = await differenceAt(stage, key);
      if (what !== null) differing.set(key, what);
      progress.step();
    }
  };
  await Promise.all(Array.from({ length: together }, work));
  return differing;
}

async function differenceAt(
  { publisher, fetch }: RunningStage,
  key: string,
): Promise<string | null> {
  const object = await publisher.ports.store.get(key);
  if (object === null) return null;
  const path = pathOfKey(key);
  const url = publisher.stage.baseUrl + path;
  const answer = await fetch(url, { redirect: 'manual' });
  const body = new Uint8Array(await answer.arrayBuffer());
  return differenceOf(path, object, answer, body);
}

function differenceOf(
  path: string,
  object: StoredObject,
  answer: Response,
  body: Uint8Array,
): string | null {
  // The page of errors is one for whoever asks for it, too.
  const status = path === notFoundPath ? 404 : Number(object.metadata?.['status'] ?? 200);
  if (answer.status !== status) return `status ${answer.status}, not ${status}`;
  if (status === 301) {
    const location = answer.headers.get('location');
    const wanted = object.metadata?.['location'] ?? null;
    return location === wanted ? null : `leads to ${location}, not ${wanted}`;
  }
  if (answer.headers.get('content-type') !== object.contentType) return 'content type';
  if (answer.headers.get('cache-control') !== object.cacheControl) return 'cache rule';
  return Buffer.compare(body, object.body) === 0 ? null : 'bytes';
}
