import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, inject, test } from 'vitest';
import { TrialFailed, triedApart } from '../../lambdas/tried-apart.ts';
import { tryOut } from '../../src/publishing/try-out.ts';
import { openNewsroom } from '../publishing/newsroom.ts';

/** A thread that behaves as told of each document, and says what a trial says. */
const script = (behaviour: string) => ({
  workPerDocument: 500,
  script: new URL(
    `data:text/javascript,${encodeURIComponent(`
      import { parentPort, workerData } from 'node:worker_threads';
      for (const id of workerData.ids) {
        if (workerData.known.has(id)) continue;
        parentPort.postMessage({ kind: 'trying', revision: id });
        await (${behaviour})(id);
      }
      parentPort.postMessage({ kind: 'done', refusals: workerData.known });
    `)}`,
  ),
});

const { press } = openNewsroom();
const ids = ['b-one', 'b-two', 'b-three'];

describe('F87: a document whose drawing does not end, in a thread of its own', () => {
  test('is the one that is refused; those before and after it are tried to the end', async () => {
    const endless = script("(id) => { while (id === 'b-two'); }");
    expect(await triedApart(press, ids, endless)).toEqual(
      new Map([['b-two', { code: 'takes-too-long', path: '' }]]),
    );
  }, 30_000);

  test('waiting is no work: who waits for the store longer than that is not to blame', async () => {
    const patient = script('() => new Promise((wake) => setTimeout(wake, 1_500))');
    expect(await triedApart(press, ids, patient)).toEqual(new Map());
  }, 30_000);

  test('one that takes all memory ends its thread and not the function', async () => {
    const hungry = script(
      "(id) => { const held = []; while (id === 'b-two') held.push(new Array(100_000).fill(id + held.length)); }",
    );
    expect(await triedApart(press, ids, hungry)).toEqual(
      new Map([['b-two', { code: 'takes-too-long', path: '' }]]),
    );
  }, 30_000);

  test('a slice of whole-site work that does not end is to blame itself', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-one');
    await newsroom.publishWhole([...newsroom.documents.keys()]);
    const endless = new URL(
      `data:text/javascript,${encodeURIComponent(`
        import { parentPort, workerData } from 'node:worker_threads';
        if (!workerData.known.has('*slice')) {
          parentPort.postMessage({ kind: 'trying', revision: '*slice' });
          for (;;);
        }
        parentPort.postMessage({ kind: 'done', refusals: workerData.known });
      `)}`,
    );
    const trial = { script: endless, workPerDocument: 500 };
    const known = await triedApart(newsroom.press, [], trial);
    expect(known).toEqual(new Map([['*slice', { code: 'takes-too-long', path: '' }]]));
    const tried: string[] = [];
    expect(await tryOut(newsroom.press, [], known, (at) => void tried.push(at))).toEqual(known);
    expect(tried).toEqual([]);
  }, 30_000);

  test('a trial that fails by itself says nothing of anybody', async () => {
    const broken = new URL('data:text/javascript,throw new Error("no trial")');
    const trial = { script: broken, workPerDocument: 500 };
    await expect(triedApart(press, ids, trial)).rejects.toThrow(TrialFailed);
  });
});

describe('the thread that ships', () => {
  const shipped = () => ({
    workPerDocument: 5_000,
    script: pathToFileURL(join(inject('bundles'), 'publish-briefings', 'try-out.mjs')),
  });

  test('reads through the function, finds nothing amiss with sound documents, and writes nothing', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-one');
    await newsroom.publishWhole([...newsroom.documents.keys()]);
    newsroom.patch('b-one', { headline: 'Ada counts on' });
    newsroom.brief('b-two', { person: 'p-ibn' });
    const before = await newsroom.everything();

    expect(await triedApart(newsroom.press, ['b-one', 'b-two', 'b-gone'], shipped())).toEqual(
      new Map(),
    );
    expect(await newsroom.everything()).toEqual(before);
  }, 30_000);

  test('an outage is nobody’s fault, and is told as it is', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-one');
    await newsroom.publishWhole([...newsroom.documents.keys()]);
    newsroom.patch('b-one', { headline: 'Ada counts on' });
    newsroom.beforeCall = ({ key }) => {
      if (key === 'state/root') throw new Error('S3 is down');
    };
    await expect(triedApart(newsroom.press, ['b-one'], shipped())).rejects.toThrow('S3 is down');
  }, 30_000);
});
