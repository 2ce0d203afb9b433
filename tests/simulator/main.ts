import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { bundleHunt } from './bundle.ts';
import type { Hunt, Told } from './hunt.ts';
import { mutants, type Mutant } from './mutants.ts';

const usage = `npm run sim -- [options]

  --histories N   run N histories (default 2000) and expect none to break
  --from SEED     first seed (default 1)
  --seed SEED     replay one history and show what was done when it breaks
  --mutants       take each rule away in turn and expect the simulator to notice
  --only TEXT     of the mutants, those whose name contains TEXT
  --help

Ends with "histories N, broken B" or "mutants M, caught C"; exit 1 when a promise broke or a mutant lived.`;

const { values } = parseArgs({
  options: {
    histories: { type: 'string', default: '2000' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    mutants: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
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
  const started = performance.now();
  const shares = Array.from({ length: workers }, (_, worker) => ({
    from: from + worker * share,
    count: Math.max(0, Math.min(share, count - worker * share)),
  }));
  await Promise.all(
    shares.map((each) =>
      runHunt(bundle, { ...each, productEvery: 10 }, (told) => {
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
  console.log(`histories ${count}, broken ${broken}`);
  process.exitCode = broken === 0 ? 0 : 1;
}

async function killMutants(chosen: readonly Mutant[]): Promise<void> {
  const queue = [...chosen];
  const control = await bundleHunt('control');
  let caught = 0;
  const worker = async (): Promise<void> => {
    for (let mutant = queue.shift(); mutant !== undefined; mutant = queue.shift()) {
      const line = await kill(mutant, control);
      if (line.isCaught) caught += 1;
      console.log(line.text);
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
): Promise<{ readonly isCaught: boolean; readonly text: string }> {
  const name = `mutant-${mutants.indexOf(mutant) + 1}`;
  const bundle = await bundleHunt(name, mutant.patches);
  const { world } = mutant;
  for (const range of [
    { from: mutant.seed, count: 1 },
    { from: 1, count: mutant.budget },
  ]) {
    let found: Extract<Told, { readonly kind: 'broken' }> | null = null;
    await runHunt(bundle, { ...range, world, isMutant: true }, (told) => {
      if (told.kind === 'broken') found ??= told;
    });
    const broken = asBroken(found);
    if (broken !== null) {
      // The rule, not the world, must be what makes the difference.
      if (mutant.patches.length > 0 && (await breaksAnyway(mutant, broken.seed, control))) {
        return {
          isCaught: false,
          text: `UNPROVEN ${mutant.name} (${mutant.rule}): seed ${broken.seed} breaks without it too`,
        };
      }
      return {
        isCaught: true,
        text:
          `caught   ${mutant.name} (${mutant.rule}) by seed ${broken.seed}: ${broken.promise}` +
          // Searching costs more than all the rest.
          (broken.seed === mutant.seed ? '' : `, and not by ${mutant.seed}: commit the new seed`),
      };
    }
  }
  return {
    isCaught: false,
    text: `ALIVE    ${mutant.name} (${mutant.rule}) after ${mutant.budget} histories`,
  };
}

async function breaksAnyway({ world }: Mutant, seed: number, control: string): Promise<boolean> {
  let breaks = false;
  await runHunt(control, { from: seed, count: 1, world, isMutant: true }, (told) => {
    if (told.kind === 'broken') breaks = true;
  });
  return breaks;
}

// A closure assigned it: the compiler cannot see that, so it is asked again here.
function asBroken(told: Told | null): Extract<Told, { readonly kind: 'broken' }> | null {
  return told?.kind === 'broken' ? told : null;
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
