import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Prompt } from '../../cli/prompt.ts';
import { type FakeAccount, fakeAccount } from '../fakes/fake-account.ts';
import { type FakeSsm, startFakeSsm } from '../fakes/fake-ssm.ts';
import { runIn, type Ran } from './press.ts';

const bucket = 'pressrun-staging-sitebucket-1';
const secret = 'c2VjcmV0LW9mLXRoZS13ZWJob29rLTAxMjM0NTY3ODk';

let ssm: FakeSsm;
let account: FakeAccount;
beforeAll(async () => {
  ssm = await startFakeSsm();
});
beforeEach(() => {
  ssm.parameters.clear();
  for (const name of ['webhook-secret', 'lake-token']) {
    ssm.parameters.set(`/pressrun/staging/${name}`, { type: 'SecureString', value: secret });
  }
  account = fakeAccount(ssm);
  for (const stage of ['staging', 'prod']) {
    account.stacks.set(`pressrun-${stage}`, {
      parameters: { Epoch: '3' },
      outputs: { BucketName: `pressrun-${stage}-sitebucket-1` },
      isProtected: stage === 'prod',
    });
    account.versions.set(`pressrun-${stage}-sitebucket-1`, 2300);
  }
});
afterAll(() => ssm.close());

async function run(line: string, ask: Prompt | null = null): Promise<Ran> {
  const ran = await runIn('.', line, undefined, {}, { account, ask });
  expect(`${ran.out}${ran.err}`).not.toContain(secret);
  return ran;
}

const typing =
  (answer: string): Prompt =>
  async () =>
    answer;

const stays = `  parameters /pressrun/staging/webhook-secret, /pressrun/staging/lake-token
    to delete them: aws ssm delete-parameters --region us-east-1 --names /pressrun/staging/webhook-secret /pressrun/staging/lake-token
  at Sanity: the project, its documents, the webhook and the token
    to delete these two: https://www.sanity.io/manage/project/abc12345/api
  CDKToolkit, the stack of "cdk bootstrap": other projects may use it
`;
const keptBucket = `  bucket ${bucket}: pages, state, and ninety days of versions; a later deployment makes another
    to delete it: pressrun destroy --stage staging --bucket-too ${bucket}
`;
const goes = `stage staging, region us-east-1
goes:
  stack pressrun-staging: the site's address and edge, the functions with their logs, the queue and its
    dead letters, alarms, budget, and the address of the webhook
`;

describe('a stage that is taken away', () => {
  it('says what goes and what stays, asks for its name, and keeps its bucket and its secrets', async () => {
    const asked: string[] = [];
    const ran = await run('destroy --stage staging', async (question) => {
      asked.push(question);
      return 'staging';
    });

    expect(ran).toEqual({
      exit: 0,
      err: `${goes}stays:
${keptBucket}${stays}1/1 cdk destroy
✅  pressrun-staging: destroyed
    done in 300.0 s
`,
      out: `destroyed: stage staging\nstays:\n${keptBucket}${stays}`,
    });
    expect(asked).toEqual(['Type the name of the stage to take it away: ']);
    expect(account.versions.get(bucket)).toBe(2300);
    expect(ssm.parameters.size).toBe(2);
    expect(account.ran).toEqual([
      'aws cloudformation describe-stacks --stack-name pressrun-staging --region us-east-1 --output json',
      'cdk destroy pressrun-staging --force',
    ]);
  });

  it('takes its bucket along when it is told to, every version, after the functions are gone', async () => {
    expect(await run('destroy --stage staging --bucket-too --yes')).toEqual({
      exit: 0,
      err: `${goes}  bucket ${bucket}: every version of every page, and the state, for ever
stays:
${stays}1/3 cdk destroy
✅  pressrun-staging: destroyed
    done in 300.0 s
2/3 empty the bucket
    1000 versions deleted
    2000 versions deleted
    2300 versions deleted
    done in 4.0 s
3/3 delete the bucket
    done in 0.0 s
`,
      out: `destroyed: stage staging\nstays:\n${stays}`,
    });
    expect([...account.versions.keys()]).toEqual(['pressrun-prod-sitebucket-1']);
    expect(ssm.parameters.size).toBe(2);
  });

  it('and the bucket that was kept goes later, by its name', async () => {
    await run('destroy --stage staging --yes');

    expect(await run(`destroy --stage staging --bucket-too ${bucket} --yes --json`)).toMatchObject({
      exit: 0,
    });
    expect(account.versions.has(bucket)).toBe(false);
  });

  it('says what is left and how to go on when the bucket refuses', async () => {
    account.versions.delete(bucket);
    const { exit, out, err } = await run('destroy --stage staging --bucket-too --yes');

    expect({ exit, out }).toEqual({ exit: 2, out: '' });
    expect(err.slice(err.indexOf('2/3'))).toBe(`2/3 empty the bucket
2/3 empty the bucket: failed after 1.0 s
The bucket ${bucket} could not be emptied (Error: NoSuchBucket).
What is left is taken away by running this again: pressrun destroy --stage staging --bucket-too ${bucket}
`);
  });
});

