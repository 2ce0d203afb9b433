import { z } from 'zod';
import { answerBatch, batchEntries } from './batch.ts';
import type { Answer, QueueCall } from './call.ts';
import { invalidParameter, receiptHandleIsInvalid, SqsError } from './errors.ts';
import { readInput } from './input.ts';
import { type Message, rowInReceipt } from './message-table.ts';

export function deleteMessage(call: QueueCall): Answer {
  deleteOne(call, readInput(receipt, call.input));
  return undefined;
}

export function deleteMessageBatch(call: QueueCall): Answer {
  return answerBatch(batchEntries(receipt, call.input), (entry) => deleteOne(call, entry));
}

export function changeMessageVisibility(call: QueueCall): Answer {
  changeOne(call, readInput(receiptAndTimeout, call.input));
  return undefined;
}

export function changeMessageVisibilityBatch(call: QueueCall): Answer {
  return answerBatch(batchEntries(receiptAndTimeout, call.input), (entry) =>
    changeOne(call, entry),
  );
}

const receipt = z.object({ ReceiptHandle: z.string() });

const receiptAndTimeout = receipt.extend({
  VisibilityTimeout: z.number().int().min(0).max(43_200),
});

/**
 * Deleting twice succeeds. With a handle that a later receive, or time, has overtaken, a FIFO queue refuses
 * and a standard queue says yes without deleting.
 */
function deleteOne(call: QueueCall, { ReceiptHandle }: z.infer<typeof receipt>): object {
  const { queue, messages, now, changed } = call;
  const message = heldBy(call, ReceiptHandle);
  if (message === undefined) return {};
  const isStale = message.receipt !== ReceiptHandle;
  if (queue.isFifo && (isStale || message.visibleAt <= now)) {
    throw invalidParameter(
      'Value for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.',
    );
  }
  if (!isStale) {
    messages.delete(message);
    changed(queue.name);
  }
  return {};
}

function changeOne(
  call: QueueCall,
  { ReceiptHandle, VisibilityTimeout }: z.infer<typeof receiptAndTimeout>,
): object {
  const { messages, now, queue, changed } = call;
  const message = heldBy(call, ReceiptHandle);
  if (message === undefined) {
    throw invalidParameter(
      'Value for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.',
    );
  }
  if (message.receipt !== ReceiptHandle || message.visibleAt <= now) {
    throw new SqsError('MessageNotInflight', 'The specified message is not in flight.', {
      queryCode: 'AWS.SimpleQueueService.MessageNotInflight',
    });
  }
  messages.setVisibleAt(message, now + VisibilityTimeout * 1000);
  changed(queue.name);
  return {};
}

function heldBy({ messages, queue }: QueueCall, handle: string): Message | undefined {
  const rowId = rowInReceipt(handle);
  if (rowId === undefined) throw receiptHandleIsInvalid();
  return messages.byRowId(queue.name, rowId);
}
