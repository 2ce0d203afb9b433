import * as z from 'zod';
import { isDocumentId } from '../briefing/document-id.ts';
import type { QueueMessage } from '../publishing/ports.ts';

/** A message as the body of a queue's record. */
export function encodeMessage({ ids, updatedAt }: QueueMessage): string {
  return JSON.stringify({ ids, ...(updatedAt !== undefined && { updatedAt }) });
}

/** Reads what `encodeMessage` wrote. Null for anything else: somebody else writes to our queue. */
export function decodeMessage(body: string): QueueMessage | null {
  const message = shape.safeParse(parseJson(body));
  if (!message.success) return null;
  const { ids, updatedAt } = message.data;
  return { ids, ...(updatedAt !== undefined && { updatedAt }) };
}

const shape = z.object({
  ids: z.array(z.string().refine(isDocumentId)).max(1_000),
  updatedAt: z.string().max(40).optional(),
});

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
