import { dayOf, monthOf, weekdayOf, yearOf } from '../../briefing/calendar.ts';
import type { Age } from '../../briefing/resolved.ts';
import type { Words } from './words.ts';

export const en: Words = {
  language: 'en',
  skipToContent: 'Skip to the briefing',
  home: 'Home',
  archive: 'Archive',
  latest: 'Latest briefings',
  months: 'By month',
  sources: 'Sources',
  related: 'Related briefings',
  translations: 'In other languages',
  otherFormats: 'This briefing as',
  feeds: 'Follow',
  topics: 'Topics',
  countries: 'Countries',
  retraction: 'This briefing has been retracted',
  retracted: 'Retracted',
  corrections: 'Corrections',
  correctionKinds: {
    correction: 'Correction',
    update: 'Update',
    clarification: 'Clarification',
  },
  plainText: 'plain text',
  unknownIdentity: 'Unknown',
  alsoKnownAs: 'Also known as',
  years: 'Years',
  links: 'Elsewhere',
  licence: 'Licence',
  archivedCopy: 'archived copy',
  nothingYet: {
    title: 'Nothing published yet',
    text: 'The first briefing will appear here as soon as it is out.',
  },
  notFound: {
    title: 'There is no page at this address',
    text: 'It may have been mistyped, or the link that led here may be incomplete.',
  },
  gone: {
    title: 'This page has been withdrawn',
    text: 'What stood here is no longer published.',
  },
  moved: { title: 'This page has moved', text: 'It now lives at' },
  goHome: 'Read the latest briefing',
  seeArchive: 'Look through the archive',
  dateline: (date) =>
    `${weekdays[weekdayOf(date)] ?? ''} (${monthNameOf(date)} ${ordinal(dayOf(date))})`,
  date: (date) => `${dayOf(date)} ${monthNameOf(date)} ${yearOf(date)}`,
  month: (month) => `${monthNameOf(month)} ${yearOf(month)}`,
  monthName: monthNameOf,
  age,
  ageOverridden: (reason) => `as given: ${reason}`,
  scoreInWords: (value) => `${value} out of 10`,
  scoreAbout: (about) => `about ${about}`,
  scoreSentence: ({ value, about }) => `You should care ${value}/10 about ${about}.`,
  by: () => ['By ', ', ', ' and '],
  accessedOn: (date) => `accessed on ${en.date(date)}`,
  backToText: (number, occurrence) =>
    occurrence === 1
      ? `Back to where source ${number} is cited`
      : `Back to where source ${number} is cited, place ${occurrence}`,
  sourceNumber: (number) => `Source ${number}`,
  correctedOn: (date) => `Corrected on ${en.date(date)}`,
  publishedOn: (date) => `Published on ${en.date(date)}`,
  modifiedOn: (date) => `Last changed on ${en.date(date)}`,
  retractedOn: (date) => `Retracted on ${en.date(date)}`,
  goneSince: (date) => `It was taken down on ${en.date(date)}.`,
  credit: (name) => `Picture: ${name}`,
  archiveOf: (month) => `Briefings of ${en.month(month)}`,
  briefingsAbout: (name) => `Briefings about ${name}`,
  briefingsIn: (year) => `Briefings in ${year}`,
  briefingsAboutIn: (name, year) => `Briefings about ${name} in ${year}`,
};

const weekdays = [
  'Sunday',
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
] as const;
const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

function monthNameOf(date: string): string {
  return monthNames[monthOf(date) - 1] ?? '';
}

function ordinal(day: number): string {
  if (day >= 11 && day <= 13) return `${day}th`;
  return `${day}${{ 1: 'st', 2: 'nd', 3: 'rd' }[day % 10] ?? 'th'}`;
}

function age(age: Age): string {
  switch (age.kind) {
    case 'exact':
      return String(age.years);
    case 'between':
      return span(age);
    case 'died':
      return age.at === null
        ? `Died ${when(age.on)}`
        : `Died ${when(age.on)}, aged ${span(age.at)}`;
    case 'override':
      return String(age.years);
    case 'unknown':
      return 'Unknown';
    case 'not-applicable':
      return 'Not applicable';
  }
}

function span({ from, to }: { readonly from: number; readonly to: number }): string {
  return from === to ? String(from) : `${from} or ${to}`;
}

/** A partial date with its preposition. */
function when(partial: string): string {
  if (partial.length === 4) return `in ${partial}`;
  return partial.length === 7 ? `in ${en.month(partial)}` : `on ${en.date(partial)}`;
}
