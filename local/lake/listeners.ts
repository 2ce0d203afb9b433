import { randomUUID } from 'node:crypto';

import { refuseStrangers, parseParameters } from './data-routes.ts';
import type { Commit, Dataset } from './dataset.ts';
import {
  isVersionId,
  type DocumentChange,
  type JsonRecord,
  type LakeDocument,
} from './documents.ts';
import { openEventStream, type EventStream } from './event-stream.ts';
import { effectsOf } from './history.ts';
import { plainRefusal } from './errors.ts';
import { runQuery } from './query.ts';
import type { Identity, Rights } from './rights.ts';
import { datasetOf, type LakeRequest, type Route } from './router.ts';

export interface ListenServices {
  datasets: ReadonlyMap<string, Dataset>;
  rights: Rights;
  clock: () => number;
}

/** Live streams: changes of documents a query selects, and the tags of changed results. */
export function listenRoutes(services: ListenServices): Route[] {
  return [
    {
      name: 'listen',
      methods: ['GET'],
      path: '/data/listen/:dataset',
      isStream: true,
      handle: (request) => listen(services, request),
    },
    {
      name: 'live',
      methods: ['GET'],
      path: '/data/live/events/:dataset',
      isStream: true,
      handle: (request) => liveEvents(services, request),
    },
  ];
}

interface Listener {
  query: string;
  params: JsonRecord;
  identity: Identity;
  includeResult: boolean;
  includePreviousRevision: boolean;
  includeMutations: boolean;
  includeAllVersions: boolean;
  withEffects: boolean;
}

async function listen(services: ListenServices, request: LakeRequest) {
  const dataset = datasetOf(services.datasets, request);
  refuseStrangers(services.rights, request);
  const { searchParams } = request.url;
  const isOn = (name: string) => searchParams.get(name) === 'true';
  const query = searchParams.get('query');
  if (query === null) throw plainRefusal(400, 'Expected a "query"');
  const listener: Listener = {
    query,
    params: parseParameters(searchParams),
    identity: request.identity,
    includeResult: isOn('includeResult'),
    includePreviousRevision: isOn('includePreviousRevision'),
    includeMutations: searchParams.get('includeMutations') !== 'false',
    includeAllVersions: isOn('includeAllVersions'),
    withEffects: searchParams.get('effectFormat') === 'mendoza',
  };
  // A query that does not parse is refused before the stream opens.
  await matches(null, listener, services, dataset);
  return {
    kind: 'stream' as const,
    start(response: Parameters<typeof openEventStream>[0]) {
      const stream = openEventStream(response);
      stream.send({ name: 'welcome', data: { listenerName: randomUUID() } });
      let told: Promise<void> = Promise.resolve();
      const stop = dataset.onCommit((commit) => {
        told = told
          .then(() => tell(stream, commit, { listener, services, dataset }))
          .catch((error: unknown) => console.error('A listener failed:', error));
      });
      stream.onClose(stop);
    },
  };
}

async function tell(
  stream: EventStream,
  commit: Commit,
  {
    listener,
    services,
    dataset,
  }: { listener: Listener; services: ListenServices; dataset: Dataset },
): Promise<void> {
  const heard: { change: DocumentChange; transition: 'appear' | 'update' | 'disappear' }[] = [];
  for (const change of commit.changes) {
    if (isVersionId(change.id) && !listener.includeAllVersions) continue;
    if (!services.rights.canRead(listener.identity, change.id)) continue;
    const was = await matches(change.before, listener, services, dataset);
    const is = await matches(change.after, listener, services, dataset);
    if (!was && !is) continue;
    heard.push({ change, transition: was && is ? 'update' : is ? 'appear' : 'disappear' });
  }
  for (const [position, { change, transition }] of heard.entries()) {
    const eventId = `${commit.transactionId}#${change.id}`;
    stream.send({
      name: 'mutation',
      id: eventId,
      data: {
        eventId,
        documentId: change.id,
        transactionId: commit.transactionId,
        transition,
        identity: commit.author,
        mutations: listener.includeMutations ? commit.mutationsByDocument.get(change.id) : [],
        ...(change.before !== null && { previousRev: change.before._rev }),
        // Also where the document went away: without it the Studio never sees a draft vanish.
        resultRev: commit.transactionId,
        timestamp: commit.timestamp,
        visibility: 'query',
        // These count what this listener hears, not what the transaction touched.
        transactionTotalEvents: heard.length,
        transactionCurrentEvent: position + 1,
        ...(listener.includeResult && change.after !== null && { result: change.after }),
        ...(listener.includePreviousRevision && { previous: change.before }),
        ...(listener.withEffects && { effects: effectsOf(change) }),
      },
    });
  }
}

/** Whether a listener's query selects this document, looking others up where it must. */
async function matches(
  document: LakeDocument | null,
  { query, params, identity }: Listener,
  { clock }: ListenServices,
  dataset: Dataset,
): Promise<boolean> {
  const result = await runQuery({
    query,
    params,
    documents: new Map(document === null ? [] : [[document._id, document]]),
    lookUp: dataset.documents,
    now: clock(),
    identity: identity.id,
  });
  return Array.isArray(result) ? result.length > 0 : result !== null;
}

/** The live content API: after each commit, the tags whose query results may have changed. */
function liveEvents(services: ListenServices, request: LakeRequest) {
  const dataset = datasetOf(services.datasets, request);
  refuseStrangers(services.rights, request);
  const includeDrafts = request.url.searchParams.get('includeDrafts') === 'true';
  return {
    kind: 'stream' as const,
    start(response: Parameters<typeof openEventStream>[0]) {
      const stream = openEventStream(response);
      const welcome = randomUUID();
      stream.send({ name: 'welcome', id: welcome, data: { id: welcome } });
      const stop = dataset.onCommit(({ changes, transactionId }) => {
        const isVisible = changes.some(
          ({ id }) =>
            services.rights.canRead(request.identity, id) && (includeDrafts || !id.includes('.')),
        );
        if (!isVisible) return;
        const tags = [`s1:${dataset.name}`];
        stream.send({ name: 'message', id: transactionId, data: { id: transactionId, tags } });
      });
      stream.onClose(stop);
    },
  };
}
