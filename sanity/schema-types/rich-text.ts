import { defineArrayMember, defineField, defineType } from 'sanity';
import { CitationKeyInput } from '../inputs/citation-key-input.tsx';
import { BriefingIcon, LanguageIcon, SourceIcon } from './icons.tsx';
import { languageField } from './language.ts';

/** An answer: the closed set of what the site can print. There is no raw HTML. */
export const richText = defineType({
  name: 'richText',
  type: 'array',
  title: 'Answer',
  of: [
    defineArrayMember({
      type: 'block',
      styles: [
        { title: 'Text', value: 'normal' },
        { title: 'Heading', value: 'h3' },
        { title: 'Quotation', value: 'blockquote' },
      ],
      lists: [
        { title: 'Bullets', value: 'bullet' },
        { title: 'Numbers', value: 'number' },
      ],
      marks: {
        decorators: [
          { title: 'Strong', value: 'strong' },
          { title: 'Emphasis', value: 'em' },
        ],
        annotations: [link(), citation(), briefingReference(), lang()],
      },
    }),
    defineArrayMember({ type: 'portrait', title: 'Picture' }),
  ],
});

function link() {
  return defineArrayMember({
    type: 'object',
    name: 'link',
    title: 'Link',
    fields: [
      defineField({
        name: 'href',
        type: 'string',
        title: 'Address',
        description: 'The whole address: https://…, mailto:… or tel:…',
      }),
    ],
  });
}

function citation() {
  return defineArrayMember({
    type: 'object',
    name: 'citation',
    title: 'Source',
    icon: SourceIcon,
    fields: [
      defineField({
        name: 'citation',
        type: 'string',
        title: 'Source',
        description: 'One of the list of sources; it is printed as a numbered note.',
        components: { input: CitationKeyInput },
      }),
    ],
  });
}

function briefingReference() {
  return defineArrayMember({
    type: 'object',
    name: 'briefingReference',
    title: 'Another briefing',
    icon: BriefingIcon,
    fields: [
      defineField({
        name: 'reference',
        type: 'reference',
        to: [{ type: 'briefing' }],
        weak: true,
        title: 'Briefing',
        description: 'While it is not live, the text stands without a link.',
      }),
    ],
  });
}

function lang() {
  return defineArrayMember({
    type: 'object',
    name: 'lang',
    title: 'Foreign words',
    icon: LanguageIcon,
    fields: [
      defineField({
        ...languageField,
        description: 'Screen readers pronounce the words in it, and browsers choose its letters.',
      }),
    ],
  });
}
