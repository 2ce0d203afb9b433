/** @jsxImportSource react */
import type { ReactNode } from 'react';
import type { FieldProps } from 'sanity';

/** A field under its printed question. */
export function QuestionField(props: FieldProps): ReactNode {
  return props.renderDefault(props);
}
