import { declaration, element } from './xml.ts';

/** An answer S3 gives instead of the one asked for: an HTTP status, a code clients switch on, and a sentence. */
export class S3Error extends Error {
  override readonly name = 'S3Error';
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    code: string,
    message: string,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

/** The XML body in which S3 reports an error. */
export function errorDocument({
  error,
  resource,
  requestId,
}: {
  error: S3Error;
  resource: string;
  requestId: string;
}): string {
  const root = element('Error', [
    element('Code', error.code),
    element('Message', error.message),
    element('Resource', resource),
    element('RequestId', requestId),
  ]);
  return `${declaration}${root.toString()}`;
}

export const accessDenied = () => new S3Error(403, 'AccessDenied', 'Access Denied');

export const noSuchKey = (headers: Readonly<Record<string, string>> = {}) =>
  new S3Error(404, 'NoSuchKey', 'The specified key does not exist.', headers);

export const noSuchBucket = () =>
  new S3Error(404, 'NoSuchBucket', 'The specified bucket does not exist.');

export const preconditionFailed = (condition: string) =>
  new S3Error(
    412,
    'PreconditionFailed',
    `At least one of the pre-conditions you specified did not hold: ${condition}`,
  );

export const invalidArgument = (message: string) => new S3Error(400, 'InvalidArgument', message);

export const malformedXml = (message: string) => new S3Error(400, 'MalformedXML', message);

export const notImplemented = (what: string) =>
  new S3Error(501, 'NotImplemented', `This emulator does not implement ${what}.`);
