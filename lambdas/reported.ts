import type { Log } from '../src/adapters/log.ts';

/** What Lambda tells a handler of its invocation. */
export interface Invocation {
  readonly awsRequestId: string;
  /** Milliseconds until Lambda kills it. */
  getRemainingTimeInMillis(): number;
}

/** A handler that Lambda can call. */
export type Handler<Answer> = (event: unknown, context: Invocation) => Promise<Answer>;

/**
 * Reports what a handler throws through our own log, and lets Lambda see only that it failed: the
 * runtime writes the message and the causes of an error as they are, and those may quote a document.
 */
export function reported<Answer>(log: Log, handler: Handler<Answer>): Handler<Answer> {
  return async (event, context) => {
    try {
      return await handler(event, context);
    } catch (error) {
      log.error('function-failed', error);
      throw new FunctionFailed(error instanceof Error ? error.name : 'an unknown error');
    }
  };
}

export class FunctionFailed extends Error {
  override readonly name = 'FunctionFailed';

  constructor(errorName: string) {
    super(
      `The function failed with ${errorName}; the log line "function-failed" before this says where`,
    );
    delete this.stack;
  }
}
