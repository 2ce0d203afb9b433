import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Account } from '../../cli/account.ts';
import type { Surroundings } from '../../cli/command.ts';
import { pressrun } from '../../cli/main.ts';
import type { RunningStage } from '../../cli/running-stage.ts';
import { edition } from '../../src/publishing/edition.ts';
import type { Store } from '../../src/publishing/ports.ts';
import { publish } from '../../src/publishing/publish.ts';
import type { Publisher } from '../../src/publishing/publisher.ts';
import { reconcile } from '../../src/publishing/reconcile.ts';
import { memoryLake } from '../fakes/memory-lake.ts';
import { memoryQueue } from '../fakes/memory-queue.ts';
import { memoryStore } from '../fakes/memory-store.ts';
import { SimLake, type SimDocument } from '../simulator/lake.ts';
import { fakeAccount } from '../fakes/fake-account.ts';
import { openNewsroom, perform, randomEdits, type Edit } from '../simulator/newsroom.ts';
import { World } from '../simulator/world.ts';

/** A newsroom with a bucket in memory, and a command line that works on it. */
export interface Press {
  readonly lake: SimLake;
  readonly store: Store;
  readonly publisher: Publisher;
  /** A folder of its own. */
  readonly directory: string;
  /** So many edits of a random day, at most 15 of them removals. */
  edit(count: number): void;
  publish(...ids: string[]): Promise<void>;
  /** Everything that is in the lake. */
  reconcile(): Promise<void>;
  /** Runs a line as a shell without quotes would. */
  run(line: string): Promise<Ran>;
}

export interface Ran {
  readonly exit: 0 | 1 | 2;
  readonly out: string;
  readonly err: string;
}

const opened = new Set<string>();
process.once('exit', () => {
  for (const directory of opened) rmSync(directory, { recursive: true, force: true });
});

export async function openPress(seed: number): Promise<Press> {
  const world = new World(seed, Date.parse('2026-10-31T22:30:00.000Z'));
  const lake = new SimLake(world);
  const now = (): string => world.instant;
  const store = memoryStore({ now });
  const directory = mkdtempSync(join(tmpdir(), 'press-'));
  opened.add(directory);
  const graveyard = new Map<string, SimDocument>();
  let removals = 0;
  const publisher: Publisher = {
    ports: {
      store,
      lake: memoryLake(lake.documents),
      queue: memoryQueue({ now }),
      purge: { purge: async () => ({ purged: 0, failed: [] }) },
      clock: { now, sleep: (milliseconds) => world.runUntil(world.now + milliseconds) },
      random: { next: () => world.random() },
    },
    stage: { baseUrl: 'https://daily.example', tagAuthority: 'daily.example,2026', epoch: 1 },
    renderers: edition,
    nodes: new Map(),
  };
  const stage: RunningStage = {
    publisher,
    waiting: async () => 0,
    edgeSpeed: 1,
    fetch: () => Promise.reject(new Error('There is no edge here')),
    close: async () => {},
  };
  openNewsroom(lake);
  const isAllowed = ({ kind }: Edit): boolean => {
    if (kind === 'unpublish') removals += 1;
    return kind !== 'unpublish' || removals <= 15;
  };
  const drained = async (first: Parameters<typeof publish>[1]): Promise<void> => {
    let outcome = await publish(publisher, first);
    while (outcome.kind === 'done' && outcome.tasksLeft > 0) {
      outcome = await publish(publisher, { ids: [], continuePending: true });
    }
  };
  return {
    lake,
    store,
    publisher,
    directory,
    edit(count) {
      for (const edit of randomEdits(world, count).filter(isAllowed)) {
        perform(lake, edit, graveyard);
        world.schedule(edit.after, () => {});
      }
    },
    publish: (...ids) => drained({ ids }),
    async reconcile() {
      await world.runUntil(world.now + 60_000);
      await reconcile(publisher, { deep: true });
      await drained({ ids: [], continuePending: true });
    },
    run: (line) => runIn(directory, line, async () => stage),
  };
}

/** The command line in a folder, with what it said. */
export async function runIn(
  directory: string,
  line: string,
  open: () => Promise<RunningStage> = () => Promise.reject(new Error('Nothing runs here')),
  environment: Readonly<Record<string, string>> = {},
  { account = noAccount, ask = null }: Partial<Pick<Surroundings, 'account' | 'ask'>> = {},
): Promise<Ran> {
  let [out, err] = ['', ''];
  const exit = await pressrun(line.split(' ').filter(Boolean), {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    isWatched: false,
    width: 100,
    directory,
    environment,
    open,
    account,
    ask,
  });
  return { exit, out, err };
}

/** A machine without the AWS CLI. */
const noAccount: Account = { ...fakeAccount(), run: async () => ({ kind: 'not-found' }) };
