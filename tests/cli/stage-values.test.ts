import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readStage, stageOptions } from '../../cli/stage-values.ts';
import { stages } from '../../cdk/charter/stages.ts';
import { type FakeAccount, fakeAccount, ourStages } from '../fakes/fake-account.ts';
import { type FakeSsm, startFakeSsm } from '../fakes/fake-ssm.ts';
import { runIn } from './press.ts';

const environment = {
  SANITY_PROJECT_ID: 'abc12345',
  SANITY_DATASET: 'production',
  BASE_URL: 'https://briefings.example/',
  WEBHOOK_SECRET: 'from a variable',
  SANITY_READ_TOKEN: '',
};
const stackFile = 'nowhere.json';

let ssm: FakeSsm;
let account: FakeAccount;
beforeAll(async () => {
  ssm = await startFakeSsm();
});
beforeEach(() => {
  account = fakeAccount(ssm);
  ssm.refusal = null;
  ssm.parameters.clear();
  for (const name of ['webhook-secret', 'lake-token']) {
    const parameter = `/pressrun/staging/${name}`;
    ssm.parameters.set(parameter, { type: 'SecureString', value: `the value of ${parameter}` });
  }
});
afterAll(() => ssm.close());

describe('where a stage is', () => {
  it('is said by options before variables; what nobody says is null', async () => {
    const options = stageOptions.parse({
      dataset: 'staging',
      webhookUrl: 'https://bell.example/',
      webhookSecret: 'ssm:/pressrun/staging/webhook-secret',
    });

    expect(await readStage({ options, environment, stackFile, stage: null, account })).toEqual({
      values: {
        projectId: 'abc12345',
        dataset: 'staging',
        visibility: null,
        lakeUrl: null,
        webhookUrl: 'https://bell.example/',
        siteUrl: 'https://briefings.example',
        studioUrl: null,
        unset: [],
      },
      secrets: {
        webhook: 'the value of /pressrun/staging/webhook-secret',
        readToken: null,
        manageToken: null,
        readerPassword: null,
      },
    });
    expect(account.ran).toEqual([]);
  });

  it('names the variable that is no address', async () => {
    const options = stageOptions.parse({});

    await expect(
      readStage({
        options,
        environment: { ...environment, BASE_URL: 'here' },
        stackFile,
        stage: null,
        account,
      }),
    ).rejects.toThrow(
      '--site-url or BASE_URL: expected an address such as "https://briefings.example"',
    );
  });

  it('says what it takes when SSM does not give a secret', async () => {
    const options = stageOptions.parse({ readToken: 'ssm:/pressrun/production/sanity-token' });
    ssm.refusal = 'ExpiredTokenException';

    await expect(
      readStage({ options, environment, stackFile, stage: null, account }),
    ).rejects.toThrow(
      'The secret at ssm:/pressrun/production/sanity-token could not be read (SSM did not do ssm:GetParameters for /pressrun/production/sanity-token (ExpiredTokenException).',
    );
  });
});

