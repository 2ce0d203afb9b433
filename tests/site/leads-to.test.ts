import { describe, expect, test } from 'vitest';
import { buildSite } from '../../src/publishing/build.ts';
import { edition } from '../../src/publishing/edition.ts';
import { noHistory } from '../../src/publishing/history.ts';
import type { PublicObject } from '../../src/site/public-object.ts';
import { demoDocuments, imported } from '../demo/publication.ts';
import { publication } from '../render/pages.ts';
import { everyObject } from '../render/site.ts';
import { linksRead } from './links-read.ts';

/** Each object with what it says of its links, beside what a parser finds in it. */
function saidAndRead(objects: readonly PublicObject[], baseUrl: string) {
  const parsed = objects.filter(({ contentType }) => !contentType.startsWith('text/plain'));
  return {
    said: parsed.map(({ path, leadsTo }) => [path, ...leadsTo.toSorted()]),
    read: parsed.map((object) => [object.path, ...linksRead(object, baseUrl)]),
  };
}

describe('what an object leads to, by those who draw it, is what a parser finds in its bytes', () => {
  test('in the whole demo publication', async () => {
    const baseUrl = 'https://demo.example';
    const documents = new Map(
      demoDocuments().map((document) => [document._id, imported(document)] as const),
    );
    const { objects } = await buildSite({
      documents,
      history: noHistory,
      baseUrl,
      tagAuthority: 'demo.example,2026',
      renderers: edition,
      now: '2032-01-01T00:00:00.000Z',
    });
    const drawn: PublicObject[] = [];
    for await (const { object } of objects) drawn.push(object);
    expect(drawn.length).toBeGreaterThan(290);
    const { said, read } = saidAndRead(drawn, baseUrl);
    expect(said).toEqual(read);
    expect(new Set(said.flat()).size).toBeGreaterThan(200);
  });

  test('in every page, twin, feed and list of the fixtures, redirects and pictures among them', () => {
    const { said, read } = saidAndRead(everyObject, publication.baseUrl);
    expect(said).toEqual(read);
    expect(said.flat().filter((path) => path.startsWith('/images/')).length).toBeGreaterThan(20);
    expect(said).toContainEqual([
      '/v1/people/twin.json',
      '/v1/people/person-oksana.json',
      '/v1/schema/moved.json',
    ]);
  });

  test('each once, without query and fragment; and a plain text leads where its page does', () => {
    for (const { path, contentType, leadsTo } of everyObject) {
      expect(new Set(leadsTo).size).toBe(leadsTo.length);
      for (const link of leadsTo) expect(link).toMatch(/^\/(?!\/)[^?#\s]*$/);
      if (!contentType.startsWith('text/plain')) continue;
      const page = everyObject.find((each) => each.path === path.replace('index.txt', ''));
      expect(page?.leadsTo).toEqual(expect.arrayContaining([...leadsTo]));
    }
  });
});
