import { setTimeout as wait } from 'node:timers/promises';
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { z } from 'zod';
import { rootKey } from '../../src/publishing/state.ts';
import type { Lake } from '../lake/lake.ts';

/** What is on its way from the lake to the site. */
export interface Underway {
  /** Webhooks that are not delivered yet. */
  readonly webhooks: number;
  /** Messages in the queue, those being worked on included. */
  readonly messages: number;
  /** Whether a release is committed and not yet wholly written. */
  readonly release: boolean;
  /** Tasks of fan-outs that are left. */
  readonly tasks: number;
  /** Messages that failed five times. They never settle by themselves. */
  readonly deadLetters: number;
}

interface Watched {
  readonly lake: Pick<Lake, 'webhookState'>;
  readonly sqs: SQSClient;
  readonly s3: S3Client;
  readonly bucket: string;
  readonly queueUrl: string;
  readonly deadLettersUrl: string;
}

/** Watches the stations between Publish and the site, upstream first, so that nothing slips by. */
export function watchTheWay(watched: Watched): {
  settled(withinSeconds?: number): Promise<void>;
  underway(): Promise<Underway>;
} {
  async function look(): Promise<Underway> {
    const { pending: webhooks } = watched.lake.webhookState();
    const { all: messages } = await messagesIn(watched.sqs, watched.queueUrl);
    const { release, tasks } = await rootOf(watched);
    const { all: deadLetters } = await messagesIn(watched.sqs, watched.deadLettersUrl);
    return { webhooks, messages, release, tasks, deadLetters };
  }
  return {
    underway: look,
    async settled(withinSeconds = 60) {
      const until = performance.now() + withinSeconds * 1000;
      for (;;) {
        const found = await look();
        if (found.deadLetters > 0) {
          throw new Error(
            `${found.deadLetters} messages failed five times; see the functions' log`,
          );
        }
        if (isSettled(found)) return;
        if (performance.now() > until) {
          throw new Error(
            `Still on its way after ${withinSeconds} s: ${JSON.stringify(found)}; see the functions' log`,
          );
        }
        await wait(50);
      }
    },
  };
}

/** Whether nothing is on its way any more. Dead letters are not: they stay where they are. */
export function isSettled({ webhooks, messages, release, tasks }: Underway): boolean {
  return webhooks === 0 && messages === 0 && !release && tasks === 0;
}

/** How many messages a queue has, and how many of them are hidden since somebody works on them. */
export async function messagesIn(
  client: SQSClient,
  queueUrl: string,
): Promise<{ readonly all: number; readonly hidden: number }> {
  const { Attributes: found = {} } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['All'] }),
  );
  const hidden = Number(found.ApproximateNumberOfMessagesNotVisible ?? 0);
  const waiting = [
    found.ApproximateNumberOfMessages,
    found.ApproximateNumberOfMessagesDelayed,
  ].reduce((sum, count) => sum + Number(count ?? 0), 0);
  return { all: waiting + hidden, hidden };
}

const rootShape = z.object({
  release: z.unknown().nullable(),
  pending: z.array(z.object({ left: z.number() })),
  walks: z.array(z.object({ cause: z.string() })),
});

async function rootOf({ s3, bucket }: Watched): Promise<{ release: boolean; tasks: number }> {
  try {
    const { Body: body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: rootKey }));
    const root = rootShape.parse(JSON.parse((await body?.transformToString()) ?? 'null'));
    const tasks = root.pending.reduce((sum, { left }) => sum + left, 0);
    return {
      release: root.release !== null,
      tasks: Math.max(tasks, root.pending.length) + root.walks.length,
    };
  } catch (error) {
    // Nothing was published yet.
    if (error instanceof Error && error.name === 'NoSuchKey') return { release: false, tasks: 0 };
    throw error;
  }
}
