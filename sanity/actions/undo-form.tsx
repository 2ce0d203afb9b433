/** @jsxImportSource react */
import { Stack, Text } from '@sanity/ui';
import { AtOnce } from './at-once.tsx';
import { DialogForm } from './dialog-form.tsx';

/** Takes back at once what was published at once: there is nothing to fill in. */
export function UndoForm({
  confirm,
  then,
  hasDraft,
  onConfirm,
  onClose,
}: {
  readonly confirm: string;
  /** What readers find then. */
  readonly then: string;
  readonly hasDraft: boolean;
  readonly onConfirm: () => Promise<void>;
  readonly onClose: () => void;
}) {
  return (
    <DialogForm confirm={confirm} onClose={onClose} onConfirm={onConfirm}>
      <Stack gap={4}>
        <Text size={1}>{then}</Text>
        <AtOnce hasDraft={hasDraft} what="This" />
      </Stack>
    </DialogForm>
  );
}
