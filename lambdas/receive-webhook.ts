import { secrets } from '../src/adapters/secrets.ts';
import { sqsClient, sqsQueue } from '../src/adapters/sqs-queue.ts';
import { systemClock } from '../src/adapters/system-clock.ts';
import { answerDelivery } from './answer-delivery.ts';
import { log } from './console-log.ts';
import { receiverEnvironment, variables } from './environment.ts';
import { type UrlAnswer, urlAnswer, urlRequest } from './function-url.ts';
import { reported } from './reported.ts';

const environment = receiverEnvironment();
const webhookSecrets = secrets({ environment: variables, now: Date.now });
const queue = sqsQueue({
  client: sqsClient({ endpoint: environment.AWS_ENDPOINT_URL_SQS }),
  queueUrl: environment.QUEUE_URL,
});

/** Rung by Sanity at every change of a published document. */
export const handler = reported(log, async (event): Promise<UrlAnswer> => {
  const { status, reason } = await answerDelivery(urlRequest(event), {
    queue,
    clock: systemClock,
    log,
    secrets: await webhookSecrets.read(environment.WEBHOOK_SECRETS),
    project: environment.SANITY_PROJECT_ID,
    dataset: environment.SANITY_DATASET,
  });
  return urlAnswer(status, reason);
});
