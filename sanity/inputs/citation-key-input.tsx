/** @jsxImportSource react */
import { Select, Text } from '@sanity/ui';
import type { ReactNode } from 'react';
import { set, type StringInputProps, unset, useFormValue } from 'sanity';
import { citableSources } from './citable-sources.ts';

/** Which source marked words point to: chosen from the list of sources, by its title. */
export function CitationKeyInput(props: StringInputProps): ReactNode {
  const { value = '', onChange, elementProps, readOnly = false } = props;
  const sources = citableSources(useFormValue([]));
  const isKnown = value === '' || sources.some(({ key }) => key === value);
  if (sources.length === 0 && value === '') {
    return (
      <Text muted size={1}>
        There are no sources yet. Add one under Sources, then mark the words it supports.
      </Text>
    );
  }
  return (
    <Select
      aria-describedby={elementProps['aria-describedby']}
      id={elementProps.id}
      onBlur={elementProps.onBlur}
      onChange={(event) => {
        const key = event.currentTarget.value;
        onChange(key === '' ? unset() : set(key));
      }}
      onFocus={elementProps.onFocus}
      readOnly={readOnly}
      value={value}
    >
      <option value="">Choose a source</option>
      {!isKnown && <option value={value}>{`“${value}”, which is not among the sources`}</option>}
      {sources.map(({ key, label }) => (
        <option key={key} value={key}>
          {label}
        </option>
      ))}
    </Select>
  );
}
