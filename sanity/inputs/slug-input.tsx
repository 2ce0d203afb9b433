/** @jsxImportSource react */
import { Button, Card, Flex, Stack, Text, TextInput } from '@sanity/ui';
import { type ReactNode, useState } from 'react';
import { PatchEvent, set, setIfMissing, type SlugInputProps, unset, useFormValue } from 'sanity';
import { IntentLink } from 'sanity/router';
import { stage } from '#stage';
import { languageFrom } from '../../src/briefing/language.ts';
import { childOf } from '../../src/briefing/problem.ts';
import { addressOfSlug } from './address-of-slug.ts';
import { useCircumstances } from './circumstances-context.tsx';
import { slugFrom, type Transliterated } from './slug-from.ts';
import { useSlugHolder } from './use-slug-holder.ts';

/** The last part of the address, made from the headline or the name, and whoever has it already. */
export function SlugInput(props: SlugInputProps): ReactNode {
  const { value, onChange, elementProps, readOnly = false, schemaType } = props;
  const document = useFormValue([]);
  const circumstances = useCircumstances();
  const [made, setMade] = useState<Transliterated | null>(null);
  const slug = value?.current ?? '';
  const type = textAt(document, '_type');
  const publicationLanguage = circumstances?.publicationLanguage ?? 'en';
  const language = languageFrom(textAt(document, 'language')) ?? publicationLanguage;
  const source = textAt(
    document,
    typeof schemaType.options?.source === 'string' ? schemaType.options.source : '',
  );
  const holder = useSlugHolder({
    type,
    slug,
    language,
    id: textAt(document, '_id').replace(/^drafts\./, ''),
  });
  const address = addressOfSlug({ type, slug, language, publicationLanguage });
  const write = (next: string) => {
    onChange(
      next === ''
        ? PatchEvent.from(unset())
        : PatchEvent.from([
            setIfMissing({ _type: schemaType.name, current: next }),
            set(next, ['current']),
          ]),
    );
  };
  return (
    <Stack gap={3}>
      <Flex gap={1}>
        <div style={{ flex: 1, minWidth: 0 }}>
          <TextInput
            {...elementProps}
            onChange={(event) => {
              setMade(null);
              write(event.currentTarget.value);
            }}
            readOnly={readOnly}
            spellCheck={false}
            value={slug}
          />
        </div>
        <Button
          disabled={readOnly || source.trim() === ''}
          fontSize={1}
          mode="ghost"
          onClick={() => {
            const next = slugFrom({ text: source, language });
            setMade(next);
            if (next.slug !== '') write(next.slug);
          }}
          paddingX={3}
          text="Generate"
          type="button"
        />
      </Flex>
      {address !== null && (
        <Text muted size={1} style={{ overflowWrap: 'anywhere' }}>
          {`${stage.siteUrl}${address}`}
        </Text>
      )}
      {made !== null && (made.lost.length > 0 || made.slug === '') && <Lost made={made} />}
      {holder !== null && (
        <Card aria-live="polite" border padding={3} radius={2} tone="caution">
          <Text size={1}>
            {holder.isDraft ? 'A draft wants this address too: ' : 'This address is taken by '}
            <IntentLink intent="edit" params={{ id: holder.id, type }}>
              {holder.title}
            </IntentLink>
            {holder.isDraft
              ? '. Whichever is published first gets it.'
              : '. Choose another, for example with one more word.'}
          </Text>
        </Card>
      )}
    </Stack>
  );
}

function Lost({ made }: { readonly made: Transliterated }) {
  return (
    <Card aria-live="polite" border padding={3} radius={2} tone="caution">
      <Text size={1}>
        {made.slug === ''
          ? 'None of these letters has a form in the Latin alphabet here. Write the address by hand.'
          : `No Latin form is known for ${made.lost.join(' ')}: look whether the address still reads well.`}
      </Text>
    </Card>
  );
}

function textAt(record: unknown, field: string): string {
  const text = childOf(record, field);
  return typeof text === 'string' ? text : '';
}
