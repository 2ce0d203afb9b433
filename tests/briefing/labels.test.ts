import { describe, expect, it } from 'vitest';
import { catalogueFor } from '../../src/briefing/labels/catalogue-for.ts';
import { english } from '../../src/briefing/labels/en.ts';
import { headingOf } from '../../src/briefing/labels/heading.ts';
import { questionLabels } from '../../src/briefing/labels/question-labels.ts';
import { type SiteSettings, pronounSets, questions } from '../../src/briefing/model.ts';

describe('the printed questions', () => {
  it.each([
    ['he', 'Why is he in the news?'],
    ['she', 'Why is she in the news?'],
    ['it', 'Why is it in the news?'],
    ['they', 'Why are they in the news?'],
  ] as const)('agree with %s', (pronouns, inTheNews) => {
    const labels = questionLabels({ language: 'en', pronouns, date: '2026-11-24', overrides: [] });
    expect(labels).toEqual({
      name: 'Name?',
      identity: 'Westphalian identity?',
      age: 'Age?',
      'in-the-news': inTheNews,
      'we-care': 'Why do we care?',
      'you-should-care': 'Why should you care?',
      'who-else-cares': 'Who else cares?',
      'further-comments': 'Any further comments?',
    });
  });

  it('have a message for each pronoun set in each catalogue', () => {
    const missing = questions.flatMap((question) =>
      pronounSets.filter((pronouns) => english.questions[question][pronouns].trim() === ''),
    );
    expect(missing).toEqual([]);
  });

  it('are as the settings had them on the day: the latest day, then the very pronouns, then the last', () => {
    const overrides = [
      override('2020-01-01', null, 'Years?'),
      override('2025-01-01', 'he', 'His age?'),
      override('2025-01-01', null, 'How old?'),
      override('2026-01-01', null, 'Age then?'),
      override('2026-01-01', null, 'Age now?'),
      { ...override('2026-06-01', null, 'Возраст?'), language: 'ru' },
      { ...override('2026-06-01', null, 'Called?'), question: 'name' as const },
    ];
    const on = (date: string, pronouns: 'he' | 'she') =>
      questionLabels({ language: 'en', pronouns, date, overrides }).age;
    expect([
      on('2019-12-31', 'he'),
      on('2020-01-01', 'he'),
      on('2025-05-05', 'he'),
      on('2025-05-05', 'she'),
      on('2026-11-24', 'he'),
    ]).toEqual(['Age?', 'Years?', 'His age?', 'How old?', 'Age now?']);
  });
});

describe('the heading of an issue', () => {
  it.each([
    ['2026-11-24', 'Tuesday (November 24th): A summit'],
    ['2026-11-01', 'Sunday (November 1st): A summit'],
    ['2026-11-02', 'Monday (November 2nd): A summit'],
    ['2026-11-03', 'Tuesday (November 3rd): A summit'],
    ['2026-11-11', 'Wednesday (November 11th): A summit'],
    ['2026-11-12', 'Thursday (November 12th): A summit'],
    ['2026-11-13', 'Friday (November 13th): A summit'],
    ['2026-11-21', 'Saturday (November 21st): A summit'],
    ['2026-11-22', 'Sunday (November 22nd): A summit'],
    ['2026-11-23', 'Monday (November 23rd): A summit'],
    ['2027-01-31', 'Sunday (January 31st): A summit'],
    ['2024-02-29', 'Thursday (February 29th): A summit'],
  ])('of %s is %s', (date, heading) => {
    expect(headingOf({ date, headline: 'A summit', language: 'en' })).toBe(heading);
  });
});

describe('catalogues', () => {
  it.each(['en', 'en-GB', 'ar', 'zh-Hant'])('%s has one, if only the English one', (language) => {
    expect(catalogueFor(language)).toBe(english);
  });

  it('have twelve months and seven days', () => {
    expect([english.monthNames.length, english.weekdayNames.length]).toEqual([12, 7]);
  });

  it('says every sentence whole', () => {
    expect({
      dateline: english.dateline('2026-11-24'),
      date: english.date('2026-11-24'),
      month: english.month('2026-11'),
      monthName: english.monthName('2026-11'),
      scoreSentence: english.scoreSentence({ value: 7, about: 'grain' }),
      scoreInWords: english.scoreInWords(7),
      scoreAbout: english.scoreAbout('grain'),
      by: english.by(['A', 'B', 'C']),
      accessedOn: english.accessedOn('2026-11-24'),
      backToText: [english.backToText(2, 1), english.backToText(2, 3)],
      sourceNumber: english.sourceNumber(2),
      correctedOn: english.correctedOn('2026-11-25'),
      retractedOn: english.retractedOn('2026-11-25'),
      goneSince: english.goneSince('2026-11-25'),
      archiveOf: english.archiveOf('2026-11'),
      briefingsAboutIn: english.briefingsAboutIn('Ada', 2026),
      centuries: english.age({ kind: 'between', from: 40, to: 49 }),
    }).toEqual({
      dateline: 'Tuesday (November 24th)',
      date: '24 November 2026',
      month: 'November 2026',
      monthName: 'November',
      scoreSentence: 'You should care 7/10 about grain.',
      scoreInWords: '7 out of 10',
      scoreAbout: 'about grain',
      by: ['By ', ', ', ' and '],
      accessedOn: 'accessed on 24 November 2026',
      backToText: ['Back to where source 2 is cited', 'Back to where source 2 is cited, place 3'],
      sourceNumber: 'Source 2',
      correctedOn: 'Corrected on 25 November 2026',
      retractedOn: 'Retracted on 25 November 2026',
      goneSince: 'It was taken down on 25 November 2026.',
      archiveOf: 'Briefings of November 2026',
      briefingsAboutIn: 'Briefings about Ada in 2026',
      centuries: '40 to 49',
    });
  });
});

function override(
  effectiveFrom: string,
  pronouns: 'he' | null,
  text: string,
): SiteSettings['labelOverrides'][number] {
  return { question: 'age', pronouns, language: 'en', text, effectiveFrom };
}
