/** @jsxImportSource react */
import { Stack, Text } from '@sanity/ui';
import type { ReactNode } from 'react';
import type { FieldProps } from 'sanity';
import { type AnswerLength, lengthOfAnswer } from './answer-length.ts';
import { useCircumstances } from './circumstances-context.tsx';
import { questionOfField } from './question-of-field.ts';

/** A field under the question that is printed above it, in the words of this very person. */
export function QuestionField(props: FieldProps): ReactNode {
  const circumstances = useCircumstances();
  const question = questionOfField[props.name];
  const title =
    circumstances === null || question === undefined
      ? props.title
      : circumstances.questions[question];
  const length =
    circumstances === null
      ? null
      : lengthOfAnswer({ field: props.name, value: props.value, language: circumstances.language });
  return (
    <Stack gap={3}>
      {props.renderDefault({ ...props, title })}
      {length !== null && <Length {...length} />}
    </Stack>
  );
}

function Length({ words, from, to }: AnswerLength) {
  return (
    <Text muted size={1}>
      {words === 1 ? 'One word' : `${words} words`} · most answers here have {from} to {to}
    </Text>
  );
}
