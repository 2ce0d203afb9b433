/** @jsxImportSource react */
import { Box, Flex, Stack, Text } from '@sanity/ui';
import type { ReactNode } from 'react';

/** A list without rows: what that means, and what to do next. */
export function EmptyList({
  title,
  advice,
  children,
}: {
  readonly title: string;
  readonly advice: string;
  readonly children?: ReactNode;
}) {
  return (
    <Flex direction="column" justify="center" padding={5} style={{ minHeight: '60%' }}>
      <Stack gap={4}>
        <Text align="center" size={2} weight="medium">
          {title}
        </Text>
        <Text align="center" muted size={1}>
          {advice}
        </Text>
        {children !== undefined && (
          <Flex justify="center" paddingTop={2}>
            <Box>{children}</Box>
          </Flex>
        )}
      </Stack>
    </Flex>
  );
}
