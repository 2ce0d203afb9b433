import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { functionNames } from '../../cdk/charter/functions.ts';
import { parameterNames } from '../../cdk/charter/parameters.ts';
import { stageNames, type StageName } from '../../cdk/charter/stages.ts';
import {
  at,
  canonical,
  functionNamed,
  isObject,
  listAt,
  ofType,
  target,
  textAt,
  type Template,
  within,
  wordsOf,
} from './template.ts';

/** Says what is wrong with a template; nothing when all is well. */
type Rule = (template: Template, stage: StageName) => readonly string[];

const root = join(import.meta.dirname, '..', '..');

/** What holds for every template of ours, whoever changes the constructs. */
export const rules = {
  /** F74. An action or a resource with a star is a permission nobody has thought about. */
  'no wildcard in what is allowed': (template) =>
    allowed(template).flatMap(({ id, statement }) => [
      ...wordsOf(listAt(statement, 'Action'))
        .filter((action) => action.includes('*'))
        .map((action) => `${id} allows ${action}`),
      ...listAt(statement, 'Resource')
        .filter((resource) => hasStar(resource) && !isPrefixOfTheBucket(resource))
        .map((resource) => `${id} allows it on ${canonical(resource)}`),
      ...((at(statement, 'NotAction') ??
        at(statement, 'NotResource') ??
        at(statement, 'NotPrincipal')) === undefined
        ? []
        : [`${id} allows whatever is not named`]),
    ]),

  'one role a function, with statements of its own and nothing else': (template) => {
    const functions = ofType(template, 'AWS::Lambda::Function');
    const roles = functions.map(([, { Properties }]) => target(Properties['Role']));
    return [
      ...(new Set(roles).size === roles.length ? [] : ['two functions share a role']),
      ...ofType(template, 'AWS::IAM::Role').flatMap(([id, { Properties }]) => [
        ...(roles.includes(id) ? [] : [`${id} is no function's`]),
        ...(Properties['ManagedPolicyArns'] === undefined ? [] : [`${id} has a managed policy`]),
        ...(canonical(listAt(Properties, 'AssumeRolePolicyDocument', 'Statement')) === trustInLambda
          ? []
          : [`${id} can be taken by others than Lambda`]),
      ]),
      ...[
        'AWS::IAM::Policy',
        'AWS::IAM::ManagedPolicy',
        'AWS::IAM::User',
        'AWS::IAM::Group',
      ].flatMap((type) => ofType(template, type).map(([id]) => `${id} is an ${type}`)),
    ];
  },

  'only the collector deletes, and never the root': (template) =>
    allowed(template).flatMap(({ id, statement }) => {
      const deletes = wordsOf(listAt(statement, 'Action')).filter((action) =>
        /delete|putlifecycle|putbucket/i.test(action.replace('sqs:DeleteMessage', '')),
      );
      if (deletes.length === 0) return [];
      const isCollector =
        id === target(at(functionNamed(template, 'collect')[1], 'Properties', 'Role'));
      const reach = listAt(statement, 'Resource').filter((resource) =>
        wordsOf(resource).some((word) => word === '/state/*' || word === '/*'),
      );
      return isCollector && reach.length === 0 && deletes.join() === 's3:DeleteObject'
        ? []
        : [`${id} may ${deletes.join(', ')} on ${canonical(at(statement, 'Resource'))}`];
    }),

  /** F75. */
  'the bucket is private': (template) =>
    ofType(template, 'AWS::S3::Bucket').flatMap(([id, { Properties }]) => [
      ...['BlockPublicAcls', 'BlockPublicPolicy', 'IgnorePublicAcls', 'RestrictPublicBuckets']
        .filter((name) => at(Properties, 'PublicAccessBlockConfiguration', name) !== true)
        .map((name) => `${id} lacks ${name}`),
      ...(at(Properties, 'OwnershipControls', 'Rules', 0, 'ObjectOwnership') ===
      'BucketOwnerEnforced'
        ? []
        : [`${id} has ACLs`]),
      ...['AccessControl', 'WebsiteConfiguration', 'CorsConfiguration', 'ReplicationConfiguration']
        .filter((name) => Properties[name] !== undefined)
        .map((name) => `${id} has ${name}`),
    ]),

  /** F75. Of all the world only our own distribution is let in, for the public part alone. */
  'only our distribution reads from outside': (template) => {
    const fromOurEdge = canonical({
      StringEquals: {
        'AWS:SourceArn': {
          'Fn::Join': [
            '',
            [
              'arn:aws:cloudfront::',
              { Ref: 'AWS::AccountId' },
              ':distribution/',
              { Ref: 'SiteDistribution' },
            ],
          ],
        },
      },
    });
    return bucketStatements(template)
      .filter((statement) => at(statement, 'Effect') === 'Allow')
      .flatMap((statement) => {
        const sid = textAt(statement, 'Sid');
        const action = at(statement, 'Action');
        const isRead = action === 's3:GetObject' || action === 's3:ListBucket';
        const isEdge =
          canonical(at(statement, 'Principal')) === '{"Service":"cloudfront.amazonaws.com"}' &&
          canonical(at(statement, 'Condition')) === fromOurEdge;
        const isPublic =
          action !== 's3:GetObject' ||
          listAt(statement, 'Resource').every((resource) =>
            wordsOf(resource).includes('/public/*'),
          );
        return isRead && isEdge && isPublic ? [] : [`${sid} lets somebody else in, or to more`];
      });
  },

  'the edge reaches the bucket by origin access control': (template) => {
    const controls = ofType(template, 'AWS::CloudFront::OriginAccessControl');
    return [
      ...controls
        .filter(
          ([, { Properties }]) =>
            at(Properties, 'OriginAccessControlConfig', 'SigningBehavior') !== 'always' ||
            at(Properties, 'OriginAccessControlConfig', 'SigningProtocol') !== 'sigv4',
        )
        .map(([id]) => `${id} does not sign every request`),
      ...distributions(template).flatMap(([id, config]) =>
        listAt(config, 'Origins').flatMap((origin) => [
          ...(controls.some(([control]) => control === target(at(origin, 'OriginAccessControlId')))
            ? []
            : [`${id} has an origin without access control`]),
          ...(target(at(origin, 'DomainName')) === 'SiteBucket' &&
          at(origin, 'OriginPath') === '/public' &&
          at(origin, 'S3OriginConfig', 'OriginAccessIdentity') === ''
            ? []
            : [`${id} has an origin other than the public part of the bucket`]),
        ]),
      ),
    ];
  },

  'nothing without TLS': (template) => [
    ...(bucketStatements(template).some(
      (statement) =>
        refusesInsecure(statement) &&
        at(statement, 'Action') === 's3:*' &&
        listAt(statement, 'Resource').length === 2,
    )
      ? []
      : ['the bucket takes requests without TLS']),
    ...[
      ['AWS::SQS::Queue', 'AWS::SQS::QueuePolicy', 'Queues'],
      ['AWS::SNS::Topic', 'AWS::SNS::TopicPolicy', 'Topics'],
    ].flatMap(([type = '', policyType = '', named = '']) =>
      ofType(template, type)
        .filter(
          ([id]) =>
            !ofType(template, policyType).some(
              ([, { Properties }]) =>
                listAt(Properties, named).some((each) => target(each) === id) &&
                listAt(Properties, 'PolicyDocument', 'Statement').some(refusesInsecure),
            ),
        )
        .map(([id]) => `${id} takes requests without TLS`),
    ),
    ...behaviors(template)
      .filter(([, behavior]) => at(behavior, 'ViewerProtocolPolicy') !== 'redirect-to-https')
      .map(([pattern]) => `${pattern} is answered without TLS`),
    ...distributions(template)
      .filter(
        ([, config]) =>
          at(config, 'Aliases') !== undefined &&
          at(config, 'ViewerCertificate', 'MinimumProtocolVersion') !== 'TLSv1.2_2021',
      )
      .map(([id]) => `${id} has a domain, and takes old TLS for it`),
  ],

  /** SSE-S3 rather than a key of KMS: only then is an ETag the MD5 of the bytes, on which publishing stands. */
  'everything at rest is encrypted': (template) => [
    ...ofType(template, 'AWS::S3::Bucket')
      .filter(
        ([, { Properties }]) =>
          canonical(at(Properties, 'BucketEncryption')) !==
          '{"ServerSideEncryptionConfiguration":[{"ServerSideEncryptionByDefault":{"SSEAlgorithm":"AES256"}}]}',
      )
      .map(([id]) => `${id} is not encrypted by S3's own key`),
    ...ofType(template, 'AWS::SQS::Queue')
      .filter(([, { Properties }]) => Properties['SqsManagedSseEnabled'] !== true)
      .map(([id]) => `${id} is not encrypted`),
  ],

  'what was published outlives the stack, and old versions go after 90 days': (template) =>
    ofType(template, 'AWS::S3::Bucket').flatMap(([id, resource]) => {
      const [rule, ...others] = listAt(resource, 'Properties', 'LifecycleConfiguration', 'Rules');
      return [
        ...(resource.DeletionPolicy === 'Retain' && resource.UpdateReplacePolicy === 'Retain'
          ? []
          : [`${id} goes with the stack`]),
        ...(at(resource, 'Properties', 'VersioningConfiguration', 'Status') === 'Enabled'
          ? []
          : [`${id} forgets what it held`]),
        ...(at(rule, 'NoncurrentVersionExpiration', 'NoncurrentDays') === 90 &&
        at(rule, 'ExpirationInDays') === undefined &&
        others.length === 0
          ? []
          : [`${id} loses versions too early, or never`]),
      ];
    }),

  'logs are kept for thirty days, each in its own group': (template) => {
    const groups = ofType(template, 'AWS::Logs::LogGroup');
    const used = ofType(template, 'AWS::Lambda::Function').map(([, { Properties }]) =>
      target(at(Properties, 'LoggingConfig', 'LogGroup')),
    );
    return [
      ...groups
        .filter(([, { Properties }]) => Properties['RetentionInDays'] !== 30)
        .map(([id]) => `${id} is not kept for thirty days`),
      ...(groups.length === used.length && groups.every(([id]) => used.includes(id))
        ? []
        : ['a function writes into a log that is not its own']),
    ];
  },

  /** The second line behind If-Match: whoever forgets it is refused by the bucket. */
  'a write without a condition is refused': (template) =>
    bucketStatements(template).some(
      (statement) =>
        at(statement, 'Effect') === 'Deny' &&
        at(statement, 'Principal') === '*' &&
        at(statement, 'Action') === 's3:PutObject' &&
        canonical(at(statement, 'Condition')) ===
          '{"Bool":{"s3:ObjectCreationOperation":"true"},"Null":{"s3:if-match":"true","s3:if-none-match":"true"}}' &&
        canonical(
          listAt(statement, 'Resource').map((resource) => at(resource, 'Fn::Join', 1, 1)),
        ) === '["/public/*","/state/*"]',
    )
      ? []
      : ['the bucket takes a write that says nothing of what it expects'],

  /** G3. */
  'a stage reaches nothing of another': (template, stage) => [
    ...rightsStatements(template).flatMap(({ id, statement }) =>
      listAt(statement, 'Resource')
        .filter((resource) => !isOurOwn(resource, template, stage))
        .map((resource) => `${id} names ${canonical(resource)}`),
    ),
    ...[...within(Object.values(template.Resources))]
      .filter((value) => isObject(value) && 'Fn::ImportValue' in value)
      .map((value) => `imports ${canonical(value)}`),
    ...wordsOf(Object.values(template.Resources)).flatMap((word) =>
      stageNames
        .filter((other) => other !== stage && new RegExp(`pressrun[-/]${other}\\b`).test(word))
        .map((other) => `"${word}" speaks of ${other}`),
    ),
  ],

  'nothing is paid for by the hour': (template) => [
    ...Object.entries(template.Resources)
      .filter(([, { Type }]) => !paidByUse.has(Type))
      .map(([id, { Type }]) => `${id} is an ${Type}, which nobody has priced`),
    ...[...within(Object.values(template.Resources))]
      .filter(
        (value) =>
          isObject(value) &&
          [
            'ProvisionedConcurrencyConfig',
            'ProvisionedPollerConfig',
            'VpcConfig',
            'OriginShield',
            'SnapStart',
            'WebACLId',
          ].some((name) => name in value),
      )
      .map((value) => `something is provisioned: ${canonical(value).slice(0, 80)}`),
  ],

  'what holds data, or has an address, keeps its logical id': (template) =>
    Object.entries(pinnedIds)
      .filter(([id, type]) => template.Resources[id]?.Type !== type)
      .map(([id, type]) => `${id} is no ${type} any more`),

  'functions run on Node 24 and arm64, with limits, and log in JSON': (template) =>
    functionNames.flatMap((name) => {
      const [, { Properties }] = functionNamed(template, name);
      const expected: readonly (readonly [string, unknown])[] = [
        ['nodejs24.x', at(Properties, 'Runtime')],
        ['["arm64"]', canonical(at(Properties, 'Architectures'))],
        ['JSON', at(Properties, 'LoggingConfig', 'LogFormat')],
        // What it says of V8's heap may lose to Lambda's own flags, and then only looks as if it helped.
        ['none', at(Properties, 'Environment', 'Variables', 'NODE_OPTIONS') ?? 'none'],
        ['1', at(Properties, 'Environment', 'Variables', 'MALLOC_ARENA_MAX')],
        ['65536', at(Properties, 'Environment', 'Variables', 'MALLOC_TRIM_THRESHOLD_')],
        ['number', typeof at(Properties, 'ReservedConcurrentExecutions')],
        ['number', typeof at(Properties, 'Timeout')],
        ['number', typeof at(Properties, 'MemorySize')],
      ];
      return expected
        .filter(([wanted, found]) => wanted !== found)
        .map(([wanted, found]) => `${name}: expected ${wanted}, got ${JSON.stringify(found)}`);
    }),

  /** F77. A fan-out goes on through the publisher's own queue; any other loop is a mistake. */
  'a function may meet itself in its own tracks where that is meant, and nowhere else': (
    template,
  ) =>
    functionNames.flatMap((name) => {
      const wanted = name === 'publish-briefings' ? 'Allow' : 'Terminate';
      const found = at(functionNamed(template, name)[1], 'Properties', 'RecursiveLoop');
      return found === wanted
        ? []
        : [`${name}: expected RecursiveLoop ${wanted}, got ${String(found)}`];
    }),

  'only the receiver can be called from outside, and by its address alone': (template) => {
    const [receiver] = functionNamed(template, 'receive-webhook');
    const urls = ofType(template, 'AWS::Lambda::Url');
    return [
      ...(urls.length === 1 && target(urls[0]?.[1].Properties['TargetFunctionArn']) === receiver
        ? []
        : ['another function has an address']),
      ...ofType(template, 'AWS::Lambda::Permission').flatMap(([id, { Properties }]) => {
        const { Principal: principal } = Properties;
        if (principal === 'events.amazonaws.com')
          return target(Properties['SourceArn']) === undefined ? [`${id} lets any rule in`] : [];
        const isByUrl =
          Properties['FunctionUrlAuthType'] === 'NONE' ||
          Properties['InvokedViaFunctionUrl'] === true;
        return principal === '*' && isByUrl && target(Properties['FunctionName']) === receiver
          ? []
          : [`${id} lets ${canonical(principal)} in`];
      }),
    ];
  },

  /** F73. What is in a template can be read by whoever may look at the stack. */
  'no secret is in the template': (template, stage) => {
    const references: readonly string[] = Object.values(parameterNames(stage)).map(
      (name) => `ssm:${name}`,
    );
    return [
      ...ofType(template, 'AWS::Lambda::Function').flatMap(([id, { Properties }]) =>
        Object.entries(at(Properties, 'Environment', 'Variables') ?? {})
          .filter(([name]) => /SECRET|TOKEN|PASSWORD|KEY/.test(name))
          .filter(
            ([, value]) =>
              typeof value !== 'string' ||
              !value.split(',').every((each) => references.includes(each)),
          )
          .map(([name]) => `${id} is told ${name} itself`),
      ),
      ...['AWS::SSM::Parameter', 'AWS::SecretsManager::Secret'].flatMap((type) =>
        ofType(template, type).map(([id]) => `${id} would hold a secret`),
      ),
      ...wordsOf(Object.values(template.Resources))
        .filter((word) => word.startsWith('{{resolve:'))
        .map((word) => `${word} is resolved into the template`),
    ];
  },

  /** F63. */
  'the edge keys by path, answers by our functions, and keeps no error': (template) => [
    ...ofType(template, 'AWS::CloudFront::CachePolicy')
      .filter(([, { Properties }]) => {
        const forwarded = at(
          Properties,
          'CachePolicyConfig',
          'ParametersInCacheKeyAndForwardedToOrigin',
        );
        return (
          at(forwarded, 'QueryStringsConfig', 'QueryStringBehavior') !== 'none' ||
          at(forwarded, 'CookiesConfig', 'CookieBehavior') !== 'none' ||
          at(forwarded, 'HeadersConfig', 'HeaderBehavior') !== 'none' ||
          at(Properties, 'CachePolicyConfig', 'MinTTL') !== 0
        );
      })
      .map(([id]) => `${id} lets more than the path decide`),
    ...behaviors(template)
      .filter(
        ([, behavior]) =>
          canonical(
            listAt(behavior, 'FunctionAssociations').map((each) => at(each, 'EventType')),
          ) !== '["viewer-request","viewer-response"]' ||
          at(behavior, 'ResponseHeadersPolicyId') === undefined ||
          at(behavior, 'OriginRequestPolicyId') !== undefined ||
          canonical(at(behavior, 'AllowedMethods')) !== '["GET","HEAD","OPTIONS"]',
      )
      .map(
        ([pattern]) => `${pattern} goes past our functions or headers, or takes more than reading`,
      ),
    ...distributions(template).flatMap(([id, config]) => [
      ...(at(config, 'HttpVersion') === 'http2and3' ? [] : [`${id} does not speak HTTP/3`]),
      ...listAt(config, 'CustomErrorResponses')
        .filter((each) => at(each, 'ErrorCachingMinTTL') !== 1)
        .map((each) => `${id} keeps error ${textAt(each, 'ErrorCode')}`),
      ...[
        [403, 503],
        [404, 404],
      ]
        .filter(
          ([from, to]) =>
            !listAt(config, 'CustomErrorResponses').some(
              (each) => at(each, 'ErrorCode') === from && at(each, 'ResponseCode') === to,
            ),
        )
        .map(([from]) => `${id} tells readers ${from} as it is`),
    ]),
  ],

  /** G4. */
  /**
   * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html
   * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html
   */
  'the policies of headers hide the bucket, and are what CloudFront takes': (template) =>
    ofType(template, 'AWS::CloudFront::ResponseHeadersPolicy').flatMap(([id, { Properties }]) => {
      const policy = at(Properties, 'ResponseHeadersPolicyConfig');
      const removed = wordsOf(
        listAt(policy, 'RemoveHeadersConfig', 'Items').map((each) => at(each, 'Header')),
      );
      const added = listAt(policy, 'CustomHeadersConfig', 'Items');
      const content = textAt(
        policy,
        'SecurityHeadersConfig',
        'ContentSecurityPolicy',
        'ContentSecurityPolicy',
      );
      return [
        // What an object of ours, versioned and encrypted, says beside its content, and S3 of a request.
        ...[
          'x-amz-meta-cache-tag',
          'x-amz-version-id',
          'x-amz-server-side-encryption',
          'x-amz-request-id',
          'x-amz-id-2',
        ]
          .filter((name) => !removed.includes(name))
          .map((name) => `${id} lets ${name} out with the page of an error`),
        ...removed
          .filter((name) => /^x-amz-meta-(?:status|location)$/.test(name))
          .map((name) => `${id} takes ${name} from the function that needs it`),
        ...removed
          .filter((name) =>
            /^x-(?:amz-cf|edge|accel)-|^x-amzn-|^x-cache$|^via$|^content-(?:length|encoding)$/.test(
              name,
            ),
          )
          .map((name) => `${id} removes ${name}, which CloudFront refuses`),
        ...(removed.length <= 10 && added.length <= 10 ? [] : [`${id} has more than ten headers`]),
        ...[content, ...added.map((each) => textAt(each, 'Value'))]
          .filter((value) => value.length > 1_783)
          .map((value) => `${id} has a header of ${value.length} characters`),
      ];
    }),

  'every alarm tells somebody, whom it hurts, and where to read on': (template) => {
    const runbook = readFileSync(join(root, 'docs', 'runbook.md'), 'utf8');
    const sections = [...runbook.matchAll(/^## (.+)$/gm)].map(([, title = '']) =>
      title.toLowerCase().replaceAll(' ', '-'),
    );
    return ofType(template, 'AWS::CloudWatch::Alarm').flatMap(([id, { Properties }]) => {
      const said = textAt(Properties, 'AlarmDescription');
      const section = /^[A-Z][a-z ]+: .+\. What to do: docs\/runbook\.md#([a-z-]+)$/.exec(
        said,
      )?.[1];
      return [
        ...(section !== undefined && sections.includes(section)
          ? []
          : [`${id} leads nowhere: "${said}"`]),
        ...(listAt(Properties, 'AlarmActions').length > 0 ? [] : [`${id} rings where nobody is`]),
      ];
    });
  },

  'the month has a limit, and what fails five times is kept': (template) => [
    ...(ofType(template, 'AWS::Budgets::Budget').some(
      ([, { Properties }]) => listAt(Properties, 'NotificationsWithSubscribers').length > 0,
    )
      ? []
      : ['nobody is told what a month costs']),
    ...(target(
      at(template.Resources['PublishQueue'], 'Properties', 'RedrivePolicy', 'deadLetterTargetArn'),
    ) === 'PublishDeadLetters'
      ? []
      : ['a message that fails for ever is tried for ever']),
  ],
} as const satisfies Readonly<Record<string, Rule>>;

