import type { DocumentActionsResolver } from 'sanity';

/** What an editor can do with a document beside what Sanity brings. */
export const documentActions: DocumentActionsResolver = (standard) => standard;
