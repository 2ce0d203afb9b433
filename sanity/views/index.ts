import type { DefaultDocumentNodeResolver } from 'sanity/structure';

/** The tabs beside a document's form. */
export const defaultDocumentNode: DefaultDocumentNodeResolver = (S) =>
  S.document().views([S.view.form()]);
