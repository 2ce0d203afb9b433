/** @jsxImportSource react */
import { Badge, Box, Card, Flex, Stack, Text, TextInput } from '@sanity/ui';
import { type KeyboardEvent, type ReactNode, useId, useState } from 'react';
import { IntentLink } from 'sanity/router';
import type { Country } from '../../src/briefing/model.ts';
import { searchCountries, standing } from './countries.ts';
import type { Countries } from './use-countries.ts';

// oxlint-disable jsx-a11y/prefer-tag-over-role -- a combobox with several choices has no tag of its own.
/**
 * Finds countries as one types and takes several, one after another: arrows go through the list,
 * Enter takes, Escape folds it. The focus stays in the field throughout.
 */
export function CountrySearch({
  countries,
  taken,
  isReadOnly,
  onAsk,
  onChoose,
}: {
  readonly countries: Countries;
  /** Ids of the countries that are in the list already. */
  readonly taken: readonly unknown[];
  readonly isReadOnly: boolean;
  /** Told when the list is about to be needed. */
  readonly onAsk: () => void;
  readonly onChoose: (country: Country) => void;
}): ReactNode {
  const id = useId();
  const [query, setQuery] = useState('');
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const [refused, setRefused] = useState<Country | null>(null);
  const found =
    countries.state === 'there' ? searchCountries(countries.countries, query) : noCountries;
  const isShown = isOpen && found.length > 0;
  const choose = (country: Country | undefined) => {
    if (country === undefined) return;
    const isTaken = taken.includes(country.id);
    setRefused(isTaken ? country : null);
    if (isTaken) return;
    onChoose(country);
    setQuery('');
    setActive(0);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    switch (event.key) {
      case 'ArrowDown':
        setActive(isShown ? Math.min(active + 1, found.length - 1) : 0);
        setOpen(true);
        break;
      case 'ArrowUp':
        setActive(Math.max(active - 1, 0));
        break;
      case 'Enter':
        if (isShown) choose(found[active]);
        break;
      case 'Escape':
        if (!isShown) return;
        setOpen(false);
        break;
      default:
        return;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <Stack data-testid="country-search" gap={2}>
      <Text as="label" htmlFor={id} size={1} weight="medium">
        Add a country
      </Text>
      <Box style={{ position: 'relative' }}>
        <TextInput
          aria-activedescendant={isShown ? `${id}-${active}` : undefined}
          aria-autocomplete="list"
          aria-controls={`${id}-list`}
          aria-expanded={isShown}
          autoComplete="off"
          id={id}
          onBlur={() => {
            setOpen(false);
          }}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            setActive(0);
            setRefused(null);
            setOpen(true);
          }}
          onClick={() => {
            setOpen(true);
          }}
          onFocus={onAsk}
          onKeyDown={onKeyDown}
          placeholder="Name, people, code or a former name"
          readOnly={isReadOnly}
          role="combobox"
          value={query}
        />
        <Card
          border
          hidden={!isShown}
          marginTop={1}
          overflow="auto"
          padding={1}
          radius={2}
          shadow={3}
          style={{ left: 0, maxHeight: 280, position: 'absolute', right: 0, zIndex: 3 }}
        >
          <div aria-label="Countries" aria-multiselectable id={`${id}-list`} role="listbox">
            {isShown &&
              found.map((country, index) => (
                <Option
                  country={country}
                  id={`${id}-${index}`}
                  isActive={index === active}
                  isTaken={taken.includes(country.id)}
                  key={country.id}
                  onChoose={() => {
                    choose(country);
                  }}
                />
              ))}
          </div>
        </Card>
      </Box>
      <Text aria-live="polite" muted size={1}>
        {refused === null ? (
          <Told countries={countries} isNoneFound={found.length === 0} query={query.trim()} />
        ) : (
          `${refused.name.text} is in the list. For a second period, duplicate its entry there.`
        )}
      </Text>
    </Stack>
  );
}

const noCountries: readonly Country[] = [];

function Option({
  country,
  id,
  isActive,
  isTaken,
  onChoose,
}: {
  readonly country: Country;
  readonly id: string;
  readonly isActive: boolean;
  readonly isTaken: boolean;
  readonly onChoose: () => void;
}) {
  const ofStanding = standing[country.status];
  return (
    <Card
      aria-selected={isTaken}
      id={id}
      onClick={onChoose}
      onMouseDown={(event) => {
        // The focus stays in the field.
        event.preventDefault();
      }}
      padding={3}
      radius={2}
      ref={isActive ? scrollIntoSight : undefined}
      role="option"
      style={{ cursor: 'pointer' }}
      tone={isActive ? 'primary' : 'default'}
    >
      <Flex align="center" gap={3}>
        <Stack flex={1} gap={2}>
          <Text size={1} weight="medium">
            {country.demonym.text}
          </Text>
          <Text muted size={1}>
            {country.name.text} · {country.code}
          </Text>
        </Stack>
        {ofStanding !== null && (
          <Badge tone={country.status === 'contested' ? 'caution' : 'default'}>{ofStanding}</Badge>
        )}
        {isTaken && <Badge tone="positive">in the list</Badge>}
      </Flex>
    </Card>
  );
}

function scrollIntoSight(option: HTMLElement | null): void {
  option?.scrollIntoView({ block: 'nearest' });
}

/** What is to be said below the field; nothing while all is well. */
function Told({
  countries,
  query,
  isNoneFound,
}: {
  readonly countries: Countries;
  readonly query: string;
  readonly isNoneFound: boolean;
}) {
  if (countries.state === 'unreachable') {
    return 'The countries could not be fetched. Click into the field again once you are connected.';
  }
  if (countries.state === 'loading' || !isNoneFound) return null;
  if (query === '') return 'There are no countries yet.';
  return (
    <>
      No country of this publication answers to “{query}”.{' '}
      <IntentLink intent="create" params={{ type: 'country' }}>
        Add it to the countries
      </IntentLink>
    </>
  );
}
