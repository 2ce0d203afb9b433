import * as z from 'zod';

/**
 * The versioned JSON contract (`/v1/…`): what sites that embed may rely on. Members are added,
 * never changed or removed, within a version. The types, the public JSON Schemas and the tests all
 * come from here.
 *
 * Members whose name ends in `Url`, and `url`, are absolute https addresses; instants are UTC with
 * milliseconds; dates are civil dates of the publication.
 */

const id = z.string().describe('Id of the document; it never changes.');
const url = z.string().describe('An absolute address.');
const instant = z.string().describe('A UTC instant, YYYY-MM-DDTHH:mm:ss.sssZ.');
const date = z.string().describe('A civil date, YYYY-MM-DD.');
const month = z.string().describe('A civil month, YYYY-MM.');
const language = z.string().describe('A BCP 47 language tag.');
const document = {
  $schema: z.string().describe('The address of the schema this document follows.'),
  _release: z.string().describe('Stamp of the release that last changed this document.'),
};
const titledLink = z.object({
  title: z.string(),
  url: url.nullable().describe('Null where the address must not be linked.'),
});
const licence = z.object({ name: z.string(), url: url.nullable() });

const linkedBriefing = z.object({
  id,
  url,
  jsonUrl: url,
  language,
  date,
  headline: z.string(),
});

const card = linkedBriefing
  .extend({
    summary: z.string(),
    person: z.object({ id, name: z.string() }),
    score: z.int().min(0).max(10).nullable(),
    retracted: z.boolean(),
    publishedAt: instant,
    modifiedAt: instant.describe(
      'The latest of publication, corrections and retraction; a typo fix does not move it.',
    ),
  })
  .describe('One line of a list.');

const portrait = z.object({
  alt: z.string().describe('Empty for a decorative picture.'),
  caption: z.string().nullable(),
  credit: z.string().nullable(),
  creator: z.string().nullable(),
  licence: licence.nullable(),
  acquireUrl: url.nullable(),
  images: z.array(
    z.object({ url, width: z.int(), height: z.int(), type: z.enum(['image/jpeg', 'image/webp']) }),
  ),
});

const nativeName = z.object({ text: z.string(), language });

export const briefing = z
  .object({
    ...document,
    type: z.literal('briefing'),
    id,
    url,
    textUrl: url,
    markdownUrl: url,
    language,
    date,
    headline: z.string(),
    heading: z.string().describe('The heading as printed: weekday, month, day and headline.'),
    summary: z.string().describe('Plain text; empty when the briefing is retracted.'),
    publishedAt: instant,
    modifiedAt: instant,
    person: z.object({
      id,
      name: z.string(),
      nativeName: nativeName.nullable(),
      alsoKnownAs: z.array(z.string()),
      kind: z.enum(['individual', 'organisation', 'group']),
      pronouns: z.enum(['he', 'she', 'it', 'they']),
      roles: z.array(z.string()).describe('On the date of the briefing.'),
      links: z.array(titledLink),
      url: url.nullable(),
      jsonUrl: url.nullable(),
    }),
    identities: z
      .array(
        z.object({
          countryId: id,
          code: z.string().describe('ISO 3166-1, XK, a former state, or one of our own.'),
          demonym: z.string(),
          note: z.string().nullable(),
        }),
      )
      .describe('On the date of the briefing.'),
    age: z
      .object({
        kind: z.enum(['exact', 'between', 'died', 'override', 'unknown', 'not-applicable']),
        text: z.string().describe('As printed.'),
        from: z.int().nullable(),
        to: z.int().nullable(),
        reason: z.string().nullable().describe('Why an editor gave another age than computed.'),
      })
      .describe('On the date of the briefing.'),
    answers: z
      .array(
        z.object({
          id: z
            .enum([
              'name',
              'identity',
              'age',
              'in-the-news',
              'we-care',
              'you-should-care',
              'who-else-cares',
              'further-comments',
            ])
            .describe('Also the id of its section in the page.'),
          question: z.string().describe('As printed; it varies with pronouns and language.'),
          html: z.string().describe('Without script, style or relative addresses.'),
          text: z.string(),
        }),
      )
      .describe('In their printed order; only the first three when the briefing is retracted.'),
    score: z
      .object({ value: z.int().min(0).max(10), about: z.string() })
      .nullable()
      .describe('Out of ten: a fact about the text, not a review.'),
    portrait: portrait.nullable(),
    citations: z.array(
      z.object({
        number: z.int().describe('As the notes in the answers count.'),
        title: z.string(),
        url: url.nullable(),
        publisher: z.string().nullable(),
        accessedOn: date.nullable(),
        archiveUrl: url.nullable(),
      }),
    ),
    countries: z.array(z.object({ id, code: z.string(), name: z.string() })),
    topics: z.array(z.object({ id, slug: z.string(), title: z.string() })),
    byline: z.array(
      z.object({
        kind: z.enum(['team', 'author']),
        id,
        name: z.string(),
        description: z.string().nullable(),
        note: z.string().nullable().describe('The printed line as it was.'),
      }),
    ),
    corrections: z.array(
      z.object({
        at: instant,
        kind: z.enum(['correction', 'update', 'clarification']),
        text: z.string(),
      }),
    ),
    retraction: z.object({ at: instant, reason: z.string() }).nullable(),
    related: z.array(linkedBriefing),
    translations: z.array(linkedBriefing),
  })
  .describe('A briefing with everything its page shows.');

