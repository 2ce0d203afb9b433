import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transformSync } from 'esbuild';

/**
 * `node --import ./scripts/tsx.ts entry.ts` runs an entry that reaches the renderer: Node strips types
 * by itself but does not know JSX. Unlike a bundle it keeps every file where it is, for stack traces,
 * files read from beside a module, and worker threads, which inherit the flag.
 */
registerHooks({
  load(url, context, nextLoad) {
    if (!url.endsWith('.tsx')) return nextLoad(url, context);
    const sourcefile = fileURLToPath(url);
    const { code } = transformSync(readFileSync(sourcefile, 'utf8'), {
      sourcefile,
      loader: 'tsx',
      jsx: 'automatic',
      jsxImportSource: 'preact',
      target: 'node24',
      sourcemap: 'inline',
    });
    return { format: 'module', source: code, shortCircuit: true };
  },
});
