/** @jsxImportSource react */
import { Button, Flex, Grid, Stack, Text } from '@sanity/ui';
import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import { type NumberInputProps, set, unset } from 'sanity';
import { stepFrom } from './step-from.ts';

const steps = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const;

// oxlint-disable jsx-a11y/prefer-tag-over-role -- native radios cannot take the Studio's tokens; the keys are handled below.
/** Eleven steps from 0 to 10: one stop for the Tab key, arrows and digits choose. */
export function ScoreSteps({
  value,
  onChange,
  readOnly = false,
  elementProps,
}: NumberInputProps): ReactNode {
  const group = useRef<HTMLDivElement>(null);
  const reachable = steps.find((step) => step === value) ?? 0;
  const choose = (step: number | null) => {
    if (readOnly) return;
    onChange(step === null ? unset() : set(step));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = stepFrom({ key: event.key, current: typeof value === 'number' ? value : null });
    if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    choose(step);
    group.current?.querySelectorAll<HTMLButtonElement>('[role=radio]')[step ?? 0]?.focus();
  };
  return (
    <Stack gap={3}>
      <Grid
        aria-label="Score out of ten"
        gap={1}
        gridTemplateColumns={11}
        onKeyDown={onKeyDown}
        ref={group}
        role="radiogroup"
      >
        {steps.map((step) => (
          <Button
            aria-checked={value === step}
            aria-label={`${step} out of ten`}
            disabled={readOnly}
            fontSize={1}
            key={step}
            mode={value === step ? 'default' : 'ghost'}
            onBlur={elementProps.onBlur}
            onClick={() => {
              choose(step);
            }}
            onFocus={elementProps.onFocus}
            paddingX={1}
            paddingY={3}
            ref={step === reachable ? elementProps.ref : undefined}
            role="radio"
            tabIndex={step === reachable ? 0 : -1}
            text={String(step)}
            tone={value === step ? 'primary' : 'default'}
            type="button"
          />
        ))}
      </Grid>
      <Flex align="center" gap={3} justify="space-between" style={{ minHeight: 25 }}>
        <Text muted size={1}>
          Nobody needs to know
        </Text>
        {typeof value === 'number' && !readOnly && (
          <Button
            fontSize={1}
            mode="bleed"
            onClick={() => {
              choose(null);
            }}
            padding={2}
            text="Clear"
            type="button"
          />
        )}
        <Text align="right" muted size={1}>
          Everybody should
        </Text>
      </Flex>
    </Stack>
  );
}
