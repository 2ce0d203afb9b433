import type { Queue, QueueMessage } from '../../src/publishing/ports.ts';

/** A FIFO queue in memory: one group, and a repeat of an id within five minutes is dropped. */
export interface MemoryQueue extends Queue {
  /** Takes the oldest messages, as a consumer that acknowledges them at once. */
  take(count?: number): readonly (QueueMessage & { readonly deduplicationId: string })[];
}

export function memoryQueue({ now }: { now: () => string }): MemoryQueue {
  const waiting: (QueueMessage & { readonly deduplicationId: string })[] = [];
  const seen = new Map<string, number>();
  return {
    async send(message, deduplicationId) {
      const at = Date.parse(now());
      const before = seen.get(deduplicationId);
      if (before !== undefined && at - before < 300_000) return;
      seen.set(deduplicationId, at);
      waiting.push({ ...message, deduplicationId });
    },
    take: (count = waiting.length) => waiting.splice(0, count),
  };
}
