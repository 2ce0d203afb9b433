import type { RuleName } from './rules.ts';
import {
  at,
  functionNamed,
  isObject,
  ofType,
  type Resource,
  textAt,
  type Template,
  type Value,
} from './template.ts';

/** A mistake that somebody could make, and the rule that must object. */
export interface Plant {
  readonly mistake: string;
  readonly rule: RuleName;
  readonly make: (template: Template) => void;
}

export const plants: readonly Plant[] = [
  {
    mistake: 'a role may do everything to S3',
    rule: 'no wildcard in what is allowed',
    make: (template) => set(right(template, 'sweep', 'WriteObjects'), ['Action'], 's3:*'),
  },
  {
    mistake: 'a role may do something to every resource',
    rule: 'no wildcard in what is allowed',
    make: (template) => set(right(template, 'receive-webhook', 'SendToQueue'), ['Resource'], '*'),
  },
  {
    mistake: 'a role may write anywhere in the bucket',
    rule: 'no wildcard in what is allowed',
    make: (template) =>
      set(right(template, 'publish-briefings', 'WriteObjects'), ['Resource'], underBucket('/*')),
  },
  {
    mistake: 'a role may whatever is not named',
    rule: 'no wildcard in what is allowed',
    make: (template) =>
      set(right(template, 'sweep', 'WriteObjects'), ['NotAction'], 's3:DeleteObject'),
  },
  {
    mistake: 'a function takes the managed policy that everybody takes',
    rule: 'one role a function, with statements of its own and nothing else',
    make: (template) =>
      set(
        roleOf(template, 'sweep'),
        ['Properties', 'ManagedPolicyArns'],
        ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'],
      ),
  },
  {
    mistake: 'two functions share a role',
    rule: 'one role a function, with statements of its own and nothing else',
    make: (template) =>
      set(
        functionOf(template, 'sweep'),
        ['Properties', 'Role'],
        functionOf(template, 'publish-briefings').Properties['Role'] ?? null,
      ),
  },
  {
    mistake: 'a grant of the CDK adds a policy beside the role’s own statements',
    rule: 'one role a function, with statements of its own and nothing else',
    make: (template) =>
      add(template, 'Grant', 'AWS::IAM::Policy', {
        PolicyDocument: {
          Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: bucket }],
        },
      }),
  },
  {
    mistake: 'the publisher may delete',
    rule: 'only the collector deletes, and never the root',
    make: (template) =>
      set(
        right(template, 'publish-briefings', 'WriteObjects'),
        ['Action'],
        ['s3:PutObject', 's3:DeleteObject'],
      ),
  },
  {
    mistake: 'the collector may delete the root of the state',
    rule: 'only the collector deletes, and never the root',
    make: (template) =>
      set(right(template, 'collect', 'DeleteObjects'), ['Resource'], [underBucket('/state/*')]),
  },
  {
    mistake: 'the collector may delete versions',
    rule: 'only the collector deletes, and never the root',
    make: (template) =>
      set(right(template, 'collect', 'DeleteObjects'), ['Action'], 's3:DeleteObjectVersion'),
  },
  {
    mistake: 'a policy may make the bucket public',
    rule: 'the bucket is private',
    make: (template) =>
      set(
        template.Resources['SiteBucket'],
        ['Properties', 'PublicAccessBlockConfiguration', 'BlockPublicPolicy'],
        false,
      ),
  },
  {
    mistake: 'the bucket is a website',
    rule: 'the bucket is private',
    make: (template) =>
      set(template.Resources['SiteBucket'], ['Properties', 'WebsiteConfiguration'], {
        IndexDocument: 'index.html',
      }),
  },
  {
    mistake: 'everybody may read the bucket',
    rule: 'only our distribution reads from outside',
    make: (template) => set(bucketStatement(template, 'LetTheEdgeRead'), ['Principal'], '*'),
  },
  {
    mistake: 'every distribution of the world may read the bucket',
    rule: 'only our distribution reads from outside',
    make: (template) => remove(bucketStatement(template, 'LetTheEdgeRead'), 'Condition'),
  },
  {
    mistake: 'the edge may read the state',
    rule: 'only our distribution reads from outside',
    make: (template) =>
      set(bucketStatement(template, 'LetTheEdgeRead'), ['Resource'], underBucket('/state/*')),
  },
  {
    mistake: 'the origin has no access control',
    rule: 'the edge reaches the bucket by origin access control',
    make: (template) => remove(at(config(template), 'Origins', 0), 'OriginAccessControlId'),
  },
  {
    mistake: 'the edge signs only when it likes',
    rule: 'the edge reaches the bucket by origin access control',
    make: (template) =>
      set(
        first(template, 'AWS::CloudFront::OriginAccessControl'),
        ['Properties', 'OriginAccessControlConfig', 'SigningBehavior'],
        'no-override',
      ),
  },
  {
    mistake: 'the state is behind the edge too',
    rule: 'the edge reaches the bucket by origin access control',
    make: (template) => set(at(config(template), 'Origins', 0), ['OriginPath'], ''),
  },
  {
    mistake: 'the bucket takes requests without TLS',
    rule: 'nothing without TLS',
    make: (template) =>
      set(bucketStatement(template, 'RefuseInsecureTransport'), ['Effect'], 'Allow'),
  },
  {
    mistake: 'the queue takes requests without TLS',
    rule: 'nothing without TLS',
    make: (template) => {
      for (const [id] of ofType(template, 'AWS::SQS::QueuePolicy')) delete template.Resources[id];
    },
  },
  {
    mistake: 'readers may come without TLS',
    rule: 'nothing without TLS',
    make: (template) =>
      set(config(template), ['DefaultCacheBehavior', 'ViewerProtocolPolicy'], 'allow-all'),
  },
  {
    mistake: 'a domain takes TLS 1.0',
    rule: 'nothing without TLS',
    make: (template) => {
      set(config(template), ['Aliases'], ['briefings.example']);
      set(config(template), ['ViewerCertificate'], { MinimumProtocolVersion: 'TLSv1' });
    },
  },
  {
    mistake: 'objects are encrypted with a key of KMS, so that an ETag is no MD5',
    rule: 'everything at rest is encrypted',
    make: (template) =>
      set(template.Resources['SiteBucket'], ['Properties', 'BucketEncryption'], {
        ServerSideEncryptionConfiguration: [
          { ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } },
        ],
      }),
  },
  {
    mistake: 'dead letters lie in the open',
    rule: 'everything at rest is encrypted',
    make: (template) =>
      set(template.Resources['PublishDeadLetters'], ['Properties', 'SqsManagedSseEnabled'], false),
  },
  {
    mistake: 'the bucket goes with the stack',
    rule: 'what was published outlives the stack, and old versions go after 90 days',
    make: (template) => set(template.Resources['SiteBucket'], ['DeletionPolicy'], 'Delete'),
  },
  {
    mistake: 'objects expire, not only their old versions',
    rule: 'what was published outlives the stack, and old versions go after 90 days',
    make: (template) =>
      set(
        template.Resources['SiteBucket'],
        ['Properties', 'LifecycleConfiguration', 'Rules', 0, 'ExpirationInDays'],
        30,
      ),
  },
  {
    mistake: 'a log is kept for ever',
    rule: 'logs are kept for thirty days, each in its own group',
    make: (template) =>
      remove(first(template, 'AWS::Logs::LogGroup').Properties, 'RetentionInDays'),
  },
  {
    mistake: 'the bucket takes blind writes',
    rule: 'a write without a condition is refused',
    make: (template) => remove(bucketStatement(template, 'RefuseUnconditionalWrites'), 'Condition'),
  },
  {
    mistake: 'the bucket takes blind writes of the state',
    rule: 'a write without a condition is refused',
    make: (template) =>
      set(
        bucketStatement(template, 'RefuseUnconditionalWrites'),
        ['Resource'],
        [underBucket('/public/*')],
      ),
  },
  {
    mistake: 'production writes into the bucket of staging',
    rule: 'a stage reaches nothing of another',
    make: (template) =>
      set(
        right(template, 'publish-briefings', 'WriteObjects'),
        ['Resource'],
        ['arn:aws:s3:::pressrun-staging/public/page'],
      ),
  },
  {
    mistake: 'production reads the secrets of staging',
    rule: 'a stage reaches nothing of another',
    make: (template) =>
      set(right(template, 'publish-briefings', 'ReadLakeToken'), ['Resource'], {
        'Fn::Join': [
          '',
          [
            'arn:aws:ssm:us-east-1:',
            { Ref: 'AWS::AccountId' },
            ':parameter/pressrun/staging/lake-token',
          ],
        ],
      }),
  },
  {
    mistake: 'a stage imports a bucket of another stack',
    rule: 'a stage reaches nothing of another',
    make: (template) =>
      set(functionOf(template, 'sweep'), ['Properties', 'Environment', 'Variables', 'BUCKET'], {
        'Fn::ImportValue': 'OtherBucket',
      }),
  },
  {
    mistake: 'a gateway to the internet, by the hour',
    rule: 'nothing is paid for by the hour',
    make: (template) => add(template, 'Gateway', 'AWS::EC2::NatGateway', {}),
  },
  {
    mistake: 'a key of KMS, by the month',
    rule: 'nothing is paid for by the hour',
    make: (template) => add(template, 'Key', 'AWS::KMS::Key', {}),
  },
  {
    mistake: 'functions that are kept warm',
    rule: 'nothing is paid for by the hour',
    make: (template) =>
      set(
        functionOf(template, 'publish-briefings'),
        ['Properties', 'ProvisionedConcurrencyConfig'],
        {
          ProvisionedConcurrentExecutions: 1,
        },
      ),
  },
  {
    mistake: 'the bucket moved to another construct, and with it its logical id',
    rule: 'what holds data, or has an address, keeps its logical id',
    make: (template) => {
      const moved = template.Resources['SiteBucket'];
      if (moved !== undefined) template.Resources['StorageBucket0A1B2C3D'] = moved;
      delete template.Resources['SiteBucket'];
    },
  },
  {
    mistake: 'a runtime that AWS no longer mends',
    rule: 'functions run on Node 24 and arm64, with limits, and log in JSON',
    make: (template) =>
      set(functionOf(template, 'collect'), ['Properties', 'Runtime'], 'nodejs18.x'),
  },
  {
    mistake: 'a size of the heap that Lambda’s own flags override',
    rule: 'functions run on Node 24 and arm64, with limits, and log in JSON',
    make: (template) =>
      set(
        functionOf(template, 'sweep'),
        ['Properties', 'Environment', 'Variables', 'NODE_OPTIONS'],
        '--max-semi-space-size=1',
      ),
  },
  {
    mistake: 'F13: nothing bounds what a flood of the webhook costs',
    rule: 'functions run on Node 24 and arm64, with limits, and log in JSON',
    make: (template) =>
      remove(functionOf(template, 'receive-webhook').Properties, 'ReservedConcurrentExecutions'),
  },
  {
    mistake: 'F77: Lambda stops a fan-out after sixteen messages, as it does unless told otherwise',
    rule: 'a function may meet itself in its own tracks where that is meant, and nowhere else',
    make: (template) =>
      remove(functionOf(template, 'publish-briefings').Properties, 'RecursiveLoop'),
  },
  {
    mistake: 'a sweep that calls itself runs for ever',
    rule: 'a function may meet itself in its own tracks where that is meant, and nowhere else',
    make: (template) =>
      set(functionOf(template, 'sweep'), ['Properties', 'RecursiveLoop'], 'Allow'),
  },
  {
    mistake: 'the publisher has an address',
    rule: 'only the receiver can be called from outside, and by its address alone',
    make: (template) =>
      add(template, 'Address', 'AWS::Lambda::Url', { AuthType: 'NONE', TargetFunctionArn: bucket }),
  },
  {
    mistake: 'everybody may invoke a function by the API',
    rule: 'only the receiver can be called from outside, and by its address alone',
    make: (template) =>
      add(template, 'Open', 'AWS::Lambda::Permission', {
        Action: 'lambda:InvokeFunction',
        FunctionName: functionOf(template, 'sweep').Properties['FunctionName'] ?? null,
        Principal: '*',
      }),
  },
  {
    mistake: 'F73: the token itself is in the environment',
    rule: 'no secret is in the template',
    make: (template) =>
      set(
        functionOf(template, 'sweep'),
        ['Properties', 'Environment', 'Variables', 'SANITY_TOKEN'],
        'skAbCdEf0123456789',
      ),
  },
  {
    mistake: 'a secret is a parameter of the template',
    rule: 'no secret is in the template',
    make: (template) => add(template, 'Secret', 'AWS::SSM::Parameter', { Value: 'whsec' }),
  },
  {
    mistake: 'F63: the query is part of the key',
    rule: 'the edge keys by path, answers by our functions, and keeps no error',
    make: (template) =>
      set(
        first(template, 'AWS::CloudFront::CachePolicy'),
        [
          'Properties',
          'CachePolicyConfig',
          'ParametersInCacheKeyAndForwardedToOrigin',
          'QueryStringsConfig',
          'QueryStringBehavior',
        ],
        'all',
      ),
  },
  {
    mistake: 'JSON goes past the function that answers 410',
    rule: 'the edge keys by path, answers by our functions, and keeps no error',
    make: (template) =>
      set(at(config(template), 'CacheBehaviors', 2), ['FunctionAssociations'], []),
  },
  {
    mistake: 'a bucket that refuses is a page that is forbidden',
    rule: 'the edge keys by path, answers by our functions, and keeps no error',
    make: (template) => set(at(config(template), 'CustomErrorResponses', 1), ['ResponseCode'], 403),
  },
  {
    mistake: 'a missing page stays missing for five minutes',
    rule: 'the edge keys by path, answers by our functions, and keeps no error',
    make: (template) =>
      set(at(config(template), 'CustomErrorResponses', 0), ['ErrorCachingMinTTL'], 300),
  },
  {
    mistake: 'a 404 tells of tags and versions',
    rule: 'the policies of headers hide the bucket, and are what CloudFront takes',
    make: (template) => remove(headersPolicy(template), 'RemoveHeadersConfig'),
  },
  {
    mistake: 'the status of a tombstone is removed before the function sees it',
    rule: 'the policies of headers hide the bucket, and are what CloudFront takes',
    make: (template) =>
      set(
        at(headersPolicy(template), 'RemoveHeadersConfig', 'Items', 0),
        ['Header'],
        'x-amz-meta-status',
      ),
  },
  {
    mistake: 'the policy of content is longer than CloudFront takes',
    rule: 'the policies of headers hide the bucket, and are what CloudFront takes',
    make: (template) =>
      set(
        headersPolicy(template),
        ['SecurityHeadersConfig', 'ContentSecurityPolicy', 'ContentSecurityPolicy'],
        'x'.repeat(1_784),
      ),
  },
  {
    mistake: 'an alarm rings where nobody is',
    rule: 'every alarm tells somebody, whom it hurts, and where to read on',
    make: (template) =>
      remove(first(template, 'AWS::CloudWatch::Alarm').Properties, 'AlarmActions'),
  },
  {
    mistake: 'an alarm leads to a section that is not there',
    rule: 'every alarm tells somebody, whom it hurts, and where to read on',
    make: (template) =>
      set(
        first(template, 'AWS::CloudWatch::Alarm'),
        ['Properties', 'AlarmDescription'],
        'Editors: it hurts. What to do: docs/runbook.md#unwritten',
      ),
  },
  {
    mistake: 'nobody is told what a month costs',
    rule: 'the month has a limit, and what fails five times is kept',
    make: (template) => {
      for (const [id] of ofType(template, 'AWS::Budgets::Budget')) delete template.Resources[id];
    },
  },
  {
    mistake: 'a message that fails for ever is tried for ever',
    rule: 'the month has a limit, and what fails five times is kept',
    make: (template) => remove(template.Resources['PublishQueue']?.Properties, 'RedrivePolicy'),
  },
];

