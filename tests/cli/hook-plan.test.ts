import { describe, expect, it } from 'vitest';
import { planHook, readHooks } from '../../cli/hook-plan.ts';
import { desiredHook } from '../../src/webhook/hook.ts';

const secret = 'c2VjcmV0LW9mLXRoZS13ZWJob29rLTAxMjM0NTY3ODk';
const desired = desiredHook({ url: 'https://bell.example/', dataset: 'production', secret });

/** The hook as Sanity's reference shows one, with everything that it adds. */
const listed = {
  ...desired,
  id: 'nCA0wzdJXR1cVadR',
  projectId: 'abc12345',
  createdAt: '2026-07-22T10:48:21.392Z',
  createdByUserId: 'psh9hAsjB',
  isDisabled: false,
  deletedAt: null,
};
const transaction = {
  type: 'transaction',
  id: 'yyB57FRgCOCeLAtL',
  name: 'Old hook',
  projectId: 'abc12345',
  dataset: 'production',
  url: desired.url,
  isDisabled: false,
  isDisabledByUser: false,
  deletedAt: null,
  description: null,
};

const planOf = (...hooks: unknown[]) => planHook(desired, readHooks(hooks) ?? []);

describe('the plan of a webhook, where Sanity shows secrets', () => {
  it('is empty for one that is as it should be', () => {
    expect(planOf(listed)).toMatchObject({ ours: { id: listed.id }, differences: [], twins: [] });
  });

  it('sees a secret that was changed by hand although the description was not, and shows neither', () => {
    const { differences } = planOf({ ...listed, secret: 'changed by hand' });

    expect(differences).toEqual([
      { field: 'secret', is: 'another', wanted: 'the one that was given' },
    ]);
  });

  it('sees that there is none', () => {
    expect(planOf({ ...listed, secret: null }).differences).toMatchObject([{ is: 'none' }]);
  });
});

describe('the plan of a webhook among others', () => {
  it('does not take a hook by transaction for ours, and tells of it', () => {
    expect(planOf(transaction)).toMatchObject({ ours: null, twins: [{ id: transaction.id }] });
  });

  it('does not see one that was deleted', () => {
    expect(planOf({ ...listed, deletedAt: '2026-08-01T00:00:00.000Z' })).toEqual({
      ours: null,
      differences: [],
      twins: [],
    });
  });

  it('prefers the name to the address, wherever they stand in the list', () => {
    const byAddress = { ...listed, id: 'copy', name: 'Copy' };
    const byName = { ...listed, url: 'https://old.example/' };

    for (const hooks of [
      [byAddress, byName],
      [byName, byAddress],
    ]) {
      expect(planOf(...hooks)).toMatchObject({
        ours: { id: listed.id },
        differences: [{ field: 'url' }],
        twins: [{ id: 'copy' }],
      });
    }
  });

  it('takes an address with and without its last slash for one', () => {
    expect(planOf({ ...listed, url: 'https://bell.example' }).differences).toEqual([]);
  });

  it('knows an answer that is no list', () => {
    expect(readHooks({ error: 'moved' })).toBeNull();
  });
});
