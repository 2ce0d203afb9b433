import {
  briefingDocument,
  countryDocument,
  paragraph,
  personDocument,
  reference,
  settingsDocument,
  teamDocument,
} from '../briefing/sample.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A place of a document that takes an editor's text, and what it does with a long one. */
interface Field {
  /** A longer text is given in several of so many characters. */
  readonly longest: number;
  readonly document: (texts: readonly string[]) => Fields;
}

/** Every field that takes text, and every way in which an answer can be long. */
export const fields: Readonly<Record<string, Field>> = {
  'answer: pieces as long as they may be': inAnswer(65_000, (texts) => [
    paragraph('p', '', { children: texts.map((text, at) => span(text, at)) }),
  ]),
  'answer: bold as long as it may be': inAnswer(65_000, (texts) => [
    paragraph('p', '', {
      children: [span('Word', 0), ...texts.map((text, at) => span(text, at + 1, ['strong', 'em']))],
    }),
  ]),
  'answer: many pieces': inAnswer(40, (texts) => [
    paragraph('p', '', { children: texts.map((text, at) => span(text, at)) }),
  ]),
  'answer: many pieces under one mark': inAnswer(40, (texts) => [
    paragraph('p', '', {
      markDefs: definitions(1),
      children: texts.map((text, at) =>
        span(text, at, ['strong', 'link0', ...(at % 2 === 0 ? ['em'] : [])]),
      ),
    }),
  ]),
  'answer: many links': inAnswer(60, (texts) => [
    paragraph('p', '', {
      markDefs: definitions(texts.length),
      children: texts.map((text, at) => span(text, at, [`link${at}`])),
    }),
  ]),
  'answer: many citations and mentions': inAnswer(80, (texts) => [
    paragraph('p', '', {
      markDefs: texts.flatMap((_, at) => [
        { _key: `cite${at}`, _type: 'citation', citation: 'one' },
        {
          _key: `briefing${at}`,
          _type: 'briefingReference',
          reference: reference(`briefing-${at}`),
        },
      ]),
      children: texts.map((text, at) => span(text, at, [`cite${at}`, `briefing${at}`])),
    }),
  ]),
  'answer: marks that are unknown': inAnswer(60, (texts) => [
    paragraph('p', '', { children: texts.map((text, at) => span(text, at, ['blue', 'green'])) }),
  ]),
  'answer: many paragraphs': inAnswer(80, (texts) =>
    texts.map((text, at) => paragraph(`p${at}`, text)),
  ),
  'answer: many entries of lists': inAnswer(80, (texts) =>
    texts.map((text, at) =>
      paragraph(`p${at}`, text, {
        listItem: at % 5 === 0 ? 'number' : 'bullet',
        level: 1 + (at % 3),
      }),
    ),
  ),
  'answer: long entries of lists': inAnswer(40_000, (texts) =>
    texts.map((text, at) => paragraph(`p${at}`, text, { listItem: 'number', level: 1 + at })),
  ),
  'answer: quotations': inAnswer(300, (texts) =>
    texts.map((text, at) =>
      paragraph(`p${at}`, text, { style: 'blockquote', cite: text.slice(0, 300) }),
    ),
  ),
  'answer: headings': inAnswer(300, (texts) =>
    texts.map((text, at) => paragraph(`p${at}`, text, { style: 'h3' })),
  ),
  'answer: pictures': inAnswer(1_000, (texts) =>
    texts.map((text, at) => ({ _type: 'portrait', _key: `p${at}`, alt: text, caption: text })),
  ),
  'answer: why you should care': {
    longest: 65_000,
    document: (texts) =>
      briefingDocument({ whyYouShouldCare: texts.map((text, at) => paragraph(`p${at}`, text)) }),
  },
  headline: one((text) => briefingDocument({ headline: text })),
  summary: one((text) => briefingDocument({ summary: text })),
  'reason of an age': one((text) => briefingDocument({ age: { value: 50, reason: text } })),
  'about of a score': one((text) => briefingDocument({ score: { value: 7, about: text } })),
  identities: {
    longest: 300,
    document: (texts) =>
      briefingDocument({
        identities: texts.map((text, at) => ({
          _key: `i${at}`,
          country: reference('country-kz'),
          demonym: text.slice(0, 120),
          note: text,
        })),
      }),
  },
  'alt of a portrait': one((text) => briefingDocument({ portrait: { alt: text } })),
  'caption of a portrait': one((text) =>
    briefingDocument({ portrait: { alt: 'A street', caption: text } }),
  ),
  'credit and licence of a portrait': one((text) =>
    briefingDocument({
      portrait: {
        image: {
          asset: reference('image-0123456789abcdef0123456789abcdef01234567-1200x1500-jpg'),
        },
        alt: 'A street',
        credit: text,
        creator: text,
        licence: { name: text, url: `https://licence.example/${text}` },
        acquireUrl: `https://licence.example/${text}`,
      },
    }),
  ),
  citations: {
    longest: 300,
    document: (texts) =>
      briefingDocument({
        citations: texts.map((text, at) => ({
          _key: `c${at}`,
          key: `c${at}`,
          url: `https://source.example/${at}?${text}`,
          title: text,
          publisher: text,
        })),
      }),
  },
  corrections: {
    longest: 5_000,
    document: (texts) =>
      briefingDocument({
        corrections: texts.map((text, at) => ({
          _key: `c${at}`,
          at: '2026-11-25T08:00:00.000Z',
          kind: 'correction',
          text,
        })),
      }),
  },
  retraction: one((text) =>
    briefingDocument({ retraction: { at: '2026-11-25T08:00:00.000Z', reason: text } }),
  ),
  'notes of a byline': {
    longest: 300,
    document: (texts) =>
      briefingDocument({
        byline: texts.map((text, at) => ({
          _key: `b${at}`,
          contributor: reference('team-desk'),
          note: text,
        })),
      }),
  },
  'slug, date, language, references': one((text) =>
    briefingDocument({
      slug: { current: text },
      date: text,
      language: text,
      publishAt: text,
      person: reference(text),
      pronouns: text,
    }),
  ),
  'fields that are unknown': one((text) => briefingDocument({ [text]: { [text]: text } })),
  'name of a person': one((text) => personDocument({ name: text, sortName: text })),
  'native name': one((text) => personDocument({ nativeName: { text, language: 'ar' } })),
  'other names': {
    longest: 200,
    document: (texts) => personDocument({ alsoKnownAs: texts }),
  },
  'names in other languages': {
    longest: 200,
    document: (texts) =>
      personDocument({
        nameInOtherLanguages: texts.map((text, at) => ({ _key: `n${at}`, language: 'ar', text })),
      }),
  },
  roles: {
    longest: 300,
    document: (texts) =>
      personDocument({ roles: texts.map((text, at) => ({ _key: `r${at}`, title: text })) }),
  },
  'links of a person': {
    longest: 300,
    document: (texts) =>
      personDocument({
        links: texts.map((text, at) => ({
          _key: `l${at}`,
          title: text,
          url: `https://link.example/${text}`,
        })),
      }),
  },
  'name and demonym of a country': one((text) => countryDocument({ name: text, demonym: text })),
  'code of a country': one((text) => countryDocument({ code: text })),
  'description of a team': one((text) => teamDocument({ name: text, description: text })),
  'description of an author': one((text) => ({
    _id: 'author-a',
    _type: 'author',
    name: text,
    description: text,
  })),
  'description of a topic': one((text) => ({
    _id: 'topic-a',
    _type: 'topic',
    title: text,
    slug: { current: 'grain' },
    description: text,
  })),
  redirect: one((text) => ({ _id: 'redirect-a', _type: 'redirect', from: text })),
  'settings: name and description': one((text) =>
    settingsDocument({ name: text.slice(0, 200), description: text }),
  ),
  'settings: attribution, contact, licence, zone': one((text) =>
    settingsDocument({
      attribution: text,
      contact: text,
      licence: { name: text, url: `https://licence.example/${text}` },
    }),
  ),
  'settings: time zone and language': one((text) =>
    settingsDocument({ timeZone: text, language: text }),
  ),
  'settings: labels': {
    longest: 200,
    document: (texts) =>
      settingsDocument({
        labelOverrides: texts.map((text, at) => ({
          _key: `l${at}`,
          question: 'in-the-news',
          language: 'en',
          text,
          effectiveFrom: '2020-01-01',
        })),
      }),
  },
};

