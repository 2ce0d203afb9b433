import { CfnOutput, CfnParameter, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Alarms } from './alarms.ts';
import { Budget } from './budget.ts';
import type { Stage } from './charter/stages.ts';
import { Operators } from './operators.ts';
import { Publisher, PublishQueue } from './publisher.ts';
import { Secrets } from './secrets.ts';
import { Site } from './site.ts';
import { WebhookEndpoint } from './webhook-endpoint.ts';

/** One stage, whole: webhook, queue, functions, bucket, edge, alarms. It shares nothing with another. */
export class PressrunStack extends Stack {
  constructor(scope: Construct, { stage, bundles }: { stage: Stage; bundles: string }) {
    super(scope, `pressrun-${stage.name}`, {
      description: `Pressrun, stage ${stage.name}`,
      env: { region: stage.region },
      terminationProtection: stage.name === 'prod',
    });
    // Given at every deployment and part of no bundle: code of another number never commits.
    const epoch = new CfnParameter(this, 'Epoch', {
      type: 'Number',
      minValue: 1,
      maxValue: 999_999_999,
      description:
        'The number of the deployment, higher than any before; a rollback has a higher one too',
    });

    const secrets = new Secrets(this, 'Secrets', { stage });
    const site = new Site(this, 'Site', { stage });
    const queue = new PublishQueue(this, 'Queue');
    const operators = new Operators(this, 'Operators', { stage });

    const shared = {
      stage,
      bundles,
      places: {
        bucketArn: site.bucket.bucketArn,
        queueArn: queue.messages.queueArn,
        purgedDistributionArn: stage.purge === 'off' ? null : site.distributionArn,
        webhookSecretArns: secrets.webhook.arns,
        lakeTokenArn: secrets.lakeToken?.arn ?? null,
      },
      secrets,
    };
    const environment = {
      SANITY_PROJECT_ID: stage.sanity.projectId,
      SANITY_DATASET: stage.sanity.dataset,
      QUEUE_URL: queue.messages.queueUrl,
    };
    const webhook = new WebhookEndpoint(this, 'Webhook', { ...shared, environment });
    const publisher = new Publisher(this, 'Publisher', {
      ...shared,
      queue,
      environment: {
        ...environment,
        BUCKET: site.bucket.bucketName,
        BASE_URL: site.baseUrl,
        TAG_AUTHORITY: stage.tagAuthority,
        EPOCH: epoch.valueAsString,
        PURGE: stage.purge,
        PURGES_PER_MONTH: String(stage.purgesPerMonth),
        DISTRIBUTION_ID: site.distribution.distributionId,
      },
    });

    if (stage.hasAlarms)
      new Alarms(this, 'Alarms', { stage, site, queue, webhook, publisher, operators });
    new Budget(this, 'Budget', { stage, operators });

    // By these names whoever runs the stage finds its parts.
    const outputs = {
      SiteAddress: site.baseUrl,
      // Where the CNAME of a domain points.
      EdgeName: site.distribution.distributionDomainName,
      DistributionId: site.distribution.distributionId,
      BucketName: site.bucket.bucketName,
      QueueUrl: queue.messages.queueUrl,
      DeadLettersUrl: queue.deadLetters.queueUrl,
      WebhookUrl: webhook.url,
    };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}
