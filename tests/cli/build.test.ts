import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { corpus } from '../../bench/corpus.ts';
import { runIn } from './press.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'build-'));
  write('L.ndjson', [...corpus(40)]);
});
afterEach(() => rmSync(directory, { recursive: true }));

/** Every file of a tree, by path. */
const treeIn = (name: string) =>
  readdirSync(join(directory, name), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => [file, readFileSync(file, 'utf8')]);

const write = (name: string, documents: readonly unknown[]): void =>
  writeFileSync(
    join(directory, name),
    documents.map((each) => `${JSON.stringify(each)}\n`).join(''),
  );
/** A corpus in which one briefing was changed. */
const withChange = (briefings: number, fields: Readonly<Record<string, unknown>>) =>
  [...corpus(briefings)].map((each) =>
    each['_id'] === 'briefing-3' ? { ...each, ...fields } : each,
  );
const stage = '--base-url https://daily.example --tag-authority daily.example,2026';
const at = '--as-of 2026-11-20T00:00:00Z';
const build = (rest: string) => runIn(directory, `build --from L.ndjson ${stage} ${at} ${rest}`);

describe('build', () => {
  it('makes the same tree of the same documents, in whatever order they come', async () => {
    const one = await build('--out one --json');
    write('L.ndjson', [...corpus(40)].reverse());
    const other = await build('--out other --json');
    expect([one.exit, other.exit]).toEqual([0, 0]);
    expect(JSON.parse(other.out)).toMatchObject({
      objects: JSON.parse(one.out).objects,
      root: JSON.parse(one.out).root,
    });
    expect(await runIn(directory, 'diff one other')).toMatchObject({
      exit: 0,
      out: `no differences in ${JSON.parse(one.out).objects} objects\n`,
    });
  });

  it('says of every file what it cannot say itself, in the order of paths', async () => {
    await build('--out site');
    const objects: unknown = JSON.parse(
      readFileSync(join(directory, 'site/_objects.json'), 'utf8'),
    );
    const paths = Object.keys(Object(objects));
    expect(paths).toEqual([...paths].sort());
    expect(paths.filter((path) => !existsSync(join(directory, 'site', path)))).toEqual([]);
    expect(objects).toMatchObject({
      'index.html': {
        contentType: 'text/html; charset=utf-8',
        cacheControl: expect.stringContaining('s-maxage=60'),
        tags: expect.any(Array),
      },
      'briefings/briefing-7/index.html': { tags: expect.arrayContaining(['briefing-briefing-7']) },
    });
  });

  it('passes over drafts, versions and what belongs to the lake', async () => {
    const before = JSON.parse((await build('--out before --json')).out);
    write('L.ndjson', [
      ...corpus(40),
      { _id: 'drafts.briefing-1', _type: 'briefing', headline: 'CANARY' },
      { _id: 'versions.r1.briefing-2', _type: 'briefing', headline: 'CANARY' },
      { _id: 'image-abc-1x1-png', _type: 'sanity.imageAsset' },
    ]);
    const after = JSON.parse((await build('--out after --json')).out);
    expect({ root: after.root, problems: after.problems }).toEqual({
      root: before.root,
      problems: before.problems,
    });
  });

  it('leaves out what is invalid, and tells field and fix', async () => {
    write('L.ndjson', withChange(40, { headline: '' }));
    const built = await build('--out site');
    expect(built.exit).toBe(1);
    expect(built.err).toContain('briefing briefing-3\n  error  headline: ');
    expect(existsSync(join(directory, 'site/briefings/briefing-3'))).toBe(false);
    expect(existsSync(join(directory, 'site/briefings/briefing-4/index.html'))).toBe(true);
    const kept: unknown = JSON.parse(readFileSync(join(directory, 'site.problems.json'), 'utf8'));
    expect(kept).toContainEqual({
      id: 'briefing-3',
      type: 'briefing',
      problems: expect.arrayContaining([
        expect.objectContaining({ path: 'headline', severity: 'error' }),
      ]),
    });
  });

  it('tells the first ten documents with warnings, those with errors last, and where all are', async () => {
    write('L.ndjson', withChange(40, { headline: '' }));
    const built = await build('--out site');
    const told = built.err.split('\n');
    const { length: documents } = z
      .array(z.unknown())
      .parse(JSON.parse(readFileSync(join(directory, 'site.problems.json'), 'utf8')));
    expect(told.filter((line) => /^[a-z]+ [a-z]+-\d+$/.test(line))).toHaveLength(11);
    const end = told.findIndex((line) => line.startsWith('…'));
    expect(told.slice(end, end + 3)).toEqual([
      `… and ${documents - 11} more documents with warnings: site.problems.json has all`,
      'briefing briefing-3',
      expect.stringMatching(/^ {2}error {2}headline: /),
    ]);
    expect(documents).toBeGreaterThan(40);
  });

  it('does not write into a folder that is in use, and replaces only a tree', async () => {
    mkdirSync(join(directory, 'mine'));
    writeFileSync(join(directory, 'mine/thesis.txt'), 'Years of work.');
    expect(await build('--out mine')).toMatchObject({
      exit: 2,
      err: expect.stringContaining('is not empty. Choose another folder, or --force'),
    });
    expect(await build('--out mine --force')).toMatchObject({
      exit: 2,
      err: expect.stringContaining('holds no public tree'),
    });
    expect(readFileSync(join(directory, 'mine/thesis.txt'), 'utf8')).toBe('Years of work.');

    await build('--out site');
    writeFileSync(join(directory, 'site/left-over.html'), 'old');
    expect((await build('--out site')).exit).toBe(2);
    expect((await build('--out site --force')).exit).toBe(0);
    expect(existsSync(join(directory, 'site/left-over.html'))).toBe(false);
  });

  it('takes stored pictures over from another tree, as they are', async () => {
    await build('--out site');
    cpSync(join(directory, 'site'), join(directory, 'pictures'), { recursive: true });
    mkdirSync(join(directory, 'pictures/images'));
    writeFileSync(join(directory, 'pictures/images/abc-320.webp'), Buffer.from([1, 2, 255, 0]));
    const facts = JSON.parse(readFileSync(join(directory, 'pictures/_objects.json'), 'utf8'));
    const picture = { contentType: 'image/webp', cacheControl: 'immutable', tags: [] };
    writeFileSync(
      join(directory, 'pictures/_objects.json'),
      JSON.stringify({ ...facts, 'images/abc-320.webp': picture }),
    );
    await build('--out with --images pictures');
    expect(readFileSync(join(directory, 'with/images/abc-320.webp'))).toEqual(
      Buffer.from([1, 2, 255, 0]),
    );
    expect(await runIn(directory, 'diff pictures with')).toMatchObject({ exit: 0 });
  });

  it.each([
    ['missing', 'nowhere', 'is no public tree'],
    ['empty', 'empty', 'is no public tree'],
    ['a file', 'L.ndjson', 'is no public tree'],
    ['a folder of pictures', 'loose', 'is no public tree'],
    ['a tree without a picture that it lists', 'half', 'lists images/abc-320.webp'],
    ['a tree that lists what is outside of it', 'sly', 'lists images/../../L.ndjson'],
    ['the tree that is replaced', 'site', 'is in what --out replaces'],
    ['a folder in the tree that is replaced', 'site/briefings', 'is in what --out replaces'],
  ])('writes nothing when --images is %s', async (_what, folder, message) => {
    await build('--out site');
    const before = treeIn('site');
    const picture = { contentType: 'image/webp', cacheControl: 'immutable', tags: [] };
    const objects: Readonly<Record<string, object>> = {
      half: { 'images/abc-320.webp': picture },
      sly: { 'images/../../L.ndjson': picture },
    };
    mkdirSync(join(directory, 'empty'));
    mkdirSync(join(directory, 'loose/images'), { recursive: true });
    writeFileSync(join(directory, 'loose/images/abc-320.webp'), 'a picture');
    for (const [name, facts] of Object.entries(objects)) {
      mkdirSync(join(directory, name));
      writeFileSync(join(directory, name, '_objects.json'), JSON.stringify(facts));
    }

    const { exit, out, err } = await build(`--out site --force --images ${folder}`);
    expect({ exit, out }).toEqual({ exit: 2, out: '' });
    expect(err).toContain(message);
    expect(err).not.toContain('    at ');
    expect(treeIn('site')).toEqual(before);
  });

  it('does not begin a tree either when --images is missing', async () => {
    expect(await build('--out new --images nowhere')).toMatchObject({ exit: 2 });
    expect([
      existsSync(join(directory, 'new')),
      existsSync(join(directory, 'new.problems.json')),
    ]).toEqual([false, false]);
  });

  it.each([
    [`nowhere.ndjson --out x ${stage}`, 'Expected a dataset export'],
    [`broken.ndjson --out x ${stage}`, 'broken.ndjson, line 2 is not JSON'],
    [`twice.ndjson --out x ${stage}`, 'twice.ndjson, line 2: a is there twice'],
    [`L.ndjson --out x ${stage} --state L.ndjson`, 'Expected a state-history'],
    [`L.ndjson --out x ${stage} --as-of yesterday`, '--as-of: expected an instant'],
    [`empty.ndjson --out x ${stage}`, 'publish the settings first'],
  ])('cannot build from %s, and says why', async (rest, message) => {
    writeFileSync(join(directory, 'broken.ndjson'), '{"_id":"a"}\n{"_id":\n');
    writeFileSync(join(directory, 'twice.ndjson'), '{"_id":"a"}\n{"_id":"a"}\n');
    writeFileSync(join(directory, 'empty.ndjson'), '');
    const { exit, out, err } = await runIn(directory, `build --from ${rest}`);
    expect({ exit, out }).toEqual({ exit: 2, out: '' });
    expect(err).toContain(message);
    expect(err).not.toContain('    at ');
  });
});

describe('validate', () => {
  it('names document, field and fix of what is wrong, and exits 1', async () => {
    write('L.ndjson', withChange(5, { date: '2026-13-40' }));
    const found = await runIn(directory, 'validate L.ndjson --no-warnings');
    expect(found.exit).toBe(1);
    expect(found.out).toMatch(
      /^briefing briefing-3\n {2}error {2}date: .+\nvalidated 117 documents: 1 error in 1 document, 0 warnings\n$/,
    );
  });

  it('checks the rest when there are no settings, and says that they are missing', async () => {
    write(
      'L.ndjson',
      [...corpus(3)].filter((each) => each['_id'] !== 'siteSettings'),
    );
    const found = await runIn(directory, 'validate L.ndjson --no-warnings --json');
    expect(found.exit).toBe(1);
    expect(JSON.parse(found.out)).toMatchObject({
      errors: 1,
      problems: [{ id: 'siteSettings', problems: [{ code: 'required' }] }],
    });
  });
});
