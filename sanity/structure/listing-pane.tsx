/** @jsxImportSource react */
import { Badge, Box, Button, Card, Flex, Spinner, Stack, Text, TextInput } from '@sanity/ui';
import { useState } from 'react';
import { Preview, useSchema } from 'sanity';
import type { UserComponent } from 'sanity/structure';
import { usePublication } from '../receipt/use-publication.ts';
import { CreateButton } from './create-button.tsx';
import { EmptyList } from './empty-list.tsx';
import type { Listing, Row } from './listing.ts';
import { useRowLink } from './row-link.tsx';
import { type StoredPair, standingOf } from './standing.ts';
import { useListing } from './use-listing.ts';

/** So many rows at first, and more at a press. */
const step = 50;

/** A list of the desk as a pane. */
export function listingPane(listing: Listing): UserComponent {
  return function ListingPane({ childItemId }) {
    const [shown, setShown] = useState(step);
    const [search, setSearch] = useState('');
    const { state, again } = useListing(listing, { shown, search });
    return (
      <Flex direction="column" height="fill" style={{ minHeight: 0 }}>
        <Card borderBottom padding={3}>
          <Flex align="center" gap={2}>
            <Box flex={1}>
              <TextInput
                aria-label={`Find in ${listing.title}`}
                clearButton={search !== ''}
                fontSize={1}
                onChange={(event) => setSearch(event.currentTarget.value)}
                onClear={() => setSearch('')}
                padding={3}
                placeholder="Find in this list"
                value={search}
              />
            </Box>
            {listing.create !== undefined && (
              <CreateButton creation={{ ...listing.create, label: 'New' }} />
            )}
          </Flex>
        </Card>
        <Box flex={1} overflow="auto" style={{ minHeight: 0 }}>
          {state === 'reading' && <Reading />}
          {state === 'failed' && (
            <EmptyList
              advice="The content lake did not answer. Your work is safe; check your connection."
              title="This list could not be read"
            >
              <Button fontSize={1} mode="ghost" onClick={again} padding={3} text="Try again" />
            </EmptyList>
          )}
          {typeof state !== 'string' && state.rows.length === 0 && (
            <None listing={listing} search={search} />
          )}
          {typeof state !== 'string' && state.rows.length > 0 && (
            <Stack as="ul" gap={1} padding={2} paddingBottom={5}>
              {state.rows.map((row) => (
                <Item
                  isSelected={row.id === childItemId}
                  key={row.id}
                  pair={state.pairs.get(row.id) ?? null}
                  row={row}
                />
              ))}
              {state.count > state.rows.length && (
                <Box as="li" padding={2}>
                  <Button
                    fontSize={1}
                    mode="ghost"
                    onClick={() => setShown(shown + step)}
                    padding={3}
                    text={`Show more (${state.count - state.rows.length} left)`}
                    width="fill"
                  />
                </Box>
              )}
            </Stack>
          )}
        </Box>
      </Flex>
    );
  };
}

function Item({
  row,
  pair,
  isSelected,
}: {
  readonly row: Row;
  readonly pair: StoredPair | null;
  readonly isSelected: boolean;
}) {
  const schemaType = useSchema().get(row.type);
  const link = useRowLink(row);
  const publication = usePublication();
  const standings =
    pair === null
      ? []
      : standingOf(pair, {
          isBriefing: row.type === 'briefing',
          now: new Date().toISOString(),
          timeZone: typeof publication === 'string' ? 'UTC' : publication.timeZone,
        });
  return (
    <Box as="li">
      <Card
        as={link}
        data-as="a"
        data-testid={`row-${row.id}`}
        padding={1}
        radius={2}
        selected={isSelected}
      >
        <Flex align="center" gap={2} paddingRight={2} wrap="wrap">
          <Box flex={1} style={{ minWidth: '14em' }}>
            {schemaType === undefined ? (
              <Box padding={3}>
                <Text size={1}>{row.id}</Text>
              </Box>
            ) : (
              <Preview
                layout="default"
                schemaType={schemaType}
                value={{ _type: row.type, _id: row.id }}
              />
            )}
          </Box>
          {standings.length > 0 && (
            <Flex gap={2} paddingBottom={1} style={{ marginInlineStart: 'auto' }}>
              {standings.map(({ label, tone }) => (
                <Badge fontSize={0} key={label} tone={tone}>
                  {label}
                </Badge>
              ))}
            </Flex>
          )}
        </Flex>
      </Card>
    </Box>
  );
}

function None({ listing, search }: { readonly listing: Listing; readonly search: string }) {
  if (search.trim() !== '') {
    return (
      <EmptyList
        advice="Try a word of the headline, or the person’s name. The search at the top of the Studio looks everywhere."
        title="Nothing here is called so"
      />
    );
  }
  return (
    <EmptyList {...listing.empty}>
      {listing.create !== undefined && <CreateButton creation={listing.create} mode="default" />}
    </EmptyList>
  );
}

function Reading() {
  return (
    <Flex align="center" gap={3} padding={4}>
      <Spinner muted />
      <Text muted size={1}>
        Reading the list…
      </Text>
    </Flex>
  );
}
