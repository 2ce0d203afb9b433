/** @jsxImportSource react */
import { Card, Stack, Text } from '@sanity/ui';
import { type ReactNode, useState } from 'react';
import { type ArrayOfObjectsInputProps, insert, setIfMissing } from 'sanity';
import { catalogueFor } from '../../src/briefing/labels/catalogue-for.ts';
import type { Country } from '../../src/briefing/model.ts';
import { childOf } from '../../src/briefing/problem.ts';
import type { Circumstances } from './circumstances.ts';
import { useCircumstances } from './circumstances-context.tsx';
import { CountrySearch } from './country-search.tsx';
import { newKey } from './new-key.ts';
import { printedIdentities } from './printed-identities.ts';
import { useCountries } from './use-countries.ts';

/** Westphalian identities, picked from the countries of the lake, and what will be printed. */
export function IdentitiesInput(props: ArrayOfObjectsInputProps): ReactNode {
  const circumstances = useCircumstances();
  const [asked, setAsked] = useState(0);
  const countries = useCountries(asked);
  const add = (country: Country) => {
    props.onChange([setIfMissing([]), insert([identityOf(country)], 'after', [-1])]);
  };
  return (
    <Stack gap={3} paddingTop={2}>
      <CountrySearch
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

function identityOf(country: Country) {
  return {
    _key: newKey(),
    _type: 'identity',
    country: { _type: 'reference', _ref: country.id },
  };
}

/** Entries are added by the search above the list. */
function NoFurtherButton() {
  return null;
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
    <Card
      aria-live="polite"
      border
      data-testid="printed-identities"
      padding={3}
      radius={2}
      tone="transparent"
    >
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
