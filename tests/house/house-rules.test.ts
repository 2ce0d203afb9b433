import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

/** What plan and preview are made of: of publishing the Studio has these, and not what they stand on. */
const forTheStudio = [
  'affected.ts',
  'edition.ts',
  'neighbourhood.ts',
  'planned-edit.ts',
  'public-facts.ts',
];
const notForTheStudio = readdirSync(join(root, 'src', 'publishing'), {
  recursive: true,
  encoding: 'utf8',
}).filter((file) => file.endsWith('.ts') && !forTheStudio.includes(file));

/** Each is one file in a copy of the house, and what the linter must say of it. */
const planted: Readonly<Record<string, readonly [source: string, verdict: string]>> = {
  'src/briefing/asks-its-address.ts': [
    `export { homePath } from '../site/paths.ts';`,
    'src/briefing may not import src/site/paths.ts; it stands on nothing',
  ],
  'src/site/draws.ts': [
    `import type { briefingPage } from '../render/briefing-page.tsx';\nexport type Page = typeof briefingPage;`,
    'src/site may not import src/render/briefing-page.tsx; it stands on src/briefing',
  ],
  'src/render/plans.tsx': [
    `import { step } from '../publishing/step.ts';\nexport const plan = step;`,
    'src/render may not import src/publishing/step.ts; it stands on src/briefing, src/site',
  ],
  'src/render/feeds.ts': [
    `export * from '../feed/json-feed.ts';`,
    'src/render may not import src/feed/json-feed.ts; it stands on src/briefing, src/site',
  ],
  'src/render/leads-on.tsx': [
    `/** @jsxImportSource preact */\nimport { homePath } from '../site/paths.ts';\nexport const Way = () => <a href={homePath}>Home</a>;`,
    'href leads where its object does not know of; make it by href, url, anchor or typedLink of the surface',
  ],
  'src/render/leads-on-to-a-card.tsx': [
    `/** @jsxImportSource preact */\nexport const Way = ({ card }: { card: { path: string } }) => <a href={card.path}>Home</a>;`,
    'href leads where its object does not know of; make it by href, url, anchor or typedLink of the surface',
  ],
  'src/render/leads-on-by-function.tsx': [
    `/** @jsxImportSource preact */\nimport { personPath } from '../site/paths.ts';\nexport const Way = () => <a href={personPath('a')}>A</a>;`,
    'href leads where its object does not know of; make it by href, url, anchor or typedLink of the surface',
  ],
  'src/text/feeds.ts': [
    `export type Feed = import('../feed/feed.ts').Feed;`,
    'src/text may not import src/feed/feed.ts; it stands on src/briefing, src/site, src/render',
  ],
  'src/publishing/writes.ts': [
    `import { s3Store } from '../adapters/s3-store.ts';\nexport const store = s3Store;`,
    'src/publishing may not import src/adapters/s3-store.ts; it stands on src/briefing, src/site, src/render, src/text, src/feed',
  ],
  'src/webhook/publishes.ts': [
    `export const publish = () => import('../publishing/publish.ts');`,
    'src/webhook may not import src/publishing/publish.ts; it stands on src/briefing',
  ],
  'src/feed/borrows.ts': [
    `import { tokens } from '../../tests/local/lake/lake-fixture.ts';\nexport const borrowed = tokens;`,
    'src/feed may not import tests/local/lake/lake-fixture.ts; it stands on src/briefing, src/site, src/render, src/text',
  ],
  'src/adapters/runs-the-twin.ts': [
    `import { startS3 } from '../../local/s3/start-s3.ts';\nexport const start = startS3;`,
    'src/adapters may not import local/s3/start-s3.ts; it stands on src/briefing, src/site, src/render, src/text, src/feed, src/publishing, src/webhook',
  ],
  'lambdas/speaks-s3.ts': [
    `import { S3Client } from '@aws-sdk/client-s3';\nexport const client = new S3Client({});`,
    'lambdas may not import "@aws-sdk/client-s3"; it has zod, node:*',
  ],
  'cdk/renders.ts': [
    `import { homePage } from '../src/render/home-page.tsx';\nexport const page = homePage;`,
    'cdk may not import src/render/home-page.tsx; it stands on src/site, cdk/charter',
  ],
  'cdk/charter/builds.ts': [
    `import { Stack } from 'aws-cdk-lib';\nexport class Site extends Stack {}`,
    'cdk/charter may not import "aws-cdk-lib"; it has nothing',
  ],
  'local/builds-the-stack.ts': [
    `import { siteOf } from '../cdk/site.ts';\nexport const site = siteOf;`,
    'local may not import cdk/site.ts; it stands on src/briefing, src/site, src/render, src/text, src/feed, src/publishing, src/webhook, src/adapters, cdk/charter',
  ],
  'cli/builds-the-stack.ts': [
    `import { Site } from '../cdk/site.ts';\nexport const site = Site;`,
    'cli may not import cdk/site.ts; it stands on src/briefing, src/site, src/render, src/text, src/feed, src/publishing, src/webhook, src/adapters, cdk/charter',
  ],
  'cli/synthesizes.ts': [
    `export type Stack = import('aws-cdk-lib/core').Stack;`,
    'cli may not import "aws-cdk-lib/core"; it does without aws-cdk-lib, constructs',
  ],
  'sanity/publishes.ts': [
    `import { publish } from '../src/publishing/publish.ts';\nexport const now = publish;`,
    'sanity may not import src/publishing/publish.ts; it stands on src/briefing, src/site, src/render, src/text, src/feed',
  ],
  ...Object.fromEntries(notForTheStudio.map(studioBorrows)),
  // Not as a type, and not late.
  'sanity/preview/builds-all.ts': [
    `import type { cleanSite } from '../../src/publishing/clean-site.ts';\nexport type Site = typeof cleanSite;`,
    'sanity may not import src/publishing/clean-site.ts; it stands on src/briefing, src/site, src/render, src/text, src/feed',
  ],
  'sanity/actions/commits.ts': [
    `export const commit = () => import('../../src/publishing/publisher.ts');`,
    'sanity may not import src/publishing/publisher.ts; it stands on src/briefing, src/site, src/render, src/text, src/feed',
  ],
  'sanity/structure/reads-by-itself.ts': [
    `export { sanityLake } from '../../src/adapters/sanity-lake.ts';`,
    'sanity may not import src/adapters/sanity-lake.ts; it stands on src/briefing, src/site, src/render, src/text, src/feed',
  ],
  'sanity/stage/starts-the-twin.ts': [
    `export { startLake } from '../../local/lake/start-lake.ts';`,
    'sanity may not import local/lake/start-lake.ts; it stands on src/briefing, src/site, src/render, src/text, src/feed',
  ],
  // What the Studio may, nobody else may for that.
  'src/feed/plans.ts': [
    `export { affected } from '../publishing/affected.ts';`,
    'src/feed may not import src/publishing/affected.ts; it stands on src/briefing, src/site, src/render, src/text',
  ],
  'demo/cheats.ts': [
    `import { startStack } from '../local/stack/stack.ts';\nexport const stack = startStack;`,
    'demo may not import local/stack/stack.ts; it stands on nothing',
  ],
  'src/render/asks-aws.ts': [
    `import type { S3Client } from '@aws-sdk/client-s3';\nexport type Client = S3Client;`,
    'src/render may not import "@aws-sdk/client-s3"; it has preact, preact-render-to-string, @portabletext/toolkit',
  ],
  'src/briefing/reads-files.ts': [
    `import { readFile } from 'node:fs/promises';\nexport const read = readFile;`,
    'src/briefing may not import "node:fs/promises"; it has zod',
  ],
  'src/publishing/hashes-elsewhere.ts': [
    `export { createHash } from 'node:crypto';`,
    'src/publishing may not import "node:crypto"; it has nothing',
  ],
  'src/site/chooses-late.ts': [
    `export const load = (name: string) => import(name);`,
    'src/site may not import what is named only at run time',
  ],
  'src/weather/forecast.ts': [
    `export const forecast = 'rain';`,
    'src/weather/forecast.ts stands in no layer; give its folder one in scripts/house/layers.ts',
  ],
  'src/feed/fetches.ts': [
    `export const load = () => fetch('https://example.org/');`,
    'fetch reaches for the world outside; src is pure outside src/adapters: take it as an argument',
  ],
  'src/feed/fetches-by-a-side-door.ts': [
    `export const load = () => globalThis.fetch('https://example.org/');`,
    'globalThis reaches for the world outside; src is pure outside src/adapters: take it as an argument',
  ],
  'src/briefing/reads-the-environment.ts': [
    `export const stage = process.env['STAGE'];`,
    'process reaches for the world outside; src is pure outside src/adapters: take it as an argument',
  ],
  'src/publishing/tells-the-time.ts': [
    `export const now = () => Date.now();`,
    'Date.now reaches for the clock; src is pure outside src/adapters: take it as an argument',
  ],
  'src/publishing/tells-today.ts': [
    `export const today = () => new Date().toISOString();`,
    'new Date() reaches for the clock; src is pure outside src/adapters: take it as an argument',
  ],
  'src/publishing/throws-dice.ts': [
    `export const draw = () => Math['random']();`,
    'Math.random reaches for chance; src is pure outside src/adapters: take it as an argument',
  ],
  'src/render/speaks-the-local-tongue.ts': [
    `export const count = (n: number) => n.toLocaleString();`,
    "toLocaleString reaches for the machine's language or zone; src is pure outside src/adapters: take it as an argument",
  ],
  'src/feed/sorts-by-locale.ts': [
    `export const order = (a: string, b: string) => a.localeCompare(b);`,
    "localeCompare reaches for the machine's language or zone; src is pure outside src/adapters: take it as an argument",
  ],
  'src/feed/formats.ts': [
    `export const format = new Intl.NumberFormat('en');`,
    'Intl reaches for the world outside; src is pure outside src/adapters: take it as an argument',
  ],
  'src/site/asks-the-wall-clock.ts': [
    `export const year = (instant: string) => new Date(instant).getFullYear();`,
    "getFullYear reaches for the machine's language or zone; src is pure outside src/adapters: take it as an argument",
  ],
  'src/webhook/logs.ts': [
    `export const log = (text: string) => console.log(text);`,
    'console reaches for the world outside; src is pure outside src/adapters: take it as an argument',
  ],
  'src/publishing/waits.ts': [
    `export const later = (act: () => void) => setTimeout(act, 10);`,
    'setTimeout reaches for the world outside; src is pure outside src/adapters: take it as an argument',
  ],
};

