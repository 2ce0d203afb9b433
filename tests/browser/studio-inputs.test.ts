import { isDeepStrictEqual } from 'node:util';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { childOf } from '../../src/briefing/problem.ts';
import { type Editor, type Newsroom, openNewsroom, until, violationsIn } from './studio.ts';

/* Every input of our own, by keyboard alone, in a narrow window; and what screen readers are told. */

const id = 'briefing-inputs';

let newsroom: Newsroom;
let editor: Editor;

beforeAll(async () => {
  newsroom = await openNewsroom({ bundles: inject('bundles'), isEmpty: true });
  await fill();
  editor = await newsroom.editor({ width: 1024 });
  await editor.open('briefing', id);
}, 240_000);

afterAll(() => newsroom.close());

// After each: a mistake of a script belongs to the story in which it came up.
afterEach(() => {
  if (editor.mistakes.length > 0) throw new Error(editor.mistakes.join('\n'));
});

describe('what will be printed is seen while it is chosen', () => {
  it('the score, by digits and arrows', async () => {
    const { page } = editor;
    await tab('Answers');
    const score = editor.field('score');
    await score.getByRole('radio').first().focus();
    await page.keyboard.press('7');
    await page.keyboard.press('ArrowRight');
    await draftHas('score', { value: 8, about: 'bread' });
    await reads('printed-score', 'You should care 8/10 about bread.');
    expect(await score.getByRole('radio', { checked: true }).getAttribute('aria-label')).toBe(
      '8 out of ten',
    );
    expect(await violationsIn(page, '[data-testid="field-score"]')).toEqual([]);
    await page.keyboard.press('Delete');
    await draftHas('score', { about: 'bread' });
  }, 120_000);

  it('the age, and another one only with a reason', async () => {
    const { page } = editor;
    await reads('printed-age', '68 or 69');
    const age = editor.field('age');
    await age.getByRole('button', { name: 'Print another age' }).focus();
    await page.keyboard.press('Enter');
    await editor.field('age.value').locator('input').focus();
    await page.keyboard.type('71');
    await draftHas('age', { value: 71 });
    await reads('printed-age', 'Instead of the computed 68 or 69: 2 years older.');
    await editor.field('age.reason').locator('input').focus();
    await page.keyboard.type('as printed');
    await draftHas('age', { value: 71, reason: 'as printed' });
    expect(await violationsIn(page, '[data-testid="printed-age"]')).toEqual([]);
    await age.getByRole('button', { name: 'Go back to the computed age' }).focus();
    await page.keyboard.press('Enter');
    await draftHas('age', undefined);
  }, 120_000);

  it('identities, several one after another, by a former name and by code', async () => {
    const { page } = editor;
    await reads('printed-identities', 'Soviet');
    await page.getByRole('combobox', { name: 'Add a country' }).focus();
    await page.keyboard.type('ussr');
    await page.getByRole('option', { name: /Soviet Union · SU/ }).waitFor();
    expect(await violationsIn(page, '[data-testid="country-search"]')).toEqual([]);
    await page.keyboard.press('Enter');
    await page.keyboard.type('xk');
    await page.getByRole('option', { name: /Kosovo · XK/ }).waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await until('two countries are not in the list', async () => {
      const identities = childOf(await draft(), 'identities');
      return (
        Array.isArray(identities) &&
        identities.map((each) => childOf(childOf(each, 'country'), '_ref')).join() ===
          'country-su,country-xk'
      );
    });
    await reads('printed-identities', 'Kosovar');
    await page.keyboard.type('nowhere');
    await page.getByText('answers to “nowhere”').waitFor();
    await page.getByRole('combobox', { name: 'Add a country' }).fill('');
  }, 120_000);

  it('the questions, with the pronouns of this person', async () => {
    await tab('Answers');
    const field = editor.field('whyInTheNews');
    await field.getByText('Why is she in the news?').waitFor();
    expect(await field.getByText('Why is he in the news?').count()).toBe(0);
    // The length stands beneath the field.
    await editor.page.getByText(/^14 words · most answers here have/).waitFor();
  }, 60_000);

  it('the crop of the portrait, as it is published', async () => {
    const { page } = editor;
    await tab('Portrait');
    const crop = page.getByTestId('crops').getByRole('img').first();
    await crop.waitFor();
    const address = (await crop.getAttribute('src')) ?? '';
    const picture = await fetch(address);
    const { data, info } = await sharp(Buffer.from(await picture.arrayBuffer()))
      .raw()
      .toBuffer({ resolveWithObject: true });
    // The hotspot is in the blue half: nothing red is left of the picture.
    expect([info.width, info.height]).toEqual([640, 800]);
    const corners = [0, info.width - 1].map((x) => [...data.subarray(3 * x, 3 * x + 3)]);
    for (const [red = 255, , blue = 0] of corners) expect(blue - red).toBeGreaterThan(150);
    expect(await violationsIn(page, '[data-testid="crops"]')).toEqual([]);
  }, 120_000);

  it('what a portrait lacks, with a way there', async () => {
    const { page } = editor;
    const portrait = editor.field('portrait');
    await portrait.getByRole('button', { name: /no alternative text/ }).focus();
    await page.keyboard.press('Enter');
    await focusIsIn('portrait.alt');
    await page.keyboard.type('A woman');
    await editor.field('portrait.credit').locator('input').focus();
    await page.keyboard.type('A. Person');
    await editor.field('portrait.licence.name').locator('input').focus();
    await page.keyboard.type('CC BY 4.0');
    await portrait.getByText('Picture, words and rights are all there.').waitFor();
    await editor.field('portrait.caption').locator('textarea').focus();
    await page.keyboard.type('A woman');
    await portrait.getByRole('button', { name: /are the same: “A woman”/ }).waitFor();
    expect(await violationsIn(page, '[data-testid="field-portrait"]')).toEqual([]);
  }, 120_000);
});

