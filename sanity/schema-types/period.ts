import { defineField } from 'sanity';

/** From when to when something holds, as exactly as is known. */

export const fromField = defineField({
  name: 'from',
  type: 'string',
  title: 'From',
  placeholder: '1991, 1991-12 or 1991-12-16',
  description: 'Empty: always, as far as briefings are concerned.',
});

export const untilField = defineField({
  name: 'until',
  type: 'string',
  title: 'Until',
  placeholder: '2019, 2019-03 or 2019-03-20',
  description: 'Empty: still. A briefing prints what held on its own date.',
});
