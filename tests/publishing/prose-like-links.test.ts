import { describe, expect, test } from 'vitest';
import { noDifference, openNewsroom, type Newsroom } from './newsroom.ts';
import { reference } from '../simulator/newsroom.ts';

/** What an editor may write about the web, in any field: each would lead to a page that there is not. */
const prose = [
  'Every page had a link, <a href="/contact/">contact</a>, in 1996.',
  'It read <img src="/contact/" srcset="/contact/ 1w"> and <link>.',
  'They wrote [contact](https://daily.example/contact/) by hand.',
  'See <https://daily.example/contact/> or \\](https://daily.example/contact/).',
  'The sitemap had <loc>https://daily.example/contact/</loc>.',
  '","url":"https://daily.example/contact/","x":"',
] as const;

const words = (text: string, more: Readonly<Record<string, unknown>> = {}) => ({
  _type: 'block',
  _key: 'w',
  style: 'normal',
  markDefs: [],
  children: [{ _type: 'span', _key: 's', text, marks: [] }],
  ...more,
});
const portrait = (text: string) => ({
  _type: 'portrait',
  alt: `Alt ${text}`,
  caption: text,
  credit: text,
  creator: text,
  licence: { name: text, url: 'https://example.org/licence' },
});

/** Each text field of each type, one at a time. */
const fields: readonly [
  field: string,
  write: (newsroom: Newsroom, text: string) => readonly string[],
][] = [
  ...edits('siteSettings', {
    name: (text) => text,
    description: (text) => text,
    attribution: (text) => text,
    contact: (text) => text,
    licence: (text) => ({ name: text, url: 'https://example.org/licence' }),
    labelOverrides: (text) => [
      {
        _key: 'l',
        question: 'age',
        pronouns: 'she',
        language: 'en',
        text,
        effectiveFrom: '2020-01-01',
      },
    ],
  }),
  ...edits('p-ada', {
    name: (text) => text,
    sortName: (text) => text,
    nativeName: (text) => ({ text, language: 'fr' }),
    alsoKnownAs: (text) => [text],
    roles: (text) => [{ _key: 'r', title: text, from: '1840' }],
    links: (text) => [{ _key: 'k', title: text, url: 'https://example.org/ada' }],
    portrait,
    identities: (text) => [
      {
        _key: 'i',
        _type: 'identity',
        country: reference('c-uk'),
        demonym: text.slice(0, 110),
        note: text,
      },
    ],
  }),
  ...edits('c-uk', { name: (text) => text, demonym: (text) => text.slice(0, 110) }),
  ...edits('t-science', { title: (text) => text, description: (text) => text }),
  ...edits('team-desk', { name: (text) => text, description: (text) => text }),
  ...edits('b-one', {
    headline: (text) => text,
    summary: (text) => text,
    whyInTheNews: (text) => [words(text)],
    whyWeCare: (text) => [words(text, { style: 'blockquote', cite: text })],
    whyYouShouldCare: (text) => [words(text, { listItem: 'bullet', level: 1 })],
    whoElseCares: (text) => [words('Everybody.'), { ...portrait(text), _key: 'p' }],
    furtherComments: (text) => [words(text, { style: 'h3' })],
    citations: (text) => [
      { _key: 'c', key: 'c', url: 'https://example.org/c', title: text, publisher: text },
    ],
    score: (text) => ({ value: 7, about: text }),
    age: (text) => ({ value: 40, reason: text }),
    portrait,
    byline: (text) => [
      { _key: 'x', _type: 'bylineEntry', contributor: reference('team-desk'), note: text },
    ],
    corrections: (text) => [{ _key: 'k', at: '2026-10-12T10:00:00Z', kind: 'correction', text }],
    retraction: (text) => ({ at: '2026-10-12T10:00:00Z', reason: text }),
  }),
];

function edits(
  id: string,
  write: Readonly<Record<string, (text: string) => unknown>>,
): typeof fields {
  return Object.entries(write).map(([field, value]) => [
    `${id} ${field}`,
    (newsroom, text) => {
      newsroom.patch(id, { [field]: value(text) });
      return [id];
    },
  ]);
}

describe('prose that looks like a link', () => {
  test.each(fields)('in %s is published, inert, and is the clean build', async (_field, write) => {
    const newsroom = openNewsroom();
    newsroom.brief('b-one', { topics: [{ ...reference('t-science'), _key: 't' }] });
    newsroom.brief('b-two');
    await newsroom.publishWhole(['siteSettings', 'b-one', 'b-two']);
    for (const text of prose) {
      const ids = write(newsroom, text);
      const rev = newsroom.standing(ids[0] ?? '')._rev;
      const outcome = await newsroom.publish(...ids);
      expect(outcome.kind === 'done' && outcome.reports.find(({ id }) => id === ids[0])).toEqual({
        id: ids[0],
        rev,
        outcome: 'accepted',
        problems: [],
      });
      expect(await newsroom.links('/briefings/one/')).not.toContain('/contact/');
    }
    await newsroom.publishWhole([]);
    expect(await newsroom.differences()).toEqual(noDifference);

    newsroom.remove('b-two');
    await newsroom.publishWhole(['b-two']);
    expect(await newsroom.answer('/briefings/two/')).toBe('410');
    expect(await newsroom.differences()).toEqual(noDifference);
  });

  test('in every field at once, and a newer briefing beside it', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-one', { topics: [{ ...reference('t-science'), _key: 't' }] });
    newsroom.brief('b-two');
    const ids = new Set(['b-two']);
    for (const [index, [field, write]] of fields.entries()) {
      if (field === 'b-one retraction') continue;
      for (const id of write(newsroom, prose[index % prose.length] ?? '')) ids.add(id);
    }
    await newsroom.publishWhole([...ids]);
    newsroom.brief('b-three');
    await newsroom.publishWhole(['b-three']);

    expect((await newsroom.root()).live).toBe(3);
    expect(await newsroom.answer('/briefings/one/')).toBe('200');
    expect(await newsroom.differences()).toEqual(noDifference);
  });
});
