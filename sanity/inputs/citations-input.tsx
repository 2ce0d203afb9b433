/** @jsxImportSource react */
import type { ReactNode } from 'react';
import type { ArrayOfObjectsInputProps } from 'sanity';

/** The sources of a briefing, numbered as they are printed. */
export function CitationsInput(props: ArrayOfObjectsInputProps): ReactNode {
  return props.renderDefault(props);
}
