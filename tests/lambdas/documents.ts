/** Documents of the lake as the Studio leaves them, in as few words as a test needs. */

export const settings = {
  _id: 'siteSettings',
  _type: 'siteSettings',
  name: 'The Westphalian',
  description: 'People in the news, in eight questions.',
  timeZone: 'Europe/London',
  language: 'en',
  contact: 'desk@briefings.example',
};

export const curie = {
  _id: 'person-curie',
  _type: 'person',
  name: 'Marie Curie',
  sortName: 'Curie, Marie',
  slug: { _type: 'slug', current: 'marie-curie' },
  kind: 'individual',
  pronouns: 'she',
  born: '1867-11-07',
  died: '1934-07-04',
};

export function briefing(
  slug: string,
  fields: Readonly<Record<string, unknown>> = {},
): { _id: string; _type: string } & Record<string, unknown> {
  return {
    _id: `briefing-${slug}`,
    _type: 'briefing',
    headline: `About ${slug}`,
    slug: { _type: 'slug', current: slug },
    date: '2025-02-01',
    language: 'en',
    person: { _type: 'reference', _ref: 'person-curie' },
    whyInTheNews: text('A film about her opened.'),
    whyWeCare: text('Two prizes, two sciences.'),
    whyYouShouldCare: text('Your dentist has an X-ray.'),
    whoElseCares: text('Warsaw and Paris.'),
    ...fields,
  };
}

export function text(words: string): readonly unknown[] {
  return [
    {
      _type: 'block',
      _key: 'a1',
      style: 'normal',
      markDefs: [],
      children: [{ _type: 'span', _key: 'b1', text: words, marks: [] }],
    },
  ];
}
