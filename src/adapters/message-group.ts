import type { QueueMessage } from '../publishing/ports.ts';

/** Groups that documents are dealt to: so many parts of them can wait for one another's invocation. */
const groupsOfDocuments = 16;

/**
 * The order of messages does not matter, since commits are ordered by the swap of the root. A group is what
 * one invocation keeps from all others until it has ended or was killed: so it is small, and large enough that
 * an import is not published document by document. Whole-site work has a group of its own.
 */
export function messageGroupOf({ ids }: QueueMessage): string {
  const [id] = ids;
  if (id === undefined) return 'walks';
  let sum = 0;
  for (let index = 0; index < id.length; index += 1) sum = (sum * 31 + id.charCodeAt(index)) >>> 0;
  return `documents-${sum % groupsOfDocuments}`;
}
