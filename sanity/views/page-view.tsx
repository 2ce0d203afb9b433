/** @jsxImportSource react */
import { Box, Button, Card, Flex, Stack, Text } from '@sanity/ui';
import { useMemo, useState } from 'react';
import { useEditState } from 'sanity';
import type { UserViewComponent } from 'sanity/structure';
import { stage } from '#stage';
import type { Briefing, Person, Problem } from '../../src/briefing/model.ts';
import { parseDocument } from '../../src/briefing/parse.ts';
import type { Neighbourhood } from '../../src/publishing/neighbourhood.ts';
import type { DrawnDocument } from '../../src/publishing/planned-edit.ts';
import type { PublicObject } from '../../src/site/public-object.ts';
import { asPublished } from '../preview/archive.ts';
import { type Scheme, lakePictures, shownPage, unstamped } from '../preview/shown-page.ts';
import { useDrawn } from '../preview/use-drawn.ts';
import { useNewsroom } from '../preview/use-newsroom.ts';
import { DownloadPreview } from './download-preview.tsx';
import { notesOn } from './page-notes.ts';
import { PageFrame } from './page-frame.tsx';
import { Failed, ReadingPane, Waiting } from './pane.tsx';
import { keptBack, ProblemList } from './problem-list.tsx';

const widths = { Phone: 390, Desktop: 1280 } as const;
const schemes = { Light: 'light', Dark: 'dark' } as const satisfies Record<string, Scheme>;

/** The real page beside the form: drawn by the renderer that publishes it, with every letter. */
export const PageView: UserViewComponent = ({ document, documentId, schemaType }) => {
  const { published } = useEditState(documentId, schemaType.name);
  const drawing = useDrawn(documentId, document.displayed, published);
  if (drawing.kind === 'reading') {
    return (
      <ReadingPane>
        <Waiting what="Drawing the page…" />
      </ReadingPane>
    );
  }
  if (drawing.kind === 'failed') {
    return (
      <ReadingPane>
        <Failed again={drawing.readAgain} title="The page cannot be drawn now" why={drawing.why} />
      </ReadingPane>
    );
  }
  return (
    <ShownPage
      around={drawing.around}
      drawn={drawing.drawn}
      displayed={document.displayed}
      lastValid={drawing.lastValid}
      type={schemaType.name}
    />
  );
};

function ShownPage({
  drawn,
  lastValid,
  around,
  displayed,
  type,
}: {
  readonly drawn: DrawnDocument;
  readonly lastValid: DrawnDocument | null;
  readonly around: Neighbourhood;
  readonly displayed: unknown;
  readonly type: string;
}) {
  const [width, setWidth] = useState<keyof typeof widths>('Phone');
  const [scheme, setScheme] = useState<keyof typeof schemes>('Light');
  const { imagesUrl } = useNewsroom();
  const page = pageOf(drawn) ?? pageOf(lastValid);
  const isStale = pageOf(drawn) === null;
  const pictures = useMemo(
    () => lakePictures(shownDocuments(displayed, around), imagesUrl),
    [displayed, around, imagesUrl],
  );
  const html = useMemo(
    () =>
      page === null
        ? null
        : shownPage(unstamped(page), {
            siteUrl: stage.siteUrl,
            scheme: schemes[scheme],
            pictures,
          }),
    [page, scheme, pictures],
  );
  const errors = drawn.problems.filter(({ severity }) => severity === 'error');
  const notes = notesOn({ drawn, around, type, hasPage: page !== null });
  return (
    <Flex direction="column" height="fill">
      <Card borderBottom padding={3}>
        <Flex align="center" gap={4} justify="space-between" wrap="wrap">
          <Flex gap={4} wrap="wrap">
            <Choice
              choices={['Phone', 'Desktop']}
              chosen={width}
              label="Width of the page"
              onChoose={setWidth}
            />
            <Choice
              choices={['Light', 'Dark']}
              chosen={scheme}
              label="Light or dark"
              onChoose={setScheme}
            />
          </Flex>
          {page !== null && !isStale && (
            <DownloadPreview html={unstamped(page)} path={page.path} pictures={pictures} />
          )}
        </Flex>
      </Card>
      <Notes errors={errors} isStale={isStale} notes={notes} page={page} type={type} />
      {html !== null && page !== null && (
        <PageFrame
          html={html}
          isStale={isStale}
          title={`The page as readers will see it, ${page.path}`}
          width={widths[width]}
        />
      )}
    </Flex>
  );
}

function Notes({
  errors,
  notes,
  isStale,
  page,
  type,
}: {
  readonly errors: readonly Problem[];
  readonly notes: readonly string[];
  readonly isStale: boolean;
  readonly page: PublicObject | null;
  readonly type: string;
}) {
  if (!isStale && notes.length === 0) return null;
  return (
    <Box paddingTop={3} paddingX={3} style={{ maxHeight: '45%', overflow: 'auto', flex: 'none' }}>
      <Stack gap={3}>
        {isStale && errors.length > 0 && (
          <ProblemList
            explanation={
              page === null
                ? 'The page appears here as soon as that is mended.'
                : 'Below, dimmed, is the page as it was before. It follows again as soon as that is mended.'
            }
            problems={errors}
            title={keptBack(errors.length)}
            type={type}
          />
        )}
        {notes.map((note) => (
          <Card border key={note} padding={3} radius={2} tone="primary">
            <Text size={1}>{note}</Text>
          </Card>
        ))}
      </Stack>
    </Box>
  );
}

/** One of a few, as buttons that stand together. */
function Choice<Name extends string>({
  choices,
  chosen,
  label,
  onChoose,
}: {
  readonly choices: readonly Name[];
  readonly chosen: Name;
  readonly label: string;
  readonly onChoose: (name: Name) => void;
}) {
  return (
    <Flex aria-label={label} as="fieldset" gap={1} style={together}>
      {choices.map((name) => (
        <Button
          aria-pressed={name === chosen}
          fontSize={1}
          key={name}
          mode="bleed"
          onClick={() => onChoose(name)}
          padding={2}
          selected={name === chosen}
          text={name}
        />
      ))}
    </Flex>
  );
}

const together = { border: 0, margin: 0, minWidth: 0, padding: 0 } as const;

/** The page among a document's objects: of a person the one of the latest year. */
function pageOf(drawn: DrawnDocument | null): PublicObject | null {
  return drawn?.objects.find(({ contentType }) => contentType.startsWith('text/html')) ?? null;
}

/** Whose pictures the page may show. */
function shownDocuments(displayed: unknown, around: Neighbourhood): readonly (Briefing | Person)[] {
  return [asPublished(displayed), ...around.documents.values()].flatMap((document) => {
    const parsed = parseDocument(document);
    const isShown =
      parsed.ok && (parsed.value.type === 'briefing' || parsed.value.type === 'person');
    return isShown ? [parsed.value] : [];
  });
}
