import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import { Construct } from 'constructs';
import type { Stage } from './charter/stages.ts';
import type { Operators } from './operators.ts';

/**
 * Says when a month costs more than it should. It watches the whole account: a filter by tag counts nothing
 * until somebody has switched the tag on for billing, and then only from that day.
 */
export class Budget extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { stage, operators }: { stage: Stage; operators: Operators },
  ) {
    super(scope, id);
    const tell = (notificationType: 'ACTUAL' | 'FORECASTED', threshold: number) => ({
      notification: { comparisonOperator: 'GREATER_THAN', notificationType, threshold },
      subscribers: [{ subscriptionType: 'SNS', address: operators.topic.topicArn }],
    });
    new CfnBudget(this, 'Month', {
      budget: {
        budgetName: `pressrun-${stage.name}`,
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        budgetLimit: { amount: stage.monthlyDollars, unit: 'USD' },
      },
      notificationsWithSubscribers: [tell('ACTUAL', 80), tell('FORECASTED', 100)],
    });
  }
}
