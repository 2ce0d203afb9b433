import { createClient, type ClientConfig, type SanityClient } from '@sanity/client';

import { startLake, type Lake, type LakeOptions } from '../../../local/lake/lake.ts';

export const tokens = {
  editor: 'editor-token-for-tests-0123456789abcdef',
  viewer: 'viewer-token-for-tests-0123456789abcdef',
};

/** A lake of its own for one test file. Time stands still until the test moves it. */
export async function startTestLake(
  options: Partial<LakeOptions> = {},
): Promise<Lake & { time: { now: number } }> {
  const time = { now: Date.parse('2026-03-01T12:00:00.000Z') };
  const lake = await startLake({ tokens, clock: () => time.now, ...options });
  return Object.assign(lake, { time });
}

/** The real client, as the product uses it. */
export function clientOf(lake: Lake, config: ClientConfig = {}): SanityClient {
  return createClient({
    projectId: lake.projectId,
    dataset: 'production',
    apiVersion: '2026-03-01',
    apiHost: lake.url,
    useProjectHostname: false,
    useCdn: false,
    token: tokens.editor,
    ...config,
  });
}

/** The same client without any token. */
export function anonymousClientOf(lake: Lake, config: ClientConfig = {}): SanityClient {
  const { token: _token, ...others } = clientOf(lake, config).config();
  return createClient(others);
}

/** What a refused call was refused with: status, and the body as the lake sent it. */
export async function refusalOf(
  call: Promise<unknown>,
): Promise<{ status: unknown; message: string; body: unknown }> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Error && 'statusCode' in error) {
      const response: unknown = 'response' in error ? error.response : undefined;
      const body: unknown =
        typeof response === 'object' && response !== null && 'body' in response
          ? response.body
          : undefined;
      return { status: error.statusCode, message: error.message, body };
    }
    throw error;
  }
  throw new Error('The call was expected to be refused and was not');
}
