import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { bundleHunt } from './bundle.ts';
import type { Hunt, Told } from './hunt.ts';
import { mutants, type Mutant } from './mutants.ts';
import { lateAllowed, lateLine, Punctuality } from './punctuality.ts';

const usage = `npm run sim -- [options]

  --histories N   run N histories (default 2000) and expect none to break
  --from SEED     first seed (default 1)
  --seed SEED     replay one history and show what was done when it breaks
  --mutants       take each rule away in turn and expect the simulator to notice
  --only TEXT     of the mutants, those whose name contains TEXT
  --reseed        write the seeds that catch them now into the kill table: searching costs more than all the rest
  --help

Ends with "histories N, broken B, late L" or "mutants M, caught C"; exit 1 when a promise broke, more than
one history in a hundred was late, or a mutant lived.`;

const { values } = parseArgs({
  options: {
    histories: { type: 'string', default: '2000' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    mutants: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    reseed: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  console.log(usage);
} else if (values.mutants) {
  await killMutants(mutants.filter(({ name }) => name.includes(values.only)));
} else {
  const isReplay = values.seed !== undefined;
  await runHistories(
    Number(isReplay ? values.seed : values.from),
    isReplay ? 1 : Number(values.histories),
    isReplay,
  );
}

async function runHistories(from: number, count: number, isReplay: boolean): Promise<void> {
  const bundle = await bundleHunt('product');
  const workers = Math.max(1, Math.min(availableParallelism(), count));
  const share = Math.ceil(count / workers);
  let done = 0;
  let broken = 0;
  const punctuality = new Punctuality();
  const started = performance.now();
  const shares = Array.from({ length: workers }, (_, worker) => ({
    from: from + worker * share,
    count: Math.max(0, Math.min(share, count - worker * share)),
  }));
  await Promise.all(
    shares.map((each) =>
      runHunt(bundle, { ...each, productEvery: 10 }, (told) => {
        if (told.kind === 'late' || told.kind === 'worst') {
          punctuality.note(told);
          if (isReplay && told.kind === 'late') console.log(lateLine(told));
          return;
        }
        if (told.kind === 'broken') {
          broken += 1;
          console.log(`seed ${told.seed}: ${told.promise}\n${told.message}`);
          if (isReplay) console.log(told.edits);
          else console.log(`replay it: npm run sim -- --seed ${told.seed}`);
          return;
        }
        const before = Math.floor((done * 10) / count);
        done += told.done;
        if (Math.floor((done * 10) / count) > before && done < count) {
          const seconds = (performance.now() - started) / 1000;
          console.log(`${done} of ${count}, ${(done / seconds).toFixed(0)} a second`);
        }
      }),
    ),
  );
  for (const line of punctuality.lines()) console.log(line);
  const { late } = punctuality;
  console.log(`histories ${count}, broken ${broken}, late ${late}`);
  process.exitCode = broken === 0 && late <= lateAllowed(count) ? 0 : 1;
}

async function killMutants(chosen: readonly Mutant[]): Promise<void> {
  const queue = [...chosen];
  const control = await bundleHunt('control');
  let caught = 0;
  const worker = async (): Promise<void> => {
    for (let mutant = queue.shift(); mutant !== undefined; mutant = queue.shift()) {
      const { seed, text } = await kill(mutant, control);
      if (seed !== null) caught += 1;
      if (seed !== null && values.reseed) reseed(mutant, seed);
      console.log(text);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  console.log(`mutants ${chosen.length}, caught ${caught}`);
  if (chosen.length === 0) console.error(`No mutant's name contains “${values.only}”.`);
  process.exitCode = caught === chosen.length && chosen.length > 0 ? 0 : 1;
}

/** Looks for a history that the mutant breaks and the product, bundled as `control`, does not. */
async function kill(
  mutant: Mutant,
  control: string,
): Promise<{ readonly seed: number | null; readonly text: string }> {
  const name = `mutant-${mutants.indexOf(mutant) + 1}`;
  const bundle = await bundleHunt(name, mutant.patches);
  for (const range of [
    { from: mutant.seed, count: 1 },
    { from: 1, count: mutant.budget },
  ]) {
    const found = await firstCaught(mutant, bundle, range);
    if (found !== null) {
      // The rule, not the world, must be what makes the difference.
      const alone = { from: found.seed, count: 1 };
      if (mutant.patches.length > 0 && (await firstCaught(mutant, control, alone)) !== null) {
        return {
          seed: null,
          text: `UNPROVEN ${mutant.name} (${mutant.rule}): seed ${found.seed} breaks without it too`,
        };
      }
      return {
        seed: found.seed,
        text:
          `caught   ${mutant.name} (${mutant.rule}) by seed ${found.seed}: ${found.promise}` +
          (found.seed === mutant.seed ? '' : `, and not by ${mutant.seed}: commit the new seed`),
      };
    }
  }
  return {
    seed: null,
    text: `ALIVE    ${mutant.name} (${mutant.rule}) after ${mutant.budget} histories`,
  };
}

/** The seed of a mutant, where the kill table has it. */
function reseed({ name }: Mutant, seed: number): void {
  for (const table of ['mutants.ts', 'late-mutants.ts']) {
    const file = join(import.meta.dirname, table);
    const text = readFileSync(file, 'utf8');
    const at = text.indexOf(`name: '${name}'`);
    if (at < 0) continue;
    const before = text.slice(0, at);
    writeFileSync(file, before + text.slice(at).replace(/\bseed: \d+/, `seed: ${seed}`));
  }
}

/** A mutant of time is caught by what is late; any other by what is broken, without an archive or a night. */
async function firstCaught(
  { world, late }: Mutant,
  bundle: string,
  range: { readonly from: number; readonly count: number },
): Promise<{ readonly seed: number; readonly promise: string } | null> {
  const caught: { seed: number; promise: string }[] = [];
  const plain: Hunt['world'] = late === undefined ? { archive: 0, ending: null } : {};
  const stopsAt = late ?? 'broken';
  await runHunt(bundle, { ...range, world: { ...plain, ...world }, stopsAt }, (told) => {
    if (told.kind === 'broken') caught.push(told);
    if (told.kind === 'late' && told.promised === late) {
      caught.push({ seed: told.seed, promise: `late: ${told.what}` });
    }
  });
  return caught[0] ?? null;
}

/** One process of histories; resolves when it ends. */
function runHunt(bundle: string, hunt: Hunt, tell: (told: Told) => void): Promise<void> {
  if (hunt.count <= 0) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--enable-source-maps', bundle, JSON.stringify(hunt)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    createInterface({ input: child.stdout }).on('line', (line) => {
      const told: Told = JSON.parse(line);
      tell(told);
    });
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`The simulator's process ended with code ${code ?? 'none'}`));
    });
  });
}