export const person = z
  .object({
    ...document,
    type: z.literal('person'),
    id,
    url,
    name: z.string(),
    sortName: z.string(),
    nativeName: nativeName.nullable(),
    alsoKnownAs: z.array(z.string()),
    kind: z.enum(['individual', 'organisation', 'group']),
    pronouns: z.enum(['he', 'she', 'it', 'they']),
    links: z.array(titledLink),
    years: z.array(z.object({ year: z.int(), jsonUrl: url })).describe('Newest first.'),
  })
  .describe('Somebody briefings are about, and the years that have some.');

export const personYear = z
  .object({
    ...document,
    type: z.literal('person-year'),
    person: z.object({ id, name: z.string(), jsonUrl: url }),
    year: z.int(),
    briefings: z.array(card),
  })
  .describe('The briefings about somebody in one year, newest first.');

export const monthDocument = z
  .object({
    ...document,
    type: z.literal('month'),
    month,
    url,
    newerUrl: url.nullable(),
    olderUrl: url.nullable(),
    briefings: z.array(card),
  })
  .describe('The briefings of one month, newest first.');

export const index = z
  .object({
    ...document,
    type: z.literal('index'),
    name: z.string(),
    description: z.string(),
    language,
    url,
    licence: licence.nullable(),
    attribution: z.string().nullable().describe('How reuse should name the source.'),
    latest: z.array(card).describe('At most 20, newest first.'),
    months: z.array(z.object({ month, url, jsonUrl: url })).describe('Newest first.'),
    endpoints: z.object({
      changesUrl: url,
      jsonFeedUrl: url,
      rssUrl: url,
      atomUrl: url,
      sitemapUrl: url,
      briefing: z.string().describe('Put the id in the place of {id}.'),
      person: z.string(),
      personYear: z.string(),
      month: z.string(),
    }),
  })
  .describe('Where to begin.');

export const changes = z
  .object({
    ...document,
    type: z.literal('changes'),
    number: z.int().nullable().describe('Null at the head, which is still growing.'),
    previousUrl: url.nullable().describe('The older entries.'),
    entries: z.array(
      z.object({
        seq: z.int().describe('Grows by one an entry; the cursor of a mirror.'),
        id,
        kind: z.enum(['published', 'updated', 'moved', 'removed', 'corrected', 'retracted']),
        address: z
          .string()
          .describe('Root-relative: where the document was at that time, which may be gone now.'),
        contentHash: z.string(),
        release: z.int(),
      }),
    ),
  })
  .describe('What changed, in the order in which it did; for mirrors.');

export const gone = z
  .object({
    ...document,
    type: z.literal('gone'),
    status: z.literal(410),
    id: id.nullable().describe('Null for a list that has become empty.'),
    release: z.int().nullable(),
    at: instant.nullable(),
    movedTo: url.nullable().describe('Where readers should go instead.'),
  })
  .describe('What stands where a document no longer is.');

export const moved = z
  .object({
    ...document,
    type: z.literal('moved'),
    status: z.literal(301),
    id: id.nullable().describe('Null for a list that has become empty.'),
    release: z.int().nullable(),
    at: instant.nullable(),
    location: url,
  })
  .describe('What stands where a document was merged into another.');

export const status = z
  .object({
    $schema: document.$schema,
    type: z.literal('status'),
    at: instant.describe(
      'When this was written: with each commit, and by each comparison with the content lake, every quarter of an hour.',
    ),
    commit: z
      .object({ release: z.int(), at: instant })
      .describe('The newest; its last bytes may still be on their way.'),
    work: z
      .array(
        z.object({
          kind: z
            .enum(['redraw', 'comparison', 'check'])
            .describe(
              '`redraw`: every page is drawn again, after an edit of the settings or new code; ' +
                '`comparison`: every document is compared with the content lake; ' +
                '`check`: every object is compared with what was last written.',
            ),
          since: instant,
          of: z.enum(['briefings', 'documents', 'objects']).describe('What is counted.'),
          done: z.int(),
          total: z.int().nullable().describe('Null where nobody counts beforehand.'),
        }),
      )
      .describe('Work on the whole site that is under way; edits go first.'),
    dependants: z
      .int()
      .describe(
        'Pages and lists still to be drawn again because something that they show was edited.',
      ),
    heldSince: instant
      .nullable()
      .describe('Since when publishing is on hold; null when it is not.'),
    comparison: z
      .object({ at: instant, drift: z.int() })
      .nullable()
      .describe('When the last comparison of every document ended, and how many differed.'),
    quarantined: z
      .int()
      .describe(
        'Documents whose newest revision was refused: an older one is shown, or none ever was.',
      ),
  })
  .describe('How the site stands, without any content.');

export const contract = {
  briefing,
  person,
  'person-year': personYear,
  month: monthDocument,
  index,
  changes,
  gone,
  moved,
  status,
} as const;

export type SchemaName = keyof typeof contract;
export type ContractDocument<Name extends SchemaName> = z.infer<(typeof contract)[Name]>;
