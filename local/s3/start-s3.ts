import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as waitFor } from 'node:timers/promises';
import { Access, type Caller } from './access.ts';
import { BucketTable } from './bucket-table.ts';
import type { Tables } from './call.ts';
import { isConditionalWrite } from './conditions.ts';
import { accessDenied, errorDocument, noSuchBucket, notImplemented, S3Error } from './errors.ts';
import { type Fault, Faults } from './faults.ts';
import { listen } from './listen.ts';
import { MultipartTable } from './multipart-table.ts';
import { xmlAnswer } from './object-operations.ts';
import { ObjectTable } from './object-table.ts';
import { operationName, operations } from './operations.ts';
import type { PolicyStatement } from './policy.ts';
import {
  type RawRequest,
  readRequest,
  receive,
  type S3Request,
  type S3Response,
} from './request.ts';
import { verifySignature } from './signature.ts';
import { element, s3Document } from './xml.ts';

/** Who may sign requests. Without statements a credential is the account's owner. */
interface S3Credential {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** The principal under which bucket policies know it. */
  readonly name: string;
  readonly statements?: readonly PolicyStatement[];
  /** What conditions may ask about it, such as `aws:sourcearn`. */
  readonly context?: Readonly<Record<string, string>>;
}

/** A bucket that is there from the start; what it already holds is kept. */
interface S3BucketSettings {
  readonly name: string;
  readonly versioning?: boolean;
  readonly policy?: readonly PolicyStatement[];
}

export interface S3Options {
  /** 0, the default: any free one. */
  readonly port?: number;
  /** An SQLite file, or `:memory:`. */
  readonly dataFile: string;
  readonly credentials: readonly S3Credential[];
  readonly buckets?: readonly (string | S3BucketSettings)[];
  /** Dates of objects; milliseconds since 1970. Signatures are always checked against the real time. */
  readonly clock?: () => number;
  /** Milliseconds that an operation, by its name in the API, takes beyond what it takes here; none when absent. */
  readonly delay?: (operation: string) => number;
  /** How delays and `slow` faults wait. */
  readonly wait?: (milliseconds: number) => Promise<unknown>;
}

export interface RunningS3 {
  readonly endpoint: string;
  readonly faults: Faults;
  /** Ends every connection and closes the file. */
  close(): Promise<void>;
}

/**
 * Starts an S3 endpoint on the loopback interface: path-style, signatures checked, conditional writes,
 * versions, policies. It fails if the port is taken.
 */
export async function startS3(options: S3Options): Promise<RunningS3> {
  const clock = options.clock ?? Date.now;
  const database = openDatabase(options.dataFile);
  const tables: Tables = {
    buckets: new BucketTable(database, clock),
    objects: new ObjectTable(database, clock),
    uploads: new MultipartTable(database),
  };
  for (const settings of options.buckets ?? []) applyBucketSettings(tables.buckets, settings);
  const faults = new Faults();
  const callers = new Map(options.credentials.map((known) => [known.accessKeyId, known]));
  const wait = options.wait ?? waitFor;
  const delay = options.delay ?? (() => 0);
  const server = createServer((incoming, outgoing) => {
    void serve({ incoming, outgoing, tables, callers, faults, delay, wait });
  });
  const listening = await listen(server, options.port ?? 0);
  return {
    endpoint: listening.endpoint,
    faults,
    async close() {
      await listening.close();
      database.close();
    },
  };
}

/** Opens a file so that what was answered survives the death of this process. */
export function openDatabase(file: string): DatabaseSync {
  const database = new DatabaseSync(file);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
  return database;
}

interface Exchange {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  readonly tables: Tables;
  readonly callers: ReadonlyMap<string, S3Credential>;
  readonly faults: Faults;
  readonly delay: (operation: string) => number;
  readonly wait: (milliseconds: number) => Promise<unknown>;
}

async function serve({
  incoming,
  outgoing,
  tables,
  callers,
  faults,
  delay,
  wait,
}: Exchange): Promise<void> {
  let response: S3Response;
  let fault: Fault | undefined;
  try {
    const raw = await receive(incoming, largestBody);
    const caller = authenticate(raw, callers);
    const request = readRequest(raw);
    fault = faults.strike({
      operation: nameOf(request) ?? '',
      key: request.key,
      isConditional: isConditionalWrite(request.headers),
    });
    failBeforehand(fault);
    const slowed = fault?.kind === 'slow' ? (fault.milliseconds ?? 1000) : 0;
    const milliseconds = slowed + delay(nameOf(request) ?? '');
    if (milliseconds > 0) await wait(milliseconds);
    response = answer({ request, caller, tables });
  } catch (error) {
    response = errorResponse(error, incoming);
  }
  if (fault?.kind === 'answer-lost') {
    incoming.socket.destroy();
    return;
  }
  send({ response, outgoing, isHead: incoming.method === 'HEAD' });
}

