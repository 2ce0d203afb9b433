/** An answer SQS gives instead of the one asked for. */
export class SqsError extends Error {
  override readonly name = 'SqsError';
  readonly status: number;
  /** The shape's name in the JSON protocol; SDKs make it the error's name. */
  readonly code: string;
  /** The code of the older query protocol, sent along in a header. */
  readonly queryCode: string;

  constructor(code: string, message: string, { status = 400, queryCode = code } = {}) {
    super(message);
    this.code = code;
    this.status = status;
    this.queryCode = queryCode;
  }
}

export const queueDoesNotExist = () =>
  new SqsError('QueueDoesNotExist', 'The specified queue does not exist.', {
    queryCode: 'AWS.SimpleQueueService.NonExistentQueue',
  });

export const invalidParameter = (message: string) => new SqsError('InvalidParameterValue', message);

export const missingParameter = (name: string) =>
  new SqsError('MissingParameter', `The request must contain the parameter ${name}.`);

export const receiptHandleIsInvalid = () =>
  new SqsError(
    'ReceiptHandleIsInvalid',
    'The input receipt handle is not a valid receipt handle.',
    {
      status: 404,
    },
  );
