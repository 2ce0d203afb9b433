import { join } from 'node:path';
import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  ApplicationLogLevel,
  Architecture,
  Code,
  Function,
  LoggingFormat,
  RecursiveLoop,
  Runtime,
  SystemLogLevel,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { accept } from './accepted.ts';
import { writtenPrefixes } from './charter/bucket-policy.ts';
import { type FunctionName, limits, sparing } from './charter/functions.ts';
import { collectedPrefixes, type Places, rightsOf } from './charter/rights.ts';
import type { Stage } from './charter/stages.ts';

export interface ProductFunctionProps {
  readonly stage: Stage;
  readonly name: FunctionName;
  /** The folder with the bundles of the functions, one folder each. */
  readonly bundles: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly places: Omit<Places, 'logGroupArn'>;
}

/** One function of the product: its bundle, its limits, its log, and a role that may what it needs. */
export class ProductFunction extends Construct {
  readonly function: Function;
  readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, props: ProductFunctionProps) {
    super(scope, id);
    const { stage, name, bundles, environment, places } = props;
    const { timeoutSeconds, memoryMb, concurrency, recursiveLoop } = limits[name];
    const functionName = `pressrun-${stage.name}-${name}`;
    this.logGroup = new LogGroup(this, 'Log', {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: RetentionDays.ONE_MONTH,
      // Ids and counts of a month: nothing that must outlive the stack, and its name must be free again.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const rights = rightsOf(name, { ...places, logGroupArn: () => this.logGroup.logGroupArn });
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      inlinePolicies: {
        // As they are written, so that the emulators enforce the very same.
        rights: new PolicyDocument({
          minimize: false,
          statements: rights.map((right) => PolicyStatement.fromJson(right)),
        }),
      },
    });
    this.function = new Function(this, 'Function', {
      functionName,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      // What tests and the local stack run; maps and the list of modules stay at home.
      code: Code.fromAsset(join(bundles, name), { exclude: ['*.map', 'meta.json'] }),
      memorySize: memoryMb,
      timeout: Duration.seconds(timeoutSeconds),
      reservedConcurrentExecutions: concurrency,
      recursiveLoop: recursiveLoop === 'Allow' ? RecursiveLoop.ALLOW : RecursiveLoop.TERMINATE,
      role,
      logGroup: this.logGroup,
      loggingFormat: LoggingFormat.JSON,
      applicationLogLevelV2: ApplicationLogLevel.INFO,
      systemLogLevelV2: SystemLogLevel.INFO,
      environment: { ...environment, ...sparing },
    });
    for (const prefix of [...writtenPrefixes, ...collectedPrefixes]) {
      accept(role, {
        [`AwsSolutions-IAM5[Resource::<SiteBucket.Arn>/${prefix}*]`]:
          'Keys are made from addresses and hashes, so a role can name only their prefix. It is a prefix ' +
          'of this stage’s own bucket, every write under it must carry a condition, and of the four ' +
          'roles each has only the verbs it uses.',
      });
    }
    accept(this.function, {
      'Serverless-LambdaTracing':
        'X-Ray asks for a permission on every resource ("*"), and its traces would hold addresses of ' +
        'requests. Each step is in the JSON log, joined by request id, document id and release.',
      'Serverless-LambdaDLQ':
        'What an invocation leaves undone is not in its event: the next sweep finds it in the bucket ' +
        'and the lake. Events of the queue have dead letters of their own.',
      'Serverless-LambdaAsyncFailureDestination':
        'A schedule has nothing to tell but "look": the next one, a minute later, looks again. That ' +
        'none succeeds is an alarm.',
    });
  }
}
