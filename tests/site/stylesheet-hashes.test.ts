import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { stylesheet } from '../../src/render/stylesheet.ts';
import { headersFor, headerSetsWith } from '../../src/site/security-headers.ts';
import {
  allowedStylesheets,
  mostStylesheets,
  stylesheetHashes,
} from '../../src/site/stylesheet-hashes.ts';

test('the stylesheet of today is the last of the allowed ones', () => {
  const hash = `sha256-${createHash('sha256').update(stylesheet).digest('base64')}`;
  expect(
    stylesheetHashes.at(-1),
    `The stylesheet has changed: append '${hash}' to src/site/stylesheet-hashes.ts`,
  ).toBe(hash);
});

// CloudFront takes 1,783 characters:
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html
test('a policy has room for as many stylesheets as there may be, and there are no more', () => {
  const many = Array.from({ length: mostStylesheets }, (_, n) => {
    const hash = createHash('sha256').update(String(n)).digest('base64');
    return `sha256-${hash}`;
  });
  for (const headers of Object.values(headerSetsWith(many))) {
    expect(headers['content-security-policy']?.length).toBeLessThanOrEqual(1_783);
  }
  expect(
    stylesheetHashes.length,
    'Take out the oldest that no stage bears: `pressrun deploy` allows what still stands somewhere',
  ).toBeLessThanOrEqual(mostStylesheets);
});

test('what stands in a bucket is allowed as well, and today’s is the last', () => {
  const [today = ''] = stylesheetHashes.slice(-1);
  expect(allowedStylesheets(['sha256-other', today])).toEqual([
    'sha256-other',
    ...stylesheetHashes,
  ]);
});

test('no allowed hash stands twice, and each is in the policy of every page', () => {
  expect(new Set(stylesheetHashes).size).toBe(stylesheetHashes.length);
  for (const hash of stylesheetHashes) {
    expect(headersFor('/')['content-security-policy']).toContain(`'${hash}'`);
  }
});
