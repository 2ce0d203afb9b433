import * as z from 'zod';
import type { Reply } from '../sanity-api.ts';

/** Null when nothing was asked, or nobody answered. */
export function statusOf(reply: Reply | null): number | null {
  return reply?.kind === 'answered' ? reply.status : null;
}

/** What a successful answer held. */
export function bodyOf(reply: Reply | null): unknown {
  return reply?.kind === 'answered' && reply.status === 200 ? reply.body : undefined;
}

/** What the receiver gave as its reason. */
export function reasonOf(reply: Reply | null): string {
  const told = reply?.kind === 'answered' ? reasonShape.safeParse(reply.body) : null;
  return told?.success === true ? told.data.reason : '';
}

const reasonShape = z.object({ reason: z.string() });
