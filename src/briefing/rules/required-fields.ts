import type { WireDocument } from '../document.ts';
import type { Problem } from '../model.ts';
import { childOf, error } from '../problem.ts';
import { isBlank } from '../unicode.ts';

/** What the document cannot be published without and does not have. */
export function missingFields(document: WireDocument): Problem[] {
  return requiredFields[document._type]
    .filter(({ field }) => !isThere(childOf(document, field)))
    .map(({ field, message, fix }) => error({ code: 'required', path: field, message, fix }));
}

/** The problem of a part that must be there, inside a field that need not. */
export function required(path: string, message: string, fix: string): Problem {
  return error({ code: 'required', path, message, fix });
}

/** A field that a type cannot be published without, and what to say when it is not there. */
interface RequiredField {
  readonly field: string;
  readonly message: string;
  readonly fix: string;
}

/** What each type cannot be published without. */
const requiredFields: Readonly<Record<WireDocument['_type'], readonly RequiredField[]>> = {
  briefing: [
    {
      field: 'headline',
      message: 'The headline is empty.',
      fix: 'Write the headline of the briefing.',
    },
    {
      field: 'slug',
      message: 'The briefing has no address yet.',
      fix: 'Press Generate beside the slug.',
    },
    {
      field: 'date',
      message: 'The briefing has no date.',
      fix: 'Choose the day the briefing is of.',
    },
    {
      field: 'person',
      message: 'Nobody is chosen whom the briefing is about.',
      fix: 'Choose the person, or create one.',
    },
    {
      field: 'whyInTheNews',
      message: 'The question why the person is in the news has no answer.',
      fix: 'Write at least one paragraph.',
    },
    {
      field: 'whyWeCare',
      message: 'The question why we care has no answer.',
      fix: 'Write at least one paragraph.',
    },
    {
      field: 'whyYouShouldCare',
      message: 'The question why the reader should care has no answer.',
      fix: 'Write at least one paragraph.',
    },
    {
      field: 'whoElseCares',
      message: 'The question who else cares has no answer.',
      fix: 'Write at least one paragraph.',
    },
  ],
  person: [
    { field: 'name', message: 'The person has no name.', fix: 'Write the name as it is printed.' },
    {
      field: 'slug',
      message: 'The person has no address yet.',
      fix: 'Press Generate beside the slug.',
    },
  ],
  country: [
    {
      field: 'code',
      message: 'The country has no code.',
      fix: 'Write its ISO code, such as KZ, or one of our own, such as X-STATELESS.',
    },
    { field: 'name', message: 'The country has no name.', fix: 'Write the name as it is printed.' },
    {
      field: 'demonym',
      message: 'The country has no word for its people.',
      fix: 'Write it as it is printed, such as Kazakh.',
    },
    {
      field: 'slug',
      message: 'The country has no address yet.',
      fix: 'Press Generate beside the slug.',
    },
  ],
  team: [
    { field: 'name', message: 'The team has no name.', fix: 'Write the name as it is printed.' },
    {
      field: 'slug',
      message: 'The team has no address yet.',
      fix: 'Press Generate beside the slug.',
    },
  ],
  author: [
    { field: 'name', message: 'The author has no name.', fix: 'Write the name as it is printed.' },
  ],
  topic: [
    {
      field: 'title',
      message: 'The topic has no title.',
      fix: 'Write the title as it is printed.',
    },
    {
      field: 'slug',
      message: 'The topic has no address yet.',
      fix: 'Press Generate beside the slug.',
    },
  ],
  redirect: [
    {
      field: 'from',
      message: 'The redirect does not say which briefing is gone.',
      fix: 'Unpublish the briefing again with a target, which writes the redirect.',
    },
  ],
  siteSettings: [
    {
      field: 'name',
      message: 'The publication has no name.',
      fix: 'Write the name of the publication.',
    },
    {
      field: 'timeZone',
      message: 'The publication has no time zone.',
      fix: 'Choose a zone by region and city, such as Europe/London.',
    },
    {
      field: 'language',
      message: 'The publication has no language.',
      fix: 'Choose the language most briefings are in.',
    },
  ],
};

/** Present, and with something to see. */
function isThere(value: unknown): boolean {
  if (typeof value === 'string') return !isBlank(value);
  if (typeof value !== 'object' || value === null) return value !== undefined;
  if ('hasText' in value) return value.hasText === true;
  return 'current' in value ? value.current !== undefined : '_ref' in value;
}
