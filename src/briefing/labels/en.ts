import { dayOf, monthOf, weekdayOf, yearOf } from '../calendar.ts';
import type { CivilDate, CivilMonth, PartialDate, PronounSet } from '../model.ts';
import type { Age } from '../resolved.ts';
import type { Catalogue, Frame, Labels } from './catalogue.ts';

const labels: Labels = {
  questions: {
    name: forAll('Name?'),
    identity: forAll('Westphalian identity?'),
    age: forAll('Age?'),
    'in-the-news': {
      he: 'Why is he in the news?',
      she: 'Why is she in the news?',
      it: 'Why is it in the news?',
      they: 'Why are they in the news?',
    },
    'we-care': forAll('Why do we care?'),
    'you-should-care': forAll('Why should you care?'),
    'who-else-cares': forAll('Who else cares?'),
    'further-comments': forAll('Any further comments?'),
  },
  monthNames: [
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
  ],
  weekdayNames: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
  ordinal,
  dateline,
  heading: ({ date, headline }) => `${dateline(date)}: ${headline}`,
  age,
  scoreSentence: ({ value, about }) => `You should care ${value}/10 about ${about}.`,
};

const frame: Frame = {
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
  correctionKinds: { correction: 'Correction', update: 'Update', clarification: 'Clarification' },
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
  date: wholeDate,
  month: monthAndYear,
  monthName,
  ageOverridden: (reason) => `as given: ${reason}`,
  scoreInWords: (value) => `${value} out of 10`,
  scoreAbout: (about) => `about ${about}`,
  by: () => ['By ', ', ', ' and '],
  accessedOn: (date) => `accessed on ${wholeDate(date)}`,
  backToText: (number, occurrence) =>
    occurrence === 1
      ? `Back to where source ${number} is cited`
      : `Back to where source ${number} is cited, place ${occurrence}`,
  sourceNumber: (number) => `Source ${number}`,
  correctedOn: (date) => `Corrected on ${wholeDate(date)}`,
  publishedOn: (date) => `Published on ${wholeDate(date)}`,
  modifiedOn: (date) => `Last changed on ${wholeDate(date)}`,
  retractedOn: (date) => `Retracted on ${wholeDate(date)}`,
  goneSince: (date) => `It was taken down on ${wholeDate(date)}.`,
  credit: (name) => `Picture: ${name}`,
  archiveOf: (month) => `Briefings of ${monthAndYear(month)}`,
  briefingsAbout: (name) => `Briefings about ${name}`,
  briefingsIn: (year) => `Briefings in ${year}`,
  briefingsAboutIn: (name, year) => `Briefings about ${name} in ${year}`,
};

export const english: Catalogue = { language: 'en', ...labels, ...frame };

/** A label that is the same whoever it is about. */
function forAll(label: string): Readonly<Record<PronounSet, string>> {
  return { he: label, she: label, it: label, they: label };
}

function ordinal(day: number): string {
  if (day >= 11 && day <= 13) return `${day}th`;
  const last = day % 10;
  return `${day}${last === 1 ? 'st' : last === 2 ? 'nd' : last === 3 ? 'rd' : 'th'}`;
}

function dateline(date: CivilDate): string {
  const weekday = labels.weekdayNames[weekdayOf(date)] ?? '';
  return `${weekday} (${monthName(date)} ${ordinal(dayOf(date))})`;
}

function wholeDate(date: CivilDate): string {
  return `${dayOf(date)} ${monthName(date)} ${yearOf(date)}`;
}

function monthAndYear(month: CivilMonth): string {
  return `${monthName(month)} ${yearOf(month)}`;
}

function monthName(month: CivilMonth): string {
  return labels.monthNames[monthOf(month) - 1] ?? '';
}

function age(of: Age): string {
  switch (of.kind) {
    case 'exact':
    case 'override':
      return String(of.years);
    case 'between':
      return years(of);
    case 'died':
      return of.at === null ? `Died ${when(of.on)}` : `Died ${when(of.on)}, aged ${years(of.at)}`;
    case 'unknown':
      return 'Unknown';
    case 'not-applicable':
      return 'Not applicable';
  }
}

function years({ from, to }: { readonly from: number; readonly to: number }): string {
  if (from === to) return String(from);
  return to === from + 1 ? `${from} or ${to}` : `${from} to ${to}`;
}

/** A partial date with its preposition. */
function when(date: PartialDate): string {
  if (date.length === 4) return `in ${yearOf(date)}`;
  return date.length === 7 ? `in ${monthAndYear(date)}` : `on ${wholeDate(date)}`;
}
