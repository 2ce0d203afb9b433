/** @jsxImportSource react */
import { Card, Stack, Text } from '@sanity/ui';
import type { ReactNode } from 'react';
import { isNumberInputProps, type ObjectInputProps, useFormValue } from 'sanity';
import { catalogueFor } from '../../src/briefing/labels/catalogue-for.ts';
import { useCircumstances } from './circumstances-context.tsx';
import { FormMember } from './form-member.tsx';
import { printedScore } from './printed-score.ts';
import { ScoreSteps } from './score-steps.tsx';

/** The score out of ten, its object beside it, and the sentence that will be printed. */
export function ScoreInput(props: ObjectInputProps): ReactNode {
  const prose = useFormValue(['whyYouShouldCare']);
  const language = useCircumstances()?.language ?? 'en';
  const printed = printedScore({ score: props.value, prose, words: catalogueFor(language) });
  return (
    <Stack gap={4}>
      <FormMember
        form={props}
        name="value"
        renderInput={(input) =>
          isNumberInputProps(input) ? <ScoreSteps {...input} /> : props.renderInput(input)
        }
      />
      <FormMember form={props} name="about" />
      <Card
        aria-live="polite"
        border
        data-testid="printed-score"
        padding={3}
        radius={2}
        tone="transparent"
      >
        <Stack gap={3}>
          <Text muted size={1}>
            {printed.heading}
          </Text>
          <Text size={2}>{printed.sentence}</Text>
          {printed.remark !== null && (
            <Text muted size={1}>
              {printed.remark}
            </Text>
          )}
        </Stack>
      </Card>
    </Stack>
  );
}
