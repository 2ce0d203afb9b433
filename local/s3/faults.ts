/** Something that goes wrong on purpose, in the S3 or the SQS emulator. */
export interface Fault {
  readonly kind: FaultKind;
  /** Operation names such as `PutObject`; absent: all. */
  readonly operations?: readonly string[];
  /** Only object keys, or for SQS queue names, with this prefix. */
  readonly keyPrefix?: string;
  /** How often it strikes before it is used up; absent: until withdrawn. */
  readonly times?: number;
  /** For `slow`: how long the effect is put off. */
  readonly milliseconds?: number;
  /** Told when it strikes, before it has an effect: for whoever does something at that moment. */
  readonly onStrike?: () => void;
}

/**
 * - `unavailable`: 503 SlowDown before any effect;
 * - `broken`: 500 InternalError before any effect;
 * - `conflict`: 409 ConditionalRequestConflict before any effect, on conditional writes only;
 * - `answer-lost`: the effect happens and the connection is cut before the answer;
 * - `slow`: the request has arrived and takes effect later, even if the caller has died meanwhile.
 */
type FaultKind = 'unavailable' | 'broken' | 'conflict' | 'answer-lost' | 'slow';

/** The switches of a running emulator. */
export class Faults {
  readonly #active = new Set<{ fault: Fault; left: number }>();

  /** Puts a fault in place and returns the function that withdraws it. */
  inject(fault: Fault): () => void {
    const entry = { fault, left: fault.times ?? Number.POSITIVE_INFINITY };
    this.#active.add(entry);
    return () => void this.#active.delete(entry);
  }

  clear(): void {
    this.#active.clear();
  }

  /** The fault that strikes this request, if any; counts it as used. */
  strike(request: { operation: string; key: string; isConditional: boolean }): Fault | undefined {
    for (const entry of this.#active) {
      const { fault } = entry;
      if (fault.operations !== undefined && !fault.operations.includes(request.operation)) continue;
      if (fault.keyPrefix !== undefined && !request.key.startsWith(fault.keyPrefix)) continue;
      if (fault.kind === 'conflict' && !request.isConditional) continue;
      entry.left -= 1;
      if (entry.left <= 0) this.#active.delete(entry);
      fault.onStrike?.();
      return fault;
    }
    return undefined;
  }
}
