import type { ServerResponse } from 'node:http';

/** A server-sent event stream that is open until either side closes it. */
export interface EventStream {
  send(event: { name: string; id?: string; data: unknown }): void;
  onClose(tell: () => void): void;
}

const heartbeatMs = 15_000;

/** Answers with an event stream; comments keep proxies and clients from giving it up. */
export function openEventStream(response: ServerResponse): EventStream {
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    connection: 'keep-alive',
  });
  response.write(':\n\n');
  const heartbeat = setInterval(() => response.write(':\n\n'), heartbeatMs);
  heartbeat.unref();
  response.once('close', () => clearInterval(heartbeat));
  return {
    send({ name, id, data }) {
      const head = id === undefined ? '' : `id: ${id}\n`;
      response.write(`event: ${name}\n${head}data: ${JSON.stringify(data)}\n\n`);
    },
    onClose: (tell) => void response.once('close', tell),
  };
}
