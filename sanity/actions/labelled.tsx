/** @jsxImportSource react */
import { Stack, Text } from '@sanity/ui';
import type { ReactNode } from 'react';

/** A field of a dialog with its label, and a line below it on what it is for. */
export function Labelled({
  id,
  label,
  note,
  children,
}: {
  readonly id: string;
  readonly label: string;
  readonly note?: string | null;
  readonly children: ReactNode;
}) {
  return (
    <Stack gap={3}>
      <Text as="label" htmlFor={id} size={1} weight="medium">
        {label}
      </Text>
      {children}
      {note != null && (
        <Text id={`${id}-note`} muted size={1}>
          {note}
        </Text>
      )}
    </Stack>
  );
}
