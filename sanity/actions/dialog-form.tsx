/** @jsxImportSource react */
import { Button, Card, Flex, Stack, Text } from '@sanity/ui';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useFirstFocus } from './use-first-focus.ts';
import { failureOf } from './revision-guard.ts';

/**
 * What stands in the dialog of an action: what it is about, one button that does it, one that does
 * not. While it is being done neither can be pressed; what went wrong is told here.
 */
export function DialogForm({
  children,
  confirm,
  isCritical = false,
  isReady = true,
  onConfirm,
  onClose,
}: {
  readonly children: ReactNode;
  /** What the button does, as a verb: “Retract now”. */
  readonly confirm: string;
  /** It takes something from readers. */
  readonly isCritical?: boolean;
  /** Whether there is enough to go on. */
  readonly isReady?: boolean;
  readonly onConfirm: () => Promise<void>;
  readonly onClose: () => void;
}) {
  const [state, setState] = useState<'open' | 'busy' | { readonly failure: string }>('open');
  const form = useFirstFocus<HTMLFormElement>();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isReady || state === 'busy') return;
    setState('busy');
    onConfirm().then(onClose, (error: unknown) => setState({ failure: failureOf(error) }));
  };
  return (
    <form noValidate onSubmit={submit} ref={form}>
      <Stack gap={5}>
        {children}
        {typeof state === 'object' && (
          <Card border padding={3} radius={2} role="alert" tone="critical">
            <Text size={1}>{state.failure}</Text>
          </Card>
        )}
        <Flex gap={3} justify="flex-end">
          <Button
            disabled={state === 'busy'}
            fontSize={1}
            mode="bleed"
            onClick={onClose}
            padding={3}
            text="Cancel"
            type="button"
          />
          <Button
            disabled={!isReady || state === 'busy'}
            fontSize={1}
            loading={state === 'busy'}
            // White words on Sanity's red or blue have less contrast than AA asks for.
            mode={isCritical ? 'ghost' : 'default'}
            padding={3}
            text={confirm}
            tone={isCritical ? 'critical' : 'default'}
            type="submit"
          />
        </Flex>
      </Stack>
    </form>
  );
}