describe('sources', () => {
  it('begin with an address that is pasted, and say who cites them', async () => {
    const { page } = editor;
    await tab('Sources');
    const field = page.getByLabel('Add from an address');
    await field.focus();
    await page.keyboard.type('not an address');
    await page.keyboard.press('Enter');
    await page.getByText('No address of the web is in this text.').waitFor();
    await field.fill('A page – https://news.example.org/a');
    await page.keyboard.press('Enter');
    await until('the source is not in the list', async () => {
      const citations = childOf(await draft(), 'citations');
      const last: unknown = Array.isArray(citations) ? citations.at(-1) : undefined;
      return (
        childOf(last, 'key') === 'example' &&
        childOf(last, 'title') === 'A page' &&
        childOf(last, 'url') === 'https://news.example.org/a'
      );
    });
    await field.fill('https://another.example/b');
    await page.keyboard.press('Enter');
    await focusIsIn(/^citations.*title$/);
    await page.keyboard.type('Another page');
    await page.keyboard.press('Escape');
    await until('the cited source is not first', async () => {
      const places = await page.getByTestId('source-place').allInnerTexts();
      return (
        places.length === 3 &&
        /^1\s+Cited in: Why is she in the news\?$/.test(places[0] ?? '') &&
        /^2\s+Not cited anywhere/.test(places[1] ?? '')
      );
    });
    expect(await violationsIn(page, '[data-testid="paste-source"]')).toEqual([]);
    expect(await violationsIn(page, '[data-testid="source-place"]')).toEqual([]);
  }, 120_000);
});

describe('what stays once it was published', () => {
  it('the language, chosen by its first letters, and the moment', async () => {
    const { page } = editor;
    await tab('Basics');
    await editor.field('language').locator('select').focus();
    for (const [letters, tag] of [
      ['Fren', 'fr'],
      ['Engl', 'en'],
    ] as const) {
      await page.keyboard.type(letters);
      await draftHas('language', tag);
      // A browser takes letters that follow at once for more of the same word.
      await editor.field('language').locator('select').blur();
      await editor.field('language').locator('select').focus();
    }
    expect(await violationsIn(page, '[data-testid="field-language"]')).toEqual([]);
    await tab('Later');
    await editor.field('publishAt').waitFor();
    expect(await violationsIn(page, '[data-testid="field-publishAt"]')).toEqual([]);
  }, 120_000);
});

describe('a quotation', () => {
  it('has its source below the answer', async () => {
    const { page } = editor;
    await tab('Answers');
    const source = page.getByLabel('Source of “Some of us baked, some of …”');
    await source.focus();
    await page.keyboard.type('A baker, on local radio');
    await until('the quotation has no source', async () => {
      const comments = childOf(await draft(), 'furtherComments');
      const quotation: unknown = Array.isArray(comments) ? comments[0] : undefined;
      return childOf(quotation, 'cite') === 'A baker, on local radio';
    });
    expect(await violationsIn(page, '[data-testid="quotations"]')).toEqual([]);
  }, 120_000);
});

describe('the address', () => {
  it('is made from the headline, and says who has it already', async () => {
    const { page } = editor;
    await tab('Basics');
    const slug = editor.field('slug');
    await slug.getByRole('button', { name: 'Generate' }).focus();
    await page.keyboard.press('Enter');
    await draftHas('slug', { _type: 'slug', current: 'bread-in-kyiv' });
    await slug.getByText('/briefings/bread-in-kyiv/', { exact: false }).last().waitFor();
    await slug.getByText('This address is taken by').waitFor();
    await slug.getByRole('link', { name: 'Bread, first' }).waitFor();
    expect(await violationsIn(page, '[data-testid="field-slug"]')).toEqual([]);
    await slug.locator('input').focus();
    await page.keyboard.press('End');
    await page.keyboard.type('-2');
    await until(
      'the warning stays',
      async () => (await slug.getByText('is taken by').count()) === 0,
    );
  }, 120_000);
});

