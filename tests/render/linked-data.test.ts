import { expect, test } from 'vitest';
import { linkedData } from '../../src/render/linked-data.ts';
import { briefingSurface } from '../../src/render/surface.ts';
import { forgottenLinks } from '../fakes/outgoing-links.ts';
import { pageNumbered, publication } from './pages.ts';
import { everyObject } from './site.ts';

const ofPage = (number: number, available = true) => {
  const { resolved, path } = pageNumbered(number);
  return linkedData(
    resolved,
    path,
    briefingSurface(
      forgottenLinks(publication.baseUrl),
      resolved,
      path,
      publication,
      () => available,
    ),
  );
};

test('a briefing is a news article about somebody, by a team and a person, with its sources', () => {
  expect(ofPage(1)).toMatchObject({
    '@type': ['NewsArticle', 'AnalysisNewsArticle'],
    datePublished: '2026-11-23T12:00:00.000Z',
    about: {
      '@type': 'Person',
      name: 'Oksana Hrytsenko',
      alternateName: ['Оксана Гриценко', 'O. P. Hrytsenko'],
      sameAs: ['https://www.wikidata.example/wiki/Q1', 'https://hrytsenko.example/'],
    },
    author: [
      { '@type': 'Organization', name: 'The evening desk' },
      { '@type': 'Person', name: 'Roos van Vliet' },
    ],
    image: {
      '@type': 'ImageObject',
      width: 640,
      height: 800,
      creditText: 'Pavlo Melnyk',
      creator: { '@type': 'Person', name: 'Pavlo Melnyk' },
      license: 'https://creativecommons.org/licenses/by-sa/4.0/',
      acquireLicensePage: 'https://pictures.example/kaniv',
    },
    citation: [
      { '@type': 'CreativeWork', url: 'https://laws.example/1994/112' },
      { '@type': 'CreativeWork', url: 'https://survey.example/independence-of-measuring-offices' },
      { '@type': 'CreativeWork', url: 'https://radio.example/interview' },
    ],
  });
});

test('a picture that is not stored is not spoken of', () => {
  expect(ofPage(1, false)).not.toHaveProperty('image');
});

test('corrections and a retraction are told, and move the date of modification', () => {
  expect(ofPage(4)).toMatchObject({
    dateModified: '2026-11-24T23:30:00.000Z',
    correction: [
      { '@type': 'CorrectionComment', datePublished: '2026-11-23T13:00:00.000Z' },
      { '@type': 'CorrectionComment', datePublished: '2026-11-24T23:30:00.000Z' },
    ],
  });
  const retracted = ofPage(3);
  expect(retracted).toMatchObject({
    creativeWorkStatus: 'Retracted',
    dateModified: '2026-11-23T17:30:00.000Z',
  });
  expect(retracted).not.toHaveProperty('description');
});

test('an organisation is one', () => {
  expect(ofPage(5)).toMatchObject({ about: { '@type': 'Organization' } });
});

test('the score is never a review of anything, in any output', () => {
  for (const { body } of everyObject) {
    expect(body).not.toMatch(/"@type":"[^"]*(?:Review|Rating)|reviewRating|itemprop|ratingValue/);
  }
});
