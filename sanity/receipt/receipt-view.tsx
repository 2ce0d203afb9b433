/** @jsxImportSource react */
import { Badge, Box, Button, Card, Flex, Heading, Stack, Text } from '@sanity/ui';
import type { ReactNode } from 'react';
import { type SanityDocument, useEditState, useSchema } from 'sanity';
import { IntentLink } from 'sanity/router';
import type { UserViewComponent } from 'sanity/structure';
import { stage } from '#stage';
import { FieldButton } from './field-button.tsx';
import { Empty, ReadingPane, Waiting } from '../views/pane.tsx';
import { fieldTitle } from './field-title.ts';
import { StepSign } from './icons.tsx';
import { type ToldProblem, ruleErrors, tellProblems } from './problem-words.ts';
import type { Progress, Receipt } from './progress.ts';
import { stoppingField } from './publish-badge.ts';
import { linksOf } from './links.ts';
import { type Step, stepsOf } from './steps.ts';
import { lookAgain, useProgress } from './use-progress.ts';
import { type PublicationFacts, usePublication } from './use-publication.ts';
import { useSurvivor } from './use-survivor.ts';
import { type Words, wordsOf } from './words.ts';

/** What became of the published revision: step by step to where readers get it, or what stops it. */
export const ReceiptView: UserViewComponent = ({ documentId, schemaType }) => {
  const { published, ready } = useEditState(documentId, schemaType.name);
  const publication = usePublication();
  const progress = useProgress({
    id: documentId,
    type: schemaType.name,
    published,
    isReady: ready,
    publication,
  });
  if (publication === 'missing') return <WithoutSettings />;
  if (publication === 'loading' || !ready) return <Reading />;
  if (progress === null) return published === null ? <NotPublished /> : <Reading />;
  if (progress.stage.kind === 'never') return <NotPublished />;
  return (
    <ReadingPane>
      <ReceiptSheet
        progress={progress}
        publication={publication}
        published={published}
        type={schemaType.name}
      />
    </ReadingPane>
  );
};

function ReceiptSheet({
  progress,
  publication,
  published,
  type,
}: {
  readonly progress: Progress;
  readonly publication: PublicationFacts;
  readonly published: SanityDocument | null;
  readonly type: string;
}) {
  const schemaType = useSchema().get(type);
  const survivor = useSurvivor(published);
  const words = wordsOf(progress, {
    timeZone: publication.timeZone,
    field: stoppingField(progress, schemaType),
    survivor,
  });
  const steps = stepsOf(progress, publication.timeZone);
  const problems = problemsIn(progress, published);
  return (
    <Stack gap={5}>
      <Summary id={progress.subject.id} words={words} />
      {problems.length > 0 && (
        <Stack as="ul" gap={3}>
          {problems.map((problem, index) => (
            <Problem
              field={fieldTitle(schemaType, problem.path)}
              // Two entries of a list may have the same problem at paths that look alike.
              key={`${index} ${problem.code} ${problem.path}`}
              problem={problem}
              tone={progress.stage.kind === 'quarantined' ? 'critical' : 'caution'}
            />
          ))}
        </Stack>
      )}
      {steps !== null && <Steps steps={steps} />}
      <Links progress={progress} />
      <Facts progress={progress} />
    </Stack>
  );
}

function Summary({ id, words }: { readonly id: string; readonly words: Words }) {
  return (
    <Card aria-live="polite" border padding={4} radius={3} tone={words.tone}>
      <Stack gap={4}>
        <Flex align="center" gap={3} wrap="wrap">
          <Badge fontSize={1} tone={words.tone}>
            {words.label}
          </Badge>
          <Heading as="h2" size={1}>
            {words.headline}
          </Heading>
        </Flex>
        {words.explanation !== null && <Text size={1}>{words.explanation}</Text>}
        {words.mayTryAgain && (
          <Box>
            <Button
              fontSize={1}
              mode="ghost"
              onClick={() => lookAgain(id)}
              padding={3}
              text="Look again now"
            />
          </Box>
        )}
      </Stack>
    </Card>
  );
}

function Problem({
  problem,
  field,
  tone,
}: {
  readonly problem: ToldProblem;
  readonly field: string | null;
  readonly tone: 'critical' | 'caution';
}) {
  return (
    <Card as="li" border padding={4} radius={3} tone={tone}>
      <Stack gap={3}>
        {field !== null && (
          <Text muted size={1} weight="medium">
            {field}
          </Text>
        )}
        <Text size={1} weight="medium">
          {problem.message}
        </Text>
        <Text size={1}>{problem.fix}</Text>
        <Flex gap={2} paddingTop={1} wrap="wrap">
          {field !== null && <FieldButton field={field} path={problem.path} />}
          {problem.other !== null && (
            <Button
              as={IntentLink}
              fontSize={1}
              // The router's own link: it knows which pane a document opens in.
              {...{ intent: 'edit', params: { id: problem.other } }}
              mode="ghost"
              padding={3}
              text="Open the other document"
            />
          )}
        </Flex>
      </Stack>
    </Card>
  );
}

