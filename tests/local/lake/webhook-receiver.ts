import { createServer, type IncomingHttpHeaders } from 'node:http';

export interface ReceivedDelivery {
  method: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A receiver on a real socket that answers as the test tells it, and remembers what it got. */
export interface WebhookReceiver {
  url: string;
  received: ReceivedDelivery[];
  /** The statuses of the next answers, the last one for all that follow; `hang` gives none. */
  answerWith(...answers: (number | 'hang')[]): void;
  /** Resolves when so many deliveries have come in all. */
  receivedCount(count: number): Promise<void>;
  /** The most requests that were open at one time. */
  mostAtOnce(): number;
  close(): Promise<void>;
}

export async function startReceiver(): Promise<WebhookReceiver> {
  const received: ReceivedDelivery[] = [];
  let answers: (number | 'hang')[] = [200];
  let open = 0;
  let most = 0;
  let waiting: { count: number; resolve: () => void }[] = [];
  const server = createServer((request, response) => {
    open += 1;
    most = Math.max(most, open);
    response.once('close', () => (open -= 1));
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      received.push({ method: request.method ?? '', headers: request.headers, body });
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      if (typeof answer === 'number') {
        response.statusCode = answer;
        response.end('heard');
      }
      waiting = waiting.filter(({ count, resolve }) => {
        if (received.length >= count) resolve();
        return received.length < count;
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/webhook`,
    received,
    answerWith(...next) {
      answers = next;
    },
    receivedCount: (count) =>
      new Promise((resolve) => {
        if (received.length >= count) resolve();
        else waiting.push({ count, resolve });
      }),
    mostAtOnce: () => most,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
