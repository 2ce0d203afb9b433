import { parentPort, workerData } from 'node:worker_threads';
import { edition } from '../src/publishing/edition.ts';
import type { Publisher } from '../src/publishing/publisher.ts';
import { tryOut } from '../src/publishing/try-out.ts';
import { answersOf, type Said, type TryOutOrder } from './try-out-messages.ts';

/*
 * The thread in which documents are tried out: whatever does not end here is ended from outside. It knows no
 * network; what it reads, the function reads for it.
 */
const port = parentPort;
if (port === null) throw new Error('This is the thread of a function, and nothing by itself');
// What the function hands over when it starts the thread.
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
const { ids, known, stage, now } = workerData as TryOutOrder;
const say = (said: Said): void => port.postMessage(said);
const ask = answersOf(port);

const refuses = (): Promise<never> => Promise.reject(new Error('A trial writes nothing'));
const publisher: Publisher = {
  ports: {
    store: {
      get: (key) => ask({ call: 'get', key }),
      head: (key) => ask({ call: 'head', key }),
      put: refuses,
      delete: refuses,
      list: () => {
        throw new Error('A trial lists nothing');
      },
    },
    lake: {
      read: (wanted) => ask({ call: 'read', ids: wanted }),
      revisions: () => {
        throw new Error('A trial reads by id');
      },
      revisionsOf: refuses,
      counts: refuses,
    },
    queue: { send: refuses },
    purge: { purge: refuses },
    clock: { now: () => now, sleep: refuses },
    random: { next: () => 0 },
  },
  stage,
  renderers: edition,
  nodes: new Map(),
  // Of whole-site work one document is tried.
  tasksPerRelease: 1,
};

const refusals = await tryOut(publisher, ids, known, (revision) =>
  say({ kind: 'trying', revision }),
);
say({ kind: 'done', refusals });
port.close();