const bucket = { 'Fn::GetAtt': ['SiteBucket', 'Arn'] };
const underBucket = (prefix: string): Value => ({ 'Fn::Join': ['', [bucket, prefix]] });

/** Changes what stands at a path; a plant that finds nothing to change would prove nothing. */
function set(of: unknown, path: readonly (string | number)[], value: Value): void {
  const [last, ...before] = path.toReversed();
  const place = at(of, ...before.toReversed());
  if (Array.isArray(place) && typeof last === 'number') place[last] = value;
  else if (isObject(place) && typeof last === 'string') place[last] = value;
  else throw new Error(`Nothing to plant in at ${path.join('.')}`);
}

function remove(of: unknown, name: string): void {
  if (!isObject(of) || !(name in of)) throw new Error(`There is no ${name} to remove`);
  delete of[name];
}

function add(
  template: Template,
  id: string,
  type: string,
  properties: { [key: string]: Value },
): void {
  template.Resources[id] = { Type: type, Properties: properties };
}

function first(template: Template, type: string): Resource {
  const [found] = ofType(template, type);
  if (found === undefined) throw new Error(`There is no ${type}`);
  return found[1];
}

function functionOf(template: Template, name: string): Resource {
  return functionNamed(template, name)[1];
}

function roleOf(template: Template, name: string): Resource {
  const id = textAt(functionOf(template, name), 'Properties', 'Role', 'Fn::GetAtt', 0);
  const role = template.Resources[id];
  if (role === undefined) throw new Error(`${name} has no role`);
  return role;
}

function right(template: Template, name: string, sid: string): unknown {
  const statements = at(
    roleOf(template, name),
    'Properties',
    'Policies',
    0,
    'PolicyDocument',
    'Statement',
  );
  return bySid(statements, sid);
}

function bucketStatement(template: Template, sid: string): unknown {
  const policy = first(template, 'AWS::S3::BucketPolicy');
  return bySid(at(policy, 'Properties', 'PolicyDocument', 'Statement'), sid);
}

function bySid(statements: unknown, sid: string): unknown {
  return Array.isArray(statements)
    ? statements.find((statement) => at(statement, 'Sid') === sid)
    : undefined;
}

const config = (template: Template): unknown =>
  at(first(template, 'AWS::CloudFront::Distribution'), 'Properties', 'DistributionConfig');

const headersPolicy = (template: Template): unknown =>
  at(
    first(template, 'AWS::CloudFront::ResponseHeadersPolicy'),
    'Properties',
    'ResponseHeadersPolicyConfig',
  );
