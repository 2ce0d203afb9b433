import { readFileSync } from 'node:fs';
import {
  Arn,
  ArnFormat,
  CfnParameter,
  CfnResource,
  Duration,
  RemovalPolicy,
  Stack,
} from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  type BehaviorOptions,
  CachedMethods,
  CachePolicy,
  CacheQueryStringBehavior,
  Distribution,
  type ErrorResponse,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HttpVersion,
  S3OriginAccessControl,
  SecurityPolicyProtocol,
  Signing,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  CfnBucketPolicy,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { closedToReaders } from '../src/site/admission.ts';
import { edgeSeconds } from '../src/site/cache-policy.ts';
import { cacheTagHeader } from '../src/site/cache-tags.ts';
import { notFoundPath, publicPrefix } from '../src/site/paths.ts';
import {
  headerRules,
  headerSetsWith,
  type HeaderSet,
  removedHeaders,
} from '../src/site/security-headers.ts';
import { allowedStylesheets } from '../src/site/stylesheet-hashes.ts';
import { accept } from './accepted.ts';
import { bucketPolicy } from './charter/bucket-policy.ts';
import type { Stage } from './charter/stages.ts';
import { stylesheetsContext } from './charter/stylesheets.ts';
import { pinned } from './pinned.ts';
import { responseHeadersPolicy } from './response-headers.ts';

/** What readers see: a private bucket, and the distribution that alone may read of it. */
export class Site extends Construct {
  readonly bucket: Bucket;
  readonly distribution: Distribution;
  readonly distributionArn: string;
  /** The public address, without a slash at its end. */
  readonly baseUrl: string;

  constructor(scope: Construct, id: string, { stage }: { stage: Stage }) {
    super(scope, id);
    this.bucket = this.#makeBucket();
    this.distribution = this.#makeDistribution(stage);
    this.distributionArn = Arn.format(
      {
        service: 'cloudfront',
        region: '',
        resource: 'distribution',
        resourceName: this.distribution.distributionId,
        arnFormat: ArnFormat.SLASH_RESOURCE_NAME,
      },
      Stack.of(this),
    );
    new CfnBucketPolicy(this, 'BucketPolicy', {
      bucket: this.bucket.bucketName,
      policyDocument: {
        Version: '2012-10-17',
        Statement: bucketPolicy({
          bucketArn: this.bucket.bucketArn,
          distributionArn: this.distributionArn,
        }),
      },
    });
    const host = stage.domain?.name ?? this.distribution.distributionDomainName;
    this.baseUrl = `https://${host}`;
  }

  #makeBucket(): Bucket {
    const bucket = new Bucket(this, 'Bucket', {
      versioned: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      // An ETag is the MD5 of the bytes only so; with a key of KMS it would not be.
      encryption: BucketEncryption.S3_MANAGED,
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [
        {
          id: 'old-versions',
          // A restore goes back so far, and the collector keeps what it needs for as long.
          noncurrentVersionExpiration: Duration.days(90),
          expiredObjectDeleteMarker: true,
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
      ],
    });
    pinned(bucket, 'SiteBucket');
    accept(bucket, {
      'AwsSolutions-S1':
        'Nobody but four roles and our own distribution can reach the bucket, and every write is a ' +
        'numbered release that the bucket itself records. Access logs would need a second bucket of ' +
        'readers’ addresses, which the publication promises not to keep. Where an audit asks for it, ' +
        'data events of CloudTrail are a setting of the account.',
    });
    return bucket;
  }

