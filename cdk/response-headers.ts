import { Duration } from 'aws-cdk-lib';
import {
  HeadersReferrerPolicy,
  ResponseHeadersPolicy,
  type ResponseHeadersPolicyProps,
} from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';

/**
 * The policy of the edge that adds exactly these headers to every answer, whatever the origin said, and takes
 * from it those that are `removed`.
 */
export function responseHeadersPolicy(
  scope: Construct,
  id: string,
  {
    name,
    headers,
    removed,
  }: {
    name: string;
    headers: Readonly<Record<string, string>>;
    removed: readonly string[];
  },
): ResponseHeadersPolicy {
  return new ResponseHeadersPolicy(scope, id, {
    responseHeadersPolicyName: name,
    removeHeaders: [...removed],
    ...policyOf(headers),
  });
}

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-custom-headers */
const longestValue = 1_783;

/**
 * CloudFront has a place of its own for security headers and for CORS, and takes them nowhere else. Throws
 * for a header that would not come out as it went in.
 */
function policyOf(
  headers: Readonly<Record<string, string>>,
): Pick<
  ResponseHeadersPolicyProps,
  'securityHeadersBehavior' | 'corsBehavior' | 'customHeadersBehavior'
> {
  for (const [name, { length }] of Object.entries(headers)) {
    if (length > longestValue) {
      throw new Error(`"${name}" has ${length} characters, and CloudFront takes ${longestValue}`);
    }
  }
  const left = new Map(Object.entries(headers));
  const take = (name: string): string => {
    const value = left.get(name);
    if (value === undefined) throw new Error(`Expected every answer to have "${name}"`);
    left.delete(name);
    return value;
  };
  const exactly = (name: string, only: string): void => {
    const value = take(name);
    if (value !== only) throw new Error(`Expected "${name}: ${only}", got "${value}"`);
  };
  const override = true;
  const seconds = /^max-age=(\d+); includeSubDomains$/.exec(take('strict-transport-security'))?.[1];
  if (seconds === undefined) throw new Error('Expected HSTS with an age, for all subdomains');
  exactly('x-content-type-options', 'nosniff');
  exactly('referrer-policy', 'strict-origin-when-cross-origin');
  exactly('access-control-allow-origin', '*');
  return {
    securityHeadersBehavior: {
      strictTransportSecurity: {
        accessControlMaxAge: Duration.seconds(Number(seconds)),
        includeSubdomains: true,
        override,
      },
      contentTypeOptions: { override },
      referrerPolicy: {
        referrerPolicy: HeadersReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN,
        override,
      },
      contentSecurityPolicy: {
        contentSecurityPolicy: take('content-security-policy'),
        override,
      },
    },
    corsBehavior: {
      accessControlAllowCredentials: false,
      accessControlAllowOrigins: ['*'],
      accessControlAllowHeaders: ['*'],
      accessControlAllowMethods: ['GET', 'HEAD', 'OPTIONS'],
      accessControlExposeHeaders: [take('access-control-expose-headers')],
      accessControlMaxAge: Duration.days(1),
      originOverride: override,
    },
    customHeadersBehavior: {
      customHeaders: [...left].map(([header, value]) => ({ header, value, override })),
    },
  };
}
