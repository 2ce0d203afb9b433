/** @jsxImportSource react */
import { Stack } from '@sanity/ui';
import type { ReactNode } from 'react';
import type { ObjectInputProps } from 'sanity';
import { ProvideCircumstances } from './circumstances-context.tsx';
import { WritingAids } from './writing-aids.tsx';

/** The form of a briefing, with the writing aids above it. */
export function BriefingInput(props: ObjectInputProps): ReactNode {
  return (
    <ProvideCircumstances briefing={props.value}>
      <Stack gap={4}>
        <WritingAids form={props} />
        {props.renderDefault(props)}
      </Stack>
    </ProvideCircumstances>
  );
}
