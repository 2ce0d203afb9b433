import { describe, expect, it } from 'vitest';
import { readStage, stageOptions } from '../../cli/stage-values.ts';

const environment = {
  SANITY_PROJECT_ID: 'abc12345',
  SANITY_DATASET: 'production',
  BASE_URL: 'https://briefings.example/',
  WEBHOOK_SECRET: 'from a variable',
  SANITY_READ_TOKEN: '',
};
const stackFile = 'nowhere.json';

describe('where a stage is', () => {
  it('is said by options before variables; what nobody says is null', async () => {
    const options = stageOptions.parse({
      dataset: 'staging',
      webhookUrl: 'https://bell.example/',
      webhookSecret: 'ssm:/pressrun/staging/webhook-secret',
    });
    const fetchParameters = async (names: readonly string[]) =>
      new Map(names.map((name) => [name, `the value of ${name}`]));

    expect(await readStage({ options, environment, stackFile, fetchParameters })).toEqual({
      values: {
        projectId: 'abc12345',
        dataset: 'staging',
        visibility: null,
        lakeUrl: null,
        webhookUrl: 'https://bell.example/',
        siteUrl: 'https://briefings.example',
        studioUrl: null,
      },
      secrets: {
        webhook: 'the value of /pressrun/staging/webhook-secret',
        readToken: null,
        manageToken: null,
      },
    });
  });

  it('names the variable that is no address', async () => {
    const options = stageOptions.parse({});

    await expect(
      readStage({ options, environment: { ...environment, BASE_URL: 'here' }, stackFile }),
    ).rejects.toThrow(
      '--site-url or BASE_URL: expected an address such as "https://briefings.example"',
    );
  });

  it('says what it takes when SSM does not give a secret', async () => {
    const options = stageOptions.parse({ readToken: 'ssm:/pressrun/production/sanity-token' });
    const fetchParameters = () =>
      Promise.reject(new Error('Could not load credentials from any providers'));

    await expect(readStage({ options, environment, stackFile, fetchParameters })).rejects.toThrow(
      'The secret at ssm:/pressrun/production/sanity-token could not be read (Error: Could not load credentials from any providers). Are there AWS credentials at hand',
    );
  });
});
