import type { Deadline } from '../../src/publishing/walk.ts';

/** Time for so many looks at what there is to do, then none. */
export function timeFor(looks: number): Deadline {
  let left = looks;
  return {
    remaining: () => {
      left -= 1;
      return left >= 0 ? 60_000 : 0;
    },
  };
}
