import { advance } from '../src/publishing/advance.ts';
import { publishGuarded } from '../src/publishing/publish-guarded.ts';
import { log } from './console-log.ts';
import { deadlineOf } from './deadline.ts';
import { publisherEnvironment } from './environment.ts';
import { lateQueue } from './late-queue.ts';
import { publishBatch } from './publish-batch.ts';
import { publisherFrom } from './publisher-from.ts';
import { batchAnswer, type BatchAnswer, queueRecords } from './queue-records.ts';
import { reported } from './reported.ts';
import { triedApart } from './tried-apart.ts';

const environment = publisherEnvironment();
const queue = lateQueue({
  endpoint: environment.AWS_ENDPOINT_URL_SQS,
  queueUrl: environment.QUEUE_URL,
});
const { current, ...ports } = publisherFrom(environment, log, queue);

/** Called with up to ten messages of the queue. */
export const handler = reported(log, async (event, invocation): Promise<BatchAnswer> => {
  const deadline = deadlineOf(invocation);
  const failed = await publishBatch(queueRecords(event), {
    ...ports,
    publish: async (request) => publishGuarded(await current(), request),
    tryOut: async (ids) => triedApart(await current(), ids),
    advance: async () => advance(await current(), deadline),
    deadline,
    deferral: queue,
    log,
    run: invocation.awsRequestId,
  });
  return batchAnswer(failed);
});
