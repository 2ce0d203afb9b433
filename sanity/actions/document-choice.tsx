/** @jsxImportSource react */
import { Box, Card, Stack, Text } from '@sanity/ui';
import { Autocomplete } from '@sanity/ui/autocomplete';
import { useEffect, useState } from 'react';
import { useClient } from 'sanity';
import type { DocumentId } from '../../src/briefing/model.ts';

/** A published document that can be chosen. */
export interface Choice {
  readonly id: DocumentId;
  readonly title: string;
  readonly subtitle: string | null;
}

/** How many are offered at once; who looks for another types more of it. */
const offered = 20;

/**
 * A published document of a type, found by what it is called. Typing asks the content lake, so it is as
 * quick with ten thousand documents as with ten.
 */
export function DocumentChoice({
  id,
  type,
  except,
  onChoose,
}: {
  readonly id: string;
  readonly type: 'briefing' | 'person' | 'team' | 'author' | 'topic';
  readonly except: DocumentId;
  readonly onChoose: (choice: Choice | null) => void;
}) {
  const client = useClient({ apiVersion: '2025-02-19' });
  const [query, setQuery] = useState('');
  // Kept, since the next search may not find it: choosing ends the one by which it was found.
  const [chosen, setChosen] = useState<Choice | null>(null);
  const [state, setState] = useState<readonly Choice[] | 'searching' | 'failed'>('searching');
  useEffect(() => {
    let isCurrent = true;
    const timer = setTimeout(() => {
      client
        .fetch<Choice[]>(queryFor(type), { type, except, words: wordsIn(query) }, published)
        .then(
          (found) => isCurrent && setState(found),
          () => isCurrent && setState('failed'),
        );
    }, 150);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [client, type, except, query]);
  const found = typeof state === 'string' ? [] : state;
  const choiceOf = (value: string) => [...found, chosen].find((choice) => choice?.id === value);
  return (
    <Stack gap={3}>
      <Autocomplete
        aria-describedby={`${id}-state`}
        filterOption={() => true}
        fontSize={1}
        id={id}
        loading={state === 'searching'}
        onChange={(value) => {
          const choice = choiceOf(value) ?? null;
          setChosen(choice);
          onChoose(choice);
        }}
        onQueryChange={(typed) => setQuery(typed ?? '')}
        openButton
        options={found.map((choice) => ({ value: choice.id, choice }))}
        padding={3}
        placeholder="Type to search"
        renderOption={({ choice }) => (
          <Card as="button" padding={3}>
            <Stack gap={2}>
              <Text size={1}>{choice.title}</Text>
              {choice.subtitle !== null && (
                <Text muted size={0}>
                  {choice.subtitle}
                </Text>
              )}
            </Stack>
          </Card>
        )}
        renderValue={(value) => choiceOf(value)?.title ?? value}
      />
      <Box aria-live="polite" id={`${id}-state`}>
        {state === 'failed' && (
          <Text muted size={1}>
            The search did not answer. Type again to try again.
          </Text>
        )}
        {typeof state !== 'string' && state.length === 0 && (
          <Text muted size={1}>
            {query === '' ? 'There is no other that is published.' : 'None is called so.'}
          </Text>
        )}
      </Box>
    </Stack>
  );
}

const published = { perspective: 'published' } as const;

/** Each word of it begins a word of the title. */
function wordsIn(query: string): string[] {
  const words = query.split(/\s+/).filter((word) => word !== '');
  return words.length === 0 ? ['*'] : words.map((word) => `${word}*`);
}

function queryFor(type: string): string {
  switch (type) {
    case 'briefing':
      return `*[_type == $type && _id != $except && defined(slug.current) && headline match $words]
        | order(date desc)[0...${offered}]{"id": _id, "title": headline, "subtitle": date + " · " + coalesce(person->name, "")}`;
    case 'topic':
      return `*[_type == $type && _id != $except && !defined(mergedInto) && title match $words]
        | order(title asc)[0...${offered}]{"id": _id, title, "subtitle": slug.current}`;
    default:
      return `*[_type == $type && _id != $except && !defined(mergedInto) && name match $words]
        | order(name asc)[0...${offered}]{"id": _id, "title": name, "subtitle": coalesce(slug.current, description)}`;
  }
}
