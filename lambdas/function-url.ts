import * as z from 'zod';

/** A request to a function URL: headers in lower case, and the body as the bytes that were sent. */
export interface UrlRequest {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
}

/** Decodes an event of payload format 2.0. Throws when Lambda sends anything else. */
export function urlRequest(event: unknown): UrlRequest {
  const { headers, body, isBase64Encoded } = shape.parse(event);
  return { headers, body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8') };
}

/**
 * The method of a request, of whose event nothing else is looked at. Throws when Lambda sends anything else.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
 */
export function methodOf(event: unknown): string {
  return methodShape.parse(event).requestContext.http.method;
}

export interface UrlAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A short answer for whoever reads the attempts log of the webhook. */
export function urlAnswer(status: number, reason: string): UrlAnswer {
  return {
    statusCode: status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    body: JSON.stringify({ reason }),
  };
}

const refusal = urlAnswer(405, 'method-not-allowed');

/** For every method but POST. RFC 9110 wants those that are allowed in the answer. */
export const postOnly: UrlAnswer = { ...refusal, headers: { ...refusal.headers, allow: 'POST' } };

const methodShape = z.object({
  requestContext: z.object({ http: z.object({ method: z.string() }) }),
});

const shape = z.object({
  headers: z.record(z.string(), z.string()),
  body: z.string().default(''),
  isBase64Encoded: z.boolean().default(false),
});
