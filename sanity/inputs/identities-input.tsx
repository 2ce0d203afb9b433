/** @jsxImportSource react */
import type { ReactNode } from 'react';
import type { ArrayOfObjectsInputProps } from 'sanity';

/** Westphalian identities, picked from the countries of the lake. */
export function IdentitiesInput(props: ArrayOfObjectsInputProps): ReactNode {
  return props.renderDefault(props);
}
