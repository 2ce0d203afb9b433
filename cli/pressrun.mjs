#!/usr/bin/env node
// The launcher is committed; what it runs is the bundle that `npm run prepare` makes from cli/main.ts.
if (Number(process.versions.node.split('.')[0]) < 24) {
  console.error(
    `pressrun needs Node 24, and this is ${process.version}. Run it as "npx pressrun", which takes the project's own.`,
  );
  process.exit(2);
}
const { pressrun } = await import('../dist/cli/main.mjs').catch((error) => {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  console.error(`The command line is not built: run "npm run prepare". (${error.message})`);
  process.exit(2);
});
process.exitCode = await pressrun(process.argv.slice(2));
