/** @jsxImportSource preact */
import { escapeHTML, type PortableTextComponents, toHTML } from '@portabletext/to-html';
import { renderToStaticMarkup } from 'preact-render-to-string';
import fc from 'fast-check';
import { parseFragment, serialize } from 'parse5';
import { expect, test } from 'vitest';
import type { MarkDefinition, RichText, TextBlock } from '../../src/briefing/model.ts';
import type { ResolvedBriefing } from '../../src/briefing/resolved.ts';
import { PortableText } from '../../src/render/portable-text.tsx';
import { briefingSurface } from '../../src/render/surface.ts';
import { forgottenLinks } from '../fakes/outgoing-links.ts';
import { pageNumbered, pages, publication } from './pages.ts';

const { resolved, path } = pageNumbered(1);
const surface = briefingSurface(forgottenLinks(publication.baseUrl), resolved, path, publication);

/** The same closed set, said in the words of the outside witness. */
const components: Partial<PortableTextComponents> = {
  block: {
    normal: ({ children }) => `<p>${children ?? ''}</p>`,
    h3: ({ children }) => `<h3>${children ?? ''}</h3>`,
    blockquote: ({ children, value }) =>
      `<blockquote${'cite' in value ? ` cite="${escapeHTML(String(value.cite))}"` : ''}><p>${children ?? ''}</p></blockquote>`,
  },
  marks: {
    strong: ({ children }) => `<strong>${children}</strong>`,
    em: ({ children }) => `<em>${children}</em>`,
    link: ({ children, value }) => `<a href="${escapeHTML(value?.href)}">${children}</a>`,
    lang: ({ children, value }) =>
      `<span lang="${value?.language}" dir="${value?.language === 'ar' ? 'rtl' : 'ltr'}">${children}</span>`,
    citation: ({ children }) => children,
    briefingReference: ({ children }) => children,
  },
  hardBreak: () => '<br/>',
};

const ours = (text: RichText, within: ResolvedBriefing = resolved) =>
  renderToStaticMarkup(<PortableText text={text} resolved={within} surface={surface} />);
/** Read and written again by a parser, since references are a matter of taste; the witness changes double spaces. */
const asRead = (html: string) => serialize(parseFragment(html)).replaceAll('&nbsp;', ' ');

function theirs(text: RichText): string {
  // The witness takes any JSON that is Portable Text; its types are not ours.
  return toHTML(JSON.parse(JSON.stringify(text)), { components, onMissingComponent: false });
}

test('the answers of the numbered pages read as the outside witness reads them', () => {
  for (const { resolved } of pages) {
    for (const text of Object.values(resolved.briefing.answers)) {
      // What is ours alone: notes, live references, pictures, links that are not to be followed.
      if (/citation|briefingReference|portrait|short-answer\.example/.test(JSON.stringify(text)))
        continue;
      // A list that begins deep: the witness prints an empty entry before it.
      if (JSON.stringify(text).includes('Deep from the start')) continue;
      expect(asRead(ours(text))).toBe(asRead(theirs(text)));
    }
  }
});

const marks = ['strong', 'em', 'a', 'b', 'l', 'B', 'b-1', 'b_1', 'b1'] as const;
const definitions: readonly MarkDefinition[] = [
  { _type: 'link', _key: 'a', href: 'https://example.org/?a=1&b="2"' },
  { _type: 'link', _key: 'b', href: 'mailto:desk@example.org' },
  { _type: 'lang', _key: 'l', language: 'ar' },
  // Keys that machines of one language or another put in different orders.
  ...['B', 'b-1', 'b_1', 'b1'].map((key) => ({
    _type: 'link' as const,
    _key: key,
    href: `https://example.org/${key}`,
  })),
];
const anyBlock: fc.Arbitrary<TextBlock> = fc.record({
  _type: fc.constant('block' as const),
  _key: fc.constant('k'),
  style: fc.constantFrom('normal', 'h3', 'blockquote'),
  markDefs: fc.constant(definitions),
  children: fc.array(
    fc.record({
      _type: fc.constant('span' as const),
      _key: fc.constant('s'),
      text: fc.string({
        unit: fc.constantFrom('a', ' ', '<', '&', 'é', '\n', '>', 'ب'),
        minLength: 1,
      }),
      marks: fc.uniqueArray(fc.constantFrom(...marks)),
    }),
    { minLength: 1, maxLength: 5 },
  ),
});
const anyItem: fc.Arbitrary<TextBlock> = fc
  .tuple(
    anyBlock,
    fc.constantFrom('bullet' as const, 'number' as const),
    fc.integer({ min: 1, max: 3 }),
  )
  .map(([block, listItem, level]) => ({ ...block, style: 'normal', listItem, level }));
/** Lists that begin at their first level, as an editor makes them. */
const anyText: fc.Arbitrary<readonly TextBlock[]> = fc
  .array(
    fc.oneof(
      anyBlock.map((block) => [block]),
      fc
        .tuple(anyItem, fc.array(anyItem, { maxLength: 5 }))
        .map(([first, rest]) => asAnEditorNests([{ ...first, level: 1 }, ...rest])),
    ),
    { maxLength: 4 },
  )
  .map((parts) => parts.flat());

/** Each level of one kind, as the witness turns a level of two kinds into lists that begin deep. */
function asAnEditorNests(items: readonly TextBlock[]): readonly TextBlock[] {
  let deepest = 1;
  const kinds = new Map<number, TextBlock['listItem']>();
  return items.map((item) => {
    deepest = Math.min(item.level ?? 1, deepest + 1);
    const listItem = kinds.get(deepest) ?? item.listItem ?? 'bullet';
    kinds.set(deepest, listItem);
    return { ...item, level: deepest, listItem };
  });
}

test('marks across each other, lists in each other: as the outside witness nests them', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(asRead(ours(text))).toBe(asRead(theirs(text)));
    }),
    { numRuns: 500 },
  );
});

test('a briefing that is not live is its text, and nothing tells that it exists', () => {
  const html = ours(resolved.briefing.answers.whyWeCare);
  expect(html).toContain('about a forecast that nobody believed. Each');
  expect(html).not.toContain('briefing-unpublished');
  expect(html).toContain(
    '<a href="/briefings/a-council-without-a-chair/">the council of the lower river</a>',
  );
});

test('a citation of a source that is not there is its text', () => {
  const { briefing } = resolved;
  const without = { ...resolved, briefing: { ...briefing, citations: [] } };
  expect(ours(briefing.answers.whyYouShouldCare, without)).not.toContain('<sup>');
});
