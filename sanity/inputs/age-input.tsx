/** @jsxImportSource react */
import { Button, Card, Stack, Text } from '@sanity/ui';
import { type ReactNode, useId, useState } from 'react';
import { type ObjectInputProps, unset } from 'sanity';
import { IntentLink } from 'sanity/router';
import { catalogueFor } from '../../src/briefing/labels/catalogue-for.ts';
import { useCircumstances } from './circumstances-context.tsx';
import { Fold } from './fold.tsx';
import { FormMember } from './form-member.tsx';
import { printedAge } from './printed-age.ts';

/** The age as it will be printed; another one only on purpose, and with a reason. */
export function AgeInput(props: ObjectInputProps): ReactNode {
  const circumstances = useCircumstances();
  const [wanted, setWanted] = useState(false);
  const id = useId();
  const printed = printedAge({
    override: props.value,
    circumstances,
    words: catalogueFor(circumstances?.language ?? 'en'),
  });
  const isOpen = wanted || printed.isOverridden || props.validation.length > 0;
  return (
    <Stack gap={3}>
      <Card
        aria-live="polite"
        border
        data-testid="printed-age"
        padding={3}
        radius={2}
        tone={printed.tone}
      >
        <Stack gap={3}>
          <Text size={2} weight="medium">
            {printed.text}
          </Text>
          <Text muted size={1}>
            {printed.because}
          </Text>
          {printed.isForPerson && circumstances?.personId && (
            <Text size={1}>
              <IntentLink
                intent="edit"
                params={{ id: circumstances.personId, type: 'person', path: 'born' }}
              >
                Open the person’s record
              </IntentLink>
            </Text>
          )}
        </Stack>
      </Card>
      <Card border overflow="hidden" radius={2}>
        <Fold controls={id} isOpen={isOpen} onFold={setWanted} title="Print another age" />
        <div hidden={!isOpen} id={id}>
          <Card borderTop padding={3}>
            <Stack gap={4}>
              <FormMember form={props} name="value" />
              <FormMember form={props} name="reason" />
              {printed.isOverridden && (
                <div>
                  <Button
                    disabled={props.readOnly ?? false}
                    fontSize={1}
                    mode="ghost"
                    onClick={() => {
                      props.onChange(unset());
                      setWanted(false);
                    }}
                    padding={3}
                    text="Go back to the computed age"
                    type="button"
                  />
                </div>
              )}
            </Stack>
          </Card>
        </div>
      </Card>
    </Stack>
  );
}
