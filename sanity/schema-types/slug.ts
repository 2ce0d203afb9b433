import { defineField } from 'sanity';
import { SlugInput } from '../inputs/slug-input.tsx';

/** The last part of a page's address, suggested from another field. */
export function slugField({ source, under }: { readonly source: string; readonly under: string }) {
  return defineField({
    name: 'slug',
    type: 'slug',
    title: 'Address',
    description: `The last part of ${under}. Readers of an old address are led to the new one.`,
    options: { source },
    components: { input: SlugInput },
  });
}
