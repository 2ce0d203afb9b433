/** @jsxImportSource react */
import { Button, Card, Flex, Radio, Stack, Text, TextArea } from '@sanity/ui';
import { useToast } from '@sanity/ui/toast';
import { useId, useState } from 'react';
import { type DocumentActionComponent, useDocumentOperation } from 'sanity';
import { isRecord } from '../../src/briefing/problem.ts';
import { DialogForm } from './dialog-form.tsx';
import { CorrectIcon } from './icons.tsx';
import { Labelled } from './labelled.tsx';

/** Tell readers what has changed: the note joins the draft, and goes out with what it is about. */
export const AddCorrectionAction: DocumentActionComponent = ({ id, type, published, draft }) => {
  const { patch } = useDocumentOperation(id, type);
  const toast = useToast();
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  const waiting = unpublishedCorrections(draft, published);
  const why =
    published === null
      ? 'A correction is for what readers have seen; this has not been published.'
      : null;
  return {
    label: 'Add correction…',
    icon: CorrectIcon,
    disabled: why !== null,
    ...(why === null ? {} : { title: why }),
    onHandle: () => setOpen(true),
    dialog: isOpen && {
      type: 'dialog',
      header: 'Add correction',
      width: 'medium',
      onClose: close,
      content: (
        <Correction
          onClose={close}
          onConfirm={async ({ kind, text }) => {
            const correction = {
              _key: crypto.randomUUID().slice(0, 12),
              _type: 'correction',
              at: new Date().toISOString(),
              kind,
              text,
            };
            patch.execute([
              { setIfMissing: { corrections: [] } },
              { insert: { after: 'corrections[-1]', items: [correction] } },
            ]);
            toast.push({
              status: 'success',
              title: 'The correction is in the draft',
              description: 'Readers see it when you press Publish.',
            });
          }}
          onRemove={(key) => patch.execute([{ unset: [`corrections[_key=="${key}"]`] }])}
          waiting={waiting}
        />
      ),
    },
  };
};

interface WaitingCorrection {
  readonly key: string;
  readonly text: string;
}

function unpublishedCorrections(
  draft: Readonly<Record<string, unknown>> | null,
  published: Readonly<Record<string, unknown>> | null,
): readonly WaitingCorrection[] {
  if (draft === null) return [];
  const known = new Set(correctionsOf(published).map(({ key }) => key));
  return correctionsOf(draft).filter(({ key }) => !known.has(key));
}

function correctionsOf(document: Readonly<Record<string, unknown>> | null): WaitingCorrection[] {
  const corrections = document?.['corrections'];
  if (!Array.isArray(corrections)) return [];
  return corrections.flatMap((each: unknown) => {
    if (!isRecord(each) || typeof each['_key'] !== 'string') return [];
    return [{ key: each['_key'], text: typeof each['text'] === 'string' ? each['text'] : '' }];
  });
}

const kinds = [
  ['correction', 'Correction', 'Something was wrong.'],
  ['update', 'Update', 'Something has happened since.'],
  ['clarification', 'Clarification', 'Something was unclear.'],
] as const;

function Correction({
  waiting,
  onConfirm,
  onRemove,
  onClose,
}: {
  readonly waiting: readonly WaitingCorrection[];
  readonly onConfirm: (correction: {
    readonly kind: string;
    readonly text: string;
  }) => Promise<void>;
  readonly onRemove: (key: string) => void;
  readonly onClose: () => void;
}) {
  const id = useId();
  const [kind, setKind] = useState<string>('correction');
  const [text, setText] = useState('');
  return (
    <DialogForm
      confirm="Add to the draft"
      isReady={text.trim() !== ''}
      onClose={onClose}
      onConfirm={() => onConfirm({ kind, text: text.trim() })}
    >
      <Stack gap={4}>
        <Text size={1}>
          It is printed on the page with today’s date, and told in the feeds and the JSON. A mended
          typing error needs none.
        </Text>
        <Stack aria-label="Kind" as="fieldset" gap={3} style={{ border: 0, padding: 0, margin: 0 }}>
          {kinds.map(([value, title, about]) => (
            <Flex align="center" as="label" gap={3} key={value}>
              <Radio
                checked={kind === value}
                name={`${id}-kind`}
                onChange={() => setKind(value)}
                value={value}
              />
              <Text size={1}>
                {title}: <span style={{ opacity: 0.75 }}>{about}</span>
              </Text>
            </Flex>
          ))}
        </Stack>
        <Labelled id={id} label="Text" note="What was wrong, and what is right.">
          <TextArea
            aria-describedby={`${id}-note`}
            aria-required
            fontSize={1}
            id={id}
            onChange={(event) => setText(event.currentTarget.value)}
            padding={3}
            rows={4}
            value={text}
          />
        </Labelled>
        {waiting.length > 0 && (
          <Stack gap={3}>
            <Text muted size={1}>
              In the draft already, not published yet:
            </Text>
            {waiting.map((correction) => (
              <Card border key={correction.key} padding={3} radius={2}>
                <Flex align="center" gap={3} justify="space-between">
                  <Text size={1} textOverflow="ellipsis">
                    {correction.text === '' ? 'A correction without text' : correction.text}
                  </Text>
                  <Button
                    aria-label={`Remove the correction “${correction.text.slice(0, 60)}”`}
                    fontSize={1}
                    mode="ghost"
                    onClick={() => onRemove(correction.key)}
                    padding={2}
                    text="Remove"
                    type="button"
                  />
                </Flex>
              </Card>
            ))}
          </Stack>
        )}
      </Stack>
    </DialogForm>
  );
}
