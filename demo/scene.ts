import { createHash, createHmac } from 'node:crypto';
import { createClient, type SanityClient } from '@sanity/client';

/** What a running stack says of itself in `stack.json`. */
export interface StackAddresses {
  readonly site: { readonly url: string };
  readonly stage: { readonly baseUrl: string };
  readonly lake: {
    readonly url: string;
    readonly projectId: string;
    readonly dataset: string;
    readonly tokens: { readonly editor: string };
  };
  readonly functions: {
    readonly webhookUrl: string;
    readonly invokeUrl: string;
    readonly invokeToken: string;
  };
  readonly webhook: { readonly secret: string };
}

/** An answer of the site, redirects not followed. */
export interface Seen {
  readonly path: string;
  readonly status: number;
  readonly location: string | null;
  readonly etag: string | null;
  readonly text: string;
}

/** An editor at the lake and a reader at the edge, with the real client and `fetch` alone. */
export interface Scene {
  readonly editor: SanityClient;
  readonly baseUrl: string;
  /** Names of this run's documents and addresses: the demo can be played again and again. */
  readonly name: (what: string) => string;
  read(path: string): Promise<Seen>;
  /** What the editor is told about a revision: JSON, or null while there is nothing yet. */
  receipt(id: string, rev: string): Promise<Receipt | null>;
  /** Rings the webhook as the lake does, with any body. Resolves to the status. */
  ring(body: object): Promise<number>;
  /** How often the lake was asked for documents by id. */
  readsOfTheLake(): Promise<number>;
  /** Runs the sweep now rather than at the next full minute. */
  sweep(): Promise<void>;
}

export interface Receipt {
  readonly state: string;
  readonly problems: readonly { readonly code: string; readonly path: string }[];
}

/** Opens a scene on a running stack. `run` is part of every name. */
export function openScene(stack: StackAddresses, run: string): Scene {
  const { lake, site, functions } = stack;
  const editor = createClient({
    projectId: lake.projectId,
    dataset: lake.dataset,
    apiHost: lake.url,
    useProjectHostname: false,
    apiVersion: '2025-02-19',
    token: lake.tokens.editor,
    useCdn: false,
  });
  const read = async (path: string): Promise<Seen> => {
    const answer = await fetch(site.url + path, { redirect: 'manual' });
    return {
      path,
      status: answer.status,
      location: answer.headers.get('location'),
      etag: answer.headers.get('etag'),
      text: await answer.text(),
    };
  };
  return {
    editor,
    baseUrl: stack.stage.baseUrl,
    name: (what) => `demo-${run}-${what}`,
    read,
    async receipt(id, rev) {
      const hash = createHash('sha256').update(`${id}:${rev}`).digest('hex');
      const { status, text } = await read(`/v1/receipts/${hash}.json`);
      return status === 200 ? readReceipt(JSON.parse(text)) : null;
    },
    async ring(content) {
      const body = JSON.stringify(content);
      const signedAt = Date.now();
      const digest = createHmac('sha256', stack.webhook.secret)
        .update(`${signedAt}.${body}`)
        .digest('base64url');
      const answer = await fetch(functions.webhookUrl, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'sanity-webhook-signature': `t=${signedAt},v1=${digest}`,
        },
        body,
      });
      return answer.status;
    },
    async readsOfTheLake() {
      const answer = await fetch(`${lake.url}/_local/state`, {
        headers: { authorization: `Bearer ${lake.tokens.editor}` },
      });
      const state: unknown = await answer.json();
      return Number(member(member(state, 'requests'), 'doc') ?? 0);
    },
    async sweep() {
      const answer = await fetch(functions.invokeUrl.replace('{name}', 'sweep'), {
        method: 'POST',
        headers: { authorization: `Bearer ${functions.invokeToken}` },
        body: JSON.stringify({ sweep: 'due' }),
      });
      const end: unknown = await answer.json();
      if (member(end, 'kind') === 'answered') return;
      throw new Error(`The sweep did not run: ${JSON.stringify(end)}`);
    },
  };
}

function readReceipt(value: unknown): Receipt {
  const problems = member(value, 'problems');
  return {
    state: String(member(value, 'state')),
    problems: (Array.isArray(problems) ? problems : []).map((problem: unknown) => ({
      code: String(member(problem, 'code')),
      path: String(member(problem, 'path')),
    })),
  };
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([key]) => key === name)?.[1];
}
