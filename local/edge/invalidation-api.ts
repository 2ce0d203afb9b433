import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listen } from '../s3/listen.ts';
import { isAllowed, type PolicyStatement } from '../s3/policy.ts';
import { type RawRequest, receive } from '../s3/request.ts';
import { verifySignature } from '../s3/signature.ts';
import { declaration, element, innerXml, textOf, type XmlElement } from '../s3/xml.ts';
import type { Invalidation } from './edge-cache.ts';

export interface InvalidationApiOptions {
  readonly distributionId: string;
  /** Makes the edge forget. */
  readonly invalidate: (invalidation: Invalidation) => void;
  /** Who may sign requests. Without statements a credential is the account's owner. */
  readonly credentials: readonly {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly name: string;
    readonly statements?: readonly PolicyStatement[];
  }[];
  /** 0, the default: any free one. */
  readonly port?: number;
  /** Milliseconds since 1970. */
  readonly clock?: () => number;
}

export interface RunningInvalidationApi {
  /** For an SDK: `AWS_ENDPOINT_URL_CLOUDFRONT`. */
  readonly endpoint: string;
  /** Ends every connection. */
  close(): Promise<void>;
}

/**
 * CloudFront's CreateInvalidation and GetInvalidation for one distribution, on the loopback interface:
 * REST and XML as the SDK speaks them, signatures and rights checked, paths and `#tags`. It fails if the
 * port is taken.
 */
export async function startInvalidationApi(
  options: InvalidationApiOptions,
): Promise<RunningInvalidationApi> {
  const made = new Map<string, Made>();
  const server = createServer((incoming, outgoing) => {
    void serve(incoming, outgoing, { options, made });
  });
  const { endpoint, close } = await listen(server, options.port ?? 0);
  return { endpoint, close };
}

interface Made {
  readonly id: string;
  readonly callerReference: string;
  readonly paths: readonly string[];
  readonly createdAt: number;
}

/** How long an invalidation is in progress here; CloudFront names no time. The edge forgets at its beginning. */
const inProgressMilliseconds = 5_000;

/**
 * How many items may be in progress at one time, whatever the number of invalidations.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/InvalidationLimits.html
 */
const mostInProgress = { wildcards: 15, others: 3_000 } as const;

interface Api {
  readonly options: InvalidationApiOptions;
  readonly made: Map<string, Made>;
}

interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

async function serve(incoming: IncomingMessage, outgoing: ServerResponse, api: Api): Promise<void> {
  let answer: Answer;
  try {
    answer = answerTo(await receive(incoming, largestBody), api);
  } catch (error) {
    answer = refusal(error);
  }
  outgoing.writeHead(answer.status, {
    'content-type': 'text/xml',
    'x-amzn-requestid': 'local',
    ...answer.headers,
  });
  outgoing.end(answer.body);
}

/** 3,000 paths of a kilobyte: more than one invalidation may have. */
const largestBody = 4 * 1024 * 1024;

function answerTo(request: RawRequest, { options, made }: Api): Answer {
  const { distributionId, clock = Date.now } = options;
  const now = clock();
  const address = /^\/2020-05-31\/distribution\/([^/]+)\/invalidation(?:\/([^/]+))?$/.exec(
    request.target,
  );
  const [, distribution = '', wanted] = address ?? [];
  const action = wanted === undefined ? 'CreateInvalidation' : 'GetInvalidation';
  if (address === null || request.method !== (wanted === undefined ? 'POST' : 'GET')) {
    throw new Refusal(501, 'NotImplemented', 'The local edge makes and shows invalidations only.');
  }
  authorise(request, { action, distribution, options });
  if (distribution !== distributionId) {
    throw new Refusal(404, 'NoSuchDistribution', 'The specified distribution does not exist.');
  }
  if (wanted !== undefined) {
    const found = made.get(wanted);
    if (found === undefined) {
      throw new Refusal(404, 'NoSuchInvalidation', 'The specified invalidation does not exist.');
    }
    const status = isInProgress(found, now) ? 'InProgress' : 'Completed';
    return { status: 200, body: invalidationDocument(found, status) };
  }
  const batch = readBatch(request.body.toString('utf8'));
  const repeated = [...made.values()].find(
    ({ callerReference }) => callerReference === batch.callerReference,
  );
  if (repeated !== undefined && repeated.paths.join('\n') !== batch.paths.join('\n')) {
    throw invalid('This caller reference was used for an invalidation of other paths.');
  }
  const invalidation = repeated ?? {
    id: `I${String(made.size + 1).padStart(13, '0')}`,
    createdAt: now,
    ...batch,
  };
  if (repeated === undefined) expectRoomFor(batch.paths, [...made.values()], now);
  made.set(invalidation.id, invalidation);
  if (repeated === undefined) options.invalidate(byKind(batch.paths));
  return {
    status: 201,
    headers: { location: `${request.target}/${invalidation.id}` },
    body: invalidationDocument(invalidation, 'InProgress'),
  };
}

const isInProgress = ({ createdAt }: Made, now: number): boolean =>
  now < createdAt + inProgressMilliseconds;

