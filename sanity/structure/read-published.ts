import type { SanityClient } from 'sanity';
import { documentTypes } from '../../src/briefing/model.ts';
import { receiptFrom } from '../receipt/look.ts';
import { receiptAddress } from '../site/receipt-address.ts';
import type { Examined, Fetched } from './examination.ts';

const ofOurTypes = '_type in $types';
const parameters = { types: [...documentTypes] };
const published = { perspective: 'published' } as const;

/** What is published in the content lake, and its receipts at the public site. */
export function readPublished(client: SanityClient, siteUrl: string): Examined {
  return {
    count: () => client.fetch<number>(`count(*[${ofOurTypes}])`, parameters, published),
    page: (after, size) =>
      client.fetch<Fetched[]>(
        `*[${ofOurTypes}${after === null ? '' : ` && ${isAfter}`}]
          | order(_updatedAt desc, _id desc)[0...${Math.max(0, Math.trunc(size))}]`,
        after === null ? parameters : { ...parameters, at: after['_updatedAt'], id: after['_id'] },
        published,
      ),
    receipt: async (id, rev) => {
      const answer = await fetch(siteUrl + (await receiptAddress(id, rev)), {
        cache: 'no-store',
        credentials: 'omit',
        signal: AbortSignal.timeout(10_000),
      });
      if (answer.status === 404) return null;
      if (!answer.ok) throw new Error(`The site answered ${answer.status} for a receipt`);
      return receiptFrom(await answer.json());
    },
  };
}

/** Many documents may have been written in one moment: their ids decide then. */
const isAfter = '(_updatedAt < $at || (_updatedAt == $at && _id < $id))';
