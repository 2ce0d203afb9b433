import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { type Fault, Faults } from '../s3/faults.ts';
import { listen } from '../s3/listen.ts';
import { isAllowed, type PolicyStatement } from '../s3/policy.ts';
import { receive } from '../s3/request.ts';
import { verifySignature } from '../s3/signature.ts';
import { openDatabase } from '../s3/start-s3.ts';
import { numberOf } from './attributes.ts';
import type { AccountCall, Answer, QueueCall } from './call.ts';
import { queueDoesNotExist, SqsError } from './errors.ts';
import { readInput } from './input.ts';
import { LongPolls } from './long-poll.ts';
import { MessageTable } from './message-table.ts';
import { listMessageMoveTasks, type MoveTask, startMessageMoveTask } from './move-task.ts';
import {
  createQueue,
  deleteQueue,
  getQueueAttributes,
  getQueueUrl,
  listDeadLetterSourceQueues,
  listQueues,
  purgeQueue,
  setQueueAttributes,
} from './queue-operations.ts';
import { account, nameInArn, QueueTable, queueArn, region } from './queue-table.ts';
import { readReceiveRequest, receiveMessages } from './receive-message.ts';
import { realSchedule, type Schedule } from './schedule.ts';
import { sendMessage, sendMessageBatch } from './send-message.ts';
import {
  changeMessageVisibility,
  changeMessageVisibilityBatch,
  deleteMessage,
  deleteMessageBatch,
} from './settle-message.ts';

/** Who may sign requests. Without statements a credential is the account's owner. */
interface SqsCredential {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly name: string;
  readonly statements?: readonly PolicyStatement[];
}

export interface SqsOptions {
  /** 0, the default: any free one. */
  readonly port?: number;
  /** An SQLite file, or `:memory:`. */
  readonly dataFile: string;
  readonly credentials: readonly SqsCredential[];
  /** Queues made at the start unless they exist, dead-letter queues before those that name them. */
  readonly queues?: readonly {
    readonly name: string;
    readonly attributes?: Readonly<Record<string, string>>;
  }[];
  /** Visibility, deduplication and retention go by it; milliseconds since 1970. */
  readonly clock?: () => number;
  /** Milliseconds that an operation, by its name in the API, takes beyond what it takes here; none when absent. */
  readonly delay?: (operation: string) => number;
  /** How long polls, delays and `slow` faults wait: beside a clock of one's own, a schedule that follows it. */
  readonly schedule?: Schedule;
}

export interface RunningSqs {
  readonly endpoint: string;
  readonly faults: Faults;
  queueUrl(name: string): string;
  queueArn(name: string): string;
  /** Ends every connection, long polls included, and closes the file. */
  close(): Promise<void>;
}

/**
 * Starts an SQS endpoint (JSON protocol) on the loopback interface: FIFO and standard queues, dead letters,
 * long polling, signatures checked. It fails if the port is taken.
 */
export async function startSqs(options: SqsOptions): Promise<RunningSqs> {
  const clock = options.clock ?? Date.now;
  const schedule = options.schedule ?? realSchedule;
  const database = openDatabase(options.dataFile);
  const state: State = {
    queues: new QueueTable(database, clock),
    messages: new MessageTable(database),
    polls: new LongPolls(schedule),
    tasks: [],
    faults: new Faults(),
    credentials: new Map(options.credentials.map((known) => [known.accessKeyId, known])),
    clock,
    delay: options.delay ?? (() => 0),
    wait: (milliseconds) => new Promise((resolve) => void schedule(milliseconds, resolve)),
  };
  for (const { name, attributes = {} } of options.queues ?? []) {
    if (state.queues.find(name) === undefined) state.queues.create(name, attributes);
    else state.queues.setAttributes(name, attributes);
  }
  const server = createServer((incoming, outgoing) => void serve({ incoming, outgoing, state }));
  const { endpoint, close } = await listen(server, options.port ?? 0);
  return {
    endpoint,
    faults: state.faults,
    queueUrl: (name) => `${endpoint}/${account}/${name}`,
    queueArn,
    async close() {
      await close();
      database.close();
    },
  };
}

