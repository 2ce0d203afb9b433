import { defineField, defineType } from 'sanity';
import { PortraitInput } from '../inputs/portrait-input.tsx';
import { PictureIcon } from './icons.tsx';

/** A picture with its words and its rights; also a picture within an answer. */
export const portrait = defineType({
  name: 'portrait',
  type: 'object',
  title: 'Picture',
  icon: PictureIcon,
  components: { input: PortraitInput },
  fieldsets: [
    {
      name: 'rights',
      title: 'Rights',
      description: 'Every picture needs a credit and a licence before it can be published.',
    },
  ],
  fields: [
    defineField({
      name: 'image',
      type: 'image',
      title: 'Image',
      description:
        'At least 1,200 pixels wide. Set the hotspot on the face: every crop on the site keeps it in sight.',
      options: {
        // The one shape in which the site shows a portrait.
        hotspot: { previews: [{ title: 'On the site, 4:5', aspectRatio: 4 / 5 }] },
        accept: 'image/jpeg,image/png,image/webp',
      },
    }),
    defineField({
      name: 'alt',
      type: 'text',
      rows: 2,
      title: 'Alternative text',
      description:
        'What is seen, for readers who cannot see it: “A woman at a desk, looking up from a letter.”',
    }),
    defineField({
      name: 'decorative',
      type: 'boolean',
      title: 'Only decoration',
      description: 'The picture tells nothing that the text does not; screen readers skip it.',
    }),
    defineField({
      name: 'caption',
      type: 'text',
      rows: 2,
      title: 'Caption',
      description: 'What the picture means here: who, where, when. Printed under it.',
    }),
    defineField({
      name: 'credit',
      type: 'string',
      title: 'Credit',
      description:
        'Printed beside the picture, as its owner asks: “Photograph: A. Person / Agency”.',
      fieldset: 'rights',
    }),
    defineField({
      name: 'creator',
      type: 'string',
      title: 'Creator',
      description: 'Who made it, by name alone. Told to search engines, not printed.',
      fieldset: 'rights',
    }),
    defineField({
      name: 'licence',
      type: 'object',
      title: 'Licence',
      fieldset: 'rights',
      options: { columns: 2 },
      fields: [
        defineField({
          name: 'name',
          type: 'string',
          title: 'Name',
          placeholder: 'CC BY 4.0',
        }),
        defineField({ name: 'url', type: 'url', title: 'Address of its text' }),
      ],
    }),
    defineField({
      name: 'acquireUrl',
      type: 'url',
      title: 'Where to buy or license it',
      description:
        'A page of the agency or the archive. Search engines show it beside the picture.',
      fieldset: 'rights',
    }),
  ],
  preview: {
    select: { media: 'image', caption: 'caption', alt: 'alt', credit: 'credit' },
    prepare: ({ media, caption, alt, credit }) => ({
      title: [caption, alt].find((text) => typeof text === 'string' && text !== '') ?? 'Picture',
      subtitle: typeof credit === 'string' ? credit : 'No credit yet',
      media,
    }),
  },
});
