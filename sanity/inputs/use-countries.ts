import { useEffect, useState } from 'react';
import { useClient } from 'sanity';
import type { Country } from '../../src/briefing/model.ts';
import { countriesFrom } from './countries.ts';

export type Countries =
  | { readonly state: 'loading' }
  | { readonly state: 'unreachable' }
  | { readonly state: 'there'; readonly countries: readonly Country[] };

/** The published countries of the lake; asked again when `asked` changes. */
export function useCountries(asked: number): Countries {
  const client = useClient({ apiVersion: '2025-02-19' });
  const [countries, setCountries] = useState<Countries>({ state: 'loading' });
  useEffect(() => {
    let isWanted = true;
    client
      .fetch<readonly unknown[]>('*[_type == "country"]', {}, { perspective: 'published' })
      .then((documents) => {
        if (isWanted) setCountries({ state: 'there', countries: countriesFrom(documents) });
      })
      .catch(() => {
        if (isWanted)
          setCountries((before) => (before.state === 'there' ? before : { state: 'unreachable' }));
      });
    return () => {
      isWanted = false;
    };
  }, [client, asked]);
  return countries;
}