export type RuleName = keyof typeof rules;

/** What a stage's template breaks, by rule. */
export function broken(template: Template, stage: StageName): readonly string[] {
  return Object.entries(rules).flatMap(([name, rule]) =>
    rule(template, stage).map((finding) => `${name}: ${finding}`),
  );
}

/** What holds data or has an address that others know. */
export const pinnedIds = {
  SiteBucket: 'AWS::S3::Bucket',
  SiteDistribution: 'AWS::CloudFront::Distribution',
  PublishQueue: 'AWS::SQS::Queue',
  PublishDeadLetters: 'AWS::SQS::Queue',
} as const;

/** Priced by request, byte or notification; an alarm is ten cents a month. */
const paidByUse: ReadonlySet<string> = new Set([
  'AWS::Budgets::Budget',
  'AWS::CloudFront::CachePolicy',
  'AWS::CloudFront::Distribution',
  'AWS::CloudFront::Function',
  'AWS::CloudFront::OriginAccessControl',
  'AWS::CloudFront::ResponseHeadersPolicy',
  'AWS::CloudWatch::Alarm',
  'AWS::Events::Rule',
  'AWS::IAM::Role',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Function',
  'AWS::Lambda::Permission',
  'AWS::Lambda::Url',
  'AWS::Logs::LogGroup',
  'AWS::Logs::MetricFilter',
  'AWS::S3::Bucket',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::Subscription',
  'AWS::SNS::Topic',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::Queue',
  'AWS::SQS::QueuePolicy',
]);

