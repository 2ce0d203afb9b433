/** @jsxImportSource react */
import { Stack, Text } from '@sanity/ui';
import type { ReactNode } from 'react';
import { getPublishedId, type StringInputProps, useEditState, useFormValue } from 'sanity';
import { LanguageInput } from './language-input.tsx';

/** The language of a briefing: part of its address, so it stays once the briefing was published. */
export function BriefingLanguageInput(props: StringInputProps): ReactNode {
  const published = usePublished();
  return published === null ? (
    <LanguageInput {...props} />
  ) : (
    <Fixed why="The language is part of its address, and so it stays. Write a translation as a briefing of its own.">
      <LanguageInput {...props} readOnly />
    </Fixed>
  );
}

/** When a briefing is to appear: free until it is live, even while it waits. */
export function PublishAtInput(props: StringInputProps): ReactNode {
  const published = usePublished();
  if (published === null || isToCome(published['publishAt'])) return props.renderDefault(props);
  return (
    <Fixed why="The briefing is live already. Edits of it appear as soon as they are published.">
      {props.renderDefault({
        ...props,
        elementProps: { ...props.elementProps, readOnly: true },
        readOnly: true,
      })}
    </Fixed>
  );
}

function Fixed({
  why,
  children,
}: {
  readonly why: string;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <Stack gap={3}>
      {children}
      <Text muted size={1}>
        {why}
      </Text>
    </Stack>
  );
}

function usePublished(): Readonly<Record<string, unknown>> | null {
  const id = useFormValue(['_id']);
  const { published } = useEditState(getPublishedId(typeof id === 'string' ? id : ''), 'briefing');
  return published;
}

function isToCome(instant: unknown): boolean {
  return typeof instant === 'string' && new Date(instant) > new Date();
}
