import { describe, expect, it } from 'vitest';
import { desiredHook, fingerprintIn } from '../../src/webhook/hook.ts';
import { secretFingerprint } from '../../src/webhook/signature.ts';

const secret = 'c2VjcmV0LW9mLXRoZS13ZWJob29rLTAxMjM0NTY3ODk';
const stage = { url: 'https://bell.example/', dataset: 'production' };

describe('the webhook as it should be', () => {
  it('rings for every change of what we publish, and says which in a few words', () => {
    expect(desiredHook({ ...stage, secret })).toEqual({
      type: 'document',
      name: 'Publish briefings of production',
      description:
        'Tells Pressrun which document changed. Kept by "pressrun webhook apply". Secret f21309c1b747.',
      url: 'https://bell.example/',
      dataset: 'production',
      httpMethod: 'POST',
      apiVersion: 'v2025-02-19',
      includeDrafts: false,
      includeAllVersions: false,
      isDisabledByUser: false,
      headers: {},
      rule: {
        on: ['create', 'update', 'delete'],
        filter:
          '_type in ["briefing", "person", "country", "team", "author", "topic", "redirect", "siteSettings"]',
        projection:
          '{_id, _type, _rev, _updatedAt, "operation": delta::operation(), "project": sanity::projectId(), "dataset": sanity::dataset()}',
      },
      secret,
    });
  });

  it('tells two secrets apart without telling either', () => {
    const { description } = desiredHook({ ...stage, secret });

    expect(fingerprintIn(description)).toBe(secretFingerprint(secret));
    expect(fingerprintIn(desiredHook({ ...stage, secret: `${secret}.` }).description)).not.toBe(
      secretFingerprint(secret),
    );
    expect(description).not.toContain(secret.slice(0, 6));
    expect(fingerprintIn(desiredHook(stage).description)).toBeNull();
  });
});
