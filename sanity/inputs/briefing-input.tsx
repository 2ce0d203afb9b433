/** @jsxImportSource react */
import type { ReactNode } from 'react';
import type { ObjectInputProps } from 'sanity';

/** The form of a briefing, with the writing aids beside it. */
export function BriefingInput(props: ObjectInputProps): ReactNode {
  return props.renderDefault(props);
}
