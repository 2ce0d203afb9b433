import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { stylesheet } from '../../src/render/stylesheet.ts';
import { headersFor } from '../../src/site/security-headers.ts';
import { stylesheetHashes } from '../../src/site/stylesheet-hashes.ts';

test('the stylesheet of today is the last of the allowed ones', () => {
  const hash = `sha256-${createHash('sha256').update(stylesheet).digest('base64')}`;
  expect(
    stylesheetHashes.at(-1),
    `The stylesheet has changed: append '${hash}' to src/site/stylesheet-hashes.ts`,
  ).toBe(hash);
});

test('no allowed hash stands twice, and each is in the policy of every page', () => {
  expect(new Set(stylesheetHashes).size).toBe(stylesheetHashes.length);
  for (const hash of stylesheetHashes) {
    expect(headersFor('/')['content-security-policy']).toContain(`'${hash}'`);
  }
});
