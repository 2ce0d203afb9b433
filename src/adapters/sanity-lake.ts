import { createClient, isHttpError, type SanityClient } from '@sanity/client';
import * as z from 'zod';
import { isDocumentId } from '../briefing/document-id.ts';
import { type DocumentId, documentTypes } from '../briefing/model.ts';
import type { Clock, Lake, LakeDocument, Random, Revision } from '../publishing/ports.ts';

/**
 * The content lake behind Sanity's HTTP API, read without its CDN. Documents come by id from the
 * endpoint that does not wait for the index; queries only say which ids to look at.
 * Short outages and rate limits are waited out; longer ones throw `LakeUnavailable`.
 */
export function sanityLake({
  client,
  clock,
  random,
}: {
  client: SanityClient;
  clock: Clock;
  random: Random;
}): Lake {
  const patiently = <Answer>(call: () => Promise<Answer>): Promise<Answer> =>
    retrying(call, { clock, random });
  return {
    async read(ids) {
      const batches = batchesOf([...new Set(ids)]);
      const read = await Promise.all(
        batches.map((batch) => patiently(() => readBatch(client, batch))),
      );
      return new Map(read.flat());
    },
    revisions: (filter = {}) => revisions(client, patiently, filter),
    revisionsOf: (ids) => revisionsOf(client, patiently, ids),
    async counts() {
      return countsShape.parse(
        await patiently(() => client.fetch<unknown>(countsQuery, {}, { perspective: 'published' })),
      );
    },
  };
}

/** The client as the publisher uses it: one try a call, since how to wait is decided here. */
export function sanityClient({
  projectId,
  dataset,
  token,
  apiHost,
}: {
  projectId: string;
  dataset: string;
  token?: string | undefined;
  /** A lake elsewhere than at Sanity: the local one. */
  apiHost?: string | undefined;
}): SanityClient {
  return createClient({
    projectId,
    dataset,
    apiVersion: '2026-03-01',
    useCdn: false,
    perspective: 'published',
    maxRetries: 0,
    timeout: 6_000,
    ...(token !== undefined && { token }),
    ...(apiHost !== undefined && { apiHost, useProjectHostname: false }),
    // The publisher speaks to the lake and to nobody whom the lake would send it to.
    resolveFetch: () => (address, init) => fetch(address, { ...init, redirect: 'error' }),
  });
}

/** The lake did not answer in time, again and again. Nothing is known; trying again later may help. */
export class LakeUnavailable extends Error {
  override readonly name = 'LakeUnavailable';
  readonly isOutage = true;
  readonly status: number | null;

  constructor(status: number | null, cause: unknown) {
    super(
      status === null
        ? 'The content lake could not be reached'
        : `The content lake answered ${status} until there was no time left`,
      { cause },
    );
    this.status = status;
  }
}

/** The lake refused or said something that must not be taken for absence. Somebody has to look. */
export class LakeRefused extends Error {
  override readonly name = 'LakeRefused';
}

