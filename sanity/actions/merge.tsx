/** @jsxImportSource react */
import { Stack, Text } from '@sanity/ui';
import { useToast } from '@sanity/ui/toast';
import { useEffect, useId, useState } from 'react';
import { type DocumentActionComponent, type SanityDocument, useClient } from 'sanity';
import type { DocumentId } from '../../src/briefing/model.ts';
import { AtOnce } from './at-once.tsx';
import { DialogForm } from './dialog-form.tsx';
import { type Choice, DocumentChoice } from './document-choice.tsx';
import { MergeIcon } from './icons.tsx';
import { Labelled } from './labelled.tsx';
import { mergeInto, referrersOf } from './merging.ts';
import { UndoForm } from './undo-form.tsx';

type MergeableType = 'person' | 'team' | 'author' | 'topic';

/** Let a duplicate go on as the record that is kept. */
export function mergeAction(type: MergeableType): DocumentActionComponent {
  const MergeAction: DocumentActionComponent = ({ published, draft }) => {
    const client = useClient({ apiVersion: '2025-02-19' });
    const toast = useToast();
    const [isOpen, setOpen] = useState(false);
    const close = () => setOpen(false);
    const isMerged = published?.['mergedInto'] !== undefined;
    const label = isMerged ? 'Undo the merge…' : 'Merge into another…';
    const merge = async (kept: DocumentId | null) => {
      if (published === null) return;
      await mergeInto(client, published, { kept, hasDraft: draft !== null });
      toast.push({
        status: 'success',
        title: kept === null ? 'The merge is undone' : 'Merged',
        description: 'Its pages follow within seconds.',
      });
    };
    return {
      label,
      icon: MergeIcon,
      disabled: published === null,
      ...(published === null
        ? { title: 'Nobody has seen it: delete it, or publish it before you merge it.' }
        : {}),
      onHandle: () => setOpen(true),
      dialog: isOpen &&
        published !== null && {
          type: 'dialog',
          header: label.slice(0, -1),
          width: 'medium',
          onClose: close,
          content: isMerged ? (
            <UndoForm
              confirm="Undo the merge"
              hasDraft={draft !== null}
              onClose={close}
              onConfirm={() => merge(null)}
              then="Whatever refers to this record shows it again, and its own address answers again."
            />
          ) : (
            <Merge
              hasDraft={draft !== null}
              onClose={close}
              onConfirm={merge}
              published={published}
              type={type}
            />
          ),
        },
    };
  };
  return MergeAction;
}

function Merge({
  type,
  published,
  hasDraft,
  onConfirm,
  onClose,
}: {
  readonly type: MergeableType;
  readonly published: SanityDocument;
  readonly hasDraft: boolean;
  readonly onConfirm: (kept: DocumentId) => Promise<void>;
  readonly onClose: () => void;
}) {
  const id = useId();
  const [choice, setChoice] = useState<Choice | null>(null);
  const here = useReferrers(published._id);
  const there = useReferrers(choice?.id ?? null);
  const name = nameOf(published);
  return (
    <DialogForm
      confirm="Merge now"
      isReady={choice !== null}
      onClose={onClose}
      onConfirm={async () => {
        if (choice !== null) await onConfirm(choice.id);
      }}
    >
      <Stack gap={4}>
        <Text size={1}>
          For two records of the same {words[type].one}. {referring(name, here)}
        </Text>
        <Labelled id={id} label={`Which ${words[type].one} is kept?`}>
          <DocumentChoice except={published._id} id={id} onChoose={setChoice} type={type} />
        </Labelled>
        {choice !== null && (
          <Stack gap={3}>
            <Text size={1}>
              {referring(choice.title, there)} From now on whatever refers to “{name}” shows “
              {choice.title}”. {words[type].address} This record stays here, marked as merged;
              nothing is lost, and the merge can be undone.
            </Text>
          </Stack>
        )}
        <AtOnce hasDraft={hasDraft} what="The merge" />
      </Stack>
    </DialogForm>
  );
}

function nameOf(published: SanityDocument): string {
  const name = published['name'] ?? published['title'];
  return typeof name === 'string' ? name : 'This record';
}

const words: Readonly<Record<MergeableType, { readonly one: string; readonly address: string }>> = {
  person: { one: 'person', address: 'Its own address leads to the page of the one that is kept.' },
  team: { one: 'team', address: 'Its own address leads to the one that is kept.' },
  topic: { one: 'topic', address: 'Its own address leads to the one that is kept.' },
  author: { one: 'author', address: '' },
};

function referring(name: string, count: number | null | 'failed'): string {
  if (count === 'failed') return `How much refers to “${name}” could not be counted.`;
  if (count === null) return `Counting what refers to “${name}”…`;
  if (count === 0) return `Nothing refers to “${name}”.`;
  return count === 1
    ? `One document refers to “${name}”.`
    : `${count} documents refer to “${name}”.`;
}

function useReferrers(id: DocumentId | null): number | null | 'failed' {
  const client = useClient({ apiVersion: '2025-02-19' });
  const [count, setCount] = useState<number | null | 'failed'>(null);
  useEffect(() => {
    let isCurrent = true;
    setCount(null);
    if (id !== null) {
      referrersOf(client, id).then(
        (found) => isCurrent && setCount(found),
        () => isCurrent && setCount('failed'),
      );
    }
    return () => {
      isCurrent = false;
    };
  }, [client, id]);
  return count;
}