const trustInLambda =
  '[{"Action":"sts:AssumeRole","Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"}}]';

interface Stated {
  /** The resource that has the statement. */
  readonly id: string;
  readonly statement: unknown;
}

/** The statements of every role and policy of IAM. */
function rightsStatements(template: Template): readonly Stated[] {
  return Object.entries(template.Resources)
    .filter(([, { Type }]) => Type.startsWith('AWS::IAM::'))
    .flatMap(([id, { Properties }]) =>
      [...listAt(Properties, 'Policies'), Properties].flatMap((policy) =>
        listAt(policy, 'PolicyDocument', 'Statement').map((statement) => ({ id, statement })),
      ),
    );
}

/** Whatever anybody is allowed anywhere in the template, policies of resources included. */
function allowed(template: Template): readonly Stated[] {
  const ofResources = Object.entries(template.Resources)
    .filter(([, { Type }]) => /::(BucketPolicy|QueuePolicy|TopicPolicy)$/.test(Type))
    .flatMap(([id, { Properties }]) =>
      listAt(Properties, 'PolicyDocument', 'Statement').map((statement) => ({ id, statement })),
    );
  return [...rightsStatements(template), ...ofResources].filter(
    ({ statement }) => at(statement, 'Effect') === 'Allow',
  );
}

function bucketStatements(template: Template): readonly unknown[] {
  return ofType(template, 'AWS::S3::BucketPolicy').flatMap(([, { Properties }]) =>
    listAt(Properties, 'PolicyDocument', 'Statement'),
  );
}

