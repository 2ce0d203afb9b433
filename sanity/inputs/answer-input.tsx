/** @jsxImportSource react */
import { Card, Stack, Text, TextInput } from '@sanity/ui';
import { type ReactNode, useId } from 'react';
import type { ArrayOfObjectsInputProps } from 'sanity';
import { patchOfCite, type Quotation, quotationsOf } from './quotations.ts';

/**
 * An answer, and below it the sources of its quotations. A source is the paragraph's own, and Sanity's
 * schema refuses fields of a paragraph: its editor opens a form for marked words and for pictures only.
 */
export function AnswerInput(props: ArrayOfObjectsInputProps): ReactNode {
  const quotations = quotationsOf(props.value);
  return (
    <Stack gap={3}>
      {props.renderDefault(props)}
      {quotations.length > 0 && (
        <Card border data-testid="quotations" padding={3} radius={2}>
          <Stack gap={4}>
            {quotations.map((quotation) => (
              <Source
                isReadOnly={props.readOnly ?? false}
                key={quotation.key}
                onWrite={(cite) => props.onChange(patchOfCite(quotation.key, cite))}
                quotation={quotation}
              />
            ))}
            <Text muted size={1}>
              Readers see it beneath the quotation: who said it and where, or an address, which
              becomes a link.
            </Text>
          </Stack>
        </Card>
      )}
    </Stack>
  );
}

function Source({
  quotation: { opening, cite },
  isReadOnly,
  onWrite,
}: {
  readonly quotation: Quotation;
  readonly isReadOnly: boolean;
  readonly onWrite: (cite: string) => void;
}) {
  const id = useId();
  return (
    <Stack gap={2}>
      <Text as="label" htmlFor={id} size={1} weight="medium">
        {`Source of “${opening}”`}
      </Text>
      <TextInput
        fontSize={1}
        id={id}
        maxLength={300}
        onChange={(event) => onWrite(event.currentTarget.value)}
        placeholder="Ada Lovelace, Notes, 1843"
        readOnly={isReadOnly}
        value={cite}
      />
    </Stack>
  );
}
