import type { Deferral } from '../src/adapters/sqs-queue.ts';
import type { Queue } from '../src/publishing/ports.ts';

/**
 * The queue, whose client is loaded with the first message that is sent or put off. Most publishes and all
 * sweeps do neither, and loading it was a part of every cold start (`bench/cold-start.ts`).
 */
export function lateQueue({
  endpoint,
  queueUrl,
}: {
  readonly endpoint: string | undefined;
  readonly queueUrl: string;
}): Queue & Deferral {
  let loading: Promise<Queue & Deferral> | null = null;
  const load = (): Promise<Queue & Deferral> =>
    (loading ??= (async () => {
      const { sqsClient, sqsDeferral, sqsQueue } = await import('../src/adapters/sqs-queue.ts');
      const client = sqsClient({ endpoint });
      return { ...sqsQueue({ client, queueUrl }), ...sqsDeferral({ client, queueUrl }) };
    })());
  return {
    async send(...message) {
      await (await load()).send(...message);
    },
    async comeBack(...message) {
      await (await load()).comeBack(...message);
    },
  };
}
