import { expect, test } from 'vitest';
import { sha256Hex } from '../../src/publishing/digest.ts';
import { contentHash, stampOf, storedForm } from '../../src/publishing/release.ts';
import { receiptPath } from '../../src/site/paths.ts';
import { subjectOf } from '../../sanity/receipt/subject.ts';
import { receiptAddress } from '../../sanity/site/receipt-address.ts';
import { fingerprintOf } from '../../sanity/site/receipt-page.ts';
import { objectsOf, everyObject } from '../render/site.ts';
import { pages, publication } from '../render/pages.ts';

const htmlPages = [...pages.flatMap((page) => objectsOf(page).slice(0, 1)), ...everyObject].filter(
  ({ path, status }) => status === 200 && /^(?:\/[a-z-]+)?\/(?:briefings|people)\/.*\/$/.test(path),
);

test.each(htmlPages.map((object) => [object.path, object] as const))(
  'the browser finds the publisher’s own content hash in %s',
  async (_path, object) => {
    const { body, contentType, cacheControl } = storedForm(object, stampOf(object, 3104));
    const served = {
      body: new TextDecoder().decode(body),
      contentType,
      cacheControl: cacheControl ?? '',
    };
    expect(await fingerprintOf(served, object.tags.join())).toEqual({
      release: 3104,
      contentHash: contentHash(object),
    });
  },
);

test('there are pages of briefings and of people among them', () => {
  const kinds = new Set(htmlPages.map(({ path }) => /briefings|people/.exec(path)?.[0]));
  expect(kinds).toEqual(new Set(['briefings', 'people']));
});

test('the address of a receipt is the one the publisher writes it to', async () => {
  expect(await receiptAddress('briefing-é', 'r-1')).toBe(receiptPath(sha256Hex('briefing-é:r-1')));
});

test.each(pages.map((page) => [page.name, page] as const))(
  'the page of %s is looked for where it is',
  (_name, { resolved, path }) => {
    const { briefing } = resolved;
    const [object] = objectsOf({ ...fixtureOf(briefing.id), path });
    expect(
      subjectOf({
        id: briefing.id,
        type: 'briefing',
        published: {
          _rev: 'r1',
          _updatedAt: '2026-11-24T07:30:00Z',
          slug: { current: briefing.slug },
          language: briefing.language,
        },
        publicationLanguage: publication.settings.language,
      }),
    ).toMatchObject({ page: { path, tag: object?.tags.join() }, rev: 'r1' });
  },
);

test('what has no address of its own is watched by its receipt while it is published', () => {
  const team = { id: 'team-a', type: 'team', publicationLanguage: 'en' };
  expect(subjectOf({ ...team, published: null })).toBeNull();
  const mergedInto = { _type: 'reference', _ref: 'team-b', _weak: true };
  expect(
    subjectOf({
      ...team,
      published: { _rev: 'r', _updatedAt: '2026-11-24T07:30:00.123456Z', mergedInto },
    }),
  ).toEqual({
    kind: 'revision',
    id: 'team-a',
    rev: 'r',
    publishedAt: '2026-11-24T07:30:00.123Z',
    publishAt: null,
    page: null,
    contract: null,
    mergedInto: 'team-b',
    shownOn: 'some-pages',
  });
});

function fixtureOf(id: string) {
  const found = pages.find(({ resolved }) => resolved.briefing.id === id);
  if (found === undefined) throw new Error(`No numbered page is of ${id}`);
  return found;
}
