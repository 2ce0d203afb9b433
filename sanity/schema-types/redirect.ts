import { defineField, defineType } from 'sanity';
import { RedirectIcon } from './icons.tsx';
import { rulesOfTheCore } from '../validation/rules-of-the-core.ts';

/** Where readers of a briefing that is gone should go. Written by “Unpublish”, never by hand. */
export const redirect = defineType({
  name: 'redirect',
  type: 'document',
  title: 'Redirect',
  icon: RedirectIcon,
  validation: rulesOfTheCore,
  readOnly: true,
  fields: [
    defineField({
      name: 'from',
      type: 'string',
      title: 'Gone',
      description: 'The id of the briefing that was unpublished.',
    }),
    defineField({
      name: 'to',
      type: 'reference',
      to: [{ type: 'briefing' }],
      weak: true,
      title: 'Readers go to',
      description: 'Empty: to the home page.',
    }),
  ],
  preview: {
    select: { from: 'from', to: 'to.headline' },
    prepare: ({ from, to }) => ({
      title: typeof from === 'string' ? from : 'Redirect',
      subtitle: `leads to ${typeof to === 'string' ? `“${to}”` : 'the home page'}`,
    }),
  },
});
