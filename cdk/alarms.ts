import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  ComparisonOperator,
  type IMetric,
  MathExpression,
  Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Stage } from './charter/stages.ts';
import type { Operators } from './operators.ts';
import type { ProductFunction } from './product-function.ts';
import type { Publisher, PublishQueue } from './publisher.ts';
import type { Site } from './site.ts';
import type { WebhookEndpoint } from './webhook-endpoint.ts';

interface Watched {
  readonly stage: Stage;
  readonly site: Site;
  readonly queue: PublishQueue;
  readonly webhook: WebhookEndpoint;
  readonly publisher: Publisher;
  readonly operators: Operators;
}

/** An alarm says whom it hurts, and which section of the runbook says what to do. */
interface AlarmProps {
  readonly hurts: string;
  readonly section: string;
  readonly metric: IMetric;
  /** It rings when this is reached… */
  readonly atLeast: number;
  /** …in so many periods of the metric in a row; once unless it says otherwise. */
  readonly periods?: number;
  /** Rings too when nothing is measured at all. */
  readonly ringsInSilence?: boolean;
}

/** The first set: what editors or readers would notice, and a person can do something about. */
export class Alarms extends Construct {
  readonly #operators: Operators;
  readonly #stage: Stage;

  constructor(scope: Construct, id: string, watched: Watched) {
    super(scope, id);
    const { stage, site, queue, webhook, publisher, operators } = watched;
    this.#operators = operators;
    this.#stage = stage;
    const receiver = webhook.receiver.function;

    this.#alarm('DeadLetters', {
      hurts: 'Editors: an edit failed ten times and will not go out by itself.',
      section: 'dead-letters',
      metric: queue.deadLetters.metricApproximateNumberOfMessagesVisible({ period: minutes(5) }),
      atLeast: 1,
    });
    this.#alarm('QueueStuck', {
      hurts: 'Editors: edits have waited for ten minutes and more.',
      section: 'queue-stuck',
      metric: queue.messages.metricApproximateAgeOfOldestMessage({ period: minutes(5) }),
      atLeast: 600,
    });
    this.#alarm('SweepSilent', {
      hurts: 'Everybody: what falls due does not appear, and lost deliveries are not healed.',
      section: 'sweep-silent',
      metric: new MathExpression({
        expression: 'IF(runs - errors < 1, 1, 0)',
        usingMetrics: {
          errors: publisher.sweep.function.metricErrors({ period: minutes(15) }),
          runs: publisher.sweep.function.metricInvocations({ period: minutes(15) }),
        },
        period: minutes(15),
        label: 'No sweep has succeeded',
      }),
      atLeast: 1,
      periods: 4,
      ringsInSilence: true,
    });
    this.#alarm('PublishFails', {
      hurts: 'Editors: publishing fails as a whole, and edits are tried again and again.',
      section: 'publish-fails',
      metric: publisher.publish.function.metricErrors({ period: minutes(5) }),
      atLeast: 1,
      periods: 3,
    });
    this.#alarm('CollectFails', {
      hurts: 'Nobody yet: what nothing names any more is kept, and paid for.',
      section: 'collect-fails',
      metric: publisher.collect.function.metricErrors({ period: Duration.days(1) }),
      atLeast: 2,
    });
    this.#alarm('DoorbellFails', {
      hurts: 'Editors: deliveries are refused, and edits appear up to a quarter of an hour late.',
      section: 'doorbell-fails',
      metric: functionUrlErrors(receiver.functionName),
      atLeast: 1,
      periods: 2,
    });
    this.#alarm('DoorbellFlooded', {
      hurts: 'Editors: somebody floods the webhook, and real deliveries may be turned away.',
      section: 'doorbell-flooded',
      metric: receiver.metricThrottles({ period: minutes(5) }),
      atLeast: 1,
    });
    this.#alarm('ForeignDeliveries', {
      hurts: 'Editors: our secret signs for another project or dataset, which is not published.',
      section: 'foreign-deliveries',
      metric: this.#logged(webhook.receiver, 'ForeignDeliveries', { event: 'foreign-delivery' }),
      atLeast: 1,
    });
    this.#alarm('Drift', {
      hurts: 'Readers: the site is not what the content lake says, in two reconciles in a row.',
      section: 'drift',
      metric: this.#logged(
        publisher.sweep,
        'Drift',
        { event: 'reconciled' },
        { value: '$.message.drift' },
      ),
      atLeast: 1,
      periods: 2,
    });
    this.#alarm('ReleaseStuck', {
      hurts: 'Readers: a release has been unfinished for ten minutes, and nothing newer goes out.',
      section: 'release-stuck',
      metric: this.#logged(
        publisher.sweep,
        'ReleaseUnfinished',
        { event: 'finishing-for-another' },
        { period: minutes(1) },
      ),
      atLeast: 1,
      // Each minute's sweep finishes what it finds. Once is a publish that was under way.
      periods: 10,
    });
    this.#alarm('RemovalGuard', {
      hurts: 'Editors: much was removed within an hour; the rest stays until somebody confirms it.',
      section: 'removal-guard',
      metric: this.#logged(publisher.publish, 'RemovalsRefused', { outcome: 'removal-refused' }),
      atLeast: 1,
    });
    // CloudFront keeps its figures in one region; elsewhere they cannot be watched from here.
    if (stage.region === 'us-east-1') {
      this.#alarm('EdgeErrors', {
        hurts: 'Readers: more than one answer in twenty is an error of ours.',
        section: 'edge-errors',
        metric: new Metric({
          namespace: 'AWS/CloudFront',
          metricName: '5xxErrorRate',
          dimensionsMap: {
            DistributionId: site.distribution.distributionId,
            Region: 'Global',
          },
          statistic: 'Average',
          period: minutes(5),
        }),
        atLeast: 5,
        periods: 3,
      });
    }
  }

  #alarm(
    id: string,
    { hurts, section, metric, atLeast, periods = 1, ringsInSilence = false }: AlarmProps,
  ): void {
    const alarm = new Alarm(this, id, {
      alarmName: `pressrun-${this.#stage.name}-${id}`,
      alarmDescription: `${hurts} What to do: docs/runbook.md#${section}`,
      metric,
      threshold: atLeast,
      evaluationPeriods: periods,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: ringsInSilence
        ? TreatMissingData.BREACHING
        : TreatMissingData.NOT_BREACHING,
    });
    const speak = new SnsAction(this.#operators.topic);
    alarm.addAlarmAction(speak);
    alarm.addOkAction(speak);
  }

  /**
   * A figure read from the lines of a function's log that have this event or outcome: they are JSON, ours
   * under `message`. Each counts as one unless it is said where its value stands.
   */
  #logged(
    { logGroup }: ProductFunction,
    id: string,
    line: { readonly event: string } | { readonly outcome: string },
    { value = '1', period = minutes(15) }: { value?: string; period?: Duration } = {},
  ): Metric {
    const [field, word] = 'event' in line ? ['event', line.event] : ['outcome', line.outcome];
    const filter = new MetricFilter(this, `${id}Logged`, {
      logGroup,
      filterPattern: FilterPattern.stringValue(`$.message.${field}`, '=', word),
      metricNamespace: `Pressrun/${this.#stage.name}`,
      metricName: id,
      metricValue: value,
    });
    return filter.metric({ statistic: 'Maximum', period });
  }
}

const minutes = (count: number): Duration => Duration.minutes(count);

function functionUrlErrors(functionName: string): Metric {
  return new Metric({
    namespace: 'AWS/Lambda',
    metricName: 'Url5xxCount',
    dimensionsMap: { FunctionName: functionName },
    statistic: 'Sum',
    period: minutes(5),
  });
}
