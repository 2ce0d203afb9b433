/** @jsxImportSource react */
import type { ReactNode } from 'react';
import type { ObjectInputProps } from 'sanity';

/** The age as it will be printed, and an override behind a reason. */
export function AgeInput(props: ObjectInputProps): ReactNode {
  return props.renderDefault(props);
}
