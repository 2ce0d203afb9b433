import { realSchedule, type Schedule } from '../sqs/schedule.ts';
import type { FunctionHost } from './function-host.ts';
import type { Invocation } from './invocation.ts';

/**
 * Invokes a function with an event that nobody waits for, as schedules do: while all of its concurrency is in
 * use the event is tried again, after a second, two, four and so on to five minutes, until it is too old.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 *
 * Resolves to how it ended; `throttled` when it became too old. One that failed is not tried again here: no
 * function of ours that is started so asks for that soon enough to be seen.
 */
export async function sendEvent({
  host,
  functionName,
  event,
  maxAgeSeconds,
  schedule = realSchedule,
  stopped = new AbortController().signal,
}: {
  host: Pick<FunctionHost, 'invoke'>;
  functionName: string;
  event: unknown;
  maxAgeSeconds: number;
  schedule?: Schedule;
  /** Aborted when nobody is interested any more. */
  stopped?: AbortSignal;
}): Promise<Invocation> {
  let waited = 0;
  for (let pause = 1; ; pause = Math.min(2 * pause, longestPause)) {
    const end = await host.invoke(functionName, event);
    if (end.kind !== 'throttled' || stopped.aborted || waited + pause > maxAgeSeconds) return end;
    waited += pause;
    await new Promise<void>((resolve) => {
      const goOn = () => {
        callOff();
        stopped.removeEventListener('abort', goOn);
        resolve();
      };
      const callOff = schedule(pause * 1000, goOn);
      stopped.addEventListener('abort', goOn);
    });
  }
}

/** Seconds. */
const longestPause = 300;
