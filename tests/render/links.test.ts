import { expect, test } from 'vitest';
import type { Path } from '../../src/briefing/resolved.ts';
import {
  briefingElsewhere,
  briefingSurface,
  publicationSurface,
} from '../../src/render/surface.ts';
import { forgottenLinks } from '../fakes/outgoing-links.ts';
import { pageNumbered, publication } from './pages.ts';

const { resolved, path } = pageNumbered(8);
const links = forgottenLinks(publication.baseUrl);
const own = briefingSurface(links, resolved, path, publication);
const live: Path = '/briefings/a-council-without-a-chair/';

test.each([
  ['https://example.org/a?b=c#d', 'https://example.org/a?b=c#d'],
  ['http://example.org/', 'http://example.org/'],
  ['mailto:desk@example.org', 'mailto:desk@example.org'],
  ['tel:+44201234567', 'tel:+44201234567'],
  ['javascript:alert(1)', null],
  ['JaVaScRiPt:alert(1)', null],
  [' javascript:alert(1)', null],
  ['java\nscript:alert(1)', null],
  ['data:text/html,<script>alert(1)</script>', null],
  ['vbscript:msgbox(1)', null],
  ['//example.org/', null],
  ['/briefings/keys/', null],
  ['https:example.org', null],
  ['blob:https://example.org/x', null],
  ['ftp://example.org/', null],
  ['https://', null],
  ['https://short-answer.example/', 'https://short-answer.example/'],
  [`https://short-answer.example${live}`, `https://short-answer.example${live}`],
  [`https://short-answer.example${live}?x=1#age`, `https://short-answer.example${live}?x=1#age`],
  ['https://short-answer.example/briefings/never-was/', null],
  ['https://SHORT-ANSWER.example/briefings/never-was/', null],
  ['https://short-answer.example:443/briefings/never-was/', null],
  ['https://short-answer.example/briefings/../briefings/never-was/', null],
  ['https://short%2Danswer.example/briefings/never-was/', null],
])('typed by an editor: %s', (typed, linked) => {
  expect(own.typedLink(typed)).toBe(linked);
});

test('our own address over http is linked over https', () => {
  expect(own.typedLink(`http://short-answer.example${live}`)).toBe(
    `https://short-answer.example${live}`,
  );
});

test('a list of the publication links in prose to nothing but its entry points', () => {
  const surface = publicationSurface(links, publication);
  expect(surface.typedLink(`https://short-answer.example${live}`)).toBeNull();
  expect(surface.typedLink('https://short-answer.example/archive/')).not.toBeNull();
});

test('elsewhere every address is absolute, anchors too', () => {
  const surface = briefingElsewhere(links, resolved, path, publication);
  expect(surface.href('/people/x/')).toBe('https://short-answer.example/people/x/');
  expect(surface.anchor('source-1')).toBe('https://short-answer.example/briefings/links/#source-1');
});
