import type { Dataset } from './dataset.ts';
import { actionsToMutations, parseActionRequest } from './actions.ts';
import {
  isLakeDocument,
  isRecord,
  publishedIdOf,
  type JsonRecord,
  type LakeDocument,
} from './documents.ts';
import { mutationRefusal, plainRefusal } from './errors.ts';
import type { Faults } from './faults.ts';
import { json, readJson, type Reply } from './http.ts';
import { parseMutationRequest } from './mutations.ts';
import { parsePerspective, viewThrough } from './perspectives.ts';
import { runQuery } from './query.ts';
import type { Rights } from './rights.ts';
import { datasetOf, type LakeRequest, type Route } from './router.ts';

const mutationLimit = 4_000_000;
const queryLimit = 1_000_000;

export interface DataServices {
  datasets: ReadonlyMap<string, Dataset>;
  rights: Rights;
  faults: Faults;
  clock: () => number;
}

/** Reading and writing documents: query, doc, mutate, actions, export. */
export function dataRoutes(services: DataServices): Route[] {
  return [
    {
      name: 'query',
      methods: ['GET', 'POST'],
      path: '/data/query/:dataset',
      handle: (request) => answerQuery(services, request),
    },
    {
      name: 'doc',
      methods: ['GET'],
      path: '/data/doc/:dataset/:ids',
      handle: (request) => answerDocuments(services, request),
    },
    {
      name: 'mutate',
      methods: ['POST'],
      path: '/data/mutate/:dataset',
      handle: (request) => answerMutate(services, request),
    },
    {
      name: 'actions',
      methods: ['POST'],
      path: '/data/actions/:dataset',
      handle: (request) => answerActions(services, request),
    },
    {
      name: 'export',
      methods: ['GET'],
      path: '/data/export/:dataset',
      handle: (request) => answerExport(services, request),
    },
  ];
}

async function answerQuery(services: DataServices, request: LakeRequest): Promise<Reply> {
  const dataset = datasetOf(services.datasets, request);
  refuseStrangers(services.rights, request);
  const { searchParams } = request.url;
  const { query, params, perspective } =
    request.request.method === 'POST'
      ? queryFromBody(await readJson(request.request, queryLimit), searchParams)
      : queryFromAddress(searchParams);
  const now = services.clock();
  const lag = services.faults.queryLag();
  const documents = lag === 0 ? dataset.documents : dataset.documentsAsOf(now - lag);
  const visible = viewThrough(
    parsePerspective(perspective, request.apiVersion),
    readable(services.rights, request, documents),
  );
  const started = performance.now();
  const result = await runQuery({
    query,
    params,
    documents: visible,
    now,
    identity: request.identity.id,
  });
  return json({
    ...(searchParams.get('returnQuery') !== 'false' && { query }),
    result,
    syncTags: [`s1:${dataset.name}`],
    ms: Math.round(performance.now() - started),
  });
}

function queryFromAddress(searchParams: URLSearchParams) {
  return {
    query: searchParams.get('query') ?? missingQuery(),
    params: parseParameters(searchParams),
    perspective: searchParams.get('perspective') ?? undefined,
  };
}

function queryFromBody(body: unknown, searchParams: URLSearchParams) {
  if (!isRecord(body) || typeof body['query'] !== 'string') return missingQuery();
  const perspective = searchParams.get('perspective') ?? body['perspective'];
  return {
    query: body['query'],
    params: isRecord(body['params']) ? body['params'] : {},
    perspective: Array.isArray(perspective)
      ? perspective.join(',')
      : typeof perspective === 'string'
        ? perspective
        : undefined,
  };
}

function missingQuery(): never {
  throw plainRefusal(400, 'Expected a "query"');
}

/** The parameters of a query in an address: each `$name` is JSON. */
export function parseParameters(searchParams: URLSearchParams): JsonRecord {
  const params: JsonRecord = {};
  for (const [name, value] of searchParams) {
    if (name.startsWith('$')) params[name.slice(1)] = parseParameter(name, value);
  }
  return params;
}

function parseParameter(name: string, value: string): unknown {
  try {
    const parsed: unknown = JSON.parse(value);
    return parsed;
  } catch {
    throw plainRefusal(400, `Parameter ${name} is not JSON; strings need quotes`);
  }
}