interface State {
  readonly queues: QueueTable;
  readonly messages: MessageTable;
  readonly polls: LongPolls;
  readonly tasks: MoveTask[];
  readonly faults: Faults;
  readonly credentials: ReadonlyMap<string, SqsCredential>;
  readonly clock: () => number;
  readonly delay: (operation: string) => number;
  readonly wait: (milliseconds: number) => Promise<void>;
}

async function serve({
  incoming,
  outgoing,
  state,
}: {
  incoming: IncomingMessage;
  outgoing: ServerResponse;
  state: State;
}): Promise<void> {
  let fault: Fault | undefined;
  const gone = new AbortController();
  outgoing.once('close', () => gone.abort());
  try {
    const raw = await receive(incoming, largestRequest);
    const operation = /^AmazonSQS\.(\w+)$/.exec(raw.headers['x-amz-target'] ?? '')?.[1] ?? '';
    const credential = authenticate(raw, state);
    const input = readJson(raw.body);
    authorise({ credential, operation, input });
    fault = state.faults.strike({ operation, key: queueIn(input) ?? '', isConditional: false });
    if (fault?.kind === 'unavailable' || fault?.kind === 'broken') {
      throw new SqsError(
        'ServiceUnavailable',
        'The request has failed due to a temporary failure.',
        {
          status: fault.kind === 'broken' ? 500 : 503,
        },
      );
    }
    const slowed = fault?.kind === 'slow' ? (fault.milliseconds ?? 1000) : 0;
    const milliseconds = slowed + state.delay(operation);
    if (milliseconds > 0) await state.wait(milliseconds);
    const answer = await perform({
      operation,
      input,
      state,
      host: incoming.headers.host ?? '',
      traceHeader: raw.headers['x-amzn-trace-id'] ?? '',
      gone: gone.signal,
    });
    if (fault?.kind === 'answer-lost') incoming.socket.destroy();
    else send(outgoing, 200, answer);
  } catch (error) {
    if (fault?.kind === 'answer-lost') incoming.socket.destroy();
    else sendError(outgoing, error);
  }
}

const largestRequest = 4 * 1024 * 1024;

function authenticate(
  raw: Parameters<typeof verifySignature>[0]['request'],
  { credentials }: State,
): SqsCredential {
  const verdict = verifySignature({
    request: raw,
    service: 'sqs',
    secretOf: (accessKeyId) => credentials.get(accessKeyId)?.secretAccessKey,
    now: Date.now(),
  });
  if (verdict.kind === 'anonymous') {
    throw new SqsError('MissingAuthenticationToken', 'Request is missing Authentication Token', {
      status: 403,
    });
  }
  const credential = verdict.kind === 'valid' ? credentials.get(verdict.accessKeyId) : undefined;
  if (verdict.kind === 'valid' && credential !== undefined) return credential;
  const { code, reason } =
    verdict.kind === 'refused' ? verdict : { code: 'InvalidAccessKeyId', reason: 'Unknown key.' };
  throw new SqsError(code === 'InvalidAccessKeyId' ? 'InvalidClientTokenId' : code, reason, {
    status: 403,
  });
}

function authorise({
  credential,
  operation,
  input,
}: {
  credential: SqsCredential;
  operation: string;
  input: unknown;
}): void {
  const queue = queueIn(input);
  const mayDo = isAllowed({
    request: {
      principal: credential.name,
      // A batch is allowed by the permission for one.
      action: `sqs:${operation.replace(/Batch$/, '')}`,
      resource: queue === undefined ? `arn:aws:sqs:${region}:${account}:*` : queueArn(queue),
      context: { 'aws:securetransport': 'true' },
    },
    identityPolicy: credential.statements,
    bucketPolicy: [],
  });
  if (!mayDo) {
    throw new SqsError(
      'AccessDeniedException',
      `User ${credential.name} is not authorized to perform sqs:${operation} on this resource.`,
      { status: 403, queryCode: 'AccessDenied' },
    );
  }
}

function readJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8') || '{}');
  } catch {
    throw new SqsError('SerializationException', 'The request body is not JSON.');
  }
}

/** The name of the queue a request is about; undefined for requests about the account. */
function queueIn(input: unknown): string | undefined {
  const { QueueUrl, QueueName, SourceArn } = target.parse(input);
  if (QueueUrl !== undefined) return QueueUrl.split('/').at(-1);
  return QueueName ?? (SourceArn === undefined ? undefined : nameInArn(SourceArn));
}

