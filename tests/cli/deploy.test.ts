import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { drawingCode } from '../../cli/deploy/drawing-code.ts';
import { stylesheetsIn } from '../../cli/deploy/standing-stylesheets.ts';
import { stages } from '../../cdk/charter/stages.ts';
import type { Prompt } from '../../cli/prompt.ts';
import { readRoot } from '../../src/publishing/root.ts';
import { stylesheetHashes } from '../../src/site/stylesheet-hashes.ts';
import { type FakeAccount, fakeAccount, templateOf } from '../fakes/fake-account.ts';
import { type FakeSsm, startFakeSsm } from '../fakes/fake-ssm.ts';
import { openPress, type Press, runIn, type Ran } from './press.ts';

const secrets = {
  '/pressrun/staging/webhook-secret': 'c2VjcmV0LW9mLXRoZS13ZWJob29rLTAxMjM0NTY3ODk',
  '/pressrun/staging/lake-token': 'skTheTokenOfTheViewerOfStaging0123456789',
  '/pressrun/staging/reader-password': 'Zm9yLXRoZS1yZWFkZXJzLW9mLXN0YWdpbmctMDEyMzQ',
};

let ssm: FakeSsm;
let press: Press;
let account: FakeAccount;
beforeAll(async () => {
  ssm = await startFakeSsm();
});
beforeEach(async () => {
  ssm.parameters.clear();
  for (const [name, value] of Object.entries(secrets)) {
    ssm.parameters.set(name, { type: 'SecureString', value });
  }
  press = await openPress(7);
  account = fakeAccount(ssm, {
    publisher: press.publisher,
    directory: press.directory,
    settings: press.lake.documents.get('siteSettings'),
  });
});
afterAll(() => ssm.close());

/** A line of an operator; whatever it says, nothing secret is in it. */
async function run(line: string, ask: Prompt | null = null): Promise<Ran> {
  const ran = await runIn(press.directory, line, undefined, {}, { account, ask });
  const said = `${ran.out}${ran.err}${account.ran.join(' ')}`;
  expect(Object.values(secrets).filter((each) => said.includes(each))).toEqual([]);
  return ran;
}

const answering =
  (answer: string): Prompt =>
  async () =>
    answer;
const deploy = (): Promise<Ran> => run('deploy --stage staging --yes');
const root = async () => (await readRoot(press.publisher.ports, 1)).root;

/** What was asked of programs, without what only looks. */
const changes = (): readonly string[] =>
  account.ran.filter(
    (line) => !/describe-stacks|get-template|get-account|cdk (?:synth|diff)/.test(line),
  );

describe('a first deployment', () => {
  it('looks, asks, deploys, looks again, and says what comes next', async () => {
    const asked: string[] = [];
    const ran = await run('deploy --stage staging', async (question) => {
      asked.push(question);
      return 'yes';
    });

    expect(ran).toEqual({
      exit: 0,
      err: `1/8 doctor
    not deployed yet: receiver, webhook and site are looked at afterwards
    done in 0.0 s
2/8 build
    done in 2.0 s
3/8 synth
    done in 20.0 s
4/8 diff
Stack pressrun-staging
[~] AWS::Lambda::Function Publisher/Publish/Function
    done in 3.0 s
stage staging: this will be its first deployment
5/8 cdk deploy
pressrun-staging | UPDATE_COMPLETE
    done in 240.0 s
6/8 canary
    receive-webhook: 401 without a signature, 202 with ours
    site: 404, with its headers
    sweep: ran, idle
    done in 0.0 s
7/8 epoch
    nothing to raise: the bucket is of deployment 1, or still empty
    done in 0.0 s
8/8 first sweep
    sweep: worked, 1 release, 0 parts left for the next
    done in 0.0 s
`,
      out: `deployed: stage staging, deployment 1
  site     https://d1.cloudfront.net
  webhook  https://u1.lambda-url.us-east-1.on.aws/
next: pressrun webhook apply --stage staging, and pressrun doctor --stage staging
`,
    });
    expect(asked).toEqual(['Deploy this to staging? (yes or no) ']);
    expect(changes()).toEqual([
      'node scripts/prepare.mjs',
      'cdk deploy pressrun-staging --app dist/cdk --require-approval never --progress events --outputs-file dist/cdk-outputs.json --parameters pressrun-staging:Epoch=1 --parameters pressrun-staging:Readers=44b67f3096690126ff1529b0b32590a6e16fa7f02f6f66a6cacead74b2a4951f',
      'aws lambda invoke --function-name pressrun-staging-sweep --region us-east-1 --payload {"sweep":"due"} --cli-binary-format raw-in-base64-out --log-type Tail --output json /dev/null',
      'aws lambda invoke --function-name pressrun-staging-sweep --region us-east-1 --payload {"sweep":"reconcile"} --cli-binary-format raw-in-base64-out --log-type Tail --output json /dev/null',
    ]);
  });

  it('of a project without settings is a deployment all the same, and says what is missing', async () => {
    press.lake.documents.delete('siteSettings');
    press.edit(3);
    const ran = await deploy();

    expect(ran.exit).toBe(0);
    expect(ran.err).toContain(
      'sweep: ran; the dataset has no published settings yet, and without them nothing is published\n',
    );
  });

  it('is told to a program', async () => {
    expect(JSON.parse((await run('deploy --stage staging --yes --json')).out)).toEqual({
      stage: 'staging',
      deployed: true,
      epoch: 1,
      site: 'https://d1.cloudfront.net',
      webhook: 'https://u1.lambda-url.us-east-1.on.aws/',
      releases: 1,
      tasksLeft: 0,
    });
  });
});