/** What the rules must leave alone, so that they are not merely saying no. */
const allowed: Readonly<Record<string, string>> = {
  'src/publishing/digest.ts': `export { createHash } from 'node:crypto';`,
  'src/publishing/stored-text.ts': `export { brotliCompressSync } from 'node:zlib';`,
  'src/webhook/signature.ts': `export { createHmac } from 'node:crypto';`,
  'src/briefing/time-zone.ts': `export const zone = (timeZone: string) => new Intl.DateTimeFormat('en', { timeZone });`,
  'src/briefing/instants.ts': `export const iso = (time: number) => new Date(time).toISOString();`,
  'src/feed/own-names.ts': `export const print = (console: { log(text: string): void }) => console.log('mine');`,
  'src/adapters/clock.ts': `import { S3Client } from '@aws-sdk/client-s3';\nexport const clock = [Date.now, process.env, S3Client];`,
  'src/publishing/stands-on-all.ts': `export { a } from '../feed/a.ts';\nexport { b } from '../render/b.tsx';\nexport { c } from '../site/c.ts';`,
  'sanity/plans.ts': forTheStudio
    .map((file) => `export * from '../src/publishing/${file}';`)
    .join('\n'),
  'lambdas/sweep.ts': `export { publish } from '../src/publishing/publish.ts';`,
  'local/clock.ts': `export const now = Date.now;`,
  'local/has-rights.ts': `export { rightsOf } from '../cdk/charter/rights.ts';`,
  'cli/knows-stages.ts': `export { stages } from '../cdk/charter/stages.ts';\nexport { Command } from 'commander';`,
  'cdk/bucket.ts': `export { homePath } from '../src/site/paths.ts';\nexport { Stack } from 'aws-cdk-lib';`,
};

