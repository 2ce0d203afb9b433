import type { DocumentBadgesResolver } from 'sanity';
import { PublishBadge } from './publish-badge.ts';

/** Whether what was published is live. */
export const documentBadges: DocumentBadgesResolver = (standard) => [...standard, PublishBadge];
