/** @jsxImportSource react */
import type { ReactNode } from 'react';
import type { ObjectInputProps } from 'sanity';

/** The score out of ten, its object beside it, and the sentence that will be printed. */
export function ScoreInput(props: ObjectInputProps): ReactNode {
  return props.renderDefault(props);
}
