import { type FunctionName, functionNames } from '../../cdk/charter/functions.ts';
import { readPolicyDocument } from '../../local/s3/bucket-table.ts';
import type { PolicyStatement } from '../../local/s3/policy.ts';
import {
  at,
  functionNamed,
  isObject,
  listAt,
  ofType,
  target,
  textAt,
  type Template,
} from './template.ts';

/** Names that a template leaves to CloudFormation, as the local stack has them. */
export interface LocalNames {
  readonly bucketArn: string;
  readonly queueArn: string;
  readonly distributionId: string;
  readonly account: string;
}

/** The statements of a function's role as the template has them, with local names in place of references. */
export function synthesizedRights(
  template: Template,
  name: FunctionName,
  names: LocalNames,
): readonly PolicyStatement[] {
  const [, fn] = functionNamed(template, name);
  const role = template.Resources[target(at(fn, 'Properties', 'Role')) ?? ''];
  return listAt(role, 'Properties', 'Policies').flatMap((policy) =>
    statementsOf(template, at(policy, 'PolicyDocument'), names),
  );
}

/** The bucket's policy likewise. */
export function synthesizedBucketPolicy(
  template: Template,
  names: LocalNames,
): readonly PolicyStatement[] {
  const [, policy] = ofType(template, 'AWS::S3::BucketPolicy')[0] ?? [];
  return statementsOf(template, at(policy, 'Properties', 'PolicyDocument'), names);
}

function statementsOf(
  template: Template,
  document: unknown,
  names: LocalNames,
): readonly PolicyStatement[] {
  const resolved = resolve(template, document, names);
  // Read as the emulators read a policy that is put, so what they would not understand is refused.
  return readPolicyDocument(JSON.stringify(resolved));
}

function resolve(template: Template, value: unknown, names: LocalNames): unknown {
  if (Array.isArray(value)) return value.map((each) => resolve(template, each, names));
  if (!isObject(value)) return value;
  const join = at(value, 'Fn::Join', 1);
  if (Array.isArray(join)) return join.map((part) => resolve(template, part, names)).join('');
  const id = target(value);
  if (id !== undefined) return nameOf(template, id, names);
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, resolve(template, each, names)]),
  );
}

function nameOf(template: Template, id: string, names: LocalNames): string {
  if (id === 'AWS::AccountId') return names.account;
  const resource = template.Resources[id];
  switch (resource?.Type) {
    case 'AWS::S3::Bucket':
      return names.bucketArn;
    case 'AWS::SQS::Queue':
      return id === 'PublishQueue' ? names.queueArn : `${names.queueArn}-dead`;
    case 'AWS::CloudFront::Distribution':
      return names.distributionId;
    case 'AWS::Logs::LogGroup': {
      const group = textAt(resource, 'Properties', 'LogGroupName');
      const name = functionNames.find((each) => group.endsWith(`-${each}`)) ?? group;
      return `arn:aws:logs:us-east-1:${names.account}:log-group:/aws/lambda/${name}:*`;
    }
    default:
      throw new Error(`A policy speaks of ${id}, which has no counterpart on the local stack`);
  }
}
