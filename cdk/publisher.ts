import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import {
  DeduplicationScope,
  FifoThroughputLimit,
  Queue,
  QueueEncryption,
} from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { accept } from './accepted.ts';
import { asynchronous } from './charter/asynchronous.ts';
import { limits } from './charter/functions.ts';
import { queueRules } from './charter/queues.ts';
import { schedules } from './charter/schedules.ts';
import { pinned } from './pinned.ts';
import { ProductFunction, type ProductFunctionProps } from './product-function.ts';
import type { Secrets } from './secrets.ts';

/** What publishing is told beside what every function is told. */
type PublisherProps = Pick<ProductFunctionProps, 'stage' | 'bundles' | 'environment' | 'places'> & {
  readonly secrets: Secrets;
  readonly queue: PublishQueue;
};

/** Whatever writes to the bucket: publishing from the queue, the sweeps, and the collection at night. */
export class Publisher extends Construct {
  readonly publish: ProductFunction;
  readonly sweep: ProductFunction;
  readonly collect: ProductFunction;

  constructor(scope: Construct, id: string, { secrets, queue, ...props }: PublisherProps) {
    super(scope, id);
    const { lakeToken } = secrets;
    const reading = {
      ...props.environment,
      ...(lakeToken !== null && { SANITY_TOKEN: lakeToken.reference }),
    };
    this.publish = new ProductFunction(this, 'Publish', {
      ...props,
      name: 'publish-briefings',
      environment: reading,
    });
    this.sweep = new ProductFunction(this, 'Sweep', {
      ...props,
      name: 'sweep',
      environment: reading,
    });
    // Reads no lake, so it has no token.
    this.collect = new ProductFunction(this, 'Collect', { ...props, name: 'collect' });
    for (const [name, each] of [
      ['sweep', this.sweep],
      ['collect', this.collect],
    ] as const) {
      const { maxEventAgeMinutes, retryAttempts } = asynchronous[name];
      each.function.configureAsyncInvoke({
        maxEventAge: Duration.minutes(maxEventAgeMinutes),
        retryAttempts,
      });
    }

    const mapping = new EventSourceMapping(this, 'TakeFromQueue', {
      target: this.publish.function,
      eventSourceArn: queue.messages.queueArn,
      batchSize: queueRules.batch,
      reportBatchItemFailures: true,
      maxConcurrency: limits['publish-briefings'].concurrency,
    });
    accept(mapping, {
      'Serverless-LambdaEventSourceMappingDestination':
        'A queue has no such destination; what fails ten times goes to its dead letters, which is an alarm.',
    });
    for (const { id: scheduleId, starts, expression, event } of schedules) {
      const rule = new Rule(this, scheduleId, { schedule: Schedule.expression(expression) });
      const started = starts === 'sweep' ? this.sweep : this.collect;
      rule.addTarget(
        new LambdaFunction(started.function, {
          event: RuleTargetInput.fromObject(event),
          maxEventAge: Duration.minutes(5),
          retryAttempts: 2,
        }),
      );
      accept(rule, {
        'Serverless-EventBusDLQ':
          'A tick that did not arrive carries nothing to keep: the next one does all of its work. That ' +
          'no sweep has succeeded for an hour is an alarm.',
      });
    }
  }
}

/** The queue between webhook and publisher, in one group; and its dead letters. */
export class PublishQueue extends Construct {
  readonly messages: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const shared = {
      fifo: true,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      // Messages are hints: every one of them could be lost, and the next reconcile would heal it.
      removalPolicy: RemovalPolicy.DESTROY,
    };
    this.deadLetters = new Queue(this, 'DeadLetters', {
      ...shared,
      retentionPeriod: Duration.days(queueRules.deadLettersKeptDays),
    });
    this.messages = new Queue(this, 'Messages', {
      ...shared,
      visibilityTimeout: Duration.seconds(queueRules.visibilitySeconds),
      retentionPeriod: Duration.days(4),
      deduplicationScope: DeduplicationScope.QUEUE,
      fifoThroughputLimit: FifoThroughputLimit.PER_QUEUE,
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: queueRules.receives },
    });
    pinned(this.messages, 'PublishQueue');
    pinned(this.deadLetters, 'PublishDeadLetters');
    accept(this.deadLetters, {
      'Serverless-SQSRedrivePolicy': 'These are the dead letters. One of them is an alarm.',
    });
  }
}
