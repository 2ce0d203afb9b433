/** @jsxImportSource react */
import { Badge, Button, Card, Flex, Heading, Stack, Text } from '@sanity/ui';
import { useDeferredValue, useMemo, useState } from 'react';
import { useEditState } from 'sanity';
import type { UserViewComponent } from 'sanity/structure';
import { stage } from '#stage';
import type { PlannedEdit, PlannedWrite } from '../../src/publishing/planned-edit.ts';
import { asPublished } from '../preview/archive.ts';
import { usePlan } from '../preview/use-plan.ts';
import { instantInWords } from './page-notes.ts';
import { Empty, Failed, ReadingPane, Waiting } from './pane.tsx';
import { footnotesOf, groupsOf, type PlanGroup, summaryOf } from './plan-words.ts';
import { ProblemList } from './problem-list.tsx';

type Doing = 'publish' | 'unpublish';

/** What pressing Publish will write, remove and redirect, before it is pressed. */
export const PlanView: UserViewComponent = ({ documentId, schemaType }) => {
  const { draft, published, ready } = useEditState(documentId, schemaType.name);
  const [chosen, setChosen] = useState<Doing>('publish');
  const mayUnpublish = published !== null && schemaType.name === 'briefing';
  const doing = mayUnpublish ? chosen : 'publish';
  const version = useDeferredValue(doing === 'unpublish' ? null : draft);
  const isNothing = doing === 'publish' && draft === null;
  const edit = useMemo(
    () =>
      isNothing || !ready
        ? null
        : new Map<string, unknown>([[documentId, version === null ? null : asPublished(version)]]),
    [documentId, version, isNothing, ready],
  );
  const planning = usePlan(edit);
  return (
    <ReadingPane>
      <Stack gap={5}>
        {mayUnpublish && <DoingChoice doing={doing} onChoose={setChosen} />}
        {isNothing ? (
          <Empty
            explanation={
              published === null
                ? 'Write something first; what publishing it would change is then listed here.'
                : 'All that is written here is published; whether readers get it, the Receipt says. As soon as you change something, this page lists what publishing it would write.'
            }
            title="There is nothing to publish"
          />
        ) : planning.kind === 'making' ? (
          <Waiting what="Working out what would change…" />
        ) : planning.kind === 'failed' ? (
          <Failed
            again={planning.makeAgain}
            title="The plan cannot be made now"
            why={planning.why}
          />
        ) : (
          <PlanSheet
            doing={doing}
            id={documentId}
            isOld={planning.isOld}
            plan={planning.plan}
            type={schemaType.name}
          />
        )}
      </Stack>
    </ReadingPane>
  );
};

function DoingChoice({
  doing,
  onChoose,
}: {
  readonly doing: Doing;
  readonly onChoose: (doing: Doing) => void;
}) {
  return (
    <Flex
      aria-label="What is planned"
      as="fieldset"
      gap={1}
      style={{ border: 0, margin: 0, minWidth: 0, padding: 0 }}
    >
      {(['publish', 'unpublish'] as const).map((each) => (
        <Button
          aria-pressed={each === doing}
          fontSize={1}
          key={each}
          mode="bleed"
          onClick={() => onChoose(each)}
          padding={3}
          selected={each === doing}
          text={each === 'publish' ? 'If you publish' : 'If you unpublish'}
        />
      ))}
    </Flex>
  );
}

function PlanSheet({
  plan,
  id,
  type,
  doing,
  isOld,
}: {
  readonly plan: PlannedEdit;
  readonly id: string;
  readonly type: string;
  readonly doing: Doing;
  readonly isOld: boolean;
}) {
  const refused = plan.refused.flatMap(({ problems }) => problems);
  if (refused.length > 0) {
    return (
      <ProblemList
        explanation="Publishing it would change nothing for readers: what is live stays as it is until that is mended."
        problems={refused}
        title="It could not go live as it is"
        type={type}
      />
    );
  }
  const footnotes = footnotesOf(plan);
  return (
    <Stack gap={5} style={{ opacity: isOld ? 0.6 : 1 }}>
      <Card aria-live="polite" border padding={4} radius={3} tone="primary">
        <Stack gap={4}>
          <Heading as="h2" size={1}>
            {summaryOf(plan, doing === 'publish' ? 'Publishing' : 'Unpublishing')}
          </Heading>
          {plan.waitsUntil !== null && (
            <Text size={1}>
              It waits until {instantInWords(plan.waitsUntil)}, and appears then by itself.
            </Text>
          )}
          {plan.writes.length === 0 && plan.waitsUntil === null && (
            <Text muted size={1}>
              The edit touches nothing that readers or other sites can see.
            </Text>
          )}
          {footnotes.map((note) => (
            <Text key={note} muted size={1}>
              {note}
            </Text>
          ))}
        </Stack>
      </Card>
      {groupsOf(plan, [id]).map((group) => (
        <Group group={group} key={group.title} />
      ))}
    </Stack>
  );
}

function Group({ group: { title, explanation, writes } }: { readonly group: PlanGroup }) {
  return (
    <Stack gap={4}>
      <Flex align="baseline" gap={3} justify="space-between">
        <Stack gap={3}>
          <Text as="h3" size={1} weight="semibold">
            {title}
          </Text>
          <Text muted size={1}>
            {explanation}
          </Text>
        </Stack>
        <Text muted size={1}>
          {writes.length}
        </Text>
      </Flex>
      <Card border radius={2}>
        <Stack as="ul">
          {writes.map((write, index) => (
            <Card as="li" borderTop={index > 0} key={write.path} padding={3}>
              <Line write={write} />
            </Card>
          ))}
        </Stack>
      </Card>
    </Stack>
  );
}

function Line({ write }: { readonly write: PlannedWrite }) {
  const { word, tone } = whats[write.what];
  return (
    <Flex align="center" gap={3}>
      <Flex style={{ flex: '0 0 5.5rem' }}>
        <Badge fontSize={0} tone={tone}>
          {word}
        </Badge>
      </Flex>
      <Stack flex={1} gap={2}>
        <Text size={1} style={{ overflowWrap: 'anywhere' }}>
          {write.what === 'new' ? (
            write.path
          ) : (
            <a href={`${stage.siteUrl}${write.path}`} rel="noreferrer" target="_blank">
              {write.path}
            </a>
          )}
        </Text>
        {write.what === 'moved' && (
          <Text muted size={1} style={{ overflowWrap: 'anywhere' }}>
            leads to {write.location}
          </Text>
        )}
      </Stack>
    </Flex>
  );
}

const whats = {
  new: { word: 'New', tone: 'positive' },
  changed: { word: 'Changes', tone: 'primary' },
  moved: { word: 'Redirects', tone: 'caution' },
  gone: { word: 'Goes', tone: 'critical' },
} as const;
