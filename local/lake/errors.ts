/** A refusal in one of the shapes the hosted API uses; the router turns it into a response. */
export class LakeError extends Error {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Record<string, string>;

  constructor(
    status: number,
    message: string,
    body: unknown,
    { headers, cause }: { headers?: Record<string, string>; cause?: unknown } = {},
  ) {
    super(message, cause === undefined ? {} : { cause });
    this.name = 'LakeError';
    this.status = status;
    this.body = body;
    this.headers = headers ?? {};
  }
}

const reasons: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  413: 'Request Entity Too Large',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

/** `{statusCode, error, message}`: refusals that have nothing to do with one document. */
export function plainRefusal(
  status: number,
  message: string,
  extra: Record<string, unknown> = {},
  headers: Record<string, string> = {},
): LakeError {
  return new LakeError(
    status,
    message,
    { statusCode: status, error: reasons[status] ?? 'Error', message, ...extra },
    { headers },
  );
}

/** One failed mutation or action of a transaction; the whole transaction is refused. */
export interface FailedItem {
  index: number;
  type: string;
  description: string;
  [detail: string]: unknown;
}

/** `{error: {type: 'mutationError', description, items}}`: what mutate and actions answer. */
export function mutationRefusal(
  status: number,
  item: FailedItem,
  kind: 'mutationError' | 'actionError' = 'mutationError',
): LakeError {
  const { index, ...error } = item;
  return new LakeError(status, item.description, {
    error: {
      type: kind,
      description: `${kind === 'mutationError' ? 'Mutation' : 'Action'} failed: ${item.description}`,
      items: [{ index, error }],
    },
  });
}
