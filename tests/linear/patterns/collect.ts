import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'acorn';
import { transformSync } from 'esbuild';

/** A regular expression as it stands in the code. */
export interface Pattern {
  readonly file: string;
  readonly source: string;
  readonly flags: string;
}

/** Code that makes a pattern when it runs: what comes of it cannot be read here. */
export interface Built {
  readonly file: string;
  readonly code: string;
}

export interface Collected {
  readonly patterns: readonly Pattern[];
  readonly built: readonly Built[];
}

/** Every pattern in the sources of some folders. */
export function collectPatterns(root: string, folders: readonly string[]): Collected {
  const found = folders.flatMap((folder) =>
    globSync(`${folder}/**/*.{ts,tsx,js,mjs}`, {
      cwd: root,
      exclude: ['**/node_modules/**', '**/*.d.ts'],
    })
      .sort()
      .map((file) => patternsIn(file, readFileSync(join(root, file), 'utf8'))),
  );
  return {
    patterns: found.flatMap(({ patterns }) => patterns),
    built: found.flatMap(({ built }) => built),
  };
}

/** The patterns in one file: literals, and calls that make one of text. */
export function patternsIn(file: string, text: string): Collected {
  const patterns: Pattern[] = [];
  const built: Built[] = [];
  const { code } = transformSync(text, {
    loader: file.endsWith('x') ? 'tsx' : 'ts',
    target: 'esnext',
    format: 'esm',
    jsx: 'automatic',
  });
  visit(parse(code, { ecmaVersion: 'latest', sourceType: 'module' }), (node) => {
    if (node.type === 'Literal' && 'regex' in node && isRegex(node.regex)) {
      patterns.push({ file, source: node.regex.pattern, flags: node.regex.flags });
    } else if (makesPattern(node)) {
      built.push({ file, code: code.slice(node.start, node.end) });
    }
  });
  return { patterns, built };
}

/** What is needed of a node of the syntax tree, whichever it is. */
interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

function visit(node: Node, look: (node: Node) => void): void {
  look(node);
  for (const part of Object.values(node).flat()) if (isNode(part)) visit(part, look);
}

/** `new RegExp(…)`, `RegExp(…)`, and methods that make a pattern of a text they are given. */
function makesPattern(node: Node): boolean {
  if (!('callee' in node) || !isNode(node.callee)) return false;
  const { callee } = node;
  if ('name' in callee && callee.name === 'RegExp') return true;
  const property = 'property' in callee && isNode(callee.property) ? callee.property : null;
  const name = property !== null && 'name' in property ? property.name : null;
  if (name === 'RegExp') return true;
  if (name !== 'match' && name !== 'matchAll' && name !== 'search') return false;
  const [given] = 'arguments' in node && Array.isArray(node.arguments) ? node.arguments : [];
  return isNode(given) && (given.type === 'TemplateLiteral' || isText(given));
}

function isText(node: Node): boolean {
  return 'value' in node && typeof node.value === 'string';
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}

function isRegex(value: unknown): value is { readonly pattern: string; readonly flags: string } {
  return typeof value === 'object' && value !== null && 'pattern' in value && 'flags' in value;
}
