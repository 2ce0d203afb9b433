import type { Clock } from '../src/publishing/ports.ts';
import { CannotRun, messageOf } from './cannot-run.ts';

/** Does one step of several, says that it began and how long it took, and resolves to what came of it. */
export type Step = <Result>(name: string, act: () => Promise<Result>) => Promise<Result>;

/**
 * Long work in steps. One that fails ends it with CannotRun: which step, what was seen, and what running
 * the command again does.
 */
export function inSteps({
  count,
  again,
  tell,
  clock,
}: {
  readonly count: number;
  /** What running again does, in a sentence. */
  readonly again: string;
  readonly tell: (line: string) => void;
  readonly clock: Pick<Clock, 'now'>;
}): Step {
  let number = 0;
  return async (name, act) => {
    number += 1;
    const which = `${number}/${count} ${name}`;
    const started = Date.parse(clock.now());
    const taken = (): string => `${((Date.parse(clock.now()) - started) / 1000).toFixed(1)} s`;
    tell(which);
    try {
      const result = await act();
      tell(`    done in ${taken()}`);
      return result;
    } catch (cause) {
      throw new CannotRun(`${which}: failed after ${taken()}\n${messageOf(cause)}\n${again}`, {
        cause,
      });
    }
  };
}
