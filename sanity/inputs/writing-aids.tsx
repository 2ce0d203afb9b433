/** @jsxImportSource react */
import { Badge, Box, Button, Card, Stack, Text } from '@sanity/ui';
import { type ReactNode, useDeferredValue, useId, useMemo, useState } from 'react';
import { ALL_FIELDS_GROUP, type ObjectInputProps, stringToPath } from 'sanity';
import type { LintFinding } from '../../src/text/lint/finding.ts';
import { fieldOf, lintBriefing } from '../../src/text/lint/lint-briefing.ts';
import { useCircumstances } from './circumstances-context.tsx';
import { Fold } from './fold.tsx';
import { groupFindings } from './group-findings.ts';
import { questionOfField } from './question-of-field.ts';

/**
 * What a careful reader would mark, while it is being written. It advises: nothing here keeps a
 * briefing from being published. Folded it is one quiet line, so that the form stays where it is.
 */
export function WritingAids({ form }: { readonly form: ObjectInputProps }): ReactNode {
  const circumstances = useCircumstances();
  // Typing goes first; the list follows when there is time.
  const document = useDeferredValue(form.value);
  const person = circumstances?.facts ?? null;
  const findings = useMemo(() => lintBriefing({ document, person }), [document, person]);
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const titleOf = (field: string): string => {
    const question = questionOfField[field];
    if (circumstances !== null && question !== undefined) return circumstances.questions[question];
    return form.schemaType.fields.find(({ name }) => name === field)?.type.title ?? field;
  };
  return (
    <Card border data-testid="writing-aids" overflow="hidden" radius={2}>
      <Fold controls={id} isOpen={isOpen} onFold={setOpen} title="Writing aids">
        <Count of={findings.length} />
      </Fold>
      <div hidden={!isOpen} id={id}>
        <Card borderTop overflow="auto" paddingX={2} paddingY={3} style={{ maxHeight: 360 }}>
          {findings.length === 0 ? (
            <Nothing />
          ) : (
            <Stack gap={4}>
              {groupFindings(findings).map(({ field, findings: ofField }) => (
                <section aria-label={titleOf(field)} key={field}>
                  <Stack gap={2}>
                    <Box paddingX={2}>
                      <Text muted size={1} weight="medium">
                        {titleOf(field)}
                      </Text>
                    </Box>
                    <Stack as="ul" gap={1} style={{ listStyle: 'none', margin: 0, padding: 0 }}>
                      {ofField.map((finding) => (
                        <li key={`${finding.code} ${finding.path} ${finding.at}`}>
                          <Marked
                            finding={finding}
                            onChoose={() => {
                              goTo(finding, form);
                            }}
                          />
                        </li>
                      ))}
                    </Stack>
                  </Stack>
                </section>
              ))}
            </Stack>
          )}
        </Card>
      </div>
    </Card>
  );
}

function Count({ of: count }: { readonly of: number }) {
  return (
    <Badge fontSize={1} tone={count === 0 ? 'positive' : 'caution'}>
      {count === 0 ? 'Nothing to mark' : count}
    </Badge>
  );
}

function Nothing() {
  return (
    <Box padding={2}>
      <Text muted size={1}>
        Nothing to mark. Quotations, numbers, names, dates, ages and the score are watched while you
        write.
      </Text>
    </Box>
  );
}

function Marked({
  finding: { message, fix, excerpt },
  onChoose,
}: {
  readonly finding: LintFinding;
  readonly onChoose: () => void;
}) {
  return (
    <Button
      mode="bleed"
      onClick={onChoose}
      padding={2}
      style={{ width: '100%', textAlign: 'left' }}
      type="button"
    >
      <Stack gap={2}>
        {excerpt !== null && (
          <Text size={1} style={{ fontStyle: 'italic', whiteSpace: 'pre-wrap' }}>
            {excerpt}
          </Text>
        )}
        <Text size={1} style={{ whiteSpace: 'normal' }} weight="medium">
          {message}
        </Text>
        <Text muted size={1} style={{ whiteSpace: 'normal' }}>
          {fix}
        </Text>
      </Stack>
    </Button>
  );
}

/** To the place in the form; a field of another tab is brought into sight first. */
function goTo(finding: LintFinding, form: ObjectInputProps): void {
  const field = fieldOf(finding);
  const isInSight = form.members.some(
    (member) =>
      (member.kind === 'field' && member.name === field && member.inSelectedGroup) ||
      (member.kind === 'fieldSet' &&
        member.fieldSet.members.some((inner) => inner.kind === 'field' && inner.name === field)),
  );
  if (!isInSight) form.onFieldGroupSelect(ALL_FIELDS_GROUP.name);
  form.onPathFocus(stringToPath(finding.path));
}
