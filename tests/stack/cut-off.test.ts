import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, it } from 'vitest';
import { startSqs } from '../../local/sqs/start-sqs.ts';
import { dropCutOffMessages } from '../../local/stack/cut-off.ts';
import { queueAttributes } from '../../local/stack/queues.ts';
import { messagesIn } from '../../local/stack/settled.ts';

it('a stack that was killed at work drops what it was at, and keeps what nobody had begun', async () => {
  const credentials = { accessKeyId: 'KEY', secretAccessKey: 'SECRET' };
  const sqs = await startSqs({
    dataFile: ':memory:',
    credentials: [{ ...credentials, name: 'operator' }],
    queues: queueAttributes({ queue: 'publish.fifo', deadLetters: 'dead.fifo' }),
  });
  const client = new SQSClient({ endpoint: sqs.endpoint, region: 'us-east-1', credentials });
  const queueUrl = sqs.queueUrl('publish.fifo');
  await client.send(
    new SendMessageCommand({
      QueueUrl: queueUrl,
      MessageBody: '{"ids":["one"]}',
      MessageGroupId: 'publish',
      MessageDeduplicationId: 'one',
    }),
  );
  expect(await dropCutOffMessages(client, queueUrl)).toBe(false);
  expect(await messagesIn(client, queueUrl)).toEqual({ all: 1, hidden: 0 });

  await client.send(new ReceiveMessageCommand({ QueueUrl: queueUrl }));
  expect(await messagesIn(client, queueUrl)).toEqual({ all: 1, hidden: 1 });
  expect(await dropCutOffMessages(client, queueUrl)).toBe(true);
  expect(await messagesIn(client, queueUrl)).toEqual({ all: 0, hidden: 0 });
  client.destroy();
  await sqs.close();
});