function Steps({ steps }: { readonly steps: readonly Step[] }) {
  return (
    <Section title="On its way">
      <Stack as="ol" gap={4}>
        {steps.map((step) => (
          <Flex align="flex-start" as="li" gap={3} key={step.title}>
            <Text muted={step.state === 'to come'} size={2}>
              <StepSign state={step.state} />
            </Text>
            <Stack flex={1} gap={3}>
              <Flex gap={3} justify="space-between" wrap="wrap">
                <Text muted={step.state === 'to come'} size={1} weight="medium">
                  {step.title}
                </Text>
                <Text muted size={1}>
                  {step.when ?? stepWords[step.state]}
                </Text>
              </Flex>
              {step.detail !== null && (
                <Text muted size={1}>
                  {step.detail}
                </Text>
              )}
            </Stack>
          </Flex>
        ))}
      </Stack>
    </Section>
  );
}

const stepWords = {
  done: 'done',
  'under way': 'waiting…',
  'to come': 'to come',
  stopped: 'stopped here',
} as const;

function Links({ progress }: { readonly progress: Progress }) {
  const links = linksOf(progress, stage.siteUrl);
  if (links.length === 0) return null;
  return (
    <Section title="What readers and other sites get">
      <Stack as="ul" gap={4}>
        {links.map(({ title, url }) => (
          <Flex as="li" gap={3} key={title}>
            <Box style={{ flex: '0 0 5em' }}>
              <Text muted size={1}>
                {title}
              </Text>
            </Box>
            <Text size={1} style={{ overflowWrap: 'anywhere' }}>
              <a href={url} rel="noreferrer" target="_blank">
                {url}
              </a>
            </Text>
          </Flex>
        ))}
      </Stack>
    </Section>
  );
}

function Facts({ progress: { subject, stage: known } }: { readonly progress: Progress }) {
  const receipt = receiptOf(known);
  const facts: readonly (readonly [string, string | null])[] = [
    ['Document', subject.id],
    ['Revision', subject.kind === 'revision' ? subject.rev : null],
    ['Release', receipt === null ? null : String(receipt.release)],
    ['Committed', receipt?.committedAt ?? null],
    ['Content hash', receipt?.contentHash ?? null],
  ];
  return (
    <Section title="For whoever runs the site">
      <Stack gap={3}>
        {facts.map(
          ([title, value]) =>
            value !== null && (
              <Flex gap={3} key={title}>
                <Box style={{ flex: '0 0 8em' }}>
                  <Text muted size={1}>
                    {title}
                  </Text>
                </Box>
                <Text size={1} style={{ overflowWrap: 'anywhere' }}>
                  <code>{value}</code>
                </Text>
              </Flex>
            ),
        )}
      </Stack>
    </Section>
  );
}

function Section({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Stack gap={4}>
      <Text as="h3" size={1} weight="semibold">
        {title}
      </Text>
      {children}
    </Stack>
  );
}

function Reading() {
  return (
    <ReadingPane>
      <Waiting what="Reading what is published…" />
    </ReadingPane>
  );
}

function NotPublished() {
  return (
    <ReadingPane>
      <Empty
        explanation="Press Publish when it is ready. From then on this page follows the document to where readers get it, and says what stops it if something does."
        title="Not published yet"
      />
    </ReadingPane>
  );
}

function WithoutSettings() {
  return (
    <ReadingPane>
      <Empty
        explanation="Nothing can go live before them: every page shows the publication’s name, its language and its days. Open Settings, fill them in, and publish them."
        title="The publication’s settings are not published"
      />
    </ReadingPane>
  );
}

/** What is wrong, from the receipt; of a revision whose receipt is not kept, what the rules say. */
function problemsIn(
  { stage: known }: Progress,
  published: SanityDocument | null,
): readonly ToldProblem[] {
  if (published === null) return [];
  if (known.kind === 'unkept') return ruleErrors(published);
  return tellProblems(receiptOf(known)?.problems ?? [], published);
}

function receiptOf(known: Progress['stage']): Receipt | null {
  if (known.kind === 'unreachable') return receiptOf(known.before);
  return 'receipt' in known ? known.receipt : null;
}
