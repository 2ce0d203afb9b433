import type { DocumentId } from '../../src/briefing/model.ts';
import type { Progress } from './progress.ts';
import { keyOf, type Subject } from './subject.ts';
import { watch, type Watch, type World } from './watch.ts';

/** The watches of the documents that are open, shared by whoever shows them. */
export interface Watches {
  /** Follow a subject, in place of what was followed of the same document. */
  follow(subject: Subject): void;
  progressOf(id: DocumentId): Progress | null;
  again(id: DocumentId): void;
  /** Runs at each change of one document's progress. Nothing is asked for whom nobody subscribes to. */
  subscribe(id: DocumentId, run: () => void): () => void;
}

/** How many documents are remembered after they were closed: what was measured is shown again. */
const remembered = 50;

/** One watch a document: badge and pane see the same seconds, and the site is asked once. */
export function startWatches(world: World): Watches {
  const running = new Map<DocumentId, Running>();
  const listeners = new Map<DocumentId, Set<() => void>>();
  const awaiting = new Map<DocumentId, () => void>();
  const tell = (id: DocumentId) => listeners.get(id)?.forEach((run) => run());

  const worldOf = (id: DocumentId): World => ({
    ...world,
    isVisible: () => world.isVisible() && listeners.has(id),
    onVisible: (run) => {
      const callOff = world.onVisible(run);
      awaiting.set(id, run);
      return () => {
        callOff();
        awaiting.delete(id);
      };
    },
  });

  const forgetOldest = () => {
    for (const [id, each] of running) {
      if (running.size <= remembered) return;
      if (listeners.has(id)) continue;
      each.watch.end();
      running.delete(id);
    }
  };

  return {
    follow(subject) {
      const { id } = subject;
      const key = keyOf(subject);
      const before = running.get(id);
      if (before?.key === key) {
        before.isAttended = true;
        return;
      }
      before?.watch.end();
      running.delete(id);
      running.set(id, {
        key,
        isAttended: true,
        // What replaces another before an editor's eyes has been published this moment.
        watch: watch({
          subject,
          isFresh: before?.isAttended === true && listeners.has(id),
          world: worldOf(id),
          onProgress: () => tell(id),
        }),
      });
      forgetOldest();
      tell(id);
    },
    progressOf: (id) => running.get(id)?.watch.progress() ?? null,
    again: (id) => running.get(id)?.watch.again(),
    subscribe(id, run) {
      const all = listeners.get(id) ?? new Set();
      listeners.set(id, all.add(run));
      awaiting.get(id)?.();
      return () => {
        all.delete(run);
        if (all.size > 0) return;
        listeners.delete(id);
        const left = running.get(id);
        if (left !== undefined) left.isAttended = false;
      };
    },
  };
}

interface Running {
  readonly key: string;
  readonly watch: Watch;
  /** Somebody has looked at the document all the time since it was followed. */
  isAttended: boolean;
}
