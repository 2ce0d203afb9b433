import { describe, expect, test } from 'vitest';
import { contentTypes } from '../../src/site/content-types.ts';
import { stampBody, stampMarker } from '../../src/site/public-object.ts';
import { allowedAttributes, allowedElements } from './closed-set.ts';
import { attributeOf, type Element, readFragment, readPage, textOf } from './html.ts';
import { pages, publication } from './pages.ts';
import { htmlIn } from './html-in-json.ts';
import { everyObject, objectsOf, sitePages } from './site.ts';

test('every object is of a type of the one table, so that the edge compresses it', () => {
  const types = new Set<string>(Object.values(contentTypes));
  expect(everyObject.filter(({ contentType }) => !types.has(contentType))).toEqual([]);
});

const htmlPages = everyObject.filter(({ contentType }) => contentType.startsWith('text/html'));

describe.each(htmlPages.map((page) => [page.path, stampBody(page, '9.x'), page] as const))(
  '%s',
  (_path, body, page) => {
    const { errors, elements } = readPage(body);
    const named = (name: string): readonly Element[] =>
      elements.filter(({ tagName }) => tagName === name);

    test('an HTML parser has nothing to put right', () => {
      expect(errors).toEqual([]);
    });

    test('only elements and attributes of the closed set', () => {
      for (const { tagName, attrs } of elements) {
        expect(allowedElements).toContain(tagName);
        for (const { name } of attrs) expect(allowedAttributes).toContain(name);
      }
    });

    test('no script runs: what is there is data, and reads back', () => {
      for (const script of named('script')) {
        expect(attributeOf(script, 'type')).toBe('application/ld+json');
        expect(script.attrs).toHaveLength(1);
        expect(JSON.parse(textOf(script))).toHaveProperty('@context', 'https://schema.org');
      }
    });

    test('nothing is fetched but from our own site', () => {
      const sources = elements.flatMap((element) => [
        attributeOf(element, 'src') ?? [],
        attributeOf(element, 'srcset')?.split(', ') ?? [],
      ]);
      for (const source of sources.flat()) expect(source).toMatch(/^\/images\//);
      for (const link of named('link')) {
        expect(['canonical', 'alternate', 'next', 'prev']).toContain(attributeOf(link, 'rel'));
      }
    });

    test('links lead somewhere: by an allowed scheme, to an anchor that is there', () => {
      const ids = new Set(elements.map((element) => attributeOf(element, 'id')));
      for (const anchor of named('a')) {
        expect(attributeOf(anchor, 'href')).toMatch(/^(?:#|\/(?!\/)|https?:\/\/|mailto:|tel:)/);
        expect(textOf(anchor).trim() || attributeOf(anchor, 'aria-label')).not.toBe('');
      }
      const anchors = named('a').flatMap((anchor) => attributeOf(anchor, 'href') ?? []);
      for (const href of anchors.filter((href) => href.startsWith('#'))) {
        expect(ids).toContain(href.slice(1));
      }
    });

    test('ids are unique and never from content', () => {
      const ids = elements.flatMap((element) => attributeOf(element, 'id') ?? []);
      expect(new Set(ids).size).toBe(ids.length);
      for (const id of ids) expect(id).toMatch(constantIds);
    });

    test('one heading of the first level, and no level left out', () => {
      const levels = elements.flatMap(({ tagName }) => /^h([1-6])$/.exec(tagName)?.[1] ?? []);
      expect(levels.filter((level) => level === '1')).toHaveLength(1);
      for (const [index, level] of levels.entries()) {
        expect(Number(level)).toBeLessThanOrEqual(Number(levels[index - 1] ?? 0) + 1);
      }
    });

    test('every picture has its size and its words', () => {
      for (const image of named('img')) {
        expect(Number(attributeOf(image, 'width'))).toBeGreaterThan(0);
        expect(Number(attributeOf(image, 'height'))).toBeGreaterThan(0);
        expect(attributeOf(image, 'alt')).toBeDefined();
      }
    });

    test('it says its language, its address or that it must not be found', () => {
      const [root] = named('html');
      expect(root && attributeOf(root, 'lang')).toMatch(/^[a-z]{2}/);
      expect(root && attributeOf(root, 'dir')).toMatch(/^(?:ltr|rtl)$/);
      const canonical = named('link').find((link) => attributeOf(link, 'rel') === 'canonical');
      const robots = named('meta').find((meta) => attributeOf(meta, 'name') === 'robots');
      expect([
        canonical && attributeOf(canonical, 'href'),
        robots && attributeOf(robots, 'content'),
      ]).toEqual(
        messages.has(page.path)
          ? [undefined, 'noindex']
          : [publication.baseUrl + page.path, undefined],
      );
    });
  },
);

test('every object has one place for its stamp, in the way of its format', () => {
  for (const object of everyObject) {
    const stamped = stampBody(object, '9.x');
    expect(stamped).not.toContain(stampMarker);
    expect(stamped).toMatch(
      /<meta name="pressrun:release" content="9\.x"\/>|"_release":"9\.x"|"\$comment":"9\.x"|<!-- release 9\.x -->|\n-- release 9\.x\n$/,
    );
  }
});

test('text for other sites is whole: well-formed, with absolute addresses and no anchors of its own', () => {
  const json = everyObject.filter(({ contentType }) => contentType.includes('json'));
  const texts = json.flatMap(({ body }) => htmlIn(body));
  expect(texts.length).toBeGreaterThan(50);
  for (const body of texts) {
    const { errors, elements } = readFragment(body);
    expect(errors).toEqual([]);
    for (const element of elements) {
      expect(allowedElements).toContain(element.tagName);
      expect(attributeOf(element, 'id')).toBeUndefined();
      const addresses = [
        attributeOf(element, 'href') ?? [],
        attributeOf(element, 'src') ?? [],
      ].flat();
      for (const address of addresses) expect(address).toMatch(/^(?:https?:\/\/|mailto:|tel:)/);
    }
  }
});

test('links of a briefing lead only to what it was told is live', () => {
  for (const page of pages) {
    const { resolved, path } = page;
    const live = new Set<string>([
      '/',
      '/archive/',
      '/feed.json',
      '/rss.xml',
      '/atom.xml',
      path,
      `${path}index.txt`,
      `${path}index.md`,
      `/v1/briefings/${resolved.briefing.id}.json`,
      '/v1/schema/briefing.json',
      ...resolved.mentioned.values(),
      ...[...resolved.related, ...resolved.translations].flatMap((each) => [
        each.path,
        `/v1/briefings/${each.id}.json`,
      ]),
      ...(resolved.personPath
        ? [resolved.personPath, `/v1/people/${resolved.person.id}.json`]
        : []),
    ]);
    for (const object of objectsOf(page)) {
      for (const link of object.leadsTo.filter((each) => !each.startsWith('/images/'))) {
        expect(live).toContain(link);
      }
    }
  }
});

test('no invisible character that a visual editor might have left is in any output', () => {
  for (const { body } of everyObject) expect(body).not.toMatch(/[\u200B\u2060-\u2064\uFEFF]/);
});

test('there is a page of every template', () => {
  expect(Object.keys(sitePages)).toHaveLength(13);
});

const messages = new Set<string>(['/404.html', '/briefings/gone/', '/briefings/moved/']);

const constantIds =
  /^(?:main|name|identity|age|in-the-news|we-care|you-should-care|who-else-cares|further-comments|corrections|retraction|sources|source-\d+|cited-\d+(?:-\d+)?)$/;
