import { defineField } from 'sanity';

/** Links to other places on the web. */
export function linksField(description: string) {
  return defineField({
    name: 'links',
    type: 'array',
    title: 'Links',
    description,
    of: [
      {
        type: 'object',
        name: 'webLink',
        title: 'Link',
        fields: [
          defineField({ name: 'title', type: 'string', title: 'Title', placeholder: 'Wikidata' }),
          defineField({ name: 'url', type: 'url', title: 'Address', placeholder: 'https://' }),
        ],
        preview: { select: { title: 'title', subtitle: 'url' } },
      },
    ],
  });
}
