/** @jsxImportSource react */
import { Select } from '@sanity/ui';
import type { ReactNode } from 'react';
import { set, type StringInputProps, unset } from 'sanity';
import { languages } from './languages.ts';

/** Languages by their English names. A tag that is not among them stays, and is shown as it is. */
export function LanguageInput({
  elementProps,
  onChange,
  readOnly,
  value = '',
}: StringInputProps): ReactNode {
  const isListed = value === '' || languages.some(({ tag }) => tag === value);
  return (
    <Select
      {...elementProps}
      disabled={readOnly}
      onChange={({ currentTarget }) =>
        onChange(currentTarget.value === '' ? unset() : set(currentTarget.value))
      }
      value={value}
    >
      <option value="">Choose a language</option>
      {!isListed && <option value={value}>{value}</option>}
      {languages.map(({ tag, name }) => (
        <option key={tag} value={tag}>
          {`${name} (${tag})`}
        </option>
      ))}
    </Select>
  );
}