describe('the writing aids', () => {
  it('lead to the place, fold, and end with nothing to mark', async () => {
    const { page } = editor;
    const aids = page.getByTestId('writing-aids');
    await aids.getByRole('button', { name: /^Writing aids/ }).focus();
    await page.keyboard.press('Enter');
    const slip = aids.getByRole('button', { name: /written 1,200 and 1200/ });
    await slip.waitFor();
    expect(await violationsIn(page, '[data-testid="writing-aids"]')).toEqual([]);
    await slip.focus();
    await page.keyboard.press('Enter');
    // It is on another tab than the one that was open.
    await focusIsIn('whyInTheNews');
    await newsroom.lake
      .patch(`drafts.${id}`)
      .set({
        whyInTheNews: cited('Some 1,200 bakers met in the old town, and none of them slept.'),
      })
      .unset(['portrait.caption'])
      .commit();
    await aids.getByText('Nothing to mark', { exact: true }).waitFor();
    expect(await violationsIn(page, '[data-testid="writing-aids"]')).toEqual([]);
    await aids.getByRole('button', { name: /^Writing aids/ }).focus();
    await page.keyboard.press('Enter');
    expect(await aids.getByRole('button').count()).toBe(1);
  }, 120_000);
});

async function tab(name: string): Promise<void> {
  await editor.page.getByRole('tab', { name, exact: true }).click();
}

async function draft(): Promise<unknown> {
  return newsroom.lake.getDocument(`drafts.${id}`);
}

/** Waits until a field of the draft in the lake is this. */
async function draftHas(field: string, value: unknown): Promise<void> {
  let is: unknown;
  await until(
    () => `${field} is ${JSON.stringify(is)}`,
    async () => {
      is = childOf(await draft(), field);
      return isDeepStrictEqual(is, value);
    },
  );
}

async function reads(testId: string, text: string): Promise<void> {
  await editor.page.getByTestId(testId).getByText(text).waitFor();
}

async function focusIsIn(path: string | RegExp): Promise<void> {
  let is: unknown;
  await until(
    () => `the focus is in ${String(is)}`,
    async () => {
      is = await editor.page.evaluate(
        `document.activeElement?.closest('[data-testid^="field-"]')?.dataset.testid.slice(6)`,
      );
      return typeof is === 'string' && (typeof path === 'string' ? is === path : path.test(is));
    },
  );
}

function cited(text: string) {
  return [
    {
      _type: 'block',
      _key: 'b0',
      style: 'normal',
      children: [{ _type: 'span', _key: 's0', text, marks: ['m0'] }],
      markDefs: [{ _type: 'citation', _key: 'm0', citation: 'un' }],
    },
  ];
}

/** A publication that is just large enough. */
async function fill(): Promise<void> {
  const { lake } = newsroom;
  const half = { width: 640, height: 800, channels: 3 } as const;
  const marked = await sharp({ create: { ...half, width: 1280, background: '#d02020' } })
    .composite([
      {
        input: await sharp({ create: { ...half, background: '#2020d0' } })
          .png()
          .toBuffer(),
        left: 640,
        top: 0,
      },
    ])
    .png()
    .toBuffer();
  const image = await lake.assets.upload('image', marked, { filename: 'marked.png' });
  const country = (code: string, name: string, demonym: string, status: string) => ({
    _id: `country-${code.toLowerCase()}`,
    _type: 'country',
    code,
    name,
    demonym,
    status,
    slug: { _type: 'slug', current: name.toLowerCase().replace(' ', '-') },
  });
  const reference = (_ref: string) => ({ _type: 'reference', _ref });
  await lake
    .transaction()
    .createOrReplace(country('SU', 'Soviet Union', 'Soviet', 'former'))
    .createOrReplace(country('XK', 'Kosovo', 'Kosovar', 'contested'))
    .createOrReplace({
      _id: 'person-baker',
      _type: 'person',
      name: 'Olena Baker',
      slug: { _type: 'slug', current: 'olena-baker' },
      pronouns: 'she',
      born: '1957',
      identities: [{ _key: 'i0', _type: 'identity', country: reference('country-su') }],
    })
    .createOrReplace({
      _id: 'briefing-first',
      _type: 'briefing',
      headline: 'Bread, first',
      language: 'en',
      slug: { _type: 'slug', current: 'bread-in-kyiv' },
    })
    .createOrReplace({
      _id: `drafts.${id}`,
      _type: 'briefing',
      headline: 'Bread in Kyiv',
      date: '2026-11-24',
      language: 'en',
      person: reference('person-baker'),
      whyInTheNews: cited('Some 1,200 bakers met in town; of the 1200 bakers nobody slept at all.'),
      furtherComments: [
        {
          _type: 'block',
          _key: 'q0',
          style: 'blockquote',
          markDefs: [],
          children: [
            {
              _type: 'span',
              _key: 's0',
              text: '“Some of us baked, some of us talked, and at dawn we sold every loaf.”',
              marks: [],
            },
          ],
        },
      ],
      score: { about: 'bread' },
      portrait: {
        _type: 'portrait',
        image: {
          _type: 'image',
          asset: reference(image._id),
          hotspot: { _type: 'sanity.imageHotspot', x: 0.75, y: 0.5, width: 0.2, height: 0.2 },
        },
      },
      citations: [
        { _key: 'c0', _type: 'citation', key: 'un', url: 'https://un.org/a', title: 'A report' },
      ],
    })
    .commit();
}
