import { randomUUID } from 'node:crypto';

import { z } from 'zod';

import type { Commit } from './dataset.ts';
import { plainRefusal } from './errors.ts';
import type { Faults } from './faults.ts';
import type { Scheduler } from './scheduler.ts';
import type { Storage } from './storage.ts';
import { deliver, type DeliveryOutcome } from './webhook-delivery.ts';
import { compileRule, type CompiledRule, type Operation } from './webhook-rule.ts';
import { signWebhook } from './webhook-signature.ts';

const operation = z.enum(['create', 'update', 'delete']);

/** A document webhook, in the shape the management API takes and gives. */
const hookShape = z.object({
  id: z.string(),
  type: z.literal('document').default('document'),
  name: z.string().min(1),
  description: z.string().max(1024).nullish().default(null),
  url: z.url({ protocol: /^https?$/ }),
  dataset: z.string().default('*'),
  httpMethod: z.enum(['POST', 'PUT', 'PATCH', 'DELETE', 'GET']).default('POST'),
  apiVersion: z.string().default('v2021-03-25'),
  includeDrafts: z.boolean().default(false),
  includeAllVersions: z.boolean().default(false),
  /** By the service itself, and by a person: either keeps it silent. */
  isDisabled: z.boolean().default(false),
  isDisabledByUser: z.boolean().default(false),
  secret: z.string().nullish(),
  headers: z.record(z.string(), z.string()).default({}),
  createdAt: z.string().default(new Date(0).toISOString()),
  deletedAt: z.null().default(null),
  rule: z
    .object({
      on: z.array(operation).default(['create', 'update']),
      filter: z.string().default(''),
      projection: z.string().nullish(),
    })
    .prefault({}),
});

export type Hook = z.output<typeof hookShape>;
/** What a caller may leave out has the default the hosted service has. */
export type HookRequest = Omit<z.input<typeof hookShape>, 'id'> & { id?: string };

/** One change announced to one hook. It keeps its idempotency key through all its attempts. */
export interface Message {
  id: string;
  hookId: string;
  idempotencyKey: string;
  dataset: string;
  documentId: string;
  operation: Operation;
  transactionId: string;
  transactionTime: string;
  createdAt: string;
  signedAt: number;
  body: string;
  attempts: number;
}

export interface Attempt {
  id: string;
  messageId: string;
  hookId: string;
  createdAt: string;
  attempt: number;
  duration: number;
  resultCode: number | null;
  resultBody: string;
  isFailure: boolean;
  failureReason: 'http' | 'timeout' | 'network' | 'fault' | null;
  status: 'delivered' | 'dropped' | 'retrying' | 'failed';
}

export interface WebhookState {
  idle: boolean;
  /** Messages waiting, on their way, or resting before a retry. */
  pending: number;
  /** Those of the pending that wait for a retry or for a delay that a fault asked for. */
  resting: number;
  delivered: number;
  dropped: number;
  failed: number;
}

export interface Webhooks {
  hear(commit: Commit): void;
  list(): Hook[];
  find(id: string): Hook | undefined;
  create(request: unknown): Hook;
  update(id: string, request: unknown): Hook;
  remove(id: string): void;
  attemptsOf(hookId: string): Attempt[];
  messagesOf(hookId: string): Omit<Message, 'body'>[];
  state(): WebhookState;
  /** Resolves when nothing is pending. */
  settled(): Promise<void>;
  /** Forgets pending messages and the log; hooks stay. */
  clear(): void;
  close(): void;
}

/** 2xx is delivered and 4xx dropped; these come again, and so does no answer at all. */
const retryDelaysMs: readonly number[] = [30_000, 30_000];
const logLimit = 2_000;

/**
 * Rings webhooks as the hosted service documents it: one request at a time per hook, a timeout of
 * 30 seconds, two retries 30 seconds apart after 429, 5xx or silence, at least once, in no
 * promised order. Pending messages are on disk: a lake that was killed goes on where it stopped.
 */
