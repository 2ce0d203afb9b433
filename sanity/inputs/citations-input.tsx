/** @jsxImportSource react */
import { Badge, Box, Button, Flex, Stack, Text, TextInput } from '@sanity/ui';
import { type ReactNode, useId, useMemo, useState } from 'react';
import { type ArrayOfObjectsInputProps, type ObjectItemProps, useFormValue } from 'sanity';
import { childOf } from '../../src/briefing/problem.ts';
import { citationFrom } from './citation-from.ts';
import { useCircumstances } from './circumstances-context.tsx';
import { newKey } from './new-key.ts';
import { type NumberedSource, numberSources } from './number-sources.ts';
import { questionOfField } from './question-of-field.ts';

/** The sources of a briefing, numbered as they are printed, with the answers that cite them. */
export function CitationsInput(props: ArrayOfObjectsInputProps): ReactNode {
  const document = useFormValue([]);
  const sources = useMemo(() => numberSources(document), [document]);
  return (
    <Stack gap={4}>
      <Paste input={props} />
      {props.renderDefault({
        ...props,
        renderItem: (item: Omit<ObjectItemProps, 'renderDefault'>) => (
          <Stack gap={1}>
            {props.renderItem(item)}
            <Place source={sources.find(({ itemKey }) => itemKey === item.value._key)} />
          </Stack>
        ),
      })}
    </Stack>
  );
}

/** The number that readers see, and which answers point to it. */
function Place({ source }: { readonly source: NumberedSource | undefined }) {
  const questions = useCircumstances()?.questions;
  if (source === undefined) return null;
  return (
    <Flex align="center" gap={2} paddingBottom={2} paddingX={3} wrap="wrap">
      <Badge fontSize={1} tone={source.cited.length === 0 ? 'caution' : 'default'}>
        {source.number}
      </Badge>
      <Text muted size={1}>
        {source.cited.length === 0
          ? 'Not cited anywhere: select the words it supports in an answer, and choose “Source”.'
          : `Cited in ${source.cited
              .map(({ field, times }) => {
                const question = questionOfField[field];
                const title =
                  question === undefined || questions === undefined ? field : questions[question];
                return times === 1 ? `“${title}”` : `“${title}” (${times} times)`;
              })
              .join(' and ')}`}
      </Text>
    </Flex>
  );
}

/** A field to paste an address into; the rest is then asked for. */
function Paste({ input }: { readonly input: ArrayOfObjectsInputProps }) {
  const [text, setText] = useState('');
  const [isRefused, setRefused] = useState(false);
  const id = useId();
  const today = useMemo(() => new Date().toISOString().slice(0, 10), []);
  const isReadOnly = input.readOnly ?? false;
  const add = () => {
    const taken = (input.value ?? []).map((entry) => childOf(entry, 'key'));
    const citation = citationFrom({ text, taken });
    setRefused(citation === null);
    if (citation === null) return;
    const _key = newKey();
    input.onItemAppend({
      _key,
      // The type of the entries is fixed by the schema; the form only knows that they have keys.
      ...{ _type: 'citation', ...citation, accessedOn: today },
    });
    setText('');
    input.onItemOpen([...input.path, { _key }]);
  };
  return (
    <Stack gap={2}>
      <Text as="label" htmlFor={id} size={1} weight="medium">
        Add from an address
      </Text>
      <Flex gap={1}>
        <Box flex={1}>
          <TextInput
            aria-describedby={`${id}-told`}
            aria-invalid={isRefused}
            id={id}
            onChange={(event) => {
              setRefused(false);
              setText(event.currentTarget.value);
            }}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return;
              event.preventDefault();
              add();
            }}
            placeholder="https://…"
            readOnly={isReadOnly}
            value={text}
          />
        </Box>
        <Button
          disabled={isReadOnly || text.trim() === ''}
          fontSize={1}
          mode="ghost"
          onClick={add}
          paddingX={3}
          text="Add"
          type="button"
        />
      </Flex>
      <Text id={`${id}-told`} muted size={1}>
        <span role="status">
          {isRefused
            ? 'No address of the web is in this text. Paste it whole, beginning with https://.'
            : 'Paste an address, with or without its title. The key and the day are filled in.'}
        </span>
      </Text>
    </Stack>
  );
}