describe('a further deployment', () => {
  beforeEach(async () => {
    await deploy();
    account.ran.length = 0;
  });

  it('of code that draws the same keeps its number: not one page is drawn again', async () => {
    const before = await root();
    const { exit, err, out } = await deploy();

    expect(exit).toBe(0);
    expect(err).toContain(
      'stage staging: what draws pages is unchanged, so the deployment keeps its number and no page is drawn again\n',
    );
    expect(out).toContain('deployed: stage staging, deployment 1\n');
    expect(changes().filter((line) => line.includes('Epoch='))).toEqual([]);
    expect(await root()).toEqual(before);
  });

  it('of other code raises the epoch when the canary is content, and everything is drawn again', async () => {
    account.code = 'two';
    const { exit, err, out } = await deploy();

    expect({ exit, err: err.slice(err.indexOf('stage staging:')), out }).toEqual({
      exit: 0,
      err: `stage staging: what draws pages has changed: this will be deployment 2, and every page is drawn again
5/8 cdk deploy
pressrun-staging | UPDATE_COMPLETE
    done in 240.0 s
6/8 canary
    receive-webhook: 401 without a signature, 202 with ours
    site: 200, with its headers
    sweep: ran, other-epoch
    done in 0.0 s
7/8 epoch
    raised from 1 to 2; 0 briefings to be drawn again
    done in 0.0 s
8/8 first sweep
    sweep: worked, 1 release, 0 parts left for the next
    done in 0.0 s
`,
      out: `deployed: stage staging, deployment 2
  site     https://d1.cloudfront.net
  webhook  https://u1.lambda-url.us-east-1.on.aws/
next: pressrun webhook apply --stage staging, and pressrun doctor --stage staging
`,
    });
    expect(await root()).toMatchObject({ epoch: 2, pending: [], release: null });
  });

  it('whose canary fails leaves the bucket to nobody; run again, it goes on where it was', async () => {
    account.code = 'two';
    account.unsigned = 403;
    const failed = await deploy();

    expect(failed.exit).toBe(2);
    expect(failed.err.slice(failed.err.indexOf('6/8'))).toBe(`6/8 canary
6/8 canary: failed after 120.0 s
  receiver-closed: A request without a signature to https://u1.lambda-url.us-east-1.on.aws/ is answered 403, before it reaches the function: Sanity would be turned away as well.
    fix: The function URL must have AuthType NONE, and everybody the right lambda:InvokeFunctionUrl: the signature is the gate. Deploy again.
Nothing is half done that running this again does not finish: pressrun deploy --stage staging
`);
    expect(await root()).toMatchObject({ epoch: 1 });

    account.unsigned = 401;
    const { exit, err, out } = await deploy();
    expect(exit).toBe(0);
    expect(err).toContain('7/8 epoch\n    raised from 1 to 2; ');
    expect(out).toContain('deployed: stage staging, deployment 2\n');
    expect(await root()).toMatchObject({ epoch: 2 });
  });

  it('tells the edge a new password for readers; until then the old one opens it, which is said', async () => {
    ssm.parameters.set('/pressrun/staging/reader-password', {
      type: 'SecureString',
      value: 'YS1uZXctcGFzc3dvcmQ',
    });
    const { exit, err } = await deploy();

    expect(exit).toBe(0);
    expect(err).toContain(
      'site-locked: The password of the stage does not open https://d1.cloudfront.net: it was changed since the last deployment.\n',
    );
    expect(err).toContain('    site: 200, with its headers\n');
  });

  it('closes a stage that was open until then, which is said', async () => {
    const stack = account.stacks.get('pressrun-staging');
    if (stack === undefined) throw new Error('It was deployed above');
    account.stacks.set('pressrun-staging', { ...stack, parameters: { Epoch: '1' } });
    const { exit, err } = await deploy();

    expect(exit).toBe(0);
    expect(err).toContain(
      '  site-open: https://d1.cloudfront.net is to be closed to readers, and is answered 200 without the password.\n',
    );
    expect(err).toContain('    site: 200, with its headers\n');
    expect((await account.fetch('https://d1.cloudfront.net/')).status).toBe(401);
  });

  it('back to what was before has a higher number too', async () => {
    account.code = 'two';
    await deploy();
    account.code = 'one';

    expect((await deploy()).out).toContain('deployed: stage staging, deployment 3\n');
    expect(await root()).toMatchObject({ epoch: 3 });
  });

  it('that CloudFormation rolls back changes no number, and what ran before runs on', async () => {
    account.code = 'two';
    account.failing.set('cdk deploy', '\n❌  pressrun-staging failed: UPDATE_ROLLBACK_COMPLETE\n');
    const { exit, err } = await deploy();

    expect(exit).toBe(2);
    expect(err.slice(err.indexOf('5/8'))).toBe(`5/8 cdk deploy
5/8 cdk deploy: failed after 0.0 s
  cdk deploy ended with 1: ❌  pressrun-staging failed: UPDATE_ROLLBACK_COMPLETE
Nothing is half done that running this again does not finish: pressrun deploy --stage staging
`);
    expect(await root()).toMatchObject({ epoch: 1 });
    account.failing.clear();
    expect((await deploy()).out).toContain('deployment 2\n');
  });

  it('with publishing on hold raises, and leaves it on hold', async () => {
    account.code = 'two';
    await runIn(
      press.directory,
      'hold --stage staging wrong photograph',
      undefined,
      {},
      { account },
    );
    const { exit, err } = await deploy();

    expect(exit).toBe(0);
    expect(err).toContain('    sweep: ran, held\n');
    expect(err).toContain('raised from 1 to 2; ');
    expect(await root()).toMatchObject({ epoch: 2, hold: { reason: 'wrong photograph' } });
  });
});

