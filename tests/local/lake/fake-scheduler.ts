import type { Scheduler } from '../../../local/lake/lake.ts';

/** Time that passes when the test says so; it moves the lake's clock along. */
export interface FakeScheduler extends Scheduler {
  pass(ms: number): void;
}

export function createFakeScheduler(time: { now: number }): FakeScheduler {
  let tasks: { due: number; run: () => void }[] = [];
  return {
    after(delay, run) {
      const task = { due: time.now + delay, run };
      tasks.push(task);
      return () => {
        tasks = tasks.filter((other) => other !== task);
      };
    },
    pass(ms) {
      time.now += ms;
      const due = tasks.filter((task) => task.due <= time.now).sort((a, b) => a.due - b.due);
      tasks = tasks.filter((task) => task.due > time.now);
      for (const { run } of due) run();
    },
  };
}
