import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import sharp from 'sharp';
import { z } from 'zod';
import { listen } from '../../local/s3/listen.ts';
import { mulberry32 } from '../simulator/world.ts';
import { type Editor, isSame, startEditor } from './editor.ts';
import { startMortalLake, type MortalLake } from './mortal-lake.ts';
import { type Briefing, judge, logLine, type Done } from './verdict.ts';

/**
 * Two clients edit at random for some minutes, in rounds. In each the lake goes away a few times and comes
 * back; at its end the editors rest until all copies agree. Then the whole history is judged. Returns what
 * is wrong, in sentences; `tell` has each as well, a line for each round, and a last one that sums up.
 */
export async function soak({
  minutes,
  seed,
  calmSeconds = [4, 20],
  tell,
}: {
  minutes: number;
  seed: number;
  /** The least and the most between two outages. */
  calmSeconds?: readonly [number, number];
  tell: (line: string) => void;
}): Promise<readonly string[]> {
  const directory = mkdtempSync(join(tmpdir(), 'soak-'));
  const bell = await startBell();
  const lake = await startMortalLake({ data: directory, webhook: bell.url, ...tokens });
  const picture = await sharp({
    create: { width: 16, height: 12, channels: 3, background: '#7a3b2e' },
  })
    .png()
    .toBuffer();
  const editors = (['editor', 'second'] as const).map((name, index) =>
    startEditor({
      name,
      apiHost: lake.url,
      token: tokens[name],
      picture,
      random: mulberry32(seed * 1_000 + index),
    }),
  );
  const faults: string[] = [];
  const fault = (what: string) => {
    faults.push(what);
    if (faults.length <= 20) tell(`  ${what}`);
  };
  const random = mulberry32(seed);
  const outages: Outage[] = [];
  const started = Date.now();
  try {
    const end = started + minutes * 60_000;
    for (let round = 1; Date.now() < end; round += 1) {
      const roundEnd = Math.min(end, Date.now() + 60_000);
      await Promise.all([
        ...editors.map((editor) => editor.work(() => Date.now() >= roundEnd)),
        makeOutages({ lake, editors, outages, random, calmSeconds, fault, until: roundEnd }),
      ]);
      for (const what of await cameTogether(lake, editors)) fault(`round ${round}: ${what}`);
      tell(`${minutesSince(started)} min  ${sumUp(editors, outages)}`);
    }
    const done = editors.flatMap((editor) => editor.done);
    const briefings = await readBriefings(lake, done);
    for (const what of judge(briefings, done)) fault(what);
    for (const { name, gaps } of editors) {
      for (const gap of gaps) fault(`${name} missed an event: ${gap}`);
    }
    const rung = judgeBell(briefings, bell.heard, outages);
    for (const what of rung.faults) fault(what);
    const transactions = new Set(briefings.flatMap(({ log }) => log.map(({ id }) => id)));
    tell(
      `${minutesSince(started)} min, seed ${seed}: ${sumUp(editors, outages)}; ` +
        `${transactions.size} transactions of ${briefings.length} briefings replayed; ` +
        `${rung.rung} changes rung, ${rung.missed} cut off by a kill; ` +
        (faults.length === 0 ? 'nothing lost' : `${faults.length} faults`),
    );
    return faults;
  } finally {
    for (const editor of editors) editor.close();
    await lake.stop('SIGTERM');
    await bell.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

const tokens = {
  editor: 'editor-token-for-the-soak-0123456789abcdef',
  second: 'second-token-for-the-soak-0123456789abcdef',
  viewer: 'viewer-token-for-the-soak-0123456789abcdef',
};

interface Outage {
  readonly isKill: boolean;
  readonly at: number;
  readonly backAt: number;
  /** Milliseconds until both listeners had read everything anew. */
  readonly recovered: number;
}

async function makeOutages({
  lake,
  editors,
  outages,
  random,
  calmSeconds: [least, most],
  fault,
  until,
}: {
  lake: MortalLake;
  editors: readonly Editor[];
  outages: Outage[];
  random: () => number;
  calmSeconds: readonly [number, number];
  fault: (what: string) => void;
  until: number;
}): Promise<void> {
  for (;;) {
    const calm = 1_000 * (least + random() * (most - least));
    if (Date.now() + calm > until) {
      await wait(Math.max(0, until - Date.now()));
      return;
    }
    await wait(calm);
    const isKill = random() < 0.7;
    const welcomes = editors.map((editor) => editor.welcomes());
    const at = Date.now();
    await lake.stop(isKill ? 'SIGKILL' : 'SIGTERM');
    await wait(random() * 3_000);
    await lake.start();
    const backAt = Date.now();
    const isBack = () =>
      editors.every((editor, index) => editor.welcomes() > (welcomes[index] ?? 0));
    if (!(await eventually(isBack))) fault('A listener did not come back after an outage');
    outages.push({ isKill, at, backAt, recovered: Date.now() - backAt });
  }
}

/** Long, for a machine that has much else to do; what is looked for takes a second. */
const patience = 60_000;

async function eventually(isSo: () => boolean | Promise<boolean>): Promise<boolean> {
  const end = Date.now() + patience;
  while (!(await isSo())) {
    if (Date.now() > end) return false;
    await wait(20);
  }
  return true;
}

/** With nobody editing, what both editors see must become what the lake has, and every webhook be rung. */
async function cameTogether(lake: MortalLake, editors: readonly Editor[]): Promise<string[]> {
  const faults: string[] = [];
  const isAgreed = async (editor: Editor) => isSame(editor.copy(), await documentsOf(lake));
  for (const editor of editors) {
    if (!(await eventually(() => isAgreed(editor)))) {
      faults.push(`${editor.name} does not see what the lake has`);
    }
  }
  if (
    !(await eventually(
      async () => stateShape.parse(await ask(lake, '/_local/state')).webhooks.idle,
    ))
  ) {
    faults.push('webhooks are still on their way');
  }
  return faults;
}

const stateShape = z.object({ webhooks: z.object({ idle: z.boolean() }) });
const documentsShape = z.object({
  result: z.array(z.looseObject({ _id: z.string(), _rev: z.string() })),
});

async function documentsOf(lake: MortalLake) {
  const query = encodeURIComponent('*[_type == "briefing"]');
  const { result } = documentsShape.parse(
    await ask(lake, `/v2026-03-01/data/query/production?query=${query}&perspective=raw`),
  );
  return new Map(result.map((document) => [document._id, document]));
}

async function readBriefings(lake: MortalLake, done: readonly Done[]): Promise<Briefing[]> {
  const documents = await documentsOf(lake);
  const ids = [...new Set(done.flatMap(({ edit }) => edit.briefings))];
  const briefings: Briefing[] = [];
  for (const id of ids) {
    const path = `/v2026-03-01/data/history/production/transactions/${id},drafts.${id}`;
    const text = await askText(lake, `${path}?effectFormat=mendoza&limit=1000000`);
    const lines = text.split('\n').filter((line) => line !== '');
    briefings.push({
      id,
      documents,
      log: lines.map((line) => logLine.parse(JSON.parse(line))),
    });
  }
  return briefings;
}

async function ask(lake: MortalLake, path: string): Promise<unknown> {
  return JSON.parse(await askText(lake, path));
}

async function askText(lake: MortalLake, path: string): Promise<string> {
  const answer = await fetch(`${lake.url}${path}`, {
    headers: { authorization: `Bearer ${tokens.editor}` },
  });
  if (!answer.ok) throw new Error(`Expected 200 of ${path}, got ${answer.status}`);
  return answer.text();
}

/** Answers 200 to everything, and remembers which change of which document each delivery told of. */
async function startBell() {
  const heard = new Set<string>();
  const server = createServer((request, response) => {
    const { headers } = request;
    heard.add(
      `${String(headers['sanity-transaction-id'])} ${String(headers['sanity-document-id'])}`,
    );
    request.resume().once('end', () => response.end());
  });
  const { endpoint, close } = await listen(server, 0);
  return { url: endpoint, close, heard };
}

/** A change that nobody rang for must have been committed in the moment before a kill. */
function judgeBell(
  briefings: readonly Briefing[],
  heard: ReadonlySet<string>,
  outages: readonly Outage[],
): { rung: number; missed: number; faults: string[] } {
  const published = briefings.flatMap(({ id, log }) =>
    log.filter(({ effects }) => id in effects).map((line) => ({ id, line })),
  );
  const unheard = published.filter(({ id, line }) => !heard.has(`${line.id} ${id}`));
  const isCutOff = (timestamp: string) =>
    outages.some(({ isKill, at }) => isKill && Math.abs(at - Date.parse(timestamp)) < 500);
  const faults = unheard
    .filter(({ line }) => !isCutOff(line.timestamp))
    .map(({ id, line }) => `Nothing rang for ${line.id} of ${id}`);
  return {
    rung: published.length - unheard.length,
    missed: unheard.length - faults.length,
    faults,
  };
}

const minutesSince = (started: number): string => ((Date.now() - started) / 60_000).toFixed(1);

function sumUp(editors: readonly Editor[], outages: readonly Outage[]): string {
  const done = editors.flatMap((editor) => editor.done);
  const count = (outcome: Done['outcome']) =>
    done.filter((each) => each.outcome === outcome).length;
  const kills = outages.filter(({ isKill }) => isKill).length;
  const slowest = Math.max(0, ...outages.map(({ recovered }) => recovered));
  return (
    `${count('acknowledged')} edits acknowledged, ${count('refused')} refused, ` +
    `${count('unknown')} without an answer; ${outages.length} outages (${kills} kills), ` +
    `listeners back after ${(slowest / 1000).toFixed(1)} s at most`
  );
}
