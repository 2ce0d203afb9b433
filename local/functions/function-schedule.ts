import { realSchedule, type Schedule } from '../sqs/schedule.ts';
import { sendEvent } from './asynchronous-event.ts';
import type { FunctionHost } from './function-host.ts';
import type { FunctionLog, Invocation } from './invocation.ts';

/** A function that runs again and again. */
export interface FunctionSchedule {
  /** Runs it now, beside the rhythm. */
  runNow(): Promise<Invocation>;
  close(): Promise<void>;
}

/**
 * Invokes a function every so many seconds, the first time after one interval.
 * A run that outlasts the interval is not doubled: the next one waits for its own turn.
 */
export function startFunctionSchedule({
  host,
  functionName,
  everySeconds,
  event = {},
  maxAgeSeconds,
  log = () => {},
  schedule = realSchedule,
}: {
  host: FunctionHost;
  functionName: string;
  everySeconds: number;
  event?: unknown;
  /** How long an event waits for the function to have time. */
  maxAgeSeconds: number;
  log?: (line: FunctionLog) => void;
  schedule?: Schedule;
}): FunctionSchedule {
  let callOff = () => {};
  let running: Promise<Invocation> | undefined;
  const stop = new AbortController();
  const run = async (): Promise<Invocation> => {
    running ??= sendEvent({
      host,
      functionName,
      event,
      maxAgeSeconds,
      schedule,
      stopped: stop.signal,
    });
    try {
      return await running;
    } finally {
      running = undefined;
    }
  };
  const tick = () => {
    callOff = schedule(everySeconds * 1000, tick);
    if (running !== undefined) return;
    void run().catch((error: unknown) => {
      log({ functionName, source: 'platform', text: `Scheduled run failed: ${String(error)}` });
    });
  };
  callOff = schedule(everySeconds * 1000, tick);
  return {
    runNow: run,
    async close() {
      callOff();
      stop.abort();
      await running?.catch(() => {});
    },
  };
}