/** A hundred ids, and an address that any proxy takes. */
function batchesOf(ids: readonly DocumentId[]): readonly (readonly DocumentId[])[] {
  const batches: DocumentId[][] = [];
  let batch: DocumentId[] = [];
  let length = 0;
  for (const id of ids) {
    // Published documents only: a draft asked for by mistake would be a draft on the site.
    if (!isDocumentId(id))
      throw new LakeRefused(`Expected the id of a published document: ${String(id)}`);
    if (batch.length === 100 || length + id.length > 6_000) {
      batches.push(batch);
      batch = [];
      length = 0;
    }
    batch.push(id);
    length += id.length + 1;
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}

const documentsAnswer = z.object({
  documents: z.array(z.looseObject({ _id: z.string() })),
  omitted: z.array(z.object({ id: z.string(), reason: z.string() })).default([]),
});

async function readBatch(
  client: SanityClient,
  ids: readonly DocumentId[],
): Promise<readonly (readonly [DocumentId, LakeDocument])[]> {
  const { dataset } = client.config();
  const answer = documentsAnswer.safeParse(
    await client.request<unknown>({ url: `/data/doc/${dataset}/${ids.join(',')}` }),
  );
  if (!answer.success) {
    throw new LakeRefused('The lake answered a read by id with something else than documents');
  }
  const documents = new Map(answer.data.documents.map((document) => [document._id, document]));
  const omitted = new Map(answer.data.omitted.map(({ id, reason }) => [id, reason]));
  return ids.map((id) => {
    const document = documents.get(id);
    if (document !== undefined) return [id, { kind: 'present', document }];
    const reason = omitted.get(id);
    // Taking a lost permission for absence would empty the site.
    if (reason !== 'existence') throw new LakeRefused(refusal(id, reason));
    return [id, { kind: 'absent' }];
  });
}

function refusal(id: DocumentId, reason: string | undefined): string {
  return reason === 'permission'
    ? `The lake does not let this token read ${id}. Give the token read access to the dataset.`
    : `The lake neither gave ${id} nor said that it does not exist (${reason ?? 'no reason'})`;
}

type Patiently = <Answer>(call: () => Promise<Answer>) => Promise<Answer>;

const revisionPage = z.array(
  z.object({
    _id: z.string(),
    _type: z.enum(documentTypes),
    _rev: z.string(),
    _updatedAt: z.string(),
  }),
);

const pageSize = 1_000;
const revisionFields = '{_id, _type, _rev, _updatedAt}';
const pageOfRevisions = `*[_type in $types && _id > $after] | order(_id asc) [0...1000] ${revisionFields}`;
const pageOfRevisionsSince = `*[_type in $types && _id > $after && _updatedAt > $since] | order(_id asc) [0...1000] ${revisionFields}`;
const namedRevisions = `*[_type in $types && _id in $ids] ${revisionFields}`;

async function* revisions(
  client: SanityClient,
  patiently: Patiently,
  { updatedAfter: since, idAfter = '' }: NonNullable<Parameters<Lake['revisions']>[0]>,
): AsyncIterable<Revision> {
  let after = idAfter;
  for (;;) {
    const query = since === undefined ? pageOfRevisions : pageOfRevisionsSince;
    const parameters = { after, ...(since !== undefined && { since }) };
    const page = await askedRevisions(client, patiently, query, parameters);
    for (const { _id: id, _type: type, _rev: rev, _updatedAt: updatedAt } of page) {
      if (id <= after) throw new LakeRefused(`The lake gave ${id} out of order after ${after}`);
      after = id;
      if (isDocumentId(id)) yield { id, type, rev, updatedAt };
    }
    if (page.length < pageSize) return;
  }
}

async function revisionsOf(
  client: SanityClient,
  patiently: Patiently,
  ids: readonly DocumentId[],
): Promise<ReadonlyMap<DocumentId, Revision>> {
  const parts = Array.from({ length: Math.ceil(ids.length / pageSize) }, (_, part) =>
    ids.slice(part * pageSize, (part + 1) * pageSize),
  );
  const pages = await Promise.all(
    parts.map((part) => askedRevisions(client, patiently, namedRevisions, { ids: part })),
  );
  return new Map(
    pages
      .flat()
      .map(({ _id: id, _type: type, _rev: rev, _updatedAt: updatedAt }) => [
        id,
        { id, type, rev, updatedAt },
      ]),
  );
}

async function askedRevisions(
  client: SanityClient,
  patiently: Patiently,
  query: string,
  parameters: Readonly<Record<string, unknown>>,
): Promise<z.output<typeof revisionPage>> {
  const answer = await patiently(() =>
    client.fetch<unknown>(
      query,
      { types: documentTypes, ...parameters },
      { perspective: 'published' },
    ),
  );
  const page = revisionPage.safeParse(answer);
  if (!page.success)
    throw new LakeRefused('The lake answered a query with other fields than asked');
  return page.data;
}

const countsQuery = `{${documentTypes
  .map((type) => `"${type}": count(*[_type == "${type}"])`)
  .join(', ')}}`;
const countsShape = z.record(z.enum(documentTypes), z.int().min(0));

const tries = 3;

/** Calls again after a rate limit, a 5xx or silence, as long as that takes seconds and not minutes. */
async function retrying<Answer>(
  call: () => Promise<Answer>,
  { clock, random }: { clock: Clock; random: Random },
): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call();
    } catch (error) {
      const failure = failureOf(error);
      if (failure === 'final') throw error;
      if (failure === 'refused') {
        throw new LakeRefused(`The content lake refused a read (${statusOf(error)})`, {
          cause: error,
        });
      }
      const asked = retryAfter(error, clock);
      if (attempt === tries || (asked !== null && asked > longestWait)) {
        throw new LakeUnavailable(statusOf(error), error);
      }
      const spread = 200 * 2 ** attempt;
      await clock.sleep((asked ?? spread / 2) + (random.next() * spread) / 2);
    }
  }
}

const longestWait = 5_000;

function failureOf(error: unknown): 'passing' | 'refused' | 'final' {
  if (error instanceof LakeRefused) return 'final';
  const status = statusOf(error);
  if (status === null) return 'passing';
  return status === 429 || status === 408 || status >= 500 ? 'passing' : 'refused';
}

function statusOf(error: unknown): number | null {
  return isHttpError(error) ? error.statusCode : null;
}

/** Milliseconds the lake asked us to wait, as seconds or as a date; null when it did not. */
function retryAfter(error: unknown, clock: Clock): number | null {
  const header = isHttpError(error) ? error.response.headers['retry-after'] : undefined;
  if (header === undefined) return null;
  const milliseconds = /^\d+$/.test(header)
    ? Number(header) * 1000
    : Date.parse(header) - Date.parse(clock.now());
  return Number.isNaN(milliseconds) ? null : Math.max(0, milliseconds);
}