/** A document with so much text in a field, in as many texts as the field needs for it. */
export function documentWith(field: string, text: string): Fields {
  const found = fields[field];
  if (found === undefined) throw new Error(`There is no field called ${field}`);
  return found.document(piecesOf(text, found.longest));
}

function piecesOf(text: string, longest: number): readonly string[] {
  return Array.from({ length: Math.ceil(text.length / longest) }, (_, at) =>
    text.slice(at * longest, (at + 1) * longest),
  );
}

/** A field that holds one text: it is refused beyond some length, and that takes its time too. */
function one(document: (text: string) => Fields): Field {
  return { longest: Number.MAX_SAFE_INTEGER, document: ([text = '']) => document(text) };
}

/** The first answer, which also gives the summary its words. */
function inAnswer(longest: number, blocks: (texts: readonly string[]) => readonly Fields[]): Field {
  return { longest, document: (texts) => briefingDocument({ whyInTheNews: blocks(texts) }) };
}

function span(text: string, at: number, marks: readonly string[] = []): Fields {
  return { _type: 'span', _key: `s${at}`, text, marks };
}

function definitions(count: number): readonly Fields[] {
  return Array.from({ length: count }, (_, at) => ({
    _key: `link${at}`,
    _type: 'link',
    href: at % 2 === 0 ? `https://a.example/${at}` : `https://short-answer.example/${at}/`,
  }));
}
