/** @jsxImportSource react */
import { Badge, Box, Button, Card, Flex, Spinner, Stack, Text } from '@sanity/ui';
import { useEffect, useState } from 'react';
import { useClient, useSchema } from 'sanity';
import type { UserComponent } from 'sanity/structure';
import { stage } from '#stage';
import { fieldTitle } from '../receipt/field-title.ts';
import { EmptyList } from './empty-list.tsx';
import { type Concern, type Examination, examine } from './examination.ts';
import { readPublished } from './read-published.ts';
import { useRowLink } from './row-link.tsx';

/** So many of the most recent are looked at by themselves; the rest when somebody asks. */
const byItself = 2_000;

/** What is published and not in order, with the problem and the way to its field. */
export const AttentionPane: UserComponent = ({ childItemId }) => {
  const [isWhole, setWhole] = useState(false);
  const [turn, setTurn] = useState(0);
  const examination = useExamination(isWhole ? Number.MAX_SAFE_INTEGER : byItself, turn);
  const again = () => setTurn(turn + 1);
  if (examination === 'failed') {
    return (
      <EmptyList
        advice="The content lake did not answer. Check your connection."
        title="What is published could not be read"
      >
        <Button fontSize={1} mode="ghost" onClick={again} padding={3} text="Try again" />
      </EmptyList>
    );
  }
  const { concerns, looked, total, isDone, siteIsSilent } = examination;
  return (
    <Flex direction="column" height="fill" style={{ minHeight: 0 }}>
      <Card borderBottom padding={3}>
        <Flex align="center" gap={3} justify="space-between">
          <Flex align="center" gap={3}>
            {!isDone && <Spinner muted />}
            <Text aria-live="polite" muted size={1}>
              {progressWords(examination)}
            </Text>
          </Flex>
          <Button
            disabled={!isDone}
            fontSize={1}
            mode="ghost"
            onClick={again}
            padding={3}
            text="Look again"
          />
        </Flex>
      </Card>
      <Box flex={1} overflow="auto" style={{ minHeight: 0 }}>
        {siteIsSilent && (
          <Box padding={3} paddingBottom={0}>
            <Card border padding={3} radius={2} tone="caution">
              <Text size={1}>
                The site does not answer, so only the rules have been asked. What another document
                stops, such as an address that is taken, is not told now.
              </Text>
            </Card>
          </Box>
        )}
        {isDone && concerns.length === 0 && (
          <EmptyList
            advice={
              looked < total
                ? `Of the ${count(looked)} documents changed most recently, all are as the site wants them.`
                : 'Everything that is published is as the site wants it.'
            }
            title="Nothing needs attention"
          />
        )}
        <Stack as="ul" gap={2} padding={3} paddingBottom={5}>
          {concerns.map((concern) => (
            <ConcernItem
              concern={concern}
              isSelected={concern.id === childItemId}
              key={concern.id}
            />
          ))}
          {isDone && looked < total && (
            <Box as="li" paddingTop={2}>
              <Button
                fontSize={1}
                mode="ghost"
                onClick={() => setWhole(true)}
                padding={3}
                text={`Look at the ${count(total - looked)} older ones too`}
                width="fill"
              />
            </Box>
          )}
        </Stack>
      </Box>
    </Flex>
  );
};

function ConcernItem({
  concern,
  isSelected,
}: {
  readonly concern: Concern;
  readonly isSelected: boolean;
}) {
  const schemaType = useSchema().get(concern.type);
  const link = useRowLink(concern, concern.problems[0]?.path);
  return (
    <Box as="li">
      <Card
        as={link}
        border
        data-as="a"
        data-testid={`concern-${concern.id}`}
        padding={4}
        radius={2}
        selected={isSelected}
      >
        <Stack gap={4}>
          <Flex align="flex-start" gap={3} justify="space-between">
            <Text size={1} weight="semibold">
              {concern.title}
            </Text>
            <Badge fontSize={0} tone={concern.kind === 'refused' ? 'critical' : 'caution'}>
              {standing(concern)}
            </Badge>
          </Flex>
          {concern.problems.slice(0, 3).map(({ path, code, message, fix }, index) => (
            <Stack gap={2} key={`${index} ${code} ${path}`}>
              <Text muted size={0} weight="medium">
                {fieldTitle(schemaType, path) ?? schemaType?.title ?? concern.type}
              </Text>
              <Text size={1}>{message}</Text>
              <Text muted size={1}>
                {fix}
              </Text>
            </Stack>
          ))}
          {concern.problems.length > 3 && (
            <Text muted size={1}>
              and {concern.problems.length - 3} more; the form marks them all.
            </Text>
          )}
        </Stack>
      </Card>
    </Box>
  );
}

function standing({ kind, earlierStands }: Concern): string {
  if (kind === 'shown') return 'Live, with a problem';
  if (earlierStands === null) return 'Not in order';
  return earlierStands ? 'Readers see an earlier version' : 'Not live';
}

function progressWords({ looked, total, isDone, concerns }: Examination): string {
  if (!isDone) return total === 0 ? 'Looking…' : `Looked at ${count(looked)} of ${count(total)}…`;
  const what = concerns.length === 1 ? 'One needs' : `${concerns.length} need`;
  return `${concerns.length === 0 ? 'None needs' : what} attention, of ${count(looked)}.`;
}

function count(number: number): string {
  return String(number).replace(/\B(?=(?:\d{3}){1,5}$)/g, ',');
}

const begun: Examination = {
  looked: 0,
  total: 0,
  concerns: [],
  siteIsSilent: false,
  isDone: false,
};

function useExamination(most: number, turn: number): Examination | 'failed' {
  const client = useClient({ apiVersion: '2025-02-19' });
  const [state, setState] = useState<Examination | 'failed'>(begun);
  useEffect(() => {
    let isWanted = true;
    setState(begun);
    const run = async () => {
      const world = readPublished(client, stage.siteUrl);
      for await (const examination of examine(world, { most, isWanted: () => isWanted })) {
        if (isWanted) setState(examination);
      }
    };
    run().catch(() => isWanted && setState('failed'));
    return () => {
      isWanted = false;
    };
  }, [client, most, turn]);
  return state;
}
