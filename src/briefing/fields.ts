import * as z from 'zod';
import { instantFrom, isCivilDate, isPartialDate } from './calendar.ts';
import { isDocumentId, isDraftOrVersionId } from './document-id.ts';
import { languageFrom } from './language.ts';
import { webLinkFrom } from './links.ts';
import { quoted } from './problem.ts';
import { isSlug, reservedSlugs, slugLength } from './slug.ts';
import { oneLine, severalLines } from './unicode.ts';

/** The kinds of field that documents of the wire are made of. */

/** What a check of this file tells, beside its message. */
export interface CheckParameters {
  readonly code: string;
  readonly fix: string;
}

/** A line of text: inner line ends and double spaces become one space. */
export const line = (limit = 300) => z.string().overwrite(oneLine).check(atMost(limit));
/** Text that may have several lines, without marks. */
export const lines = (limit = 5_000) => z.string().overwrite(severalLines).check(atMost(limit));

export const civilDate = z.string().check(
  expect(isCivilDate, {
    code: 'bad-date',
    message: (text) => `${quoted(text)} is not a date of the calendar, written YYYY-MM-DD.`,
    fix: 'Choose the day again from the calendar.',
  }),
);

export const partialDate = z.string().check(
  expect(isPartialDate, {
    code: 'bad-date',
    message: (text) => `${quoted(text)} is not a year, a month or a day of the calendar.`,
    fix: 'Write what is known: 1957, 1957-05 or 1957-05-16.',
  }),
);

/** Years that issues and instants may be of: far enough for any archive, near enough for any zone. */
const years = { first: 1800, last: 2999 } as const;

function isOfOurTimes(text: string): boolean {
  const year = Number(text.slice(0, 4));
  return year >= years.first && year <= years.last;
}

/** The date of an issue, which becomes an address. */
export const issueDate = civilDate.check(
  expect((text: string) => !isCivilDate(text) || isOfOurTimes(text), {
    code: 'bad-date',
    message: (text) => `${quoted(text)} is not between the years ${years.first} and ${years.last}.`,
    fix: 'Choose the day again from the calendar.',
  }),
);

export const instant = z
  .string()
  .overwrite((text) => instantFrom(text) ?? text)
  .check(
    expect((text) => instantFrom(text) !== null && isOfOurTimes(text), {
      code: 'bad-instant',
      message: (text) =>
        `${quoted(text)} is not an instant in UTC, such as 2026-11-24T07:30:00.000Z.`,
      fix: 'Choose the day and the time again.',
    }),
  );

export const language = z
  .string()
  .overwrite((text) => languageFrom(text) ?? text)
  .check(
    expect((text) => languageFrom(text) !== null, {
      code: 'bad-language',
      message: (text) => `${quoted(text)} is not a language tag.`,
      fix: 'Choose a language, such as en, ar or zh-Hant.',
    }),
  );

export const webLink = z
  .string()
  .overwrite((text) => webLinkFrom(text) ?? text)
  .check(
    expect((text) => webLinkFrom(text) !== null, {
      code: 'unsafe-link',
      message: (text) => `${quoted(text)} is not an address of the web.`,
      fix: 'Write the whole address, beginning with https://.',
    }),
  );

const slugText = z.string().check(
  expect(isSlug, {
    code: 'bad-slug',
    message: (text) =>
      `${quoted(text)} cannot be part of an address: at most ${slugLength} lower-case letters a to z, digits, and single hyphens between them.`,
    fix: 'Press Generate beside the slug, or write words joined by hyphens.',
  }),
  expect((text) => !reservedSlugs.includes(text), {
    code: 'reserved-slug',
    message: (text) => `${quoted(text)} is an address of the site itself.`,
    fix: 'Choose another slug, for example with one more word.',
  }),
);
export const slug = z.object({ _type: z.literal('slug').optional(), current: slugText.optional() });

const referencedId = z.string().check(
  expect((text) => isDraftOrVersionId(text) || isDocumentId(text), {
    code: 'bad-reference',
    message: (text) => `${quoted(text)} is not the id of a document.`,
    fix: 'Remove the reference and choose the document again.',
  }),
  expect((text) => !isDraftOrVersionId(text), {
    code: 'draft-reference',
    message: (text) => `${quoted(text)} is a draft; only a published document can be shown.`,
    fix: 'Publish the document, then choose it again.',
  }),
);
export const reference = z.object({
  _type: z.literal('reference').optional(),
  _key: z.string().optional(),
  _ref: referencedId,
  _weak: z.boolean().optional(),
});

export const wholeNumber = (from: number, to: number) =>
  z.number().check(
    expect((value: number) => Number.isInteger(value) && value >= from && value <= to, {
      code: 'out-of-range',
      message: (value) => `${value} is not a whole number from ${from} to ${to}.`,
      fix: `Write a whole number from ${from} to ${to}.`,
    }),
  );

/** A part of a picture, from 0 to 1; what the crop tool's own rounding adds is taken off. */
export const fraction = z
  .number()
  .overwrite((value) => (Math.abs(value - 0.5) < 0.51 ? Math.min(1, Math.max(0, value)) : value))
  .check(
    expect((value: number) => value >= 0 && value <= 1, {
      code: 'out-of-range',
      message: (value) => `${value} is not a part of the picture, from 0 to 1.`,
      fix: 'Set the crop and the hotspot of the picture again.',
    }),
  );

export const entry = { _key: z.string().optional(), _type: z.string().optional() };

export const translations = (limit = 300) =>
  list(z.object({ ...entry, language: language.optional(), text: line(limit).optional() }), 60);

export const licence = z.object({
  _type: z.string().optional(),
  name: line().optional(),
  url: webLink.optional(),
});

export function list<Entry extends z.ZodType>(entry: Entry, limit: number) {
  return z.array(entry).check(
    expect((entries: readonly unknown[]) => entries.length <= limit, {
      code: 'too-many',
      message: (entries) => `There are ${entries.length} entries; at most ${limit} are allowed.`,
      fix: 'Remove the entries that matter least.',
    }),
  );
}

function atMost(limit: number) {
  return expect((text: string) => text.length <= limit || Array.from(text).length <= limit, {
    code: 'too-long',
    message: (text) => `The text has ${Array.from(text).length} characters; at most ${limit} fit.`,
    fix: 'Shorten the text.',
  });
}

/** A check that tells an editor what was expected, with a stable code and a way out. */
export function expect<Value>(
  holds: (value: Value) => boolean,
  otherwise: CheckParameters & { readonly message: (value: Value) => string },
) {
  return (payload: z.core.ParsePayload<Value>) => {
    if (holds(payload.value)) return;
    payload.issues.push({
      code: 'custom',
      input: payload.value,
      message: otherwise.message(payload.value),
      params: { code: otherwise.code, fix: otherwise.fix } satisfies CheckParameters,
      continue: true,
    });
  };
}
