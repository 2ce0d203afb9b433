import { ALL_FIELDS_GROUP } from 'sanity';

/**
 * Sanity's own first tab, by a shorter name: beside a list and the desk, at 1440 px, all the tabs of a
 * form have about 480 px, and on a second line they look like another row of choices.
 */
export const allFields = { name: ALL_FIELDS_GROUP.name, title: 'All' } as const;
