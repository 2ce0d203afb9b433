import type { StructureResolver } from 'sanity/structure';

/** The desk: what editors see on the left. */
export const structure: StructureResolver = (S) =>
  S.list().title('Pressrun').items(S.documentTypeListItems());
