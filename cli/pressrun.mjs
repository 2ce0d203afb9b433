#!/usr/bin/env node
// The launcher is committed; what it runs is the bundle that `npm run prepare` makes from cli/main.ts.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const args = process.argv.slice(2);
// Young objects may take 200 MB on a large machine, and a build makes many of them; only a fresh
// process can be told otherwise.
const frugal = '--max-semi-space-size=8';

if (Number(process.versions.node.split('.')[0]) < 24) {
  console.error(
    `pressrun needs Node 24, and this is ${process.version}. Run it as "npx pressrun", which takes the project's own.`,
  );
  process.exitCode = 2;
} else if (args[0] === 'build' && !process.execArgv.includes(frugal)) {
  const { status } = spawnSync(
    process.execPath,
    [...process.execArgv, frugal, fileURLToPath(import.meta.url), ...args],
    { stdio: 'inherit' },
  );
  process.exitCode = status ?? 2;
} else {
  process.exitCode = await run();
}

async function run() {
  // Who reads may stop reading, as in "pressrun validate | head"; the work goes on all the same.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error) => {
      if (error.code !== 'EPIPE') throw error;
    });
  }
  try {
    const { pressrun } = await import('../dist/cli/main.mjs');
    return await pressrun(args);
  } catch (error) {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    console.error(`The command line is not built: run "npm run prepare". (${error.message})`);
    return 2;
  }
}
