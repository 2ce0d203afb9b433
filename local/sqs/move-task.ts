import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { redriveOf } from './attributes.ts';
import type { AccountCall, Answer } from './call.ts';
import { invalidParameter, SqsError } from './errors.ts';
import { readInput } from './input.ts';
import { nameInArn, type Queue } from './queue-table.ts';

/** A move of dead letters back to work that has been done. */
export interface MoveTask {
  readonly TaskHandle: string;
  readonly Status: 'COMPLETED';
  readonly SourceArn: string;
  readonly DestinationArn?: string;
  readonly ApproximateNumberOfMessagesMoved: number;
  readonly ApproximateNumberOfMessagesToMove: number;
  readonly StartedTimestamp: number;
}

/**
 * Moves the visible dead letters back to where they came from, or to the queue named.
 * AWS takes a while; here the move is done when the answer comes.
 */
export function startMessageMoveTask(call: AccountCall, tasks: MoveTask[]): Answer {
  const { queues, messages, now, changed } = call;
  const { SourceArn, DestinationArn } = readInput(
    z.object({ SourceArn: z.string(), DestinationArn: z.string().exactOptional() }),
    call.input,
  );
  const source = existing(call, SourceArn);
  if (!queues.all().some((queue) => redriveOf(queue)?.deadLetters === source.name)) {
    throw invalidParameter('Source queue must be configured as a Dead Letter Queue.');
  }
  if (DestinationArn !== undefined) existing(call, DestinationArn);
  const moved = messages.receivable(source.name, source.isFifo, now, -1);
  messages.transaction(() => {
    for (const message of moved) {
      const destination = existing(call, DestinationArn ?? message.deadLetterSource);
      messages.delete(message);
      messages.add(destination.name, {
        ...message,
        // A moved message counts as a new one.
        messageId: randomUUID(),
        sentAt: now,
        visibleAt: now,
        deadLetterSource: '',
      });
    }
  });
  for (const message of moved) changed(nameInArn(DestinationArn ?? message.deadLetterSource));
  const task: MoveTask = {
    TaskHandle: randomUUID(),
    Status: 'COMPLETED',
    SourceArn,
    ...(DestinationArn !== undefined && { DestinationArn }),
    ApproximateNumberOfMessagesMoved: moved.length,
    ApproximateNumberOfMessagesToMove: moved.length,
    StartedTimestamp: now,
  };
  tasks.unshift(task);
  return { TaskHandle: task.TaskHandle };
}

export function listMessageMoveTasks({ input }: AccountCall, tasks: readonly MoveTask[]): Answer {
  const { SourceArn, MaxResults } = readInput(
    z.object({ SourceArn: z.string(), MaxResults: z.number().int().min(1).max(10).default(1) }),
    input,
  );
  return { Results: tasks.filter((task) => task.SourceArn === SourceArn).slice(0, MaxResults) };
}

function existing({ queues }: AccountCall, arn: string): Queue {
  const queue = queues.find(nameInArn(arn));
  if (queue === undefined) {
    throw new SqsError(
      'ResourceNotFoundException',
      'The resource that you specified for the ARN does not exist.',
      { status: 404 },
    );
  }
  return queue;
}
