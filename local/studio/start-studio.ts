import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { listen } from '../s3/listen.ts';
import { type StudioStage, withStage } from './studio-page.ts';

export interface StudioOptions {
  /** 0: any free one. */
  readonly port: number;
  /** The folder with the built Studio; while it is not there, the page says so and tries again. */
  readonly folder: string;
  readonly stage: StudioStage;
}

export interface RunningStudio {
  /** Opened in a browser, it logs the local editor in by itself. */
  readonly url: string;
  /** What browsers call the place that its pages are from, by whichever name one opens it. */
  readonly origins: readonly string[];
  close(): Promise<void>;
}

/**
 * Serves the built Studio on this machine: its files, and its page for every other address, as it
 * navigates by itself. Fails when the port is taken.
 */
export async function startStudio({ port, folder, stage }: StudioOptions): Promise<RunningStudio> {
  const server = createServer((request, response) => {
    void answerTo(request, { folder, stage }).then((answer) => send(response, request, answer));
  });
  const { endpoint, close } = await listen(server, port);
  // By the name under which the content lake answers too: browsers then see one place.
  const url = `http://localhost:${new URL(endpoint).port}`;
  return { url, origins: [url, endpoint], close };
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly caching: string;
  readonly body: string | Uint8Array;
}

async function answerTo(
  request: IncomingMessage,
  { folder, stage }: Pick<StudioOptions, 'folder' | 'stage'>,
): Promise<Answer> {
  if (!isOfThisMachine(request.headers.host ?? '')) {
    return words(403, 'The local Studio answers to localhost and 127.0.0.1 only.');
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return words(405, 'The local Studio has files only: GET and HEAD.');
  }
  const file = fileOf(request.url ?? '/');
  if (file === 'unreadable') return words(400, 'This address cannot be read.');
  if (file === 'page') return page(folder, stage);
  const body = await contentOf(join(folder, ...file));
  if (body === undefined) return words(404, 'The Studio has no such file; reload the page.');
  const type = types[extname(file.at(-1) ?? '')] ?? 'application/octet-stream';
  // Names of scripts change with their content; a picture or the manifest may keep its name.
  const isNamedByContent = type.startsWith('text/');
  return {
    status: 200,
    type,
    caching: isNamedByContent ? 'public, max-age=31536000, immutable' : 'no-cache',
    body,
  };
}

/** A page elsewhere may point its own name at this machine; its requests then carry that name. */
function isOfThisMachine(host: string): boolean {
  const name = host.replace(/:\d+$/, '');
  return ['localhost', '127.0.0.1', '[::1]'].includes(name) || name.endsWith('.localhost');
}

/** Built files are below these folders and nowhere else; ids in the page's addresses may have dots. */
const ofFiles = ['static', 'vendor'];

function fileOf(url: string): readonly string[] | 'page' | 'unreadable' {
  const path = url.split(/[?#]/, 1)[0] ?? '/';
  try {
    const segments = path
      .split('/')
      .filter((segment) => segment !== '')
      .map(decodeURIComponent);
    if (segments.some((segment) => /^\.{1,2}$|[/\\\0]/.test(segment))) return 'unreadable';
    if (segments.length === 1 && segments[0] === 'favicon.ico') return segments;
    return ofFiles.includes(segments[0] ?? '') ? segments : 'page';
  } catch {
    return 'unreadable';
  }
}

async function page(folder: string, stage: StudioStage): Promise<Answer> {
  const built = await contentOf(join(folder, 'index.html'));
  if (built === undefined) {
    return { status: 503, type: html, caching: 'no-store', body: notBuiltYet };
  }
  return {
    status: 200,
    type: html,
    caching: 'no-cache',
    body: withStage(Buffer.from(built).toString('utf8'), stage),
  };
}

async function contentOf(file: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(file);
  } catch {
    return undefined;
  }
}

const html = 'text/html; charset=utf-8';

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.ico': 'image/x-icon',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

const notBuiltYet = `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="2">
<meta name="color-scheme" content="light dark"><title>The Studio is being built</title>
<body style="font: 1rem/1.5 system-ui; margin: 20vh auto; max-width: 32rem; padding: 0 1rem">
<h1 style="font-size: 1.25rem">The Studio is being built</h1>
<p>This takes a quarter of a minute after the first start or a change of its source. The page opens by itself.</p>
</html>
`;

function words(status: number, body: string): Answer {
  return { status, type: 'text/plain; charset=utf-8', caching: 'no-store', body: `${body}\n` };
}

function send(response: ServerResponse, request: IncomingMessage, answer: Answer): void {
  response.writeHead(answer.status, {
    'content-type': answer.type,
    'content-length': String(Buffer.byteLength(answer.body)),
    'cache-control': answer.caching,
    'x-content-type-options': 'nosniff',
    // A page of somebody else's that shows the Studio in a frame could have an editor click in it unawares.
    'content-security-policy': "frame-ancestors 'none'",
  });
  response.end(request.method === 'HEAD' ? undefined : answer.body);
}
