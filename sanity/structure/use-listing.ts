import { useCallback, useEffect, useState } from 'react';
import { useClient } from 'sanity';
import { queryOf, type Listing, type Row, searchOf } from './listing.ts';
import { standingQuery, type Stored, type StoredPair } from './standing.ts';

/** What a list shows at the moment. */
export interface ListingState {
  readonly rows: readonly Row[];
  readonly count: number;
  readonly pairs: ReadonlyMap<string, StoredPair>;
}

/**
 * The rows of a list, kept up to date while it is open: whatever changes in the content lake is asked for
 * again, at most once in a second.
 */
export function useListing(
  listing: Listing,
  { shown, search }: { readonly shown: number; readonly search: string },
): { readonly state: ListingState | 'reading' | 'failed'; readonly again: () => void } {
  const client = useClient({ apiVersion: '2025-02-19' });
  const [state, setState] = useState<ListingState | 'reading' | 'failed'>('reading');
  const [turn, setTurn] = useState(0);
  const words = wordsIn(search);
  const wanted = words.length === 0 ? listing : searchOf(listing);
  const key = JSON.stringify([wanted.filter, listing.params, words, shown, turn]);

  useEffect(() => {
    let isCurrent = true;
    const read = async () => {
      const { rows, count } = await client.fetch<{ rows: Row[]; count: number }>(
        queryOf(wanted),
        { ...listing.params, words, shown },
        { perspective: listing.perspective },
      );
      const published = rows.map((row) => ({ ...row, id: publishedId(row.id) }));
      const stored = await client.fetch<(Stored & { id: string })[]>(
        standingQuery,
        { ids: published.flatMap(({ id }) => [id, `drafts.${id}`]) },
        { perspective: 'raw' },
      );
      const byId = new Map(stored.map((each) => [each.id, each]));
      const pairs = published.map(({ id }): [string, StoredPair] => [
        id,
        { draft: byId.get(`drafts.${id}`) ?? null, published: byId.get(id) ?? null },
      ]);
      if (isCurrent) setState({ rows: published, count, pairs: new Map(pairs) });
    };
    read().catch(() => isCurrent && setState('failed'));
    return () => {
      isCurrent = false;
    };
    // The key says all that the query depends on.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [client, key]);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const subscription = client
      .listen(
        '*[!(_type match "system.*") && !(_type match "sanity.*")]',
        {},
        { includeResult: false, visibility: 'query', events: ['mutation', 'reconnect'] },
      )
      .subscribe({
        next: () => {
          timer ??= setTimeout(() => {
            timer = undefined;
            setTurn((before) => before + 1);
          }, 1_000);
        },
        // Without it the list stands still, and is read when it is opened again.
        error: () => {},
      });
    return () => {
      clearTimeout(timer);
      subscription.unsubscribe();
    };
  }, [client]);

  const again = useCallback(() => {
    setState('reading');
    setTurn((before) => before + 1);
  }, []);
  return { state, again };
}

function publishedId(id: string): string {
  return id.replace(/^drafts\./, '');
}

function wordsIn(search: string): string[] {
  return search
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => `${word}*`);
}
