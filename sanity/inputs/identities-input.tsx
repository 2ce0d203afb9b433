/** @jsxImportSource react */
import { Badge, Card, Flex, Stack, Text } from '@sanity/ui';
import { Autocomplete } from '@sanity/ui/autocomplete';
import { type ReactNode, useId, useState } from 'react';
import type { ArrayOfObjectsInputProps } from 'sanity';
import { IntentLink } from 'sanity/router';
import { catalogueFor } from '../../src/briefing/labels/catalogue-for.ts';
import type { Country } from '../../src/briefing/model.ts';
import { childOf } from '../../src/briefing/problem.ts';
import { type Circumstances } from './circumstances.ts';
import { useCircumstances } from './circumstances-context.tsx';
import { demonymIn, searchCountries, standing } from './countries.ts';
import { newKey } from './new-key.ts';
import { printedIdentities } from './printed-identities.ts';
import { type Countries, useCountries } from './use-countries.ts';

/** Westphalian identities, picked from the countries of the lake, and what will be printed. */
export function IdentitiesInput(props: ArrayOfObjectsInputProps): ReactNode {
  const circumstances = useCircumstances();
  const [asked, setAsked] = useState(0);
  const countries = useCountries(asked);
  const add = (country: Country) => {
    props.onItemAppend({
      _key: newKey(),
      // The type of the entries is fixed by the schema; the form only knows that they have keys.
      ...{ _type: 'identity', country: { _type: 'reference', _ref: country.id } },
    });
  };
  return (
    <Stack gap={3} paddingTop={2}>
      <Search
        countries={countries}
        isReadOnly={props.readOnly ?? false}
        onAsk={() => {
          setAsked(asked + 1);
        }}
        onChoose={add}
        taken={(props.value ?? []).map((entry) => childOf(childOf(entry, 'country'), '_ref'))}
      />
      {props.renderDefault({ ...props, arrayFunctions: NoFurtherButton })}
      {circumstances !== null && countries.state === 'there' && (
        <Printed
          circumstances={circumstances}
          countries={countries.countries}
          identities={props.value}
        />
      )}
    </Stack>
  );
}

/** Entries are added by the search above the list. */
function NoFurtherButton() {
  return null;
}

function Search({
  countries,
  taken,
  isReadOnly,
  onAsk,
  onChoose,
}: {
  readonly countries: Countries;
  readonly taken: readonly unknown[];
  readonly isReadOnly: boolean;
  readonly onAsk: () => void;
  readonly onChoose: (country: Country) => void;
}) {
  const id = useId();
  const [query, setQuery] = useState('');
  // A new one for each choice: what was typed is then gone, and the next can be typed.
  const [round, setRound] = useState(0);
  const all = countries.state === 'there' ? countries.countries : [];
  const found = searchCountries(all, query);
  const byId = new Map(found.map((country) => [country.id, country]));
  return (
    <Stack gap={2}>
      <Text as="label" htmlFor={id} size={1} weight="medium">
        Add a country
      </Text>
      <Autocomplete
        disabled={isReadOnly}
        filterOption={() => true}
        fontSize={1}
        id={id}
        key={round}
        loading={countries.state === 'loading'}
        onFocus={onAsk}
        onQueryChange={(text) => {
          setQuery(text ?? '');
        }}
        onSelect={(value) => {
          const country = byId.get(value);
          if (country === undefined) return;
          onChoose(country);
          setQuery('');
          setRound(round + 1);
        }}
        openButton
        options={found.map((country) => ({ value: country.id, country }))}
        placeholder="Name, people, code or a former name"
        renderOption={({ country }) => (
          <Option country={country} isTaken={taken.includes(country.id)} />
        )}
        renderValue={(_, option) => option?.country.name.text ?? ''}
      />
      {countries.state === 'unreachable' && (
        <Text muted size={1}>
          The countries could not be fetched. They come back with the connection.
        </Text>
      )}
      {countries.state === 'there' && query.trim() !== '' && found.length === 0 && (
        <Text muted size={1}>
          No country of this publication answers to “{query.trim()}”.{' '}
          <IntentLink intent="create" params={{ type: 'country' }}>
            Add it to the countries
          </IntentLink>
          .
        </Text>
      )}
    </Stack>
  );
}

function Option({ country, isTaken }: { readonly country: Country; readonly isTaken: boolean }) {
  const of = standing[country.status];
  return (
    <Card as="button" padding={3} radius={2}>
      <Flex align="center" gap={3}>
        <Stack flex={1} gap={2}>
          <Text size={1} weight="medium">
            {country.demonym.text}
          </Text>
          <Text muted size={1}>
            {country.name.text} · {country.code}
          </Text>
        </Stack>
        {of !== null && (
          <Badge tone={country.status === 'contested' ? 'caution' : 'default'}>{of}</Badge>
        )}
        {isTaken && <Badge tone="primary">in the list</Badge>}
      </Flex>
    </Card>
  );
}

/** The answer as it will be printed, from this list or from the person's record. */
function Printed({
  identities,
  countries,
  circumstances,
}: {
  readonly identities: unknown;
  readonly countries: readonly Country[];
  readonly circumstances: Circumstances;
}) {
  const { date, language, publicationLanguage, person } = circumstances;
  const words = catalogueFor(language);
  const isOwn = Array.isArray(identities) && identities.length > 0;
  const printed = printedIdentities({
    identities: isOwn
      ? identities
      : person.state === 'there'
        ? childOf(person.document, 'identities')
        : undefined,
    countries,
    date: isOwn ? null : date,
    language,
    publicationLanguage,
  });
  return (
    <Card aria-live="polite" border padding={3} radius={2} tone="transparent">
      <Stack gap={3}>
        <Text muted size={1}>
          {isOwn
            ? 'Printed, for this briefing alone'
            : date === null
              ? 'Printed, from the person’s record'
              : `Printed, from the person’s record as of ${words.date(date)}`}
        </Text>
        {(printed.length === 0 ? [words.unknownIdentity] : printed).map((line) => (
          <Text key={line} size={2}>
            {line}
          </Text>
        ))}
      </Stack>
    </Card>
  );
}