function expectRoomFor(paths: readonly string[], made: readonly Made[], now: number): void {
  const underWay = made.filter((each) => isInProgress(each, now)).flatMap((each) => each.paths);
  const all = [...underWay, ...paths];
  const wildcards = all.filter((item) => item.endsWith('*')).length;
  if (wildcards <= mostInProgress.wildcards && all.length - wildcards <= mostInProgress.others) {
    return;
  }
  throw new Refusal(
    400,
    'TooManyInvalidationsInProgress',
    `At most ${mostInProgress.wildcards} paths with an asterisk and ${mostInProgress.others} others may be in progress.`,
  );
}

function authorise(
  request: RawRequest,
  {
    action,
    distribution,
    options,
  }: { action: string; distribution: string; options: InvalidationApiOptions },
): void {
  const known = new Map(options.credentials.map((each) => [each.accessKeyId, each]));
  const verdict = verifySignature({
    request,
    service: 'cloudfront',
    secretOf: (accessKeyId) => known.get(accessKeyId)?.secretAccessKey,
    now: Date.now(),
  });
  if (verdict.kind === 'anonymous') {
    throw new Refusal(403, 'MissingAuthenticationToken', 'Missing Authentication Token');
  }
  if (verdict.kind === 'refused') throw new Refusal(403, verdict.code, verdict.reason);
  const caller = known.get(verdict.accessKeyId);
  const mayDo = isAllowed({
    request: {
      principal: caller?.name,
      action: `cloudfront:${action}`,
      resource: distributionArn(distribution),
      context: {},
    },
    identityPolicy: caller?.statements,
    bucketPolicy: [],
  });
  if (!mayDo) {
    throw new Refusal(
      403,
      'AccessDenied',
      `User: ${caller?.name ?? ''} is not authorized to perform: cloudfront:${action}`,
    );
  }
}

/** The resource that a policy names. */
export const distributionArn = (distributionId: string): string =>
  `arn:aws:cloudfront::000000000000:distribution/${distributionId}`;

function readBatch(xml: string): Pick<Made, 'callerReference' | 'paths'> {
  const callerReference = textOf(xml, 'CallerReference') ?? '';
  const quantity = textOf(xml, 'Quantity');
  const items = innerXml(xml, 'Path').map((inner) => textOf(`<_>${inner}</_>`, '_') ?? '');
  if (callerReference === '' || quantity === undefined) {
    throw new Refusal(400, 'MissingBody', 'Expected an InvalidationBatch with a CallerReference.');
  }
  if (Number(quantity) !== items.length || items.length === 0) {
    throw new Refusal(
      400,
      'InconsistentQuantities',
      `Quantity says ${quantity}, and there are ${items.length} paths.`,
    );
  }
  if (items.length > 3_000) {
    throw new Refusal(413, 'BatchTooLarge', 'At most 3,000 paths may be invalidated at one time.');
  }
  for (const item of items) {
    if (!isTag(item) && (item.length > 4_000 || !usablePath.test(item))) {
      throw invalid(
        `"${item}" is no path: expected a slash first, at most 4,000 characters, unsafe ones as escapes, and an asterisk only at the end.`,
      );
    }
    if (isTag(item) && !/^#[!-+\--~]{1,256}$/.test(item)) {
      throw invalid(`"${item}" is no tag: expected up to 256 ASCII characters without a comma.`);
    }
  }
  return { callerReference, paths: items };
}

/**
 * With its leading slash, as the API wants it; characters that RFC 1738 calls unsafe must be escaped.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/invalidation-specifying-objects.html
 */
const usablePath = /^\/(?:%[0-9A-Fa-f]{2}|[A-Za-z0-9$\-_.+!'(),;/?:@=&])*\*?$/;

const isTag = (item: string): boolean => item.startsWith('#');

function byKind(items: readonly string[]): Invalidation {
  return {
    tags: items.filter(isTag).map((tag) => tag.slice(1)),
    paths: items.filter((item) => !isTag(item)),
  };
}

function invalidationDocument(
  { id, createdAt, callerReference, paths }: Made,
  status: 'InProgress' | 'Completed',
): string {
  return document('Invalidation', [
    element('Id', id),
    element('Status', status),
    element('CreateTime', new Date(createdAt).toISOString()),
    element('InvalidationBatch', [
      element('Paths', [
        element('Quantity', paths.length),
        element(
          'Items',
          paths.map((path) => element('Path', path)),
        ),
      ]),
      element('CallerReference', callerReference),
    ]),
  ]);
}

function document(name: string, children: XmlElement[]): string {
  const inner = children.map((child) => child.toString()).join('');
  return `${declaration}<${name} xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/">${inner}</${name}>`;
}

/** An answer other than the one asked for: a status, a code that clients switch on, and a sentence. */
class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

const invalid = (message: string) => new Refusal(400, 'InvalidArgument', message);

function refusal(error: unknown): Answer {
  const { status, code, message } =
    error instanceof Refusal
      ? error
      : new Refusal(500, 'InternalError', `The local edge failed: ${String(error)}`);
  return {
    status,
    body: document('ErrorResponse', [
      element('Error', [
        element('Type', status < 500 ? 'Sender' : 'Receiver'),
        element('Code', code),
        element('Message', message),
      ]),
      element('RequestId', 'local'),
    ]),
  };
}
