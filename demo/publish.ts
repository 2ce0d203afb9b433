import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { mainPath } from './main-path.ts';
import { openScene, type StackAddresses } from './scene.ts';

// `npm run demo:publish`: an editor's work on the running stack, seen from the edge, with the time each
// step took from the change to the last place that shows it.
process.exitCode = await play();

async function play(): Promise<number> {
  const directory = process.env['PRESSRUN_DATA'] ?? '.local';
  const file = join(resolve(import.meta.dirname, '..', directory), 'stack.json');
  let stack: StackAddresses;
  try {
    stack = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    console.error(`There is no ${file}: start the stack with \`npm start\`, and leave it running.`);
    return 1;
  }
  const scene = openScene(stack, Date.now().toString(36));
  for (const { name, play: playStep } of mainPath) {
    const started = performance.now();
    const seconds = () => `${((performance.now() - started) / 1000).toFixed(2).padStart(6)} s`;
    try {
      const seen = await playStep(scene);
      console.log(`ok     ${seconds()}  ${name}\n                 ${seen}`);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      console.error(`FAILED ${seconds()}  ${name}\n                 ${why}`);
      return 1;
    }
  }
  console.log(`\n${mainPath.length} steps passed, 0 failed`);
  return 0;
}
