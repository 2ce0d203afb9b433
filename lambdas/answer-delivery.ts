import type { Log } from '../src/adapters/log.ts';
import type { Clock, Queue } from '../src/publishing/ports.ts';
import { receiveDelivery } from '../src/webhook/receive-delivery.ts';
import type { UrlRequest } from './function-url.ts';

/** What answering a delivery takes. */
export interface DoorbellServices {
  readonly queue: Queue;
  readonly clock: Clock;
  readonly log: Log;
  readonly secrets: readonly [string, ...string[]];
  readonly project: string;
  readonly dataset: string;
}

/**
 * Answers a delivery: 202 once its id is in the queue, 503 when the queue did not take it, so that
 * Sanity rings again. What can never succeed is not asked for again.
 */
export async function answerDelivery(
  { headers, body }: UrlRequest,
  { queue, clock, log, secrets, project, dataset }: DoorbellServices,
): Promise<{ readonly status: number; readonly reason: string }> {
  const now = clock.now();
  const receipt = receiveDelivery({ headers, body, secrets, now, project, dataset });
  const { status, reason } = receipt;
  if (receipt.kind === 'refused') {
    // Nothing of a request that nobody we know has signed is in the log.
    log.warn(receipt.alarm ? 'foreign-delivery' : 'delivery-refused', { reason, status });
    return { status, reason };
  }
  const { secretIndex } = receipt;
  const fields = {
    reason,
    secretIndex,
    delivery: headers['idempotency-key'],
    transaction: headers['sanity-transaction-id'],
    lagMilliseconds: lag(headers['sanity-transaction-time'], now),
  };
  if (receipt.kind === 'ignored') {
    log.info('delivery-ignored', fields);
    return { status, reason };
  }
  try {
    await queue.send(receipt.message, receipt.deduplicationId);
  } catch (error) {
    log.error('delivery-not-queued', error, { ...fields, ids: receipt.message.ids });
    return { status: 503, reason: 'queue-unavailable' };
  }
  log.info('delivery-queued', { ...fields, ids: receipt.message.ids });
  return { status, reason };
}

/** How long a delivery took to reach us, as far as its header can be believed. */
function lag(transactionTime: string | undefined, now: string): number | undefined {
  const then = Date.parse(transactionTime ?? '');
  return Number.isNaN(then) ? undefined : Date.parse(now) - then;
}