/** More than the largest object of the site by far; the emulator holds bodies in memory. */
const largestBody = 256 * 1024 * 1024;

function authenticate(raw: RawRequest, known: ReadonlyMap<string, S3Credential>): Caller {
  const verdict = verifySignature({
    request: raw,
    service: 's3',
    secretOf: (accessKeyId) => known.get(accessKeyId)?.secretAccessKey,
    now: Date.now(),
  });
  if (verdict.kind === 'anonymous') return { name: undefined, statements: [] };
  if (verdict.kind === 'valid') {
    const credential = known.get(verdict.accessKeyId);
    return {
      name: credential?.name,
      statements: credential?.statements,
      context: credential?.context,
    };
  }
  const isMalformed =
    verdict.code === 'AuthorizationHeaderMalformed' || verdict.code === 'XAmzContentSHA256Mismatch';
  throw new S3Error(isMalformed ? 400 : 403, verdict.code, verdict.reason);
}

function failBeforehand(fault: Fault | undefined): void {
  switch (fault?.kind) {
    case 'unavailable':
      throw new S3Error(503, 'SlowDown', 'Please reduce your request rate.');
    case 'broken':
      throw new S3Error(
        500,
        'InternalError',
        'We encountered an internal error. Please try again.',
      );
    case 'conflict':
      throw new S3Error(
        409,
        'ConditionalRequestConflict',
        'The conditional request cannot succeed due to a conflicting operation against this resource.',
      );
    case 'answer-lost':
    case 'slow':
    case undefined:
  }
}

const nameOf = (request: S3Request): string | undefined =>
  request.bucket === '' ? 'ListBuckets' : operationName(request);

function answer({
  request,
  caller,
  tables,
}: {
  request: S3Request;
  caller: Caller;
  tables: Tables;
}): S3Response {
  const name = nameOf(request);
  if (name === 'ListBuckets' || name === 'CreateBucket')
    return accountAnswer({ name, request, caller, tables });
  const operation = name === undefined ? undefined : operations.get(name);
  if (operation === undefined) throw notImplemented(`${request.method} with this sub-resource`);
  const bucket = tables.buckets.find(request.bucket);
  if (bucket === undefined) throw noSuchBucket();
  const accessTo = (other: typeof bucket) => new Access({ caller, bucket: other, request });
  return operation({ ...tables, request, bucket, caller, accessTo, access: accessTo(bucket) });
}

function accountAnswer({
  name,
  request,
  caller,
  tables,
}: {
  name: 'ListBuckets' | 'CreateBucket';
  request: S3Request;
  caller: Caller;
  tables: Tables;
}): S3Response {
  // Only the account's owner makes buckets here: no role of the stack has any business with it.
  if (caller.name === undefined || caller.statements !== undefined) throw accessDenied();
  if (name === 'CreateBucket') {
    if (tables.buckets.find(request.bucket) !== undefined) {
      throw new S3Error(409, 'BucketAlreadyOwnedByYou', 'The bucket exists and is yours already.');
    }
    tables.buckets.create(request.bucket);
    return { status: 200, headers: { location: `/${request.bucket}` } };
  }
  return xmlAnswer(
    s3Document('ListAllMyBucketsResult', [
      element(
        'Buckets',
        tables.buckets
          .all()
          .map((bucket) =>
            element('Bucket', [
              element('Name', bucket.name),
              element('CreationDate', new Date(bucket.createdAt).toISOString()),
            ]),
          ),
      ),
    ]),
  );
}

function applyBucketSettings(buckets: BucketTable, given: string | S3BucketSettings): void {
  const settings = typeof given === 'string' ? { name: given } : given;
  buckets.create(settings.name);
  if (settings.versioning === true) buckets.setVersioning(settings.name, 'Enabled');
  if (settings.policy !== undefined) buckets.setPolicy(settings.name, settings.policy);
}

function errorResponse(error: unknown, incoming: IncomingMessage): S3Response {
  const known =
    error instanceof S3Error
      ? error
      : new S3Error(500, 'InternalError', `The emulator failed: ${String(error)}`);
  return {
    status: known.status,
    headers: { 'content-type': 'application/xml', ...known.headers },
    body: errorDocument({ error: known, resource: incoming.url ?? '/', requestId: 'local' }),
  };
}

function send({
  response,
  outgoing,
  isHead,
}: {
  response: S3Response;
  outgoing: ServerResponse;
  isHead: boolean;
}): void {
  outgoing.writeHead(response.status, { 'x-amz-request-id': 'local', ...response.headers });
  const isBodiless = isHead || response.status === 304 || response.status === 204;
  outgoing.end(isBodiless ? undefined : response.body);
}