function refusesInsecure(statement: unknown): boolean {
  const principal = canonical(at(statement, 'Principal'));
  return (
    at(statement, 'Effect') === 'Deny' &&
    (principal === '"*"' || principal === '{"AWS":"*"}') &&
    at(statement, 'Condition', 'Bool', 'aws:SecureTransport') === 'false'
  );
}

function distributions(template: Template): readonly (readonly [string, unknown])[] {
  return ofType(template, 'AWS::CloudFront::Distribution').map(
    ([id, { Properties }]) => [id, at(Properties, 'DistributionConfig')] as const,
  );
}

function behaviors(template: Template): readonly (readonly [string, unknown])[] {
  return distributions(template).flatMap(([, config]) =>
    [...listAt(config, 'DefaultCacheBehavior'), ...listAt(config, 'CacheBehaviors')].map(
      (behavior) => [textAt(behavior, 'PathPattern') || 'the default', behavior] as const,
    ),
  );
}

const hasStar = (value: unknown): boolean => wordsOf(value).some((word) => word.includes('*'));

/** Keys are hashes and addresses: a role can name no more of them than their prefix. */
function isPrefixOfTheBucket(resource: unknown): boolean {
  const [bucket, prefix, ...more] = listAt(resource, 'Fn::Join', 1);
  return (
    target(bucket) === 'SiteBucket' &&
    more.length === 0 &&
    typeof prefix === 'string' &&
    /^\/(?:public|state|state\/[a-z]+)\/\*$/.test(prefix)
  );
}

/** Made of references into this template, or a parameter of this stage. */
function isOurOwn(resource: unknown, template: Template, stage: StageName): boolean {
  const whole = target(resource);
  if (whole !== undefined) return template.Resources[whole] !== undefined;
  const parts = listAt(resource, 'Fn::Join', 1);
  if (isPrefixOfTheBucket(resource)) return true;
  const text = parts.map((part) => (typeof part === 'string' ? part : '*')).join('');
  const isOwnEdge = parts.some((part) => target(part) === 'SiteDistribution');
  return (
    new RegExp(`^arn:aws:ssm:[a-z0-9-]+:\\*:parameter/pressrun/${stage}/[a-z-]+$`).test(text) ||
    (isOwnEdge && text === 'arn:aws:cloudfront::*:distribution/*')
  );
}
