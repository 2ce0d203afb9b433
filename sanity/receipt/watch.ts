import { look, type Site } from './look.ts';
import { afterPause, begin, nextLook, observe, type Progress } from './progress.ts';
import type { Subject } from './subject.ts';

/** The world a watch lives in; a test brings one whose time it moves itself. */
export interface World {
  readonly site: Site;
  readonly now: () => number;
  /** Runs once after so many milliseconds, unless it is called off. */
  readonly after: (milliseconds: number, run: () => Promise<void>) => () => void;
  /** Whether anybody can see this tab. */
  readonly isVisible: () => boolean;
  /** Runs whenever that may have changed, until it is called off. */
  readonly onVisible: (run: () => void) => () => void;
}

export interface Watch {
  progress(): Progress;
  /** Begin again, after the site could not be reached or the watch gave up. */
  again(): void;
  end(): void;
}

/** Follows one subject to where readers get it. Looks only while somebody can see the tab. */
export function watch({
  subject,
  isFresh,
  world,
  onProgress,
}: {
  readonly subject: Subject;
  readonly isFresh: boolean;
  readonly world: World;
  readonly onProgress: () => void;
}): Watch {
  let progress = begin(subject, { now: world.now(), isFresh });
  let callOff = () => {};
  let turn = 0;

  const goOn = () => {
    callOff();
    const next = nextLook(progress, world.now());
    if (next === null) return;
    const mine = ++turn;
    callOff = world.after(next.after, async () => {
      if (!world.isVisible()) {
        pause();
        return;
      }
      const observation = await look(world.site, subject, next.at, progress.stage);
      // Ended, or begun again, while the answer was on its way.
      if (mine !== turn) return;
      progress = observe(progress, observation, world.now());
      onProgress();
      goOn();
    });
  };
  const pause = () => {
    callOff = world.onVisible(() => {
      if (!world.isVisible()) return;
      callOff();
      progress = afterPause(progress, world.now());
      goOn();
    });
  };

  goOn();
  return {
    progress: () => progress,
    again: () => {
      progress = begin(subject, { now: world.now(), isFresh: false });
      onProgress();
      goOn();
    },
    end: () => {
      turn += 1;
      callOff();
    },
  };
}
