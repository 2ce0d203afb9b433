import type { DocumentBadgesResolver } from 'sanity';

/** Whether what was published is live. */
export const documentBadges: DocumentBadgesResolver = (standard) => standard;
