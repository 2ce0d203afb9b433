import { useEffect, useState } from 'react';
import { useDocumentPreviewStore } from 'sanity';

/** A document as an input needs it: as readers have it where it is published, else its draft. */
export type LakeDocument =
  | { readonly state: 'none' }
  | { readonly state: 'loading' }
  | { readonly state: 'absent' }
  | { readonly state: 'there'; readonly document: unknown; readonly isDraft: boolean };

/** Follows a document of the content lake while the input is shown; `null` follows none. */
export function useLakeDocument(id: string | null): LakeDocument {
  const store = useDocumentPreviewStore();
  const [seen, setSeen] = useState<{ readonly id: string; readonly found: LakeDocument }>();
  useEffect(() => {
    if (id === null) return undefined;
    const subscription = store
      .unstable_observeDocuments([id, `drafts.${id}`])
      .subscribe(([published, draft]) => {
        const document = published ?? draft;
        const found: LakeDocument =
          document === undefined
            ? { state: 'absent' }
            : { state: 'there', document, isDraft: published === undefined };
        setSeen({ id, found });
      });
    return () => {
      subscription.unsubscribe();
    };
  }, [store, id]);
  if (id === null) return { state: 'none' };
  return seen?.id === id ? seen.found : { state: 'loading' };
}
