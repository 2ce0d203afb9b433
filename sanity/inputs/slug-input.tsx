/** @jsxImportSource react */
import type { ReactNode } from 'react';
import type { SlugInputProps } from 'sanity';

/** The last part of the address, made from the headline or the name. */
export function SlugInput(props: SlugInputProps): ReactNode {
  return props.renderDefault(props);
}
