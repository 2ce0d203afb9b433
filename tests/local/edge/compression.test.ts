import { describe, expect, it, test } from 'vitest';
import { encodeFor } from '../../../local/edge/compression.ts';
import { contentTypes } from '../../../src/site/content-types.ts';

/* https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/ServingCompressedFiles.html */

const bytes = (count: number) => new Uint8Array(count).fill(97);
const encodingOf = (contentType: string, count = 2_000, accepted = 'gzip, br') =>
  encodeFor(accepted, { 'content-type': contentType }, bytes(count)).encoding;

test.each(Object.entries(contentTypes))(
  '%s is of a type that CloudFront compresses',
  (_kind, type) => {
    expect(encodingOf(type)).toBe('br');
  },
);

describe('the local edge compresses no more than CloudFront documents', () => {
  it.each([
    'application/feed+json; charset=utf-8',
    'application/atom+xml; charset=utf-8',
    'application/schema+json; charset=utf-8',
    'application/ld+json',
    'application/manifest+json',
    'text/markdown; charset=utf-8',
    'image/webp',
    'text/plainer',
    '',
  ])('not "%s"', (type) => {
    expect(encodingOf(type)).toBeUndefined();
  });

  it('takes a type in any case, and whatever parameters it has', () => {
    expect(encodingOf('Text/HTML ;charset=utf-8')).toBe('br');
  });

  it.each([
    [999, undefined],
    [1_000, 'br'],
    [10_000_000, 'br'],
    [10_000_001, undefined],
  ])('of %i bytes: %s', (count, encoding) => {
    expect(encodingOf('text/html', count)).toBe(encoding);
  });

  it('and not what the origin has encoded already, nor for who does not ask', () => {
    expect(
      encodeFor('br', { 'content-type': 'text/html', 'content-encoding': 'gzip' }, bytes(2_000))
        .encoding,
    ).toBeUndefined();
    expect(encodingOf('text/html', 2_000, '')).toBeUndefined();
    expect(encodingOf('text/html', 2_000, 'gzip')).toBe('gzip');
  });
});
