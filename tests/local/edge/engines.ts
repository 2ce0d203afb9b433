import { execFileSync, spawnSync } from 'node:child_process';
import variant from '@jitl/quickjs-wasmfile-release-sync';
import {
  newQuickJSWASMModuleFromVariant,
  shouldInterruptAfterDeadline,
} from 'quickjs-emscripten-core';
import {
  cryptoModule,
  type Engine,
  hashed,
  inV8,
} from '../../../local/edge/cloudfront-function.ts';

/** An engine that runs the edge functions, under a name that says which version. */
export interface NamedEngine {
  readonly name: string;
  readonly engine: Engine;
}

const quickJs = await newQuickJSWASMModuleFromVariant(variant);

/** What CloudFront gives a function. */
const memoryBytes = 2 * 1024 * 1024;

/** No clock, no promises, no maps, no proxies: ES5.1 objects, and what the runtime adds to them. */
const intrinsics = {
  BaseObjects: true,
  // Nothing is evaluated without it; that no function calls it is for the list of allowed syntax.
  Eval: true,
  RegExp: true,
  RegExpCompiler: true,
  JSON: true,
} as const;

const inQuickJs: Engine = (script, fileName) => {
  const runtime = quickJs.newRuntime();
  runtime.setMemoryLimit(memoryBytes);
  const context = runtime.newContext({ intrinsics });
  const evaluate = (code: string) => {
    runtime.setInterruptHandler(shouldInterruptAfterDeadline(Date.now() + 1000));
    const result = context.unwrapResult(context.evalCode(code, fileName));
    const text = context.getString(result);
    result.dispose();
    return text;
  };
  const host = context.newFunction('hashed', (text) =>
    context.newString(hashed(context.getString(text))),
  );
  context.setProp(context.global, 'hashed', host);
  host.dispose();
  evaluate(`${cryptoModule}; ''`);
  evaluate(script);
  return evaluate;
};

/** The engine says its version in the first line of what it tells of its memory. */
function quickJsVersion(): string {
  const runtime = quickJs.newRuntime();
  const told = runtime.dumpMemoryUsage();
  runtime.dispose();
  return /(\S+) version/.exec(told)?.[1] ?? 'of an unknown version';
}

/** A process a call: it has no door by which a script could stay loaded. */
const inNjs: Engine = (script) => (expression) =>
  execFileSync('njs', ['-c', `${script}\nconsole.log(${inAscii(expression)})`], {
    encoding: 'utf8',
    timeout: 10_000,
  }).trimEnd();

/** Within a JSON text, all that is not ASCII stands in strings, where it may be escaped. */
const inAscii = (json: string): string =>
  json.replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** Undefined where njs is not installed; nothing installs it, since only Debian's packages have it. */
function njsVersion(): string | undefined {
  const { status, stdout } = spawnSync('njs', ['-v'], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

const njs = njsVersion();

/** The engines of this machine; the first is the one that the local edge uses. */
export const engines: readonly NamedEngine[] = [
  { name: `V8 ${process.versions.v8}`, engine: inV8 },
  { name: `QuickJS ${quickJsVersion()}`, engine: inQuickJs },
  ...(njs === undefined ? [] : [{ name: `njs ${njs}`, engine: inNjs }]),
];

/** Which engines ran, in a sentence that also says which one could not. */
export const enginesUsed: string =
  engines.map(({ name }) => name).join(', ') +
  (njs === undefined ? '; njs is not on this machine' : '');
