import { Stack } from 'aws-cdk-lib';
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { accept } from './accepted.ts';
import type { Stage } from './charter/stages.ts';

/** Where alarms and the budget speak: to the mail addresses of a stage. */
export class Operators extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, { stage }: { stage: Stage }) {
    super(scope, id);
    this.topic = new Topic(this, 'Topic', {
      topicName: `pressrun-${stage.name}-operators`,
      displayName: `Pressrun ${stage.name}`,
      enforceSSL: true,
    });
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'LetOurAlarmsAndBudgetSpeak',
        effect: Effect.ALLOW,
        principals: [
          new ServicePrincipal('cloudwatch.amazonaws.com'),
          new ServicePrincipal('budgets.amazonaws.com'),
        ],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    for (const address of stage.operators) {
      this.topic.addSubscription(new EmailSubscription(address));
    }
    accept(this.topic, {
      'AwsSolutions-SNS2':
        'A message is the name of an alarm and a sentence of this repository. CloudWatch cannot write ' +
        'to a topic under the key that AWS keeps for SNS, and a key of one’s own costs by the month.',
    });
  }
}
