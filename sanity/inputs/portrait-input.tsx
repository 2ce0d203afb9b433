/** @jsxImportSource react */
import type { ReactNode } from 'react';
import type { ObjectInputProps } from 'sanity';

/** A picture with its crops as they are published, its words and its rights. */
export function PortraitInput(props: ObjectInputProps): ReactNode {
  return props.renderDefault(props);
}
