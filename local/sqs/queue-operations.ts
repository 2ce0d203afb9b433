import { z } from 'zod';
import { checkAttributes, describeQueue, redriveOf } from './attributes.ts';
import type { AccountCall, Answer, QueueCall } from './call.ts';
import { invalidParameter, queueDoesNotExist, SqsError } from './errors.ts';
import { readInput } from './input.ts';

export function createQueue({ input, queues, urlOf }: AccountCall): Answer {
  const { QueueName: name, Attributes: attributes } = readInput(
    z.object({
      QueueName: z.string(),
      Attributes: z.record(z.string(), z.string()).default({}),
    }),
    input,
  );
  if (!/^[\w-]{1,75}(\.fifo)?$/.test(name)) {
    throw invalidParameter(
      'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
    );
  }
  if (name.endsWith('.fifo') && attributes['FifoQueue'] !== 'true') {
    throw invalidParameter('The name of a queue that is not FIFO cannot end with .fifo.');
  }
  checkAttributes({ name, attributes, queues });
  const existing = queues.find(name);
  if (existing === undefined) {
    queues.create(name, attributes);
  } else if (
    Object.entries(attributes).some(([key, value]) => existing.attributes[key] !== value)
  ) {
    throw new SqsError(
      'QueueNameExists',
      'A queue already exists with the same name and a different value for an attribute.',
      { queryCode: 'QueueAlreadyExists' },
    );
  }
  return { QueueUrl: urlOf(name) };
}

export function getQueueUrl({ input, queues, urlOf }: AccountCall): Answer {
  const { QueueName } = readInput(z.object({ QueueName: z.string() }), input);
  if (queues.find(QueueName) === undefined) throw queueDoesNotExist();
  return { QueueUrl: urlOf(QueueName) };
}

export function listQueues({ input, queues, urlOf }: AccountCall): Answer {
  const { QueueNamePrefix } = readInput(
    z.object({ QueueNamePrefix: z.string().default('') }),
    input,
  );
  return {
    QueueUrls: queues
      .all()
      .filter((queue) => queue.name.startsWith(QueueNamePrefix))
      .map((queue) => urlOf(queue.name)),
  };
}

export function deleteQueue({ queue, queues, messages }: QueueCall): Answer {
  queues.delete(queue.name);
  messages.forgetQueue(queue.name);
  return undefined;
}

export function getQueueAttributes({ input, queue, messages, now }: QueueCall): Answer {
  const { AttributeNames } = readInput(
    z.object({ AttributeNames: z.array(z.string()).default([]) }),
    input,
  );
  const all = describeQueue(queue, messages.counts(queue.name, now));
  return {
    Attributes: Object.fromEntries(
      Object.entries(all).filter(
        ([name]) => AttributeNames.includes('All') || AttributeNames.includes(name),
      ),
    ),
  };
}

export function setQueueAttributes({ input, queue, queues }: QueueCall): Answer {
  const { Attributes } = readInput(
    z.object({ Attributes: z.record(z.string(), z.string()) }),
    input,
  );
  const attributes = { ...queue.attributes, ...Attributes };
  checkAttributes({ name: queue.name, attributes, queues });
  queues.setAttributes(queue.name, attributes);
  return undefined;
}

export function purgeQueue({ queue, queues, messages, now }: QueueCall): Answer {
  if (now - queue.purgedAt < 60_000) {
    throw new SqsError(
      'PurgeQueueInProgress',
      `Only one PurgeQueue operation on ${queue.name} is allowed every 60 seconds.`,
      { status: 403, queryCode: 'AWS.SimpleQueueService.PurgeQueueInProgress' },
    );
  }
  messages.purge(queue.name);
  queues.notePurge(queue.name);
  return undefined;
}

export function listDeadLetterSourceQueues({ queue, queues, urlOf }: QueueCall): Answer {
  return {
    queueUrls: queues
      .all()
      .filter((source) => redriveOf(source)?.deadLetters === queue.name)
      .map((source) => urlOf(source.name)),
  };
}
