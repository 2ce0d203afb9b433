import { defineArrayMember, defineField } from 'sanity';
import { SourceItem } from '../inputs/source-item.tsx';
import { SourceIcon } from './icons.tsx';

/** A source, printed as a numbered note where the text cites its key. */
export const citation = defineArrayMember({
  type: 'object',
  name: 'citation',
  title: 'Source',
  icon: SourceIcon,
  components: { item: SourceItem },
  fields: [
    defineField({
      name: 'key',
      type: 'string',
      title: 'Key',
      description: 'A short word of yours for it, such as “britannica”; the text cites it by this.',
    }),
    defineField({ name: 'title', type: 'string', title: 'Title' }),
    defineField({ name: 'url', type: 'url', title: 'Address', placeholder: 'https://' }),
    defineField({ name: 'publisher', type: 'string', title: 'Publisher' }),
    defineField({
      name: 'accessedOn',
      type: 'date',
      title: 'Read on',
      description: 'The day it said what we say it said.',
    }),
    defineField({
      name: 'archiveUrl',
      type: 'url',
      title: 'Archived copy',
      description: 'A copy in a web archive, should the page change or go.',
    }),
  ],
  preview: {
    select: { title: 'title', url: 'url', publisher: 'publisher' },
    prepare: ({ title, url, publisher }) => ({
      title: [title, address(url)].find(isText) ?? 'No title yet',
      ...(isText(publisher) ? { subtitle: publisher } : {}),
    }),
  },
});

/** An address as it is said: of two pages of one site, each is told from the other. */
function address(url: unknown): string | null {
  return isText(url) ? url.replace(/^https?:\/\/(?:www\.)?/i, '').replace(/\/$/, '') : null;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}
