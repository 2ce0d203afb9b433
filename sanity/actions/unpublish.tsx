/** @jsxImportSource react */
import { Flex, Radio, Stack, Text } from '@sanity/ui';
import { useToast } from '@sanity/ui/toast';
import { useId, useState } from 'react';
import { type DocumentActionComponent, type SanityDocument, useClient } from 'sanity';
import { DialogForm } from './dialog-form.tsx';
import { type Choice, DocumentChoice } from './document-choice.tsx';
import { UnpublishIcon } from './icons.tsx';
import { Labelled } from './labelled.tsx';
import { type Onward, unpublishTo } from './unpublication.ts';

/** Take a briefing down and say where its readers go. Stands in for Sanity's own, which cannot ask. */
export const UnpublishAction: DocumentActionComponent = ({ published }) => {
  const client = useClient({ apiVersion: '2025-02-19' });
  const toast = useToast();
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  return {
    label: 'Unpublish…',
    icon: UnpublishIcon,
    tone: 'critical',
    disabled: published === null,
    ...(published === null ? { title: 'It is not published.' } : {}),
    onHandle: () => setOpen(true),
    dialog: isOpen &&
      published !== null && {
        type: 'dialog',
        header: 'Unpublish',
        width: 'medium',
        onClose: close,
        content: (
          <Unpublish
            onClose={close}
            onConfirm={async (onward) => {
              await unpublishTo(client, published, onward);
              toast.push({
                status: 'success',
                title: 'Unpublished',
                description: 'It stays here as a draft. The Receipt tab shows when it is gone.',
              });
            }}
            published={published}
          />
        ),
      },
  };
};
UnpublishAction.action = 'unpublish';

function Unpublish({
  published,
  onConfirm,
  onClose,
}: {
  readonly published: SanityDocument;
  readonly onConfirm: (onward: Onward) => Promise<void>;
  readonly onClose: () => void;
}) {
  const id = useId();
  const [kind, setKind] = useState<Onward['kind']>('home');
  const [choice, setChoice] = useState<Choice | null>(null);
  const onward: Onward | null =
    kind !== 'briefing' ? { kind } : choice === null ? null : { kind, id: choice.id };
  return (
    <DialogForm
      confirm="Unpublish now"
      isReady={onward !== null}
      onClose={onClose}
      onConfirm={async () => {
        if (onward !== null) await onConfirm(onward);
      }}
      isCritical
    >
      <Stack gap={4}>
        <Text size={1}>
          The page, its JSON and its places in lists and feeds go at once. The text stays here as a
          draft. To withdraw a briefing and tell readers why, retract it instead.
        </Text>
        <Stack
          aria-label="Where should its readers go?"
          as="fieldset"
          gap={4}
          style={{ border: 0, padding: 0, margin: 0 }}
        >
          <Text size={1} weight="medium">
            Where should its readers go?
          </Text>
          {ways.map(([value, title, about]) => (
            <Flex as="label" gap={3} key={value}>
              <Radio
                checked={kind === value}
                name={`${id}-onward`}
                onChange={() => setKind(value)}
                value={value}
              />
              <Stack gap={2}>
                <Text size={1}>{title}</Text>
                <Text muted size={1}>
                  {about}
                </Text>
              </Stack>
            </Flex>
          ))}
        </Stack>
        {kind === 'briefing' && (
          <Labelled id={id} label="Which briefing?">
            <DocumentChoice except={published._id} id={id} onChoose={setChoice} type="briefing" />
          </Labelled>
        )}
      </Stack>
    </DialogForm>
  );
}

const ways = [
  ['home', 'To the home page', 'Whoever follows an old link lands there.'],
  ['briefing', 'To another briefing', 'For example to the one that replaces it.'],
  ['nowhere', 'Nowhere', 'The address says that the page is gone for good.'],
] as const;