interface Finding {
  readonly filename: string;
  readonly code: string;
  readonly message: string;
}

let house: string;

beforeAll(async () => {
  house = await mkdtemp(join(tmpdir(), 'house-'));
  for (const part of ['.oxlintrc.json', join('scripts', 'house')]) {
    await cp(join(root, part), join(house, part), { recursive: true });
  }
  // The project's own settings name packages that the copy does not have.
  await writeFile(join(house, 'tsconfig.json'), '{ "compilerOptions": { "strict": true } }');
  for (const [path, source] of [
    ...Object.entries(planted).map(([path, [source]]) => [path, source] as const),
    ...Object.entries(allowed),
  ]) {
    await mkdir(dirname(join(house, path)), { recursive: true });
    await writeFile(join(house, path), `${source}\n`);
  }
});

afterAll(() => rm(house, { recursive: true }));

describe('the rules of the house', () => {
  it('catch every planted violation, and nothing that is allowed', async () => {
    const found = (await lint(house, ['src', 'lambdas', 'local', 'cdk', 'cli', 'sanity', 'demo']))
      .filter(({ code }) => code.startsWith('house('))
      .map(({ filename, message }) => [filename, message]);
    expect(Object.fromEntries(found)).toEqual(
      Object.fromEntries(Object.entries(planted).map(([path, [, verdict]]) => [path, verdict])),
    );
    expect(found).toHaveLength(Object.keys(planted).length);
  });

  it('find nothing in the house itself', async () => {
    const folders = ['src', 'lambdas', 'local', 'cdk', 'cli', 'sanity', 'demo'];
    const found = (await lint(root, folders)).filter(({ code }) => code.startsWith('house('));
    expect(found).toEqual([]);
    // The whole house, on a machine that may have other work.
  }, 60_000);

  it('let no promise be forgotten, planted in a file of its own', async () => {
    const forgetful = join(house, 'local', 'forgets.ts');
    await writeFile(
      forgetful,
      'const save = async () => {};\nexport function leave(): void {\n  save();\n}\n',
    );
    const found = await lint(house, ['--type-aware', join('local', 'forgets.ts')]);
    expect(found.map(({ code }) => code)).toEqual(['typescript(no-floating-promises)']);
  });
});

function studioBorrows(file: string): [path: string, readonly [source: string, verdict: string]] {
  return [
    `sanity/borrows/${file.replace('/', '-')}`,
    [
      `export * from '../../src/publishing/${file}';`,
      `sanity may not import src/publishing/${file}; it stands on src/briefing, src/site, src/render, src/text, src/feed`,
    ],
  ];
}

async function lint(folder: string, given: readonly string[]): Promise<readonly Finding[]> {
  const output = await new Promise<string>((resolve) => {
    // It exits with 1 when it finds something; what it found is on its output all the same.
    execFile(
      process.execPath,
      [join(root, 'node_modules', 'oxlint', 'bin', 'oxlint'), '--format', 'json', ...given],
      { cwd: folder, maxBuffer: 64 * 1024 * 1024 },
      (_error, stdout) => resolve(stdout),
    );
  });
  const { diagnostics }: { diagnostics: readonly Finding[] } = JSON.parse(output);
  return diagnostics;
}
