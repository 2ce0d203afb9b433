import { readFileSync } from 'node:fs';
import { shareOfProcessor } from '../../cdk/charter/times.ts';

/** A process that is held to what its function has. */
export interface Allotted {
  readonly pid: number;
  readonly memoryMb: number;
  /** Asked at each look: whether it has its share of a processor only, or what this machine gives. */
  readonly hasShareOnly: () => boolean;
  readonly signal: (name: 'SIGSTOP' | 'SIGCONT') => void;
  /** Told once, when it holds more than it may. It must then be ended. */
  readonly onOutOfMemory: () => void;
}

/** What a process has used so far. */
export interface Usage {
  readonly residentMb: number;
  /** Milliseconds of processor, all threads together. */
  readonly processor: number;
}

/** How often a process is looked at. */
const lookEvery = 20;

/**
 * Holds a process, while it is at an invocation, to its function's memory and processor as Lambda does: what
 * holds more memory is killed, and processor is given in proportion to memory, a whole one at 1,769 MB
 * (https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html). The share counts processor that was
 * used, not time that went by: whoever waits for an answer saves nothing and loses nothing, and a busy machine
 * makes nobody slower than the machine itself does. Returns the function that lets go of it.
 *
 * Linux alone tells what a process uses (`/proc`); elsewhere nothing is held to anything.
 */
export function holdToAllotment(
  { pid, memoryMb, hasShareOnly, signal, onOutOfMemory }: Allotted,
  {
    usageOf = usageOnLinux,
    now = () => performance.now(),
  }: { usageOf?: (pid: number) => Usage | null; now?: () => number } = {},
): () => void {
  const share = shareOfProcessor(memoryMb);
  let used = usageOf(pid)?.processor ?? 0;
  let at = now();
  /** Milliseconds of processor that it may use; below nothing it stands still. */
  let credit = 0;
  let isStopped = false;
  const goOn = () => {
    if (isStopped) signal('SIGCONT');
    isStopped = false;
  };
  const look = () => {
    const usage = usageOf(pid);
    if (usage === null) return;
    const passed = now() - at;
    credit = Math.min(share * lookEvery, credit + share * passed - (usage.processor - used));
    used = usage.processor;
    at += passed;
    if (usage.residentMb > memoryMb) {
      clearInterval(timer);
      onOutOfMemory();
    } else if (credit < 0 && hasShareOnly()) {
      if (!isStopped) signal('SIGSTOP');
      isStopped = true;
    } else {
      if (!hasShareOnly()) credit = 0;
      goOn();
    }
  };
  const timer = setInterval(look, lookEvery);
  return () => {
    clearInterval(timer);
    goOn();
  };
}

/** Linux counts processor in hundredths of a second here, on every architecture. */
const tick = 10;

/** Null when there is no such process, or no such file system. */
function usageOnLinux(pid: number): Usage | null {
  try {
    const resident = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    // The second field is a name, in parentheses, with whatever in it.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    const [user, system] = [Number(fields[11]), Number(fields[12])];
    // What has ended and is not yet buried has no memory.
    if (resident === undefined || Number.isNaN(user + system)) return null;
    return { residentMb: Number(resident) / 1024, processor: (user + system) * tick };
  } catch {
    return null;
  }
}
