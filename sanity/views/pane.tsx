/** @jsxImportSource react */
import { Box, Button, Card, Flex, Heading, Spinner, Stack, Text } from '@sanity/ui';
import type { ReactNode } from 'react';

/** A tab that is read like a page. */
export function ReadingPane({ children }: { readonly children: ReactNode }) {
  return (
    <Card height="fill" overflow="auto" padding={5}>
      <Box style={{ maxWidth: '46rem', margin: '0 auto' }}>{children}</Box>
    </Card>
  );
}

/** While something is read or made. */
export function Waiting({ what }: { readonly what: string }) {
  return (
    <Flex align="center" gap={3} padding={4} aria-live="polite">
      <Spinner muted />
      <Text muted size={1}>
        {what}
      </Text>
    </Flex>
  );
}

/** A tab that has nothing to show says why, and what to do. */
export function Empty({
  title,
  explanation,
}: {
  readonly title: string;
  readonly explanation: string;
}) {
  return (
    <Stack gap={4}>
      <Heading as="h2" size={1}>
        {title}
      </Heading>
      <Text muted size={1}>
        {explanation}
      </Text>
    </Stack>
  );
}

/** Lake or site did not answer. */
export function Failed({
  title,
  why,
  again,
}: {
  readonly title: string;
  readonly why: string;
  readonly again: () => void;
}) {
  return (
    <Card border padding={4} radius={3} role="alert" tone="critical">
      <Stack gap={4}>
        <Heading as="h2" size={1}>
          {title}
        </Heading>
        <Text size={1}>{why} Your text is safe; only this tab is waiting.</Text>
        <Box>
          <Button fontSize={1} mode="ghost" onClick={again} padding={3} text="Try again" />
        </Box>
      </Stack>
    </Card>
  );
}
