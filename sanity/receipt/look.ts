import { instantFrom } from '../../src/briefing/calendar.ts';
import { isDocumentId } from '../../src/briefing/document-id.ts';
import { isRecord } from '../../src/briefing/problem.ts';
import { statusPath } from '../../src/site/paths.ts';
import { receiptAddress } from '../site/receipt-address.ts';
import { fingerprintOf } from '../site/receipt-page.ts';
import type { ContractAnswer, Look, Observation, Receipt, Served, Stage } from './progress.ts';
import { siteStateFrom } from './site-state.ts';
import type { Subject } from './subject.ts';

/** What a look needs of the world. */
export interface Site {
  /** Where readers find the site; no slash at the end. */
  readonly url: string;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
}

/**
 * One look at the public site. An answer that cannot be understood, and none at all, are the same to
 * an editor: nothing was learnt, and it is worth trying again.
 */
export async function look(
  site: Site,
  subject: Subject,
  at: Look['at'],
  stage: Stage,
): Promise<Observation> {
  try {
    switch (at) {
      case 'receipt':
        return await lookAtReceipt(site, subject);
      case 'page':
        return await lookAtPage(site, subject, stage);
      case 'contract':
        return await lookAtContract(site, subject);
      case 'status':
        return await lookAtStatus(site);
    }
  } catch {
    // How the site stands is told beside the rest: without it, the rest is known all the same.
    if (at === 'status') return { of: 'status', site: null };
    return nothing;
  }
}

const nothing: Observation = { of: 'nothing' };

async function lookAtReceipt(site: Site, subject: Subject): Promise<Observation> {
  if (subject.kind !== 'revision') return nothing;
  const answer = await get(site, await receiptAddress(subject.id, subject.rev));
  if (answer.status === 404) return { of: 'receipt', receipt: null };
  if (answer.status !== 200) return nothing;
  const receipt = receiptFrom(await answer.json());
  return receipt === null ? nothing : { of: 'receipt', receipt };
}

async function lookAtPage(site: Site, subject: Subject, stage: Stage): Promise<Observation> {
  const known = stage.kind === 'unreachable' ? stage.before : stage;
  if (subject.kind !== 'revision' || subject.page === null || known.kind !== 'committed') {
    return nothing;
  }
  const answer = await get(site, subject.page.path);
  if (answer.status === 401) return { of: 'closed' };
  if (answer.status >= 500 || answer.status === 429) return nothing;
  if (answer.status !== 200 || answer.redirected) {
    return {
      of: 'page',
      served: { kind: 'none', status: answer.redirected ? 301 : answer.status },
    };
  }
  const served = {
    body: await answer.text(),
    contentType: answer.headers.get('content-type') ?? '',
    cacheControl: answer.headers.get('cache-control') ?? '',
  };
  const fingerprint = await fingerprintOf(served, subject.page.tag);
  return { of: 'page', served: compare(fingerprint, known.receipt) };
}

/**
 * The hash decides. A page of a later release is right too: somebody it shows was edited since, and
 * the hash of that page is in no receipt of this revision.
 */
function compare(
  page: { readonly release: number; readonly contentHash: string } | null,
  receipt: Receipt,
): Served {
  if (page === null) return { kind: 'altered' };
  const { release } = page;
  if (page.contentHash === receipt.contentHash) return { kind: 'same', release };
  if (release > receipt.release) return { kind: 'later', release };
  return release < receipt.release ? { kind: 'earlier', release } : { kind: 'altered' };
}

async function lookAtContract(site: Site, subject: Subject): Promise<Observation> {
  if (subject.contract === null) return nothing;
  const answer = await get(site, subject.contract);
  if (answer.status === 401) return { of: 'closed' };
  const found = contractFrom(answer, answer.status === 410 ? await answer.json() : null);
  return found === null ? nothing : { of: 'contract', answer: found };
}

/** Null where it is closed to us, or says nothing yet. */
async function lookAtStatus(site: Site): Promise<Observation> {
  const answer = await get(site, statusPath);
  return { of: 'status', site: answer.status === 200 ? siteStateFrom(await answer.json()) : null };
}

function contractFrom(answer: Response, body: unknown): ContractAnswer | null {
  if (answer.redirected) return { kind: 'moved', to: answer.url };
  if (answer.status === 200) return { kind: 'there' };
  if (answer.status === 404) return { kind: 'never' };
  if (answer.status !== 410 || !isRecord(body)) return null;
  const { at, release, movedTo } = body;
  return {
    kind: 'gone',
    at: typeof at === 'string' ? instantFrom(at) : null,
    release: typeof release === 'number' ? release : null,
    movedTo: typeof movedTo === 'string' ? movedTo : null,
  };
}

function get(site: Site, path: string): Promise<Response> {
  return site.fetch(site.url + path, {
    // What this browser kept is not what readers get.
    cache: 'no-store',
    credentials: 'omit',
    signal: AbortSignal.timeout(10_000),
  });
}

const states: readonly Receipt['state'][] = ['embargoed', 'live', 'gone', 'expired', 'quarantined'];

/** A receipt as it was served, or null for what is none. */
export function receiptFrom(body: unknown): Receipt | null {
  if (!isRecord(body)) return null;
  const { release, committedAt, contentHash, problems } = body;
  const state = states.find((each) => each === body['state']);
  if (state === undefined || typeof release !== 'number' || typeof committedAt !== 'string') {
    return null;
  }
  return {
    state,
    release,
    committedAt,
    contentHash: typeof contentHash === 'string' ? contentHash : null,
    problems: Array.isArray(problems) ? problems.flatMap(problemFrom) : [],
  };
}

function problemFrom(problem: unknown): Receipt['problems'][number][] {
  if (!isRecord(problem)) return [];
  const { code, path, holder } = problem;
  if (typeof code !== 'string' || typeof path !== 'string') return [];
  return [
    { code, path, holder: typeof holder === 'string' && isDocumentId(holder) ? holder : null },
  ];
}
