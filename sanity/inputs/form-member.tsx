/** @jsxImportSource react */
import type { ReactNode } from 'react';
import { MemberField, type ObjectInputProps, type RenderInputCallback } from 'sanity';

/** One field of an object in its usual frame; its input may be another. */
export function FormMember({
  form,
  name,
  renderInput = form.renderInput,
}: {
  readonly form: ObjectInputProps;
  readonly name: string;
  readonly renderInput?: RenderInputCallback;
}): ReactNode {
  const member = form.members.find((each) => each.kind === 'field' && each.name === name);
  if (member?.kind !== 'field') return null;
  return (
    <MemberField
      member={member}
      renderField={form.renderField}
      renderInput={renderInput}
      renderItem={form.renderItem}
      renderPreview={form.renderPreview}
    />
  );
}