describe('a stage of the charter', () => {
  const read = (options: object, stage = ourStages.staging) =>
    readStage({ options: stageOptions.parse(options), environment, stackFile, stage, account });

  it('is known by its values, its stack and its parameters; variables of another are not read', async () => {
    account.stacks.set('pressrun-staging', {
      parameters: { Epoch: '3' },
      outputs: { SiteAddress: 'https://d1.cloudfront.net', WebhookUrl: 'https://u1.on.aws/' },
      isProtected: false,
    });

    expect(await read({})).toEqual({
      values: {
        projectId: 'abc12345',
        dataset: 'staging',
        visibility: 'private',
        lakeUrl: null,
        webhookUrl: 'https://u1.on.aws/',
        siteUrl: 'https://d1.cloudfront.net',
        studioUrl: null,
        unset: [],
      },
      secrets: {
        webhook: 'the value of /pressrun/staging/webhook-secret',
        readToken: 'the value of /pressrun/staging/lake-token',
        manageToken: null,
        readerPassword: null,
      },
    });
    expect(account.ran).toEqual([
      'aws cloudformation describe-stacks --stack-name pressrun-staging --region us-east-1 --output json',
    ]);
  });

  it('before its first deployment has no addresses, and what is not written yet is null', async () => {
    ssm.parameters.clear();

    expect(await read({})).toMatchObject({
      values: { projectId: 'abc12345', webhookUrl: null, siteUrl: null },
      secrets: { webhook: null, readToken: null },
    });
  });

  it('stands at its domain, and where an option says otherwise', async () => {
    account.stacks.set('pressrun-staging', {
      parameters: {},
      outputs: { SiteAddress: 'https://d1.cloudfront.net', WebhookUrl: 'https://u1.on.aws/' },
      isProtected: false,
    });
    const domain = { name: 'briefings.example', certificateArn: 'arn:aws:acm:…' };

    expect(
      await read({ webhookUrl: 'https://bell.example/' }, { ...ourStages.staging, domain }),
    ).toMatchObject({
      values: { siteUrl: 'https://briefings.example', webhookUrl: 'https://bell.example/' },
    });
  });

  it('of a public dataset has no token to look for', async () => {
    const { sanity } = ourStages.staging;

    expect(
      await read({}, { ...ourStages.staging, sanity: { ...sanity, isPrivate: false } }),
    ).toMatchObject({ values: { visibility: 'public' }, secrets: { readToken: null } });
  });

  it('that nobody has filled in is not looked for in any account', async () => {
    expect(await read({}, stages.staging)).toMatchObject({
      values: { unset: ['sanity.projectId', 'tagAuthority'] },
      secrets: { webhook: null, readToken: null, manageToken: null, readerPassword: null },
    });
    expect(account.ran).toEqual([]);
  });
});

describe('doctor --stage', () => {
  it('refuses a stage that nobody has filled in, and says where', async () => {
    const ran = await runIn(
      '.',
      'doctor --stage staging',
      undefined,
      {},
      { account: { ...account, stages } },
    );

    expect(ran).toEqual({
      exit: 1,
      out: `project set-me, dataset staging
  stage-unset: In cdk/charter/stages.ts this stage still has the example's sanity.projectId and tagAuthority.
    fix: Set them there: sanity.projectId is the id at https://www.sanity.io/manage; tagAuthority is a name that is yours and a year, such as "briefings.example.org,2026", and part of every feed id for ever.
not looked at: everything else, until that is set
`,
      err: '',
    });
  });

  it('and so does webhook, before it asks anybody', async () => {
    const unset = { account: { ...account, stages } };

    expect(await runIn('.', 'webhook apply --stage staging', undefined, {}, unset)).toMatchObject({
      exit: 2,
      err: expect.stringContaining("still has the example's sanity.projectId and tagAuthority."),
    });
    expect(account.ran).toEqual([]);
  });

  it.each([
    [
      'doctor --stage production',
      '--stage: there is no stage "production"; cdk/charter/stages.ts has dev, staging, prod\n',
    ],
    [
      'webhook plan --stage staging',
      'The AWS CLI is not installed, or not in PATH: this asks AWS through it. Install version 2 (https://docs.aws.amazon.com/cli/) and log in to the account of the stage.\n',
    ],
  ])('"%s" cannot run on a machine without them, and says why', async (line, err) => {
    expect(await runIn('.', line)).toEqual({ exit: 2, out: '', err });
  });

  it('says what AWS said when there are no credentials', async () => {
    account.refusal =
      '\nUnable to locate credentials. You can configure credentials by running "aws configure".\n';

    expect(await runIn('.', 'webhook plan --stage staging', undefined, {}, { account })).toEqual({
      exit: 2,
      out: '',
      err:
        'CloudFormation was not asked for pressrun-staging in us-east-1: Unable to locate credentials. You can configure credentials by running "aws configure". ' +
        'Are there AWS credentials at hand, for the account of the stage ("aws sts get-caller-identity")?\n',
    });
  });
});
