/** Calls `wake` after that many milliseconds; the returned function calls it off. */
export type Schedule = (milliseconds: number, wake: () => void) => () => void;

/** The schedule of the real clock. */
export const realSchedule: Schedule = (milliseconds, wake) => {
  const timer = setTimeout(wake, milliseconds);
  return () => clearTimeout(timer);
};
