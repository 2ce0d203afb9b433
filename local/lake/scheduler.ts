/** Time as the lake uses it for waiting; tests bring their own and decide when it passes. */
export interface Scheduler {
  /** Runs `task` after `delayMs`; the returned function calls it off. */
  after(delayMs: number, task: () => void): () => void;
}

/** Real time; a waiting task does not keep the process alive. */
export const realScheduler: Scheduler = {
  after(delayMs, task) {
    const timer = setTimeout(task, delayMs);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
