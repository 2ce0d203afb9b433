import { describe, expect, test } from 'vitest';
import type { PublishOutcome } from '../../src/publishing/publish.ts';
import { snapshotKey } from '../../src/publishing/state.ts';
import { packText } from '../../src/publishing/stored-text.ts';
import { paragraph } from '../briefing/sample.ts';
import { noDifference, openNewsroom, type Newsroom } from './newsroom.ts';
import { drafted, planIn } from './planned-newsroom.ts';

describe('much text (F33)', () => {
  test('eight answers of blanks are live at once, and do not keep anybody waiting', async () => {
    const newsroom = openNewsroom();
    const ids = Array.from({ length: 8 }, (_, at) => `b-blank-${at}`);
    for (const id of ids) newsroom.brief(id, { whyWeCare: [boldBlanks(60_000)] });
    newsroom.brief('b-other');

    const begin = process.cpuUsage();
    for (const id of [...ids, 'b-other']) await newsroom.publish(id);
    const { user, system } = process.cpuUsage(begin);

    expect(await newsroom.site('/briefings/')).toHaveLength(3 * 9);
    expect(await newsroom.differences()).toEqual(noDifference);
    // One such answer took ten seconds once; all of them, with their lists and feeds, take less than two.
    expect((user + system) / 1e6).toBeLessThan(10);
  });

  test('a new revision of more than 200,000 characters is refused, and the one before stays', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-one', { headline: 'Ada counts' });
    await newsroom.publish('b-one');
    newsroom.patch('b-one', { furtherComments: tooMuch });

    expect(await newsroom.written(() => newsroom.publish('b-one'))).toEqual([]);
    expect(await newsroom.receipt('b-one')).toMatchObject({
      state: 'quarantined',
      problems: [{ code: 'too-much-text', path: '' }],
    });
    expect(await newsroom.differences()).toEqual(noDifference);
  });

  test('one that was accepted before there was that bound is drawn again as ever, and its next revision is refused', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-old', { headline: 'Ada counts' });
    newsroom.brief('b-new', { headline: 'Ada sums' });
    await newsroom.publishWhole(['b-old', 'b-new']);
    await acceptedInOtherDays(newsroom, 'b-old', { furtherComments: tooMuch });

    // The settings, and another briefing's deletion: its page is drawn from the accepted revision.
    newsroom.patch('siteSettings', { name: 'The Nightly Why' });
    await newsroom.publishWhole(['siteSettings']);
    expect(await newsroom.text('/briefings/old/')).toContain('The Nightly Why');
    expect(await newsroom.text('/briefings/old/')).toContain('xxxx');
    expect(await newsroom.differences()).toEqual(noDifference);
    newsroom.remove('b-new');
    await newsroom.publishWhole(['b-new']);
    expect(await newsroom.differences()).toEqual(noDifference);

    // What its editor changes next is new.
    const accepted = newsroom.standing('b-old');
    newsroom.patch('b-old', { headline: 'Ada counts on' });
    expect(await newsroom.written(() => newsroom.publish('b-old'))).toEqual([]);
    expect(await newsroom.receipt('b-old')).toMatchObject({
      state: 'quarantined',
      problems: [{ code: 'too-much-text', path: '' }],
    });
    expect(await newsroom.text('/briefings/old/')).toContain('Ada counts<');
    expect(await newsroom.differences()).toEqual(noDifference);

    // The lake is restored to the accepted revision: read twice, it is believed, and not judged anew.
    newsroom.documents.set('b-old', accepted);
    const read = { ids: ['b-old'], takesOlder: true };
    expect(outcomeOf(await newsroom.request(read), 'b-old')).toBe('older-noted');
    newsroom.pass(16 * 60);
    expect(outcomeOf(await newsroom.request(read), 'b-old')).toBe('accepted');
    expect(await newsroom.record('entry:b-old')).toMatchObject({ refused: null });
    expect(await newsroom.differences()).toEqual(noDifference);

    newsroom.patch('b-old', {
      headline: 'Ada counts on',
      furtherComments: [paragraph('p', 'Shorter.')],
    });
    await newsroom.publishWhole(['b-old']);
    expect(await newsroom.text('/briefings/old/')).toContain('Ada counts on<');
    expect(await newsroom.differences()).toEqual(noDifference);
  });

  test('the plan of an edit draws one that was accepted before, and refuses its own next revision', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-old', { headline: 'Ada counts' });
    await newsroom.publishWhole(['b-old']);
    await acceptedInOtherDays(newsroom, 'b-old', { furtherComments: tooMuch });

    const renamed = drafted(newsroom, 'p-ada', { name: 'Augusta Ada King' });
    const plan = await planIn(newsroom, new Map([['p-ada', renamed]]));
    expect(plan).toMatchObject({ refused: [], unsettled: [], followers: ['b-old'] });

    const longer = drafted(newsroom, 'b-old', { headline: 'Ada counts on' });
    expect(await planIn(newsroom, new Map([['b-old', longer]]))).toMatchObject({
      refused: [{ id: 'b-old', problems: [{ code: 'too-much-text' }] }],
      writes: [],
    });
  });
});

const tooMuch = Array.from({ length: 5 }, (_, at) => paragraph(`p${at}`, 'x'.repeat(41_000)));

/** Two words in bold, far apart. */
function boldBlanks(length: number) {
  return paragraph('p', '', {
    children: [
      { _type: 'span', _key: 'a', text: 'Because', marks: [] },
      { _type: 'span', _key: 'b', text: `not${' '.repeat(length)}because`, marks: ['strong'] },
      { _type: 'span', _key: 'c', text: 'of that.', marks: [] },
    ],
  });
}

/** The accepted revision of a document becomes one that today's rules refuse, in the lake and in state. */
async function acceptedInOtherDays(
  newsroom: Newsroom,
  id: string,
  fields: Readonly<Record<string, unknown>>,
): Promise<void> {
  const document = { ...newsroom.standing(id), ...fields };
  newsroom.documents.set(id, document);
  const key = snapshotKey(id, document._rev);
  const stored = await newsroom.store.get(key);
  if (stored === null) throw new Error(`${id} has no accepted revision`);
  const put = await newsroom.store.put(
    key,
    { ...stored, body: packText(JSON.stringify(document)) },
    { ifMatch: stored.etag },
  );
  expect(put.kind).toBe('stored');
  // A warm process would remember the revision that it stored.
  if (newsroom.press.nodes instanceof Map) newsroom.press.nodes.clear();
}

function outcomeOf(outcome: PublishOutcome, id: string): string | undefined {
  return outcome.kind === 'done'
    ? outcome.reports.find((report) => report.id === id)?.outcome
    : outcome.kind;
}
