import type { RecursiveLoop } from './lineage.ts';

/** How an invocation ended. */
export type Invocation =
  | { readonly kind: 'answered'; readonly requestId: string; readonly payload: unknown }
  | {
      readonly kind: 'failed';
      readonly requestId: string;
      /** The class of the error thrown, or Runtime.ExitError, Sandbox.Timedout, RecursiveInvocationException and the like. */
      readonly errorType: string;
      readonly errorMessage: string;
    }
  /** All of the function's concurrency is in use; nothing ran. */
  | { readonly kind: 'throttled' };

/** One line that a function wrote, or the host about it. */
export interface FunctionLog {
  readonly functionName: string;
  readonly source: 'stdout' | 'stderr' | 'platform';
  readonly text: string;
  /** The line read as JSON, where it is. */
  readonly record?: Readonly<Record<string, unknown>>;
}

export interface FunctionDefinition {
  readonly name: string;
  /** The folder that holds `index.mjs` with the export `handler`: the bytes that ship. */
  readonly bundleDirectory: string;
  /** All of its environment beside what Lambda itself sets; nothing is inherited. */
  readonly environment: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  /** How many invocations may run at once; more are throttled. */
  readonly concurrency: number;
  /** Whether it is stopped when it meets itself in its own tracks too often. */
  readonly recursiveLoop: RecursiveLoop;
}
