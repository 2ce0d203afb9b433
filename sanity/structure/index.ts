import type { SanityClient } from 'sanity';
import type { StructureBuilder, StructureResolver } from 'sanity/structure';
import { addDays } from '../../src/briefing/calendar.ts';
import { civilDateAt, instantOf, isTimeZone } from '../../src/briefing/time-zone.ts';
import {
  AuthorIcon,
  CountryIcon,
  PersonIcon,
  SettingsIcon,
  TeamIcon,
  TopicIcon,
} from '../schema-types/icons.tsx';
import { AttentionPane } from './attention-pane.tsx';
import {
  AttentionIcon,
  DraftsIcon,
  LiveIcon,
  MonthIcon,
  ScheduledIcon,
  TodayIcon,
} from './icons.tsx';
import {
  aboutCountry,
  aboutPerson,
  drafts,
  type Listing,
  live,
  ofMonth,
  onTopic,
  scheduled,
  today,
} from './listing.ts';
import { listingPane } from './listing-pane.tsx';
import { NoMonths } from './no-months.tsx';
import { archiveMonth, countsQuery, monthsBetween, spanQuery } from './months.ts';

/** The desk: what is going on, then briefings by what they are about, then what they are made of. */
export const structure: StructureResolver = (S, { getClient }) => {
  const client = getClient({ apiVersion: '2025-02-19' });
  const list = (listing: Listing) => listOf(S, listing);
  return S.list()
    .id('desk')
    .title('Desk')
    .items([
      item(S, 'today', 'Today', TodayIcon).child(async () => list(today(await dayOf(client)))),
      item(S, 'drafts', 'Drafts', DraftsIcon).child(() => list(drafts)),
      item(S, 'scheduled', 'Scheduled', ScheduledIcon).child(() => list(scheduled)),
      item(S, 'live', 'Live', LiveIcon).child(() => list(live)),
      item(S, 'needs-attention', 'Needs attention', AttentionIcon).child(() =>
        S.component(AttentionPane)
          .id('needs-attention')
          .title('Needs attention')
          .minWidth(360)
          .currentMaxWidth(560)
          .child((id, { params }) => documentOf(S, id, params['type'])),
      ),
      S.divider(),
      item(S, 'by-person', 'By person', PersonIcon).child(() =>
        S.documentTypeList('person')
          .id('by-person')
          .title('By person')
          .filter(unmerged)
          .canHandleIntent(isNotMeant)
          .child((id) => list(aboutPerson(id))),
      ),
      item(S, 'by-country', 'By country', CountryIcon).child(() =>
        S.documentTypeList('country')
          .id('by-country')
          .title('By country')
          .filter(unmerged)
          .canHandleIntent(isNotMeant)
          .child((id) => list(aboutCountry(id))),
      ),
      item(S, 'by-topic', 'By topic', TopicIcon).child(() =>
        S.documentTypeList('topic')
          .id('by-topic')
          .title('By topic')
          .filter(unmerged)
          .canHandleIntent(isNotMeant)
          .child((id) => list(onTopic(id))),
      ),
      item(S, 'by-month', 'By month', MonthIcon).child(() => months(S, client)),
      S.divider(),
      S.documentTypeListItem('person').title('People').icon(PersonIcon),
      S.documentTypeListItem('team').title('Teams').icon(TeamIcon),
      S.documentTypeListItem('author').title('Authors').icon(AuthorIcon),
      S.documentTypeListItem('topic').title('Topics').icon(TopicIcon),
      S.documentTypeListItem('country').title('Countries').icon(CountryIcon),
      S.divider(),
      item(S, 'settings', 'Settings', SettingsIcon).child(() =>
        S.defaultDocument({ schemaType: 'siteSettings', documentId: 'siteSettings' })
          .id('siteSettings')
          .title('Settings'),
      ),
    ]);
};

/**
 * Whatever was merged into another has no briefings. A list of all persons, as Sanity would filter it,
 * would besides be taken for the place of a person's form, whatever it says of intents.
 */
const unmerged = '_type == $type && !defined(mergedInto)';

/** Whoever follows a link to a person wants its form, which is under People, not its briefings. */
function isNotMeant(): boolean {
  return false;
}

function item(S: StructureBuilder, id: string, title: string, icon: typeof TodayIcon) {
  return S.listItem().id(id).title(title).icon(icon);
}

function listOf(S: StructureBuilder, listing: Listing) {
  return S.component(listingPane(listing))
    .id(listing.id)
    .title(listing.title)
    .minWidth(320)
    .currentMaxWidth(480)
    .child((id, { params }) => documentOf(S, id, params['type']));
}

function documentOf(S: StructureBuilder, documentId: string, type: string | undefined) {
  return S.defaultDocument({ documentId, schemaType: type ?? 'briefing' });
}

/** Today where the publication is: when the list is opened, not when the Studio was. */
async function dayOf(client: SanityClient) {
  const zone = await client.fetch<string | null>(
    '*[_id == "siteSettings"][0].timeZone',
    {},
    { perspective: 'published' },
  );
  const timeZone = zone !== null && isTimeZone(zone) ? zone : 'UTC';
  const date = civilDateAt(new Date().toISOString(), timeZone);
  return {
    date,
    begins: instantOf(date, '00:00', timeZone),
    ends: instantOf(addDays(date, 1), '00:00', timeZone),
  };
}

/** The months that have briefings, newest first, with how many. */
async function months(S: StructureBuilder, client: SanityClient) {
  const options = { perspective: 'drafts' } as const;
  const { first, last } = await client.fetch<{ first: string | null; last: string | null }>(
    spanQuery,
    {},
    options,
  );
  const all = first === null || last === null ? [] : monthsBetween(first, last);
  const counts =
    all.length === 0
      ? {}
      : await client.fetch<Record<string, number>>(countsQuery(all), {}, options);
  const items = all
    .filter(({ month }) => (counts[month] ?? 0) > 0)
    .map(({ month, title }) =>
      item(S, month, `${title} (${counts[month]})`, MonthIcon).child(() =>
        listOf(S, ofMonth(archiveMonth(month))),
      ),
    );
  return items.length === 0
    ? S.component(NoMonths).id('by-month').title('By month')
    : S.list().id('by-month').title('By month').items(items);
}
