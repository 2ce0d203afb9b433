import { sqsClient, sqsDeferral } from '../src/adapters/sqs-queue.ts';
import { advance } from '../src/publishing/advance.ts';
import { publish } from '../src/publishing/publish.ts';
import { log } from './console-log.ts';
import { deadlineOf } from './deadline.ts';
import { publisherEnvironment } from './environment.ts';
import { publishBatch } from './publish-batch.ts';
import { publisherFrom } from './publisher-from.ts';
import { batchAnswer, type BatchAnswer, queueRecords } from './queue-records.ts';
import { reported } from './reported.ts';

const environment = publisherEnvironment();
const currentPublisher = publisherFrom(environment, log);
const deferral = sqsDeferral({
  client: sqsClient({ endpoint: environment.AWS_ENDPOINT_URL_SQS }),
  queueUrl: environment.QUEUE_URL,
});

/** Called with up to ten messages of the queue. */
export const handler = reported(log, async (event, invocation): Promise<BatchAnswer> => {
  const publisher = await currentPublisher();
  const failed = await publishBatch(queueRecords(event), {
    ...publisher.ports,
    publish: (request) => publish(publisher, request),
    advance: () => advance(publisher, deadlineOf(invocation)),
    deferral,
    log,
    run: invocation.awsRequestId,
  });
  return batchAnswer(failed);
});
