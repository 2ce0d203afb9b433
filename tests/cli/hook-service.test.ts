import { expect, test } from 'vitest';
import { hookService } from '../../cli/hook-service.ts';

const values = {
  projectId: 'abc12345',
  dataset: 'production',
  visibility: null,
  lakeUrl: null,
  webhookUrl: null,
  siteUrl: null,
  studioUrl: null,
  unset: [],
};

test('a refusal that repeats what it was sent is told without either secret', async () => {
  const secrets = {
    webhook: 'the-webhook-secret',
    readToken: null,
    manageToken: 'the-token',
    readerPassword: null,
  };
  const refusing = () =>
    Promise.resolve(
      Response.json(
        { message: 'Bearer the-token may not set the-webhook-secret' },
        { status: 403 },
      ),
    );
  await expect(hookService({ values, secrets }, refusing).list()).rejects.toThrow(
    'https://api.sanity.io/v2025-02-19/hooks/projects/abc12345 was answered 403 (Bearer … may not set …).',
  );
});
