import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';

import type { Scheduler } from './scheduler.ts';

export interface Delivery {
  url: string;
  method: string;
  headers: Record<string, string>;
  body: string;
}

/** What the receiver said, or that it said nothing. */
export type DeliveryOutcome =
  | { kind: 'answered'; status: number; text: string }
  | { kind: 'unreachable'; reason: string }
  | { kind: 'timed-out' };

export const deliveryTimeoutMs = 30_000;

/** Sends one webhook request over a connection of its own, without following redirects. */
export function deliver(delivery: Delivery, scheduler: Scheduler): Promise<DeliveryOutcome> {
  return new Promise((resolve) => {
    const send = delivery.url.startsWith('https:') ? httpsRequest : httpRequest;
    const request = send(delivery.url, {
      method: delivery.method,
      headers: {
        ...delivery.headers,
        'content-length': String(Buffer.byteLength(delivery.body)),
      },
      agent: false,
    });
    const cancelTimeout = scheduler.after(deliveryTimeoutMs, () => {
      settle({ kind: 'timed-out' });
      request.destroy();
    });
    const settle = (outcome: DeliveryOutcome) => {
      cancelTimeout();
      resolve(outcome);
    };
    request.on('error', (error) => settle({ kind: 'unreachable', reason: error.message }));
    request.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        if (text.length < 1_000) text += chunk.slice(0, 1_000);
      });
      response.on('error', (error) => settle({ kind: 'unreachable', reason: error.message }));
      response.on('end', () =>
        settle({ kind: 'answered', status: response.statusCode ?? 0, text }),
      );
    });
    request.end(delivery.body);
  });
}
