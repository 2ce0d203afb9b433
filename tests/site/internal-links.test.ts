import { expect, test } from 'vitest';
import { internalLinks } from '../../src/site/internal-links.ts';

const baseUrl = 'https://short-answer.example';
const linksIn = (contentType: string, body: string, path: `/${string}` = '/here/') =>
  internalLinks({ path, contentType, body }, baseUrl);

test('a page: what a reader or a browser would follow, each once, without query and fragment', () => {
  expect(
    linksIn(
      'text/html; charset=utf-8',
      '<link rel="canonical" href="https://short-answer.example/a/"><meta property="og:image" content="https://short-answer.example/images/x.jpg">' +
        '<script type="application/ld+json">{"url":"https://short-answer.example/people/o/","headline":"\\"url\\":\\"https://short-answer.example/forged/\\""}</script>' +
        '<a href="/a/#age">a</a><a href="/b/?x=1&amp;y=2">b</a><a href="#here">here</a><a href="//example.org/c/">c</a>' +
        '<a href="https://example.org/d/">d</a><a href="https://short-answer.example">home</a><a href="https://short-answer.example.evil.org/e/">e</a>' +
        '<img src="/images/1.jpg" srcset="/images/2.jpg 1w, /images/3.jpg 2w"> https://short-answer.example/prose/ href=&quot;/quoted/&quot;',
    ),
  ).toEqual([
    '/a/',
    '/b/',
    '/',
    '/images/1.jpg',
    '/images/2.jpg',
    '/images/3.jpg',
    '/images/x.jpg',
    '/people/o/',
  ]);
});

test('a feed: its own links and those inside the HTML that it carries', () => {
  expect(
    linksIn(
      'application/rss+xml; charset=utf-8',
      '<link>https://short-answer.example/</link><atom:link rel="self" href="https://short-answer.example/rss.xml"/>' +
        '<title>https://short-answer.example/prose/</title><guid isPermaLink="false">tag:x,2026:1</guid>' +
        '<content:encoded>&lt;a href="https://short-answer.example/b/#source-1"&gt;b&lt;/a&gt; &lt;a href="https://example.org/?a=1&amp;amp;b=2"&gt;</content:encoded>',
    ),
  ).toEqual(['/rss.xml', '/b/', '/']);
});

test('JSON: members that hold addresses, and the HTML in it; never prose, never templates', () => {
  expect(
    linksIn(
      'application/json; charset=utf-8',
      JSON.stringify({
        $schema: `${baseUrl}/v1/schema/briefing.json`,
        url: `${baseUrl}/a/`,
        jsonUrl: null,
        headline: `${baseUrl}/prose/`,
        score: { about: `${baseUrl}/prose/` },
        movedTo: `${baseUrl}/b/`,
        endpoints: { briefing: `${baseUrl}/v1/briefings/{id}.json` },
        entries: [{ address: '/gone/' }],
        answers: [
          { html: '<a href="https://short-answer.example/c/">c</a>', text: '<a href="/d/">' },
        ],
      }),
    ),
  ).toEqual(['/v1/schema/briefing.json', '/a/', '/b/', '/c/']);
});

test('Markdown: links, not what looks like one', () => {
  expect(
    linksIn(
      'text/plain; charset=utf-8',
      '[a](https://short-answer.example/a/) <https://short-answer.example/b/> \\[c\\](https://short-answer.example/c/) \\<https://short-answer.example/d/\\> https://short-answer.example/e/',
      '/here/index.md',
    ),
  ).toEqual(['/a/', '/b/']);
});

test('plain text has no links; a redirect has one', () => {
  expect(linksIn('text/plain; charset=utf-8', 'https://short-answer.example/a/')).toEqual([]);
  expect(
    internalLinks(
      { path: '/old/', contentType: 'text/plain', body: '', location: '/new/' },
      baseUrl,
    ),
  ).toEqual(['/new/']);
});
