/** @jsxImportSource react */
import { Badge, Flex, Stack, Text } from '@sanity/ui';
import { type ReactNode, useMemo } from 'react';
import { type ObjectItemProps, useFormValue } from 'sanity';
import type { Question } from '../../src/briefing/model.ts';
import { useCircumstances } from './circumstances-context.tsx';
import { type NumberedSource, numberSources } from './number-sources.ts';
import { questionOfField } from './question-of-field.ts';

/** A source in the list: the number that readers see, and the answers that point to it. */
export function SourceItem(props: ObjectItemProps): ReactNode {
  const document = useFormValue([]);
  const questions = useCircumstances()?.questions ?? null;
  const source = useMemo(
    () => numberSources(document).find(({ itemKey }) => itemKey === props.value._key),
    [document, props.value._key],
  );
  return (
    <Stack gap={2}>
      {props.renderDefault(props)}
      {source !== undefined && (
        <Flex align="center" data-testid="source-place" gap={3} paddingBottom={2} paddingX={3}>
          <Badge fontSize={1} tone={source.cited.length === 0 ? 'caution' : 'primary'}>
            {source.number}
          </Badge>
          <Text muted size={1}>
            {placesOf(source, questions)}
          </Text>
        </Flex>
      )}
    </Stack>
  );
}

function placesOf(
  { cited }: NumberedSource,
  questions: Readonly<Record<Question, string>> | null,
): string {
  if (cited.length === 0) {
    return 'Not cited anywhere. In an answer, select the words it supports and choose “Source”.';
  }
  const places = cited.map(({ field, times }) => {
    const question = questionOfField[field];
    const title = question === undefined || questions === null ? field : questions[question];
    return times === 1 ? title : `${title} (${times} times)`;
  });
  return `Cited in: ${places.join(' · ')}`;
}
