import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Prompt } from '../../cli/prompt.ts';
import { fakeAccount } from '../fakes/fake-account.ts';
import { type FakeSsm, startFakeSsm } from '../fakes/fake-ssm.ts';
import { runIn, type Ran } from './press.ts';

const token = 'skTheTokenOfTheViewerOfStaging0123456789';
const names = {
  secret: '/pressrun/staging/webhook-secret',
  token: '/pressrun/staging/lake-token',
  password: '/pressrun/staging/reader-password',
} as const;

let ssm: FakeSsm;
beforeAll(async () => {
  ssm = await startFakeSsm();
});
beforeEach(() => {
  ssm.parameters.clear();
  ssm.refusal = null;
});
afterAll(() => ssm.close());

/** A line of an operator; whatever it says, nothing secret is in it. */
async function run(
  line: string,
  {
    environment = {},
    ask = null,
  }: { environment?: Record<string, string>; ask?: Prompt | null } = {},
): Promise<Ran> {
  const account = fakeAccount(ssm);
  const ran = await runIn('.', line, undefined, environment, { account, ask });
  const kept = [token, ...[...ssm.parameters.values()].map(({ value }) => value)];
  expect(kept.filter((each) => `${ran.out}${ran.err}`.includes(each))).toEqual([]);
  return ran;
}

const looked = 'looking at the parameters\n';

describe('an empty account', () => {
  it('gets its secrets: two are made, the other is asked for and not shown', async () => {
    const asked: unknown[] = [];
    const ask: Prompt = async (...question) => {
      asked.push(question);
      return `${token}\n`;
    };

    expect(await run('secrets init --stage staging', { ask })).toEqual({
      exit: 0,
      out: `stage staging, region us-east-1
  /pressrun/staging/webhook-secret: written
  /pressrun/staging/lake-token: written
  /pressrun/staging/reader-password: written
secrets: 3 written, 0 there before
`,
      err: looked,
    });
    expect(asked).toEqual([['Token that reads the dataset (not shown): ', { isSecret: true }]]);
    expect(Object.fromEntries(ssm.parameters)).toEqual({
      [names.secret]: { type: 'SecureString', value: expect.stringMatching(/^[\w-]{43}$/) },
      [names.token]: { type: 'SecureString', value: token },
      [names.password]: { type: 'SecureString', value: expect.stringMatching(/^[\w-]{43}$/) },
    });
  });

  it('keeps them when it is run again, and nobody is asked', async () => {
    const environment = { TOKEN: token };
    await run('secrets init --stage staging --lake-token env:TOKEN', { environment });
    const before = new Map(ssm.parameters);

    expect(await run('secrets init --stage staging')).toEqual({
      exit: 0,
      out: `stage staging, region us-east-1
  /pressrun/staging/webhook-secret: exists already, left as it is
  /pressrun/staging/lake-token: exists already, left as it is
  /pressrun/staging/reader-password: exists already, left as it is
secrets: 0 written, 3 there before
`,
      err: looked,
    });
    expect(ssm.parameters).toEqual(before);
  });

  it('is only looked at in a dry run', async () => {
    expect(await run('secrets init --stage staging --dry-run')).toEqual({
      exit: 0,
      out: `stage staging, region us-east-1
  /pressrun/staging/webhook-secret: would be written
  /pressrun/staging/lake-token: would be written
  /pressrun/staging/reader-password: would be written
secrets: 3 would be written, 0 there before
`,
      err: looked,
    });
    expect(ssm.parameters.size).toBe(0);
  });

  it('tells a program the same', async () => {
    const environment = { TOKEN: token };
    const ran = await run('secrets init --stage staging --lake-token env:TOKEN --json', {
      environment,
    });

    expect(JSON.parse(ran.out)).toEqual({
      stage: 'staging',
      region: 'us-east-1',
      parameters: [
        { name: names.secret, outcome: 'written' },
        { name: names.token, outcome: 'written' },
        { name: names.password, outcome: 'written' },
      ],
    });
  });

  it('is asked for no password where everybody may read', async () => {
    const environment = { TOKEN: token };
    await run('secrets init --stage prod --lake-token env:TOKEN', { environment });
    expect([...ssm.parameters.keys()]).toEqual([
      '/pressrun/prod/webhook-secret',
      '/pressrun/prod/lake-token',
    ]);
  });

  it('never gets the same secret twice', async () => {
    const environment = { TOKEN: token };
    const made = new Set<string | undefined>();
    for (const stage of ['dev', 'staging', 'prod']) {
      await run(`secrets init --stage ${stage} --lake-token env:TOKEN`, { environment });
      made.add(ssm.parameters.get(`/pressrun/${stage}/webhook-secret`)?.value);
    }
    made.add(ssm.parameters.get(names.password)?.value);

    expect(made.size).toBe(4);
  });
});

it('a parameter that anybody may read is a problem, and is left alone', async () => {
  ssm.parameters.set(names.secret, { type: 'String', value: 'a secret in the open' });
  const environment = { TOKEN: token };

  expect(await run('secrets init --stage staging --lake-token env:TOKEN', { environment })).toEqual(
    {
      exit: 1,
      out: `stage staging, region us-east-1
  /pressrun/staging/webhook-secret: exists and is no SecureString: whoever may list parameters reads it. Delete it with the AWS CLI, treat what was in it as known, and run this again
  /pressrun/staging/lake-token: written
  /pressrun/staging/reader-password: written
secrets: not as they should be
`,
      err: looked,
    },
  );
  expect(ssm.parameters.get(names.secret)?.value).toBe('a secret in the open');
});

describe('nothing is written', () => {
  it.each([
    [
      'to a token in the history of a shell',
      `--lake-token ${'sk'.padEnd(40, 'x')}`,
      '--lake-token: expected the variable that has it, as env:<variable>, and never the token itself\n',
    ],
    [
      'from an empty variable',
      '--lake-token env:TOKEN',
      `${looked}Expected the token in the variable TOKEN, which is empty. Nothing was written.\n`,
    ],
    [
      'from something that is no token',
      '--lake-token env:SENTENCE',
      `${looked}What was given is no token of Sanity: expected one long word. Nothing was written.\n`,
    ],
    [
      'when nobody can be asked',
      '',
      `${looked}Expected somebody at a terminal who can be asked for the token. Without one, put it into a variable and say which with --lake-token env:<variable>. Nothing was written.\n`,
    ],
  ])('%s', async (_why, options, err) => {
    const environment = { SENTENCE: 'these are four words' };

    expect(await run(`secrets init --stage staging ${options}`, { environment })).toEqual({
      exit: 2,
      out: '',
      err,
    });
    expect(ssm.parameters.size).toBe(0);
  });

  it('without the right to it, and AWS’s own sentence is not repeated', async () => {
    ssm.refusal = 'AccessDeniedException';
    const environment = { TOKEN: token };

    expect(
      await run('secrets init --stage staging --lake-token env:TOKEN', { environment }),
    ).toEqual({
      exit: 2,
      out: '',
      err: `${looked}SSM did not do ssm:GetParameters for ${names.secret}, ${names.token}, ${names.password} (AccessDeniedException). Are there AWS credentials at hand, for the account of the stage, with ssm:GetParameters for these?\n`,
    });
  });
});
