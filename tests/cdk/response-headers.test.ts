import { App, Stack } from 'aws-cdk-lib';
import { CfnResponseHeadersPolicy } from 'aws-cdk-lib/aws-cloudfront';
import { describe, expect, it } from 'vitest';
import { stages } from '../../cdk/charter/stages.ts';
import { stylesheetsContext } from '../../cdk/charter/stylesheets.ts';
import { responseHeadersPolicy } from '../../cdk/response-headers.ts';
import { Site } from '../../cdk/site.ts';
import { headersFor } from '../../src/site/security-headers.ts';
import { stylesheetHashes } from '../../src/site/stylesheet-hashes.ts';

const other = `sha256-${'A'.repeat(43)}=`;

/** The hashes in every policy of the site, in their order. */
function allowedWith(context: Readonly<Record<string, string>>): readonly (readonly string[])[] {
  const stack = new Stack(new App({ context }), 'stack');
  const site = new Site(stack, 'Site', { stage: stages.prod });
  return site.node
    .findAll()
    .filter((each) => each instanceof CfnResponseHeadersPolicy)
    .map((each) => JSON.stringify(stack.resolve(each.responseHeadersPolicyConfig)))
    .map((policy) => policy.match(/sha256-[A-Za-z0-9+/]{43}=/g) ?? []);
}

describe('the policies of headers', () => {
  it('allow the stylesheets of the code, and those that a deployment found in the bucket', () => {
    const everyPolicy = (hashes: readonly string[]) => [hashes, hashes, hashes, hashes];
    expect(allowedWith({})).toEqual(everyPolicy(stylesheetHashes));
    expect(allowedWith({ [stylesheetsContext]: other })).toEqual(
      everyPolicy([other, ...stylesheetHashes]),
    );
  });

  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html
  it('have no value that is longer than CloudFront takes', () => {
    const policyOf = (length: number) =>
      responseHeadersPolicy(new Stack(), 'Policy', {
        name: 'policy',
        headers: { ...headersFor('/'), 'content-security-policy': 'x'.repeat(length) },
        removed: [],
      });
    expect(() => policyOf(1_783)).not.toThrow();
    expect(() => policyOf(1_784)).toThrow(
      '"content-security-policy" has 1784 characters, and CloudFront takes 1783',
    );
  });
});