const target = z
  .object({
    QueueUrl: z.string().optional(),
    QueueName: z.string().optional(),
    SourceArn: z.string().optional(),
  })
  .catch({});

async function perform({
  operation,
  input,
  state,
  host,
  traceHeader,
  gone,
}: {
  operation: string;
  input: unknown;
  state: State;
  host: string;
  traceHeader: string;
  gone: AbortSignal;
}): Promise<Answer> {
  const call: AccountCall = {
    queues: state.queues,
    messages: state.messages,
    input,
    now: state.clock(),
    traceHeader,
    urlOf: (name) => `http://${host}/${account}/${name}`,
    changed: (queue) => state.polls.changed(queue),
  };
  if (operation === 'StartMessageMoveTask') return startMessageMoveTask(call, state.tasks);
  if (operation === 'ListMessageMoveTasks') return listMessageMoveTasks(call, state.tasks);
  const ofAccount = accountOperations.get(operation);
  if (ofAccount !== undefined) return ofAccount(call);
  const ofQueue = queueOperations.get(operation);
  if (ofQueue === undefined && operation !== 'ReceiveMessage') {
    throw new SqsError('InvalidAction', `The action ${operation} is not implemented here.`);
  }
  readInput(z.object({ QueueUrl: z.string() }), input);
  const queue = state.queues.find(queueIn(input) ?? '');
  if (queue === undefined) throw queueDoesNotExist();
  return ofQueue === undefined
    ? poll({ call: { ...call, queue }, state, gone })
    : ofQueue({ ...call, queue });
}

async function poll({
  call,
  state,
  gone,
}: {
  call: QueueCall;
  state: State;
  gone: AbortSignal;
}): Promise<Answer> {
  const request = readReceiveRequest(call.input);
  const seconds = request.WaitTimeSeconds ?? numberOf(call.queue, 'ReceiveMessageWaitTimeSeconds');
  const received = await state.polls.receive({
    queue: call.queue.name,
    attempt: () => receiveMessages({ ...call, now: state.clock() }, request),
    milliseconds: seconds * 1000,
    nextVisible: () => {
      const now = state.clock();
      const next = state.messages.nextVisibleAt(call.queue.name, now);
      return next === undefined ? undefined : next - now;
    },
    gone,
  });
  return received.length === 0 ? {} : { Messages: received };
}

const accountOperations: ReadonlyMap<string, (call: AccountCall) => Answer> = new Map([
  ['CreateQueue', createQueue],
  ['GetQueueUrl', getQueueUrl],
  ['ListQueues', listQueues],
]);

const queueOperations: ReadonlyMap<string, (call: QueueCall) => Answer> = new Map([
  ['DeleteQueue', deleteQueue],
  ['GetQueueAttributes', getQueueAttributes],
  ['SetQueueAttributes', setQueueAttributes],
  ['PurgeQueue', purgeQueue],
  ['ListDeadLetterSourceQueues', listDeadLetterSourceQueues],
  ['SendMessage', sendMessage],
  ['SendMessageBatch', sendMessageBatch],
  ['DeleteMessage', deleteMessage],
  ['DeleteMessageBatch', deleteMessageBatch],
  ['ChangeMessageVisibility', changeMessageVisibility],
  ['ChangeMessageVisibilityBatch', changeMessageVisibilityBatch],
]);

function send(outgoing: ServerResponse, status: number, answer: Answer): void {
  outgoing.writeHead(status, {
    'content-type': 'application/x-amz-json-1.0',
    'x-amzn-requestid': randomUUID(),
  });
  outgoing.end(answer === undefined ? undefined : JSON.stringify(answer));
}

function sendError(outgoing: ServerResponse, error: unknown): void {
  const known =
    error instanceof SqsError
      ? error
      : new SqsError('InternalFailure', `The emulator failed: ${String(error)}`, { status: 500 });
  outgoing.setHeader(
    'x-amzn-query-error',
    `${known.queryCode};${known.status >= 500 ? 'Receiver' : 'Sender'}`,
  );
  send(outgoing, known.status, {
    __type: `com.amazonaws.sqs#${known.code}`,
    message: known.message,
  });
}
