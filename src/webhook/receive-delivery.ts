import type { Instant } from '../briefing/model.ts';
import { type DocumentEvent, type EventReading, readEvent } from './document-event.ts';
import { nameForQueue, type Verdict, verifySignature } from './signature.ts';

/** A request to the webhook's address, as it came. */
export interface Delivery {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The very bytes: they are what was signed. */
  readonly body: Uint8Array;
  /** The present one, and during a rotation the one before or after it. */
  readonly secrets: readonly [string, ...string[]];
  readonly now: Instant;
  readonly project: string;
  readonly dataset: string;
}

export type Receipt =
  /** To be queued; 202 once it is. */
  | {
      readonly kind: 'event';
      readonly status: 202;
      readonly reason: 'event';
      readonly message: DocumentEvent;
      /** One for all attempts at a delivery, and never one for two changes: made of what was signed alone. */
      readonly deduplicationId: string;
      readonly secretIndex: number;
    }
  /** Signed and of no interest, or not readable: sending it again would change nothing. */
  | {
      readonly kind: 'ignored';
      readonly status: 202;
      readonly reason: Extract<EventReading, { kind: 'ignored' }>['reason'];
      readonly secretIndex: number;
    }
  | {
      readonly kind: 'refused';
      readonly status: 401 | 403 | 413;
      readonly reason:
        | 'too-long'
        | Exclude<Verdict, { kind: 'signed' }>['reason']
        | 'too-old'
        | 'from-the-future'
        | Extract<EventReading, { kind: 'foreign' }>['reason'];
      /** Someone must look: a hook of another project or dataset knows our secret. */
      readonly alarm: boolean;
    };

/**
 * Decides what a delivery is worth. A doorbell: all that comes of it is the id to look at.
 * Total, and reads nothing of a body that was not signed.
 */
export function receiveDelivery(delivery: Delivery): Receipt {
  const { headers, body, secrets, project, dataset } = delivery;
  if (body.length > largestBody) return refused(413, 'too-long');
  const verdict = verifySignature({ body, header: headers['sanity-webhook-signature'], secrets });
  if (verdict.kind !== 'signed') return refused(401, verdict.reason);
  const age = Date.parse(delivery.now) - verdict.signedAt;
  if (age > oldest) return refused(401, 'too-old');
  if (age < -furthestAhead) return refused(401, 'from-the-future');
  const { secretIndex, fingerprint } = verdict;
  const reading = readEvent({ body, project, dataset });
  switch (reading.kind) {
    case 'foreign':
      return { ...refused(403, reading.reason), alarm: true };
    case 'ignored':
      return { kind: 'ignored', status: 202, reason: reading.reason, secretIndex };
    case 'event':
      return {
        kind: 'event',
        status: 202,
        reason: 'event',
        message: reading.event,
        // Without a name of its own it has that of the very bytes and their time: at worst one read more.
        deduplicationId: reading.change === null ? fingerprint : nameForQueue(reading.change),
        secretIndex,
      };
  }
}

const largestBody = 1_000_000;
/** It is not documented whether a retry is signed anew, nor how long one may wait in a queue. */
const oldest = 24 * 60 * 60 * 1000;
/** Clocks differ. */
const furthestAhead = 5 * 60 * 1000;

type Refused = Extract<Receipt, { kind: 'refused' }>;

function refused(status: Refused['status'], reason: Refused['reason']): Refused {
  return { kind: 'refused', status, reason, alarm: false };
}
