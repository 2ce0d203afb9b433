/** @jsxImportSource react */
import { Card, Flex, Heading, Stack, Text } from '@sanity/ui';
import { useSchema } from 'sanity';
import type { Problem } from '../../src/briefing/model.ts';
import { FieldButton } from '../receipt/field-button.tsx';
import { fieldTitle } from '../receipt/field-title.ts';

/** “One thing keeps it from being published”. */
export function keptBack(count: number): string {
  return count === 1
    ? 'One thing keeps it from being published'
    : `${count} things keep it from being published`;
}

/** What keeps a document from being published, each with a way to its field. */
export function ProblemList({
  title,
  explanation,
  problems,
  type,
}: {
  readonly title: string;
  readonly explanation: string;
  readonly problems: readonly Problem[];
  readonly type: string;
}) {
  const schemaType = useSchema().get(type);
  return (
    <Card border padding={4} radius={3} aria-live="polite" tone="caution">
      <Stack gap={4}>
        <Stack gap={3}>
          <Heading as="h2" size={1}>
            {title}
          </Heading>
          <Text muted size={1}>
            {explanation}
          </Text>
        </Stack>
        <Stack as="ul" gap={4}>
          {problems.map((problem, index) => (
            <ToldProblem
              field={fieldTitle(schemaType, problem.path)}
              // Two entries of a list may have the same problem at paths that look alike.
              key={`${index} ${problem.code} ${problem.path}`}
              problem={problem}
            />
          ))}
        </Stack>
      </Stack>
    </Card>
  );
}

function ToldProblem({
  problem,
  field,
}: {
  readonly problem: Problem;
  readonly field: string | null;
}) {
  return (
    <Flex align="flex-start" as="li" gap={4} justify="space-between">
      <Stack flex={1} gap={3}>
        <Text size={1} weight="medium">
          {field === null ? problem.message : `${field}: ${problem.message}`}
        </Text>
        <Text muted size={1}>
          {problem.fix}
        </Text>
      </Stack>
      {field !== null && <FieldButton field={field} path={problem.path} />}
    </Flex>
  );
}