/** Strong read: straight from the documents, never from a lagging view. */
function answerDocuments(services: DataServices, request: LakeRequest): Reply {
  const dataset = datasetOf(services.datasets, request);
  refuseStrangers(services.rights, request);
  const asked = (request.path['ids'] ?? '').split(',').filter((id) => id !== '');
  const ids =
    request.url.searchParams.get('includeAllVersions') === 'true'
      ? asked.flatMap((id) => groupOf(dataset, id))
      : asked;
  const documents: LakeDocument[] = [];
  const omitted: { id: string; reason: 'existence' | 'permission' }[] = [];
  for (const id of new Set(ids)) {
    const document = dataset.documents.get(id);
    if (!services.rights.canRead(request.identity, id)) omitted.push({ id, reason: 'permission' });
    else if (document === undefined) omitted.push({ id, reason: 'existence' });
    else documents.push(document);
  }
  const excludesContent = request.url.searchParams.get('excludeContent') === 'true';
  return json({ documents: excludesContent ? [] : documents, omitted });
}

/** The published document, its draft and its versions, as far as they are there. */
function groupOf({ documents }: Dataset, id: string): string[] {
  const publishedId = publishedIdOf(id);
  return [...documents.keys()].filter((other) => publishedIdOf(other) === publishedId);
}

async function answerMutate(services: DataServices, request: LakeRequest): Promise<Reply> {
  const dataset = datasetOf(services.datasets, request);
  refuseReaders(services.rights, request, 'mutationError');
  const { mutations, transactionId } = parseMutationRequest(
    await readJson(request.request, mutationLimit),
  );
  const { searchParams } = request.url;
  const outcome = await dataset.commit({
    mutations,
    author: request.identity.id,
    dryRun: searchParams.get('dryRun') === 'true',
    autoGenerateArrayKeys: searchParams.get('autoGenerateArrayKeys') === 'true',
    ...(transactionId !== undefined && { transactionId }),
  });
  const returnDocuments = searchParams.get('returnDocuments') === 'true';
  const returnIds = returnDocuments || searchParams.get('returnIds') === 'true';
  return json({
    transactionId: outcome.transactionId,
    results: returnIds
      ? outcome.results.map(({ id, operation, document }) => ({
          id,
          operation,
          ...(returnDocuments && document !== null && { document }),
        }))
      : [],
  });
}

async function answerActions(services: DataServices, request: LakeRequest): Promise<Reply> {
  const dataset = datasetOf(services.datasets, request);
  refuseReaders(services.rights, request, 'actionError');
  const { actions, transactionId, dryRun } = parseActionRequest(
    await readJson(request.request, mutationLimit),
  );
  const outcome = await dataset.commit({
    mutations: actionsToMutations(actions, {
      documents: dataset.documents,
      now: new Date(services.clock()).toISOString(),
    }),
    author: request.identity.id,
    dryRun,
    ...(transactionId !== undefined && { transactionId }),
  });
  return json({ transactionId: outcome.transactionId });
}

function answerExport(services: DataServices, request: LakeRequest): Reply {
  const dataset = datasetOf(services.datasets, request);
  refuseStrangers(services.rights, request);
  const types = request.url.searchParams.get('types')?.split(',');
  const documents = [...readable(services.rights, request, dataset.documents).values()]
    .filter((document) => types === undefined || types.includes(document._type))
    .filter(isLakeDocument);
  return { kind: 'lines', lines: documents };
}

/** The documents this identity may read at all. */
export function readable(
  rights: Rights,
  { identity }: Pick<LakeRequest, 'identity'>,
  documents: ReadonlyMap<string, LakeDocument>,
): ReadonlyMap<string, LakeDocument> {
  if (identity.kind === 'editor') return documents;
  return new Map([...documents].filter(([id]) => rights.canRead(identity, id)));
}

/** Without a token a private dataset answers no one. */
export function refuseStrangers(rights: Rights, { identity }: Pick<LakeRequest, 'identity'>): void {
  if (identity.kind === 'anonymous' && !rights.isPublicDataset) {
    throw plainRefusal(401, 'Unauthorized: this dataset is private; send a token');
  }
}

function refuseReaders(
  rights: Rights,
  { identity }: LakeRequest,
  kind: 'mutationError' | 'actionError',
): void {
  if (rights.canWrite(identity)) return;
  const refusal = {
    index: 0,
    type: 'insufficientPermissionsError',
    permission: 'create',
    description: 'Insufficient permissions; permission "create" required',
  };
  throw mutationRefusal(403, refusal, kind);
}