describe('nothing is taken away', () => {
  it('by a dry run', async () => {
    expect(await run('destroy --stage staging --dry-run')).toEqual({
      exit: 0,
      err: '',
      out: `${goes}stays:\n${keptBucket}${stays}dry run: nothing was taken away\n`,
    });
  });

  it.each([
    [
      'when the name is another',
      'destroy --stage staging',
      typing('stagin'),
      'Nothing was taken away: that was not "staging".\n',
    ],
    [
      'when nobody can be asked',
      'destroy --stage staging',
      null,
      "Expected somebody at a terminal who can type the stage's name. Without one, look with --dry-run and take away with --yes.\n",
    ],
    [
      'of a stack that is protected',
      'destroy --stage prod --bucket-too --yes',
      null,
      'aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name pressrun-prod --region us-east-1, and then this again.\n',
    ],
    [
      'where there is no stack',
      'destroy --stage dev --bucket-too --yes',
      null,
      'There is no stack pressrun-dev in us-east-1: nothing to take away. A bucket that was kept goes with --bucket-too and its name.\n',
    ],
    [
      'of another stage’s bucket',
      'destroy --stage staging --bucket-too pressrun-prod-sitebucket-1 --yes',
      null,
      'The bucket of stage staging is pressrun-staging-sitebucket-1, not pressrun-prod-sitebucket-1. Take the stage away first, or leave the name out.\n',
    ],
    [
      'of somebody else’s bucket',
      'destroy --stage dev --bucket-too family-pictures --yes',
      null,
      'family-pictures is no bucket of stage dev: expected a name that begins with pressrun-dev-sitebucket-.\n',
    ],
  ])('%s', async (_why, line, ask, said) => {
    const { exit, out, err } = await run(line, ask);

    expect({ exit, out }).toEqual({ exit: 2, out: '' });
    expect(err.endsWith(said)).toBe(true);
    expect(account.ran.filter((each) => !each.includes('describe-stacks'))).toEqual([]);
    expect([...account.versions.values()]).toEqual([2300, 2300]);
  });
});

it('what it says stays is what the template retains: the bucket, and nothing else', () => {
  const template = z
    .object({
      Resources: z.record(z.string(), z.object({ DeletionPolicy: z.string().optional() })),
    })
    .parse(
      JSON.parse(
        readFileSync(
          join(import.meta.dirname, '..', 'cdk', '__snapshots__', 'pressrun-prod.json'),
          'utf8',
        ),
      ),
    );
  const retained = Object.entries(template.Resources).filter(
    ([, { DeletionPolicy: policy }]) => policy !== undefined && policy !== 'Delete',
  );

  expect(retained.map(([id]) => id)).toEqual(['SiteBucket']);
});