export function createWebhooks({
  projectId,
  configured,
  storage,
  faults,
  scheduler,
  clock,
  random,
}: {
  projectId: string;
  /** Hooks the caller brings at every start; they replace stored ones of the same id. */
  configured: readonly HookRequest[];
  storage: Storage;
  faults: Faults;
  scheduler: Scheduler;
  clock: () => number;
  random: () => number;
}): Webhooks {
  const hooks = new Map<string, { hook: Hook; rule: CompiledRule }>();
  const queues = new Map<string, Message[]>();
  const busy = new Set<string>();
  const resting = new Map<string, { message: Message; wake: () => void }>();
  const attempts: Attempt[] = [];
  const messages: Message[] = [];
  const counts = { delivered: 0, dropped: 0, failed: 0 };
  let listeners: (() => void)[] = [];
  let hearing = 0;
  let heard: Promise<void> = Promise.resolve();
  let isClosed = false;

  for (const { value } of storage.listRecords('hooks')) keep(hookShape.parse(value));
  for (const request of configured) {
    save(hookShape.parse({ id: request.name.replaceAll(/[^A-Za-z0-9_-]+/g, '-'), ...request }));
  }
  for (const { value } of storage.listRecords('messages')) {
    const message = messageShape.parse(value);
    logMessage(message);
    enqueue(message);
  }

  function keep(hook: Hook): void {
    hooks.set(hook.id, {
      hook,
      rule: compileRule({
        on: hook.rule.on,
        filter: hook.rule.filter,
        projection: hook.rule.projection ?? '',
        includeDrafts: hook.includeDrafts,
        includeAllVersions: hook.includeAllVersions,
        projectId,
        dataset: hook.dataset,
      }),
    });
  }

  function save(hook: Hook): Hook {
    keep(hook);
    storage.writeRecord('hooks', hook.id, hook);
    return hook;
  }

  async function announce(commit: Commit): Promise<void> {
    for (const { hook, rule } of hooks.values()) {
      if (hook.isDisabled || hook.isDisabledByUser) continue;
      if (hook.dataset !== '*' && hook.dataset !== commit.dataset) continue;
      for (const change of commit.changes) {
        const payload = await rule.payloadFor(change, clock());
        if (payload === undefined || isClosed) continue;
        post({
          id: randomUUID(),
          hookId: hook.id,
          idempotencyKey: randomUUID(),
          dataset: commit.dataset,
          documentId: change.id,
          operation: payload.operation,
          transactionId: commit.transactionId,
          transactionTime: commit.timestamp,
          createdAt: new Date(clock()).toISOString(),
          signedAt: clock(),
          body: JSON.stringify(payload.body),
          attempts: 0,
        });
      }
    }
  }

  function post(message: Message): void {
    const { drop, duplicate, delayMs, reorderWithinMs } = faults.current().webhooks;
    logMessage(message);
    if (faults.strikes(drop)) {
      counts.dropped += 1;
      return;
    }
    const copies = faults.strikes(duplicate)
      ? [message, { ...message, id: randomUUID() }]
      : [message];
    for (const copy of copies) {
      storage.writeRecord('messages', copy.id, copy);
      const wait = delayMs + Math.floor(random() * reorderWithinMs);
      if (wait > 0) rest(copy, wait);
      else enqueue(copy);
    }
  }

  function rest(message: Message, delayMs: number): void {
    const wake = scheduler.after(delayMs, () => {
      resting.delete(message.id);
      enqueue(message);
    });
    resting.set(message.id, { message, wake });
  }

  function enqueue(message: Message): void {
    const queue = queues.get(message.hookId) ?? [];
    queue.push(message);
    queues.set(message.hookId, queue);
    void work(message.hookId);
  }

  async function work(hookId: string): Promise<void> {
    if (busy.has(hookId)) return;
    busy.add(hookId);
    for (;;) {
      const message = queues.get(hookId)?.shift();
      if (message === undefined || isClosed) break;
      const hook = hooks.get(hookId)?.hook;
      if (hook === undefined) storage.deleteRecord('messages', message.id);
      else await attempt(hook, message);
    }
    busy.delete(hookId);
    tellIfIdle();
  }

  async function attempt(hook: Hook, message: Message): Promise<void> {
    const { fail, failStatus } = faults.current().webhooks;
    const isFault = faults.strikes(fail);
    const started = clock();
    const outcome: DeliveryOutcome = isFault
      ? { kind: 'answered', status: failStatus, text: '' }
      : await deliver(
          {
            url: hook.url,
            method: hook.httpMethod,
            headers: headersOf(projectId, hook, message),
            body: message.body,
          },
          scheduler,
        );
    if (isClosed) return;
    const number = message.attempts + 1;
    const status = statusAfter(outcome, number);
    attempts.push({
      id: randomUUID(),
      messageId: message.id,
      hookId: hook.id,
      createdAt: new Date(started).toISOString(),
      attempt: number,
      duration: clock() - started,
      resultCode: outcome.kind === 'answered' ? outcome.status : null,
      resultBody: outcome.kind === 'answered' ? outcome.text : '',
      isFailure: status !== 'delivered',
      failureReason: isFault ? 'fault' : failureReason(outcome, status),
      status,
    });
    if (attempts.length > logLimit) attempts.shift();
    message.attempts = number;
    if (status === 'retrying') {
      storage.writeRecord('messages', message.id, message);
      rest(message, retryDelaysMs[number - 1] ?? 0);
    } else {
      counts[status] += 1;
      storage.deleteRecord('messages', message.id);
    }
  }

  function logMessage(message: Message): void {
    messages.push(message);
    if (messages.length > logLimit) messages.shift();
  }

  function pending(): number {
    let total = resting.size + busy.size + hearing;
    for (const queue of queues.values()) total += queue.length;
    return total;
  }

  function tellIfIdle(): void {
    if (pending() > 0) return;
    for (const tell of listeners) tell();
    listeners = [];
  }

  function drain(): void {
    for (const { wake } of resting.values()) wake();
    resting.clear();
    queues.clear();
  }

  return {
    hear(commit) {
      hearing += 1;
      heard = heard
        .then(() => announce(commit))
        .finally(() => {
          hearing -= 1;
          tellIfIdle();
        });
    },
    list: () => [...hooks.values()].map(({ hook }) => hook),
    find: (id) => hooks.get(id)?.hook,
    create: (request) =>
      save(parseHook(request, { id: randomUUID(), createdAt: new Date(clock()).toISOString() })),
    update(id, request) {
      const known = hooks.get(id);
      if (known === undefined) throw plainRefusal(404, `Webhook "${id}" not found`);
      return save(parseHook(request, known.hook));
    },
    remove(id) {
      if (!hooks.delete(id)) throw plainRefusal(404, `Webhook "${id}" not found`);
      storage.deleteRecord('hooks', id);
    },
    attemptsOf: (hookId) => attempts.filter((attempt) => attempt.hookId === hookId).toReversed(),
    messagesOf: (hookId) =>
      messages
        .filter((message) => message.hookId === hookId)
        .map(({ body: _body, ...message }) => message)
        .toReversed(),
    state: () => ({ idle: pending() === 0, pending: pending(), resting: resting.size, ...counts }),
    settled: () =>
      new Promise((resolve) => {
        if (pending() === 0) resolve();
        else listeners.push(resolve);
      }),
    clear() {
      drain();
      storage.clearRecords('messages');
      attempts.length = 0;
      messages.length = 0;
      Object.assign(counts, { delivered: 0, dropped: 0, failed: 0 });
      tellIfIdle();
    },
    close() {
      isClosed = true;
      drain();
    },
  };
}

