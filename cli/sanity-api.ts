import type { StageValues } from './stage-values.ts';

/** What came of a request. Expected failures are values here: doctor is there to tell them apart. */
export type Reply =
  | {
      readonly kind: 'answered';
      readonly status: number;
      /** Names in lower case. */
      readonly headers: Readonly<Record<string, string>>;
      /** JSON as it was read, else the text. */
      readonly body: unknown;
    }
  | { readonly kind: 'silent'; readonly why: string };

export interface Request {
  readonly url: string;
  readonly method?: 'GET' | 'POST' | 'PATCH';
  readonly token?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as it is when it is text, else as JSON. */
  readonly body?: unknown;
}

/** Asks once, for ten seconds. A redirect is an answer: a token goes nowhere but where it was sent. */
export async function ask(fetch: typeof globalThis.fetch, request: Request): Promise<Reply> {
  const { url, method = 'GET', token, headers = {}, body } = request;
  try {
    const answer = await fetch(url, {
      method,
      redirect: 'manual',
      signal: AbortSignal.timeout(10_000),
      headers: {
        ...(typeof token === 'string' && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return {
      kind: 'answered',
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: jsonOr(await answer.text()),
    };
  } catch (error) {
    return { kind: 'silent', why: reasonOf(error) };
  }
}

/**
 * Where Sanity's API answers for a stage. Settings of a project have one host for all projects; documents
 * have one each. The local lake has one for both.
 */
export function sanityAddresses({ lakeUrl, projectId, dataset }: StageValues) {
  const manage = `${lakeUrl ?? 'https://api.sanity.io'}/v2025-02-19`;
  const data = `${lakeUrl ?? `https://${projectId}.api.sanity.io`}/v2026-03-01/data`;
  const project = `${manage}/projects/${projectId}`;
  const hooks = `${manage}/hooks/projects/${projectId}`;
  return {
    project,
    datasets: `${project}/datasets`,
    cors: `${project}/cors`,
    hooks,
    hook: (id: string) => `${hooks}/${encodeURIComponent(id)}`,
    attempts: (id: string) => `${hooks}/${encodeURIComponent(id)}/attempts`,
    document: (id: string) => `${data}/doc/${dataset}/${encodeURIComponent(id)}`,
    query: (groq: string) => `${data}/query/${dataset}?query=${encodeURIComponent(groq)}`,
    dryRun: `${data}/mutate/${dataset}?dryRun=true`,
  };
}

/** Where a person changes what no command changes. */
export function managePage({ projectId }: StageValues, section: 'webhooks' | 'cors' | 'tokens') {
  const anchor = { webhooks: 'webhooks', cors: 'cors-origins', tokens: 'tokens' }[section];
  return `https://www.sanity.io/manage/project/${projectId}/api#${anchor}`;
}

/** What a refusal said for itself, in one line. */
export function messageIn(body: unknown): string {
  const message =
    typeof body === 'object' && body !== null && 'message' in body ? body.message : body;
  return typeof message === 'string' ? message.replaceAll(/\s+/g, ' ').trim().slice(0, 200) : '';
}

function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** `fetch` says "fetch failed" and keeps the reason to itself. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return 'no answer within ten seconds';
  const { cause } = error;
  if (cause instanceof Error) {
    const code = 'code' in cause ? String(cause.code) : '';
    return [code, cause.message].filter(Boolean).join(': ');
  }
  return error.message;
}