describe('stylesheets that pages still bear', () => {
  const name = 'pressrun-staging';
  const [today = ''] = stylesheetHashes.slice(-1);
  const hashOf = (n: number): string =>
    `sha256-${createHash('sha256').update(`sheet ${n}`).digest('base64')}`;
  /** As if these had been deployed before, the last by the deployment that stands. */
  const deployedWith = (standing: readonly string[]): void => {
    const stack = account.stacks.get(name);
    if (stack === undefined) throw new Error('It was deployed above');
    const own = JSON.stringify(templateOf(name, account.code, []));
    const template: unknown = JSON.parse(
      own.replace(`'${today}'`, standing.map((hash) => `'${hash}'`).join(' ')),
    );
    account.stacks.set(name, { ...stack, template });
  };
  const synths = () => account.ran.filter((line) => line.startsWith('cdk synth'));

  beforeEach(async () => {
    await deploy();
    account.ran.length = 0;
  });

  it('are all known: nothing is looked for', async () => {
    await deploy();
    expect(synths()).toEqual([`cdk synth ${name} --strict --quiet`]);
  });

  it('after a rollback are allowed on, or every page would stand unstyled until it is drawn again', async () => {
    deployedWith([hashOf(1)]);
    account.code = 'the code before';
    expect((await deploy()).exit).toBe(0);

    expect(synths()).toEqual([`cdk synth ${name} --strict --quiet -c stylesheets=${hashOf(1)}`]);
    expect(stylesheetsIn(account.stacks.get(name)?.template)).toEqual([hashOf(1), today]);
  });

  it('are forgotten when all that stands was drawn by the deployment after', async () => {
    deployedWith([hashOf(1), hashOf(2), hashOf(3)]);
    expect((await deploy()).exit).toBe(0);
    expect(stylesheetsIn(account.stacks.get(name)?.template)).toEqual([hashOf(3), today]);
  });

  it('are allowed on while one page was drawn by a deployment before', async () => {
    const stack = account.stacks.get(name);
    if (stack === undefined) throw new Error('It was deployed above');
    // The stack has the next number, and its epoch was not raised yet.
    account.stacks.set(name, { ...stack, parameters: { ...stack.parameters, Epoch: '2' } });
    deployedWith([hashOf(1), hashOf(2)]);
    expect((await deploy()).exit).toBe(0);
    expect(stylesheetsIn(account.stacks.get(name)?.template)).toEqual([
      hashOf(1),
      hashOf(2),
      today,
    ]);
  });

  it('are too many for the policy: nothing is deployed', async () => {
    const stack = account.stacks.get(name);
    if (stack === undefined) throw new Error('It was deployed above');
    account.stacks.set(name, { ...stack, parameters: { ...stack.parameters, Epoch: '2' } });
    deployedWith(Array.from({ length: 24 }, (_, n) => hashOf(n)));
    const { exit, err } = await deploy();

    expect([exit, err.slice(err.indexOf('3/8'))]).toEqual([
      2,
      `3/8 synth
3/8 synth: failed after 0.0 s
  Pages may still bear 25 stylesheets, and CloudFront takes a policy with 24.
    fix: pressrun rebuild --stage staging draws every page again; when nothing is left to be drawn, run this again
Nothing is half done that running this again does not finish: pressrun deploy --stage staging
`,
    ]);
    expect(changes()).toEqual(['node scripts/prepare.mjs']);
  });

  it('of today must be allowed by the edge before anything is drawn with them', async () => {
    const { fetch } = account;
    account.code = 'two';
    const fetchOfBefore: typeof globalThis.fetch = async (input, init) => {
      const answer = await fetch(input, init);
      const policy = answer.headers.get('content-security-policy');
      if (policy !== null) {
        answer.headers.set('content-security-policy', policy.replace(today, hashOf(1)));
      }
      return answer;
    };
    Object.assign(account, { fetch: fetchOfBefore });
    const { exit, err } = await deploy();

    expect(exit).toBe(2);
    expect(err).toContain('  site-unstyled: The policy of the site does not allow the stylesheet');
    expect(await root()).toMatchObject({ epoch: 1 });
  });
});

