import { secrets } from '../src/adapters/secrets.ts';
import { sqsClient, sqsQueue } from '../src/adapters/sqs-queue.ts';
import { systemClock } from '../src/adapters/system-clock.ts';
import { answerRequest } from './answer-request.ts';
import { log } from './console-log.ts';
import { receiverEnvironment, variables } from './environment.ts';
import { reported } from './reported.ts';

const environment = receiverEnvironment();
const webhookSecrets = secrets({ environment: variables, now: Date.now });
const queue = sqsQueue({
  client: sqsClient({ endpoint: environment.AWS_ENDPOINT_URL_SQS }),
  queueUrl: environment.QUEUE_URL,
});

/** Rung by Sanity at every change of a published document. */
export const handler = reported(log, (event) =>
  answerRequest(event, {
    queue,
    clock: systemClock,
    log,
    secrets: () => webhookSecrets.read(environment.WEBHOOK_SECRETS),
    project: environment.SANITY_PROJECT_ID,
    dataset: environment.SANITY_DATASET,
  }),
);
