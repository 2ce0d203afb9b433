/** A list of the desk: which documents, in which order, and what to say when there are none. */
export interface Listing {
  readonly id: string;
  readonly title: string;
  /** What stands between the brackets of the query. */
  readonly filter: string;
  readonly params?: Readonly<Record<string, string>>;
  /**
   * Which documents are looked at: published ones; drafts with what has none (`drafts`); or everything as
   * it is stored (`raw`).
   */
  readonly perspective: 'published' | 'drafts' | 'raw';
  readonly order: string;
  readonly empty: EmptyWords;
  /** What “New” begins here, if anything. */
  readonly create?: Creation;
}

export interface EmptyWords {
  readonly title: string;
  readonly advice: string;
}

export interface Creation {
  readonly label: string;
  readonly type: string;
  readonly template: string;
  readonly parameters?: Readonly<Record<string, string>>;
}

/** A row of a list: enough to draw it, and to open what it stands for. */
export interface Row {
  readonly id: string;
  readonly type: string;
}

/** The newest that many rows of a list, and how many there are in all. */
export function queryOf({ filter, order }: Listing): string {
  return `{
    "rows": *[${filter}] | order(${order})[0...$shown]{"id": _id, "type": _type},
    "count": count(*[${filter}])
  }`;
}

/** The same for what an editor is looking for: briefings by headline and person. */
export function searchOf(listing: Listing): Listing {
  return {
    ...listing,
    filter: `(${listing.filter}) && [coalesce(headline, name, title), coalesce(person->name, "")] match $words`,
  };
}

export const newBriefing: Creation = {
  label: 'New briefing',
  type: 'briefing',
  template: 'briefing',
};

const newestFirst = 'date desc, _createdAt desc';

/** Briefings of today, and those that go out today. */
export function today(day: {
  readonly date: string;
  readonly begins: string;
  readonly ends: string;
}): Listing {
  return {
    id: 'today',
    title: 'Today',
    filter: '_type == "briefing" && (date == $date || (publishAt >= $begins && publishAt < $ends))',
    params: { ...day },
    perspective: 'drafts',
    order: newestFirst,
    empty: {
      title: 'Nothing for today yet',
      advice: 'A briefing dated today, or scheduled for today, appears here.',
    },
    create: newBriefing,
  };
}

/** Whatever has changes that readers do not have. */
export const drafts: Listing = {
  id: 'drafts',
  title: 'Drafts',
  filter: '_id in path("drafts.**") && !(_type match "system.*") && !(_type match "sanity.*")',
  perspective: 'raw',
  order: '_updatedAt desc',
  empty: {
    title: 'No drafts',
    advice:
      'Everything is published as it stands. What you begin, or change, waits here for Publish.',
  },
  create: newBriefing,
};

/** Handed over, and not shown before its hour. */
export const scheduled: Listing = {
  id: 'scheduled',
  title: 'Scheduled',
  filter: '_type == "briefing" && publishAt > now()',
  perspective: 'published',
  order: 'publishAt asc',
  empty: {
    title: 'Nothing is scheduled',
    advice: 'Write a briefing, then choose “Publish at…” in the menu beside Publish.',
  },
  create: newBriefing,
};

/** Published, begun and not ended. Whether the site took it is told under Needs attention. */
export const live: Listing = {
  id: 'live',
  title: 'Live',
  filter:
    '_type == "briefing" && !(defined(publishAt) && publishAt > now()) && !(defined(unpublishAt) && unpublishAt <= now())',
  perspective: 'published',
  order: newestFirst,
  empty: {
    title: 'Nothing is live yet',
    advice: 'Write the first briefing and press Publish.',
  },
  create: newBriefing,
};

export function aboutPerson(personId: string): Listing {
  return {
    id: 'about',
    title: 'Briefings about this person',
    filter: `_type == "briefing" && person._ref in ${itAndItsDuplicates('personId')}`,
    params: { personId },
    perspective: 'drafts',
    order: newestFirst,
    empty: {
      title: 'No briefing is about this person yet',
      advice: 'A person has a page while a live briefing is about them.',
    },
    create: {
      label: 'New briefing about this person',
      type: 'briefing',
      template: 'briefing-about-person',
      parameters: { personId },
    },
  };
}

export function aboutCountry(countryId: string): Listing {
  return {
    id: 'about',
    title: 'Briefings about this country',
    filter: '_type == "briefing" && $countryId in countries[]._ref',
    params: { countryId },
    perspective: 'drafts',
    order: newestFirst,
    empty: {
      title: 'No briefing is about this country yet',
      advice: 'Add the country under Filing, in the form of a briefing.',
    },
    create: newBriefing,
  };
}

export function onTopic(topicId: string): Listing {
  return {
    id: 'about',
    title: 'Briefings on this topic',
    filter: `_type == "briefing" && count((topics[]._ref)[@ in ${itAndItsDuplicates('topicId')}]) > 0`,
    params: { topicId },
    perspective: 'drafts',
    order: newestFirst,
    empty: {
      title: 'No briefing is on this topic yet',
      advice: 'Add the topic under Filing, in the form of a briefing.',
    },
    create: newBriefing,
  };
}

export function ofMonth(month: {
  readonly title: string;
  readonly first: string;
  readonly next: string;
}): Listing {
  return {
    id: 'month',
    title: month.title,
    filter: '_type == "briefing" && date >= $first && date < $next',
    params: { first: month.first, next: month.next },
    perspective: 'drafts',
    order: newestFirst,
    empty: {
      title: `No briefing is of ${month.title}`,
      advice: 'The date of a briefing decides in which month it stands.',
    },
    create: newBriefing,
  };
}

/** What was merged into a record goes on as that record. */
function itAndItsDuplicates(parameter: string): string {
  return `*[_id == $${parameter} || mergedInto._ref == $${parameter}]._id`;
}