  #makeDistribution(stage: Stage): Distribution {
    const behaviorFor = this.#behaviors(stage);
    const { domain } = stage;
    const distribution = new Distribution(this, 'Distribution', {
      comment: `Pressrun ${stage.name}`,
      httpVersion: HttpVersion.HTTP2_AND_3,
      defaultBehavior: behaviorFor('page'),
      additionalBehaviors: Object.fromEntries(
        headerRules.map(({ pattern, headers }) => [pattern, behaviorFor(headers)]),
      ),
      errorResponses,
      ...(domain !== null && {
        domainNames: [domain.name],
        certificate: Certificate.fromCertificateArn(this, 'Certificate', domain.certificateArn),
        minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      }),
    });
    pinned(distribution, 'SiteDistribution');
    if (stage.purge === 'tags') forgetByTag(distribution);
    accept(distribution, {
      'AwsSolutions-CFR1': 'What is published is for readers everywhere.',
      'AwsSolutions-CFR2':
        'Behind the edge are files and nothing that computes: a function drops queries, cookies and ' +
        'every path that is no plain one, and POST is not allowed. A firewall would cost by the month ' +
        'and protect nothing more.',
      'AwsSolutions-CFR3':
        'An access log is a list of who read what. The publication promises its readers that there is ' +
        'none; figures of requests and errors are kept by CloudFront without it.',
      ...(domain === null && {
        'AwsSolutions-CFR4':
          'The TLS floor of the name that CloudFront gives is CloudFront’s own, and cannot be set. A ' +
          'stage with a domain asks for TLS 1.2 (TLSv1.2_2021).',
      }),
    });
    return distribution;
  }

  /** One behaviour for each set of headers; in everything else they are alike. */
  #behaviors(stage: Stage): (headers: HeaderSet) => BehaviorOptions {
    const access = new S3OriginAccessControl(this, 'Access', {
      originAccessControlName: `pressrun-${stage.name}`,
      signing: Signing.SIGV4_ALWAYS,
    });
    // By name only: the bucket's policy is written in one place, and not by its origins as well.
    const bucket = Bucket.fromBucketAttributes(this, 'Named', {
      bucketName: this.bucket.bucketName,
      bucketRegionalDomainName: this.bucket.bucketRegionalDomainName,
    });
    const shared: BehaviorOptions = {
      origin: S3BucketOrigin.withBucketDefaults(bucket, {
        originPath: `/${publicPrefix}`,
        originAccessControlId: access.originAccessControlId,
      }),
      viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      allowedMethods: AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
      cachedMethods: CachedMethods.CACHE_GET_HEAD,
      compress: true,
      cachePolicy: new CachePolicy(this, 'Cache', {
        cachePolicyName: `pressrun-${stage.name}`,
        comment: 'The path and nothing else; for how long is what each object says',
        queryStringBehavior: CacheQueryStringBehavior.none(),
        minTtl: Duration.seconds(edgeSeconds.shortest),
        defaultTtl: Duration.seconds(edgeSeconds.unlessSaid),
        maxTtl: Duration.seconds(edgeSeconds.longest),
        enableAcceptEncodingBrotli: true,
        enableAcceptEncodingGzip: true,
      }),
      functionAssociations: [
        {
          eventType: FunctionEventType.VIEWER_REQUEST,
          function: this.#edgeFunction(stage, 'viewer-request'),
        },
        {
          eventType: FunctionEventType.VIEWER_RESPONSE,
          function: this.#edgeFunction(stage, 'viewer-response'),
        },
      ],
    };
    const sets = headerSetsWith(allowedStylesheets(this.#standingStylesheets()));
    const policyFor = (name: HeaderSet) =>
      responseHeadersPolicy(this, `Headers-${name}`, {
        name: `pressrun-${stage.name}-${name}`,
        headers: { ...sets[name], ...(!stage.isIndexed && { 'x-robots-tag': 'noindex' }) },
        removed: removedHeaders,
      });
    const policies = {
      page: policyFor('page'),
      shared: policyFor('shared'),
      embed: policyFor('embed'),
      receipt: policyFor('receipt'),
    } as const satisfies Record<HeaderSet, unknown>;
    return (headers) => ({ ...shared, responseHeadersPolicy: policies[headers] });
  }

  /** What pages in the bucket still bear, as far as the deployment says so. */
  #standingStylesheets(): readonly string[] {
    const given: unknown = this.node.tryGetContext(stylesheetsContext);
    return typeof given === 'string' && given !== '' ? given.split(' ') : [];
  }

  /** The very file that the local edge runs; a closed stage's says whom it admits. */
  #edgeFunction(stage: Stage, name: 'viewer-request' | 'viewer-response'): EdgeFunction {
    const file = readFileSync(new URL(`../src/site/edge/${name}.js`, import.meta.url), 'utf8');
    const isDoor = stage.isClosed && name === 'viewer-request';
    return new EdgeFunction(this, name, {
      functionName: `pressrun-${stage.name}-${name}`,
      runtime: FunctionRuntime.JS_2_0,
      code: FunctionCode.fromInline(isDoor ? closedToReaders(file, this.#admits()) : file),
    });
  }

  /** Given at each deployment, as the hash of a password that stays in its SSM parameter. */
  #admits(): string {
    const parameter = new CfnParameter(this, 'Readers', {
      noEcho: true,
      allowedPattern: '^[0-9a-f]{64}$',
      description: 'SHA-256, in hex, of the Authorization header that opens the stage to readers',
    });
    parameter.overrideLogicalId('Readers');
    return parameter.valueAsString;
  }
}

/** The edge can forget by tag; no construct has this setting yet. */
function forgetByTag(distribution: Distribution): void {
  const resource = distribution.node.defaultChild;
  if (!CfnResource.isCfnResource(resource)) throw new Error('A distribution is one resource');
  resource.addPropertyOverride('DistributionConfig.CacheTagConfig.HeaderName', cacheTagHeader);
}

const ttl = Duration.seconds(edgeSeconds.errors);

/**
 * A missing key has a page. A key that the bucket refuses is a fault of ours, and no reader's: 503. Both
 * show the page for what is missing, since it is the only one that is always there. Whatever else goes
 * wrong is not kept longer either.
 */
const errorResponses: ErrorResponse[] = [
  { httpStatus: 404, responseHttpStatus: 404, responsePagePath: notFoundPath, ttl },
  { httpStatus: 403, responseHttpStatus: 503, responsePagePath: notFoundPath, ttl },
  ...[400, 405, 414, 416, 500, 501, 502, 503, 504].map((httpStatus) => ({ httpStatus, ttl })),
];