describe('nothing is changed', () => {
  it('by a dry run, which ends after the difference', async () => {
    expect(await run('deploy --stage staging --dry-run')).toEqual({
      exit: 0,
      err: `1/4 doctor
    not deployed yet: receiver, webhook and site are looked at afterwards
    done in 0.0 s
2/4 build
    done in 2.0 s
3/4 synth
    done in 20.0 s
4/4 diff
Stack pressrun-staging
[~] AWS::Lambda::Function Publisher/Publish/Function
    done in 3.0 s
`,
      out: 'stage staging: this will be its first deployment\ndry run: nothing was deployed\n',
    });
    expect(changes()).toEqual(['node scripts/prepare.mjs']);
  });

  it('when nobody can be asked', async () => {
    expect(await run('deploy --stage staging')).toEqual({
      exit: 2,
      out: '',
      err: 'Expected somebody at a terminal who can be asked before anything is changed. Without one, look with --dry-run and deploy with --yes.\n',
    });
    expect(account.ran).toEqual([]);
  });

  it('when the answer is anything but yes', async () => {
    const { exit, err } = await run('deploy --stage staging', answering('not today'));

    expect(exit).toBe(2);
    expect(err).toMatch(/Nothing was deployed: the answer was not "yes"\.\n$/);
    expect(changes()).toEqual(['node scripts/prepare.mjs']);
  });

  it.each<readonly [what: string, plant: () => void, step: string, said: string]>([
    [
      'for a stage that nobody has filled in',
      () => Object.assign(account, { stages }),
      '1/8 doctor',
      "  stage-unset: In cdk/charter/stages.ts this stage still has the example's sanity.projectId and tagAuthority.\n    fix: Set them there:",
    ],
    [
      'without secrets',
      () => ssm.parameters.clear(),
      '1/8 doctor',
      '  There is no SecureString at /pressrun/staging/webhook-secret or /pressrun/staging/lake-token or /pressrun/staging/reader-password.\n    fix: pressrun secrets init --stage staging\n',
    ],
    [
      'in an account as new ones are',
      () => Object.assign(account, { concurrency: 10 }),
      '1/8 doctor',
      '  The account may run 10 functions at once; a stage reserves 14, and AWS wants 100 left.\n    fix: ask for 114 or more at Service Quotas',
    ],
    [
      'with a token that Sanity does not know',
      () =>
        Object.assign(account, {
          fetch: async () => Response.json({ message: 'Session not found' }, { status: 401 }),
        }),
      '1/8 doctor',
      "  read-token-unknown: Sanity does not know the publisher's token",
    ],
    [
      'with a command line that is older than its source',
      () => {
        const built = ['before', 'after'];
        Object.assign(account, { ownCode: async () => built.shift() });
      },
      '2/8 build',
      '  This command line was older than its source. It has been built anew: run it again.\n',
    ],
    [
      'that validation refuses',
      () => void account.failing.set('cdk synth', 'AwsSolutions-S1: no access log\nFound errors\n'),
      '3/8 synth',
      'AwsSolutions-S1: no access log\nFound errors\n',
    ],
    [
      'without credentials',
      () => void account.failing.set('aws', 'Unable to locate credentials\n'),
      '1/8 doctor',
      'CloudFormation was not asked for pressrun-staging in us-east-1: Unable to locate credentials',
    ],
  ])('%s', async (_what, plant, step, said) => {
    plant();
    const { exit, out, err } = await deploy();

    expect({ exit, out }).toEqual({ exit: 2, out: '' });
    expect(err).toContain(`${step}: failed after`);
    expect(err).toContain(said);
    expect(err).toMatch(/running this again does not finish: pressrun deploy --stage staging\n$/);
    expect(changes().filter((line) => line !== 'node scripts/prepare.mjs')).toEqual([]);
  });
});

