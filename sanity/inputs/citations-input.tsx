/** @jsxImportSource react */
import { Box, Button, Flex, Stack, Text, TextInput } from '@sanity/ui';
import { type ReactNode, useId, useMemo, useState } from 'react';
import { type ArrayOfObjectsInputProps, insert, setIfMissing } from 'sanity';
import { childOf } from '../../src/briefing/problem.ts';
import { citationFrom } from './citation-from.ts';
import { newKey } from './new-key.ts';

/** The sources of a briefing; what each entry shows of itself is in `source-item.tsx`. */
export function CitationsInput(props: ArrayOfObjectsInputProps): ReactNode {
  return (
    <Stack gap={4} paddingTop={2}>
      <Paste input={props} />
      {props.renderDefault(props)}
    </Stack>
  );
}

/** A field to paste an address into; what is missing then is asked for. */
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
    const entry = { _key, _type: 'citation', ...citation, accessedOn: today };
    input.onChange([setIfMissing([]), insert([entry], 'after', [-1])]);
    setText('');
    // Only an editor knows the title of a bare address; with one, nothing more is needed.
    if (citation.title === undefined) {
      input.onItemOpen([...input.path, { _key }]);
      input.onPathFocus([{ _key }, 'title']);
    }
  };
  return (
    <Stack data-testid="paste-source" gap={2}>
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
      <Text aria-live="polite" id={`${id}-told`} muted size={1}>
        {isRefused
          ? 'No address of the web is in this text. Paste it whole, beginning with https://.'
          : 'Paste an address, with or without its title. The key and the day are filled in.'}
      </Text>
    </Stack>
  );
}
