import type { MessageTable } from './message-table.ts';
import type { Queue, QueueTable } from './queue-table.ts';

/** What an operation on the account needs. */
export interface AccountCall {
  readonly queues: QueueTable;
  readonly messages: MessageTable;
  /** The request's JSON, not yet looked at. */
  readonly input: unknown;
  readonly now: number;
  /** The `X-Amzn-Trace-Id` that the request came with; empty without. */
  readonly traceHeader: string;
  /** The address under which clients know a queue. */
  readonly urlOf: (queue: string) => string;
  /** Tells long polls that a queue has changed. */
  readonly changed: (queue: string) => void;
}

/** What an operation on one existing queue needs. */
export interface QueueCall extends AccountCall {
  readonly queue: Queue;
}

/** The JSON of an answer; SQS answers some operations with nothing at all. */
export type Answer = object | undefined;