const messageShape = z.object({
  id: z.string(),
  hookId: z.string(),
  idempotencyKey: z.string(),
  dataset: z.string(),
  documentId: z.string(),
  operation,
  transactionId: z.string(),
  transactionTime: z.string(),
  createdAt: z.string(),
  signedAt: z.number(),
  body: z.string(),
  attempts: z.number(),
}) satisfies z.ZodType<Message>;

function parseHook(request: unknown, base: Pick<Hook, 'id' | 'createdAt'>): Hook {
  const { id, createdAt } = base;
  const merged: unknown =
    typeof request === 'object' ? { ...base, ...request, id, createdAt } : request;
  const parsed = hookShape.safeParse(merged);
  if (!parsed.success) throw plainRefusal(400, z.prettifyError(parsed.error));
  return parsed.data;
}

function headersOf(projectId: string, hook: Hook, message: Message): Record<string, string> {
  return {
    ...hook.headers,
    connection: 'close',
    'accept-encoding': 'gzip',
    'content-type': 'application/json',
    'user-agent': 'Sanity.io webhook delivery',
    'idempotency-key': message.idempotencyKey,
    'sanity-transaction-id': message.transactionId,
    'sanity-transaction-time': message.transactionTime,
    'sanity-dataset': message.dataset,
    'sanity-document-id': message.documentId,
    'sanity-project-id': projectId,
    'sanity-webhook-id': hook.id,
    'sanity-operation': message.operation,
    ...(typeof hook.secret === 'string' &&
      hook.secret !== '' && {
        'sanity-webhook-signature': signWebhook({
          body: message.body,
          timestamp: message.signedAt,
          secret: hook.secret,
        }),
      }),
  };
}

function statusAfter(outcome: DeliveryOutcome, attempt: number): Attempt['status'] {
  if (outcome.kind === 'answered') {
    if (outcome.status >= 200 && outcome.status < 300) return 'delivered';
    if (outcome.status < 500 && outcome.status !== 429) return 'dropped';
  }
  return attempt > retryDelaysMs.length ? 'failed' : 'retrying';
}

function failureReason(
  outcome: DeliveryOutcome,
  status: Attempt['status'],
): Attempt['failureReason'] {
  if (status === 'delivered') return null;
  switch (outcome.kind) {
    case 'answered':
      return 'http';
    case 'timed-out':
      return 'timeout';
    case 'unreachable':
      return 'network';
  }
}
