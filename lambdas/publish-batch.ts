import type { Log } from '../src/adapters/log.ts';
import { decodeMessage } from '../src/adapters/queue-message.ts';
import type { Deferral } from '../src/adapters/sqs-queue.ts';
import type { DocumentId, Instant } from '../src/briefing/model.ts';
import type { Clock, Queue, QueueMessage, Random } from '../src/publishing/ports.ts';
import type { Advanced } from '../src/publishing/advance.ts';
import { isOutage } from '../src/publishing/outage.ts';
import type { PublishOutcome, PublishRequest } from '../src/publishing/publish.ts';
import type { Refusals } from '../src/publishing/refuse-and-draw-again.ts';
import type { Deadline } from '../src/publishing/walk.ts';
import type { QueueRecord } from './queue-records.ts';

export interface BatchServices {
  /** Publishes; what makes it throw is refused, and the rest goes out. */
  readonly publish: (request: PublishRequest) => Promise<PublishOutcome>;
  /** Tries out each document apart, and says which cannot be drawn. */
  readonly tryOut: (ids: readonly DocumentId[]) => Promise<Refusals>;
  /** Carries on fan-outs and walks for as long as the invocation has time. */
  readonly advance: () => Promise<Pick<Advanced, 'kind' | 'releases'>>;
  readonly deadline: Deadline;
  readonly queue: Queue;
  readonly deferral: Deferral;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Names this run: what it sends to the queue must be new to it. */
  readonly run: string;
}

/**
 * Publish what a batch of messages speaks of, and say which messages must come again (by id).
 *
 * A message that is kept blocks its group. Hence almost nothing is: what is stale or met an outage is sent
 * again, to the end of the queue; only a message that fails by itself is kept, comes back after seconds, and
 * goes to the dead letters after its tenth time.
 */
export async function publishBatch(
  records: readonly QueueRecord[],
  services: BatchServices,
): Promise<readonly string[]> {
  const messages = records.flatMap((record) => received(record, services));
  const named = messages.filter(({ ids }) => ids.length > 0);
  const bare = messages.filter(({ ids }) => ids.length === 0);
  // A kill is no evidence: whoever comes again may have been in the way of another. So each is tried apart.
  const fresh = named.filter(({ receives }) => receives === 1);
  const failed = [...(await publishTogether(fresh, services))];
  failed.push(
    ...(await publishSuspects(
      named.filter(({ receives }) => receives > 1),
      services,
    )),
  );
  if (bare.length > 0) {
    // What somebody has just written neither waits for a slice nor is killed with one.
    if (named.length > 0) await goOnLater(services);
    else await goOn(services);
  }
  for (const { receiptHandle, receives } of failed) {
    await comeBackSoon(receiptHandle, receives, services);
  }
  return failed.map(({ messageId }) => messageId);
}

/** Whole-site work, as long as there is time; its message is done with, whatever comes: the sweep goes on too. */
async function goOn(services: BatchServices): Promise<void> {
  const { advance, log } = services;
  try {
    const { kind, releases } = await advance();
    log.info('advanced', { outcome: kind, releases });
    if (kind === 'out-of-time') await goOnLater(services);
  } catch (error) {
    log.error(isOutage(error) ? 'outage' : 'slice-failed', error);
  }
}

async function goOnLater({ queue, run, log }: BatchServices): Promise<void> {
  try {
    await queue.send({ ids: [] }, `continue-${run}`);
  } catch (error) {
    log.error('continuation-not-queued', error);
  }
}

interface Received extends QueueMessage {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly receives: number;
  /** How often this has been sent again. */
  readonly again: number;
}

function received(record: QueueRecord, { log }: BatchServices): readonly Received[] {
  const message = decodeMessage(record.body);
  if (message === null) {
    // It will never be readable, and would only block the queue.
    log.warn('message-unreadable', { id: record.messageId });
    return [];
  }
  const { messageId, receiptHandle, receives, deduplicationId } = record;
  const again = Number(/^again-(\d{1,4})-/.exec(deduplicationId)?.[1] ?? 0);
  return [{ ...message, messageId, receiptHandle, receives, again }];
}

/** One publish for all; when that fails for no reason outside, one each, so that one cannot stop the others. */
async function publishTogether(
  messages: readonly Received[],
  services: BatchServices,
): Promise<readonly Received[]> {
  if (messages.length === 0) return [];
  try {
    await publishMessages(messages, services);
    return [];
  } catch (error) {
    if (isOutage(error)) return afterOutage(messages, error, services);
    if (messages.length > 1) {
      services.log.warn('batch-split', { messages: messages.length });
      const failed: Received[] = [];
      for (const message of messages) failed.push(...(await publishTogether([message], services)));
      return failed;
    }
    services.log.error('message-failed', error, { ids: messages.flatMap(({ ids }) => ids) });
    return messages;
  }
}

/** One after the other, as long as there is time for one that must be stopped; the rest is sent again. */
async function publishSuspects(
  suspects: readonly Received[],
  services: BatchServices,
): Promise<readonly Received[]> {
  const failed: Received[] = [];
  for (const [index, suspect] of suspects.entries()) {
    if (index > 0 && services.deadline.remaining() < timeOfOneSuspect) {
      return [...failed, ...(await sendOn(suspects.slice(index), services))];
    }
    failed.push(...(await publishSuspect(suspect, services)));
  }
  return failed;
}

/** Milliseconds: reading, two threads of which one is stopped, publishing. */
const timeOfOneSuspect = 12_000;

async function sendOn(
  messages: readonly Received[],
  services: BatchServices,
  seconds = 0,
): Promise<readonly Received[]> {
  try {
    await sendAgain(messages, seconds, services);
    return [];
  } catch (error) {
    // The queue is down as well: its own visibility timeout will bring them back.
    services.log.error('not-sent-again', error, { messages: messages.length });
    return messages;
  }
}

