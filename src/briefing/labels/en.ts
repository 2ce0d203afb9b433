import { dayOf, monthOf, yearOf } from '../calendar.ts';
import type { CivilDate, CivilMonth, PartialDate, PronounSet } from '../model.ts';
import type { Age } from '../resolved.ts';
import type { Catalogue } from './catalogue.ts';

export const english: Catalogue = {
  language: 'en',
  autonym: 'English',
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

  months: [
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
  weekdays: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
  ordinal,
  heading: ({ weekday, month, day, headline }) => `${weekday} (${month} ${day}): ${headline}`,
  date,
  partialDate,
  month,

  age,
  list,
  score: ({ value, about }) => `${value}/10 about ${about}`,
  spokenScore: ({ value, about }) => `${value} out of 10, about ${about}`,
  briefings: (count) => (count === 1 ? '1 briefing' : `${count} briefings`),
  byline: (names) => `By ${list(names)}`,

  correctionKinds: { correction: 'Correction', update: 'Update', clarification: 'Clarification' },
  correctionTitle: (kind, on) => `${english.correctionKinds[kind]}, ${date(on)}`,
  publishedOn: (on) => `Published ${date(on)}`,
  modifiedOn: (on) => `Updated ${date(on)}`,
  retracted: 'Retracted',
  retractedOn: (on) => `This briefing was retracted on ${date(on)}.`,

  sections: {
    sources: 'Sources',
    corrections: 'Corrections and updates',
    related: 'Related briefings',
    topics: 'Topics',
    countries: 'Countries',
    translations: 'In other languages',
    byline: 'Written by',
    score: 'How much you should care',
    roles: 'Roles',
    alsoKnownAs: 'Also known as',
    nativeName: 'Native name',
    links: 'Links',
    briefings: 'Briefings',
    latest: 'Latest briefings',
    facts: 'At a glance',
  },
  navigation: {
    skipToContent: 'Skip to the briefing',
    site: 'Site',
    home: 'Home',
    archive: 'Archive',
    people: 'People',
    countries: 'Countries',
    topics: 'Topics',
    teams: 'Teams',
    search: 'Search',
    feeds: 'Feeds',
    jsonFeed: 'JSON Feed',
    rssFeed: 'RSS',
    atomFeed: 'Atom',
    plainText: 'Plain text',
    json: 'JSON',
    newer: 'Newer',
    older: 'Older',
    allMonths: 'All months',
  },

  sourceNumber: (number) => `Source ${number}`,
  backToText: (number) => `Back to the text of source ${number}`,
  accessedOn: (on) => `accessed ${date(on)}`,
  archivedCopy: 'archived copy',
  opensBriefing: 'Read the briefing',

  picture: ({ credit, licence }) => `Picture: ${credit} (${licence})`,
  licensedUnder: (licence) => `Licensed under ${licence}`,
  acquire: 'How to use this picture',

  archiveOf: (of) => `Briefings of ${month(of)}`,
  briefingsAbout: (name) => `Briefings about ${name}`,
  noBriefings: 'There are no briefings here yet.',

  notFound: {
    title: 'There is no page here',
    text: 'The address may be misspelt. The archive has every briefing by month.',
  },
  gone: {
    title: 'This briefing is gone',
    text: 'It was taken down and will not come back to this address. The archive has every other briefing.',
  },
  moved: { title: 'This page has moved', text: 'It is now at another address.' },
};

function forAll(label: string): Readonly<Record<PronounSet, string>> {
  return { he: label, she: label, it: label, they: label };
}

function ordinal(day: number): string {
  if (day >= 11 && day <= 13) return `${day}th`;
  const last = day % 10;
  return `${day}${last === 1 ? 'st' : last === 2 ? 'nd' : last === 3 ? 'rd' : 'th'}`;
}

function date(of: CivilDate): string {
  return `${monthName(monthOf(of))} ${dayOf(of)}, ${yearOf(of)}`;
}

function month(of: CivilMonth): string {
  return `${monthName(monthOf(of))} ${yearOf(of)}`;
}

function partialDate(of: PartialDate): string {
  if (of.length === 4) return String(yearOf(of));
  return of.length === 7 ? month(of) : date(of);
}

function monthName(number: number): string {
  return english.months[number - 1] ?? '';
}

function age(of: Age): string {
  switch (of.kind) {
    case 'exact':
    case 'override':
      return String(of.years);
    case 'between':
      return range(of.from, of.to);
    case 'died':
      return of.at === null
        ? `Died ${partialDate(of.on)}`
        : `Died ${partialDate(of.on)}, aged ${range(of.at.from, of.at.to)}`;
    case 'unknown':
      return 'Unknown';
    case 'not-applicable':
      return 'Does not apply';
  }
}

function range(from: number, to: number): string {
  if (from === to) return String(from);
  return to === from + 1 ? `${from} or ${to}` : `${from} to ${to}`;
}

function list(words: readonly string[]): string {
  if (words.length <= 1) return words.join('');
  return `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}
