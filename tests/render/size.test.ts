import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { RichText } from '../../src/briefing/model.ts';
import type { Card, ResolvedBriefing } from '../../src/briefing/resolved.ts';
import { briefingJson } from '../../src/feed/briefing-json.ts';
import { feeds } from '../../src/feed/feeds.ts';
import { monthPage } from '../../src/render/archive-pages.tsx';
import { briefingPage } from '../../src/render/briefing-page.tsx';
import { homePage } from '../../src/render/home-page.tsx';
import { plainText } from '../../src/render/plain-text.ts';
import { type PublicObject, stampBody } from '../../src/site/public-object.ts';
import { briefingText } from '../../src/text/print.ts';
import { pageNumbered, publication } from './pages.ts';

/* The byte budgets of a page (C1, C2). They gate: bytes are exact. */

const brotli = (body: string): number =>
  brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
const sizeOf = (object: PublicObject): number =>
  brotli(stampBody(object, '123456.0123456789abcdef'));

const whole = pageNumbered(1);
const bareText = Object.values(whole.resolved.briefing.answers).map(plainText).join('\n');
const wordCount = bareText.split(/\s+/).length;
const budgetWords = 390;

test('the page of a briefing of 390 words, its whole design inline, is at most 6 kB', () => {
  const page = briefingPage(withWords(budgetWords), whole.path, publication);
  expect(sizeOf(page)).toBeLessThanOrEqual(6_000);
  // And fits in the first round trip of a connection, with whatever compression the edge has.
  expect(gzipSync(page.body).length).toBeLessThanOrEqual(14_000);
});

test('its JSON is at most its bare text and 1.5 kB', () => {
  const json = briefingJson(whole.resolved, whole.path, publication);
  const text = briefingText(whole.resolved, whole.path, publication);
  const sources = whole.resolved.briefing.citations.map(({ title }) => title).join('\n');
  expect(sizeOf(json)).toBeLessThanOrEqual(brotli(text.body + sources) + 1_500);
});

test('home with twenty lines, and a month of fifty, are at most 8 kB', () => {
  const home = homePage(
    { newest: whole, latest: cards(20), months: ['2026-11', '2026-10', '2026-09'] },
    publication,
  );
  expect(sizeOf(home)).toBeLessThanOrEqual(8_000);
  const month = monthPage(
    { month: '2026-11', cards: cards(50), newer: null, older: '2026-10' },
    publication,
  );
  expect(sizeOf(month)).toBeLessThanOrEqual(8_000);
});

test('a feed of twenty is at most 1.4 times its bare text', () => {
  const items = Array.from({ length: 20 }, (_, index) => ({
    resolved: withWords(budgetWords, index),
    path: whole.path,
  }));
  const text = items
    .map(({ resolved }) => Object.values(resolved.briefing.answers).map(plainText).join('\n'))
    .join('\n');
  for (const feed of feeds({ items, olderMonth: null }, publication)) {
    expect(sizeOf(feed), feed.path).toBeLessThanOrEqual(brotli(text) * 1.4);
  }
});

/** The first briefing, its last answer longer or shorter until it has that many words in all. */
function withWords(count: number, seed = 0): ResolvedBriefing {
  const { briefing } = whole.resolved;
  const missing = count - wordCount + briefing.answers.furtherComments.length;
  return {
    ...whole.resolved,
    briefing: {
      ...briefing,
      id: `briefing-${seed}`,
      answers:
        seed === 0
          ? {
              ...briefing.answers,
              furtherComments: [...briefing.answers.furtherComments, paragraph(missing, 0)],
            }
          : {
              ...briefing.answers,
              whyInTheNews: [paragraph(count / 4, seed)],
              whyWeCare: [paragraph(count / 4, seed + 100)],
              whyYouShouldCare: [paragraph(count / 4, seed + 200)],
              whoElseCares: [paragraph(count / 4, seed + 300)],
              furtherComments: [],
            },
    },
  };
}

/** Words in an order that does not repeat, as prose does not. */
function paragraph(words: number, seed: number): RichText[number] {
  const vocabulary = [...new Set(bareText.split(/\s+/))];
  let state = seed * 7_919 + 17;
  const text = Array.from({ length: Math.max(1, Math.floor(words)) }, () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return vocabulary[state % vocabulary.length] ?? '';
  }).join(' ');
  return {
    _type: 'block',
    _key: `p${seed}`,
    style: 'normal',
    markDefs: [],
    children: [{ _type: 'span', _key: 's', text: `${text}.`, marks: [] }],
  };
}

function cards(count: number): readonly Card[] {
  return Array.from({ length: count }, (_, index) => {
    const words = plainText([paragraph(34, index + 1)]).split(' ');
    return {
      ...whole.card,
      id: `briefing-${index}`,
      path: `/briefings/${words
        .slice(0, 5)
        .join('-')
        .toLowerCase()
        .replace(/[^a-z-]/g, '')}/`,
      headline: words.slice(0, 9).join(' '),
      summary: words.slice(9).join(' '),
    };
  });
}
