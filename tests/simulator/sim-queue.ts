import type { World } from './world.ts';

/** A message as SQS keeps it. */
export interface QueuedMessage {
  readonly messageId: string;
  readonly body: string;
  readonly group: string;
  readonly deduplicationId: string;
  receives: number;
  /** Handed out until then; after it, handed out anew. */
  hiddenUntil: number;
}

export interface QueueRules {
  readonly visibilitySeconds: number;
  readonly receives: number;
}

/**
 * A FIFO queue of SQS. While a message of a group is being worked on, or waits for its visibility timeout,
 * nothing else of that group is handed out. A message that has been received as often as it may is moved to
 * the dead letters when it would be received once more. What is sent under a deduplication id of the last
 * five minutes is taken and dropped.
 */
export class SimQueue {
  readonly #world: World;
  readonly #rules: () => QueueRules;
  readonly #messages: QueuedMessage[] = [];
  readonly #seen = new Map<string, number>();
  #sent = 0;
  /** Something may be there to be received. */
  onVisible: () => void = () => {};
  onDeadLetter: (message: QueuedMessage) => void = () => {};

  constructor(world: World, rules: () => QueueRules) {
    this.#world = world;
    this.#rules = rules;
  }

  get length(): number {
    return this.#messages.length;
  }

  send(body: string, group: string, deduplicationId: string): void {
    const { now } = this.#world;
    const before = this.#seen.get(deduplicationId);
    if (before !== undefined && now - before < deduplicationMilliseconds) return;
    this.#seen.set(deduplicationId, now);
    this.#sent += 1;
    const messageId = `m${this.#sent}`;
    const message = { messageId, body, group, deduplicationId, receives: 0, hiddenUntil: 0 };
    this.#messages.push(message);
    this.onVisible();
  }

  /** The oldest messages that may be handed out, of one group or several. */
  receive(most: number): readonly QueuedMessage[] {
    const { now } = this.#world;
    const { receives, visibilitySeconds } = this.#rules();
    const blocked = new Set<string>();
    const batch: QueuedMessage[] = [];
    const waiting = this.#messages.slice();
    for (const message of waiting) {
      if (blocked.has(message.group)) continue;
      if (message.hiddenUntil > now) {
        blocked.add(message.group);
        continue;
      }
      if (message.receives >= receives) {
        this.#remove(message);
        this.onDeadLetter(message);
        continue;
      }
      batch.push(message);
      if (batch.length === most) break;
    }
    for (const message of batch) {
      message.receives += 1;
      this.#hide(message, visibilitySeconds);
    }
    return batch;
  }

  /** Done with. Nothing happens when it has been handed out anew meanwhile: the receipt is old. */
  delete(messageId: string, receives: number): void {
    const message = this.#held(messageId, receives);
    if (message === undefined) return;
    this.#remove(message);
    this.onVisible();
  }

  changeVisibility(messageId: string, receives: number, seconds: number): void {
    const message = this.#held(messageId, receives);
    if (message !== undefined) this.#hide(message, seconds);
  }

  #hide(message: QueuedMessage, seconds: number): void {
    message.hiddenUntil = this.#world.now + seconds * 1000;
    this.#world.schedule(seconds * 1000 + 1, () => this.onVisible());
  }

  #held(messageId: string, receives: number): QueuedMessage | undefined {
    return this.#messages.find(
      (message) =>
        message.messageId === messageId &&
        message.receives === receives &&
        message.hiddenUntil > this.#world.now,
    );
  }

  #remove(message: QueuedMessage): void {
    const at = this.#messages.indexOf(message);
    if (at >= 0) this.#messages.splice(at, 1);
  }
}

const deduplicationMilliseconds = 300_000;