async function publishSuspect(
  message: Received,
  services: BatchServices,
): Promise<readonly Received[]> {
  try {
    const refusals = await services.tryOut(message.ids);
    for (const [revision, problem] of refusals) {
      const [id, rev] = revision.split('/');
      services.log.warn('document-unfit', { id, rev, problems: [problem] });
    }
    await publishMessages([message], services, refusals);
    return [];
  } catch (error) {
    if (isOutage(error)) return afterOutage([message], error, services);
    services.log.error('message-failed', error, { ids: message.ids });
    return [message];
  }
}

async function publishMessages(
  messages: readonly Received[],
  services: BatchServices,
  refusals?: Refusals,
): Promise<void> {
  const { publish, log } = services;
  let ids: readonly DocumentId[] = [...new Set(messages.flatMap((message) => message.ids))];
  const stale = new Set<DocumentId>();
  for (;;) {
    const outcome = await publish({
      ids,
      ...hintsFor(messages, ids),
      ...(refusals !== undefined && refusals.size > 0 && { refusals }),
    });
    switch (outcome.kind) {
      case 'done':
        await tellDone(outcome, messages.length, services);
        break;
      case 'held':
        log.warn('held', { ids });
        break;
      case 'other-epoch':
        log.warn('other-epoch', { ids, epoch: outcome.epoch });
        break;
      case 'stale': {
        for (const id of outcome.ids) stale.add(id);
        const rest = ids.filter((id) => !stale.has(id));
        // The others did not go out either.
        if (rest.length > 0 && rest.length < ids.length) {
          ids = rest;
          continue;
        }
        break;
      }
    }
    break;
  }
  if (stale.size > 0) await sendStaleAgain(messages, stale, services);
}

/**
 * What the deliveries said of each document, the latest of several. Nothing of a message that has been
 * told often enough that the lake has nothing newer.
 */
function hintsFor(
  messages: readonly Received[],
  asked: readonly DocumentId[],
): Pick<PublishRequest, 'updatedAt'> {
  const hints = new Map<DocumentId, Instant>();
  for (const { ids, updatedAt, again } of messages) {
    if (updatedAt === undefined || again >= mostReads) continue;
    for (const id of ids) {
      const known = hints.get(id);
      if (asked.includes(id) && (known === undefined || known < updatedAt))
        hints.set(id, updatedAt);
    }
  }
  return hints.size === 0 ? {} : { updatedAt: hints };
}

/** A document that comes older than its delivery said is read again this often. */
const mostReads = 3;

async function tellDone(
  { seq, releases, reports, tasksLeft }: Extract<PublishOutcome, { kind: 'done' }>,
  messages: number,
  { log, queue }: BatchServices,
): Promise<void> {
  for (const { id, rev, outcome, problems } of reports) {
    // Settings and references are read along with everything; they are news only when they changed.
    if (outcome === 'unchanged') continue;
    log.info('document', {
      id,
      ...(rev !== null && rev !== '' && { rev }),
      outcome,
      ...(problems.length > 0 && { problems }),
    });
  }
  log.info('published', { seq, releases, tasksLeft, messages });
  if (tasksLeft === 0 || releases === 0) return;
  try {
    await queue.send({ ids: [] }, `continue-${seq}`);
  } catch (error) {
    // What was asked for is done; the next sweep goes on with the rest.
    log.error('continuation-not-queued', error, { seq, tasksLeft });
  }
}

async function sendStaleAgain(
  messages: readonly Received[],
  stale: ReadonlySet<DocumentId>,
  services: BatchServices,
): Promise<void> {
  const { log } = services;
  const affected = messages
    .map((message) => ({ ...message, ids: message.ids.filter((id) => stale.has(id)) }))
    .filter(({ ids }) => ids.length > 0);
  const [patient, tired] = [
    affected.filter(({ again }) => again < mostReads),
    affected.filter(({ again }) => again >= mostReads),
  ];
  for (const { ids, again } of tired) log.warn('stale-left-to-reconcile', { ids, attempt: again });
  await sendAgain(patient, 2, services);
}

async function afterOutage(
  messages: readonly Received[],
  error: unknown,
  services: BatchServices,
): Promise<readonly Received[]> {
  const again = Math.max(...messages.map((message) => message.again));
  services.log.error('outage', error, { messages: messages.length, attempt: again });
  return sendOn(messages, services, Math.min(10, 2 ** (again + 1)));
}

/** To the end of the queue, after a short wait: a FIFO queue cannot delay one message. */
async function sendAgain(
  messages: readonly Received[],
  seconds: number,
  { queue, clock, random, log, run, deadline }: BatchServices,
): Promise<void> {
  if (messages.length === 0) return;
  // Killed while it waits, it would never be sent, and count as one more receive of a message without fault.
  const wanted = seconds * 1000 * (1 + random.next() / 2);
  await clock.sleep(Math.max(0, Math.min(wanted, deadline.remaining())));
  for (const [index, { ids, updatedAt, again }] of messages.entries()) {
    const attempt = Math.min(again + 1, 9_999);
    const message = { ids, ...(updatedAt !== undefined && { updatedAt }) };
    await queue.send(message, `again-${attempt}-${run}-${index}`);
    log.info('sent-again', { ids, attempt });
  }
}

async function comeBackSoon(
  receiptHandle: string,
  receives: number,
  { deferral, random, log }: BatchServices,
): Promise<void> {
  const seconds = Math.min(30, 2 ** receives * (1 + random.next() / 2));
  try {
    await deferral.comeBack(receiptHandle, seconds);
  } catch (error) {
    log.error('not-deferred', error);
  }
}
