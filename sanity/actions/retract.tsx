/** @jsxImportSource react */
import { Stack, Text, TextArea } from '@sanity/ui';
import { useToast } from '@sanity/ui/toast';
import { useId, useState } from 'react';
import { type DocumentActionComponent, useClient } from 'sanity';
import { ruleErrors } from '../receipt/problem-words.ts';
import { AtOnce } from './at-once.tsx';
import { DialogForm } from './dialog-form.tsx';
import { RetractIcon } from './icons.tsx';
import { Labelled } from './labelled.tsx';
import { type Retraction, setRetraction } from './retraction.ts';
import { UndoForm } from './undo-form.tsx';

/** Withdraw a briefing: its page keeps its address, and prints why instead of the answers. */
export const RetractAction: DocumentActionComponent = ({ published, draft }) => {
  const client = useClient({ apiVersion: '2025-02-19' });
  const toast = useToast();
  const [isOpen, setOpen] = useState(false);
  const isRetracted = published?.['retraction'] !== undefined;
  const label = isRetracted ? 'Take back the retraction…' : 'Retract…';
  const why = whyNot(published);
  const close = () => setOpen(false);
  const set = async (retraction: Retraction | null) => {
    if (published === null) return;
    await setRetraction(client, published, { retraction, hasDraft: draft !== null });
    toast.push({
      status: 'success',
      title: retraction === null ? 'The retraction is taken back' : 'The briefing is retracted',
      description: 'The Receipt tab shows when readers see it.',
    });
  };
  return {
    label,
    icon: RetractIcon,
    tone: 'critical',
    disabled: why !== null,
    ...(why === null ? {} : { title: why }),
    onHandle: () => setOpen(true),
    dialog: isOpen && {
      type: 'dialog',
      header: label.slice(0, -1),
      width: 'medium',
      onClose: close,
      content: isRetracted ? (
        <UndoForm
          confirm="Take it back now"
          hasDraft={draft !== null}
          onClose={close}
          onConfirm={() => set(null)}
          then="Readers find the answers again, as they were last published, and nothing on the page tells that it was retracted. If that matters to them, add a correction as well."
        />
      ) : (
        <Retract
          hasDraft={draft !== null}
          onClose={close}
          onConfirm={(reason) => set({ at: new Date().toISOString(), reason })}
        />
      ),
    },
  };
};

function whyNot(published: Readonly<Record<string, unknown>> | null): string | null {
  if (published === null) return 'Only what has been published can be retracted.';
  const [problem] = ruleErrors(published);
  if (problem === undefined) return null;
  return `The site would refuse it, as it refuses the published version. ${problem.message} Mend that and publish first.`;
}

function Retract({
  hasDraft,
  onConfirm,
  onClose,
}: {
  readonly hasDraft: boolean;
  readonly onConfirm: (reason: string) => Promise<void>;
  readonly onClose: () => void;
}) {
  const id = useId();
  const [reason, setReason] = useState('');
  return (
    <DialogForm
      confirm="Retract now"
      isReady={reason.trim() !== ''}
      onClose={onClose}
      onConfirm={() => onConfirm(reason.trim())}
      isCritical
    >
      <Stack gap={4}>
        <Text size={1}>
          The page keeps its address and headline. In place of the answers, readers find this
          reason; feeds and the JSON say that it was retracted.
        </Text>
        <Labelled id={id} label="Why is it withdrawn?" note="Readers see this, word for word.">
          <TextArea
            aria-describedby={`${id}-note`}
            aria-required
            fontSize={1}
            id={id}
            onChange={(event) => setReason(event.currentTarget.value)}
            padding={3}
            rows={4}
            value={reason}
          />
        </Labelled>
        <AtOnce hasDraft={hasDraft} what="The retraction" />
      </Stack>
    </DialogForm>
  );
}
