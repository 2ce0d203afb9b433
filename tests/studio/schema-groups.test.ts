import { createSchema } from 'sanity';
import { describe, expect, it } from 'vitest';
import { schemaTypes } from '../../sanity/schema-types/index.ts';
import { questions } from '../../src/briefing/model.ts';
import { questionOfField } from '../../sanity/inputs/question-of-field.ts';

const schema = createSchema({ name: 'default', types: schemaTypes });
/** What a form has at 1440 px, with the desk and a list beside it. */
const oneLine = 480;

describe('the tabs of a form', () => {
  it.each(['briefing', 'person', 'siteSettings'])('of a %s fit into one line', (name) => {
    const titles = groupsOf(name).map(({ title }) => title ?? '');
    expect(widthOf(titles), titles.join(' ')).toBeLessThanOrEqual(oneLine);
  });

  it('would not with Sanity’s own first tab and what a newsroom would say', () => {
    const wordy = ['All fields', 'The briefing', 'Answers', 'Portrait', 'Sources', 'Filing'];
    expect(widthOf([...wordy, 'Timing', 'Corrections'])).toBeGreaterThan(oneLine);
  });

  it('of a briefing follow its printed order, with what comes later at the end', () => {
    expect(groupsOf('briefing').map(({ title }) => title)).toEqual([
      'All',
      'Basics',
      'Answers',
      'Portrait',
      'Sources',
      'Filing',
      'Later',
    ]);
  });
});

it('the answers stand in the order in which they are printed', () => {
  const answers = groupsOf('briefing').find(({ name }) => name === 'answers');
  const asked = (answers?.fields ?? []).flatMap(({ name }) => questionOfField[name] ?? []);
  expect(asked).toEqual(questions);
});

function groupsOf(name: string) {
  const type = schema.get(name);
  return (type?.jsonType === 'object' ? type.groups : undefined) ?? [];
}

/** A row of tabs in Inter of 13 px: letters by how wide they are at most, 8 px around each, 8 between. */
function widthOf(titles: readonly string[]): number {
  const letters = [...titles.join('')].reduce((sum, letter) => sum + emOf(letter), 0);
  return Math.ceil(letters * 13 + titles.length * 16 + (titles.length - 1) * 8);
}

function emOf(letter: string): number {
  if (/[ fijlrtI]/.test(letter)) return 0.38;
  if (/[mwMW]/.test(letter)) return 0.92;
  return /[A-Z]/.test(letter) ? 0.74 : 0.62;
}