describe('what draws pages', () => {
  const reviewed = readFileSync(
    join(import.meta.dirname, '..', 'cdk', '__snapshots__', 'pressrun-prod.json'),
    'utf8',
  );
  const after = (before: string, changed: string): string => {
    expect(reviewed).toContain(before);
    return drawingCode(JSON.parse(reviewed.replaceAll(before, changed)));
  };

  it('is found in the template of the stack: bundles and variables', () => {
    expect(JSON.parse(drawingCode(JSON.parse(reviewed)))).toEqual(
      ['publish-briefings', 'sweep'].map((name) => ({
        name,
        code: '(a bundle).zip',
        variables: expect.objectContaining({ EPOCH: { Ref: 'Epoch' }, PURGE: 'off' }),
      })),
    );
  });

  it.each([
    ['another bundle', '(a bundle).zip', 'another.zip', true],
    ['another address of the site', '"https://"', '"https://www."', true],
    ['another authority of feed ids', 'briefings.example,2026', 'daily.example,2026', true],
    ['another alarm', '"Threshold": 600', '"Threshold": 900', false],
    ['more memory', '"MemorySize": 1769', '"MemorySize": 2048', false],
  ])('%s counts, or does not: %s → %s, %s', (_what, before, changed, isOther) => {
    expect(after(before, changed) !== drawingCode(JSON.parse(reviewed))).toBe(isOther);
  });
});

describe('a stage that is deployed', () => {
  it('is worked on by name, by every command', async () => {
    press.edit(5);
    await deploy();

    expect(await run('reconcile --stage staging')).toMatchObject({
      exit: 0,
      err: expect.any(String),
    });
    expect(account.ran.at(-1)).toContain('describe-stacks --stack-name pressrun-staging');
  });

  it('and refused before it is', async () => {
    expect(await run('verify --stage staging')).toEqual({
      exit: 2,
      out: '',
      err: 'Stage staging is not deployed to us-east-1: run "pressrun deploy --stage staging" first, or log in to its account.\n',
    });
  });
});
