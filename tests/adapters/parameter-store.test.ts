import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { ssmParameters } from '../../src/adapters/parameter-store.ts';
import { type FakeSsm, startFakeSsm } from '../fakes/fake-ssm.ts';

let ssm: FakeSsm;
beforeAll(async () => {
  ssm = await startFakeSsm();
});
beforeEach(() => {
  ssm.parameters.clear();
  ssm.refusal = null;
});
afterAll(() => ssm.close());

const name = '/pressrun/staging/webhook-secret';

it('writes a SecureString once, and never over what is there', async () => {
  const parameters = ssmParameters(ssm.client);

  expect(await parameters.kinds([name])).toEqual(new Map());
  expect(await parameters.create(name, 'the first')).toBe('written');
  expect(await parameters.create(name, 'the second')).toBe('exists');
  expect(await parameters.values([name, '/elsewhere'])).toEqual(new Map([[name, 'the first']]));
  expect(await parameters.kinds([name])).toEqual(new Map([[name, 'SecureString']]));
});

it('says which right is missing for which parameter, and never what was to be written', async () => {
  const parameters = ssmParameters(ssm.client);
  ssm.refusal = 'AccessDeniedException';

  await expect(parameters.create(name, 'a secret of ours')).rejects.toMatchObject({
    name: 'ParametersUnavailable',
    message:
      `SSM did not do ssm:PutParameter for ${name} (AccessDeniedException). Are there AWS credentials at hand, ` +
      'for the account of the stage, with ssm:PutParameter for these?',
  });
  await expect(parameters.values([name])).rejects.toThrow('with ssm:GetParameters for these?');
});
