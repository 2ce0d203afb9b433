import { createHmac } from 'node:crypto';

/** The value of `sanity-webhook-signature`: `t=<unix ms>,v1=<HMAC-SHA256 of "t.body">`. */
export function signWebhook({
  body,
  timestamp,
  secret,
}: {
  body: string;
  timestamp: number;
  secret: string;
}): string {
  const digest = createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('base64url');
  return `t=${timestamp},v1=${digest}`;
}
