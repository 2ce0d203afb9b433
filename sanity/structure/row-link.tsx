/** @jsxImportSource react */
import { type ComponentType, type HTMLProps, useMemo } from 'react';
import { usePaneRouter } from 'sanity/structure';
import type { Row } from './listing.ts';

/** A link that opens the document of a row beside its list, at a field when one is named. */
export function useRowLink(
  { id, type }: Row,
  path?: string,
): ComponentType<HTMLProps<HTMLAnchorElement>> {
  return useMemo(
    () =>
      function RowLink(props: HTMLProps<HTMLAnchorElement>) {
        const { ChildLink } = usePaneRouter();
        const parameters = path === undefined ? { type } : { type, path };
        return <ChildLink {...props} childId={id} childParameters={parameters} />;
      },
    [id, type, path],
  );
}
