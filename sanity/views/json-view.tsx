/** @jsxImportSource react */
import { Box, Button, Card, Flex, Stack, Text } from '@sanity/ui';
import { Code } from '@sanity/ui/code';
import { useState } from 'react';
import { useEditState } from 'sanity';
import type { UserViewComponent } from 'sanity/structure';
import { stage } from '#stage';
import type { PublicObject } from '../../src/site/public-object.ts';
import { unstamped } from '../preview/shown-page.ts';
import { useDrawn } from '../preview/use-drawn.ts';
import { Empty, Failed, ReadingPane, Waiting } from './pane.tsx';
import { keptBack, ProblemList } from './problem-list.tsx';

/** What other sites will read of this document, with every letter. */
export const JsonView: UserViewComponent = ({ document, documentId, schemaType }) => {
  const { published } = useEditState(documentId, schemaType.name);
  const drawing = useDrawn(documentId, document.displayed, published);
  if (drawing.kind === 'reading') {
    return (
      <ReadingPane>
        <Waiting what="Drawing the JSON…" />
      </ReadingPane>
    );
  }
  if (drawing.kind === 'failed') {
    return (
      <ReadingPane>
        <Failed again={drawing.readAgain} title="The JSON cannot be drawn now" why={drawing.why} />
      </ReadingPane>
    );
  }
  const object = contractOf(drawing.drawn.objects);
  const errors = drawing.drawn.problems.filter(({ severity }) => severity === 'error');
  return (
    <ReadingPane>
      {object !== null && <Contract object={object} />}
      {object === null && errors.length > 0 && (
        <ProblemList
          explanation="Other sites can read it as soon as that is mended."
          problems={errors}
          title={keptBack(errors.length)}
          type={schemaType.name}
        />
      )}
      {object === null && errors.length === 0 && (
        <Empty
          explanation="It comes with the first live briefing that shows this document."
          title="There is no JSON of this yet"
        />
      )}
    </ReadingPane>
  );
};

function Contract({ object }: { readonly object: PublicObject }) {
  const [isCopied, setIsCopied] = useState(false);
  const json = readable(unstamped(object));
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(json);
    setIsCopied(true);
  };
  const url = `${stage.siteUrl}${object.path}`;
  return (
    <Stack gap={4}>
      <Flex align="center" gap={4} justify="space-between" wrap="wrap">
        <Stack flex={1} gap={3}>
          <Text size={1} weight="medium">
            What other sites read
          </Text>
          <Text muted size={1} style={{ overflowWrap: 'anywhere' }}>
            Once it is live, at{' '}
            <a href={url} rel="noreferrer" target="_blank">
              {url}
            </a>
          </Text>
        </Stack>
        <Button
          fontSize={1}
          mode="ghost"
          onClick={() => void copy()}
          padding={3}
          text={isCopied ? 'Copied' : 'Copy'}
        />
      </Flex>
      <Card
        aria-label="The JSON"
        border
        padding={4}
        radius={2}
        as="section"
        tabIndex={0}
        tone="transparent"
      >
        <Box style={{ overflowX: 'auto' }}>
          <Code
            language="json"
            size={1}
            style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}
          >
            {json}
          </Code>
        </Box>
      </Card>
    </Stack>
  );
}

/** The record of the document itself, before any list of a year. */
function contractOf(objects: readonly PublicObject[]): PublicObject | null {
  return objects.find(({ contentType }) => contentType.startsWith('application/json')) ?? null;
}

/** Indented; the release's stamp says that there is none yet. */
function readable(body: string): string {
  const value: unknown = JSON.parse(body);
  return JSON.stringify(
    value,
    (name, member: unknown) => (name === '_release' ? 'set when it is published' : member),
    2,
  );
}
