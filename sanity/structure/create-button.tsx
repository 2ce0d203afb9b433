/** @jsxImportSource react */
import { Button } from '@sanity/ui';
import { useRouter } from 'sanity/router';
import type { Creation } from './listing.ts';

/** Begins a new document, with what its template and its place in the desk say of it. */
export function CreateButton({
  creation,
  mode = 'ghost',
}: {
  readonly creation: Creation;
  readonly mode?: 'ghost' | 'default';
}) {
  const { navigateIntent } = useRouter();
  const { label, type, template, parameters } = creation;
  return (
    <Button
      fontSize={1}
      mode={mode}
      onClick={() => navigateIntent('create', [{ type, template }, parameters ?? {}])}
      padding={3}
      text={label}
    />
  );
}
