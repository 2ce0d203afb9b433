import { describe, expect, it } from 'vitest';
import { beginning } from '../../sanity/schema-types/beginning.ts';
import { newDocumentOptions, schemaTypes, templates } from '../../sanity/schema-types/index.ts';
import config from '../../sanity/sanity.config.ts';

describe('a new briefing', () => {
  const settings = { timeZone: 'Asia/Almaty', language: 'ru', team: 'team-desk' };
  const lateInTheEvening = '2026-11-24T20:30:00.000Z';

  it('is of today where the publication is, in its language, by its team', () => {
    expect(beginning({ settings, now: lateInTheEvening })).toEqual({
      date: '2026-11-25',
      language: 'ru',
      byline: [
        {
          _key: 'team',
          _type: 'bylineEntry',
          contributor: { _type: 'reference', _ref: 'team-desk' },
        },
      ],
    });
  });

  it('about a person names the person besides', () => {
    const { person } = beginning({ settings, now: lateInTheEvening, personId: 'person-nansen' });
    expect(person).toEqual({ _type: 'reference', _ref: 'person-nansen' });
  });

  it('of a publication without settings is of the day of UTC, in English, by nobody', () => {
    for (const none of [null, {}, { timeZone: 'Mars/Olympus', team: null }]) {
      expect(beginning({ settings: none, now: lateInTheEvening })).toEqual({
        date: '2026-11-24',
        language: 'en',
      });
    }
  });
});

describe('what can be begun', () => {
  it('is everything but the settings, of which there is one, and redirects', () => {
    const standard = ['briefing', 'person', 'siteSettings', 'redirect', 'topic'].map((type) => ({
      id: type,
      title: type,
      schemaType: type,
      value: {},
    }));
    expect(templates(standard).map(({ id }) => id)).toEqual([
      'briefing',
      'briefing-about-person',
      'person',
      'topic',
    ]);
  });

  it('at “+” is what an editor begins by hand, whatever has a template', () => {
    const offered = [...schemaTypes.map(({ name }) => name), 'briefing-about-person'];
    const options = offered.map((templateId) => ({ templateId }));
    expect(newDocumentOptions(options).map(({ templateId }) => templateId)).toEqual([
      'briefing',
      'person',
      'country',
      'team',
      'author',
      'topic',
    ]);
    expect(config).toMatchObject({ document: { newDocumentOptions } });
  });
});
