/** A room of the house, and what may come into it. */
export interface Layer {
  /** Layers it may import from, beside itself. */
  readonly on: readonly string[];
  /** Packages it may import; `any` where a room is free to choose. Built-in modules are named too. */
  readonly packages: readonly string[] | 'any';
  /** Packages it may not import, though it is free to choose. */
  readonly not?: readonly string[];
}

const core = [
  'src/briefing',
  'src/site',
  'src/render',
  'src/text',
  'src/feed',
  'src/publishing',
  'src/webhook',
] as const;
const preact = ['preact', 'preact-render-to-string'] as const;

/** Imports go one way: whoever stands further down may use what stands above, never the reverse. */
export const layers: Readonly<Record<string, Layer>> = {
  'src/briefing': { on: [], packages: ['zod'] },
  'src/site': { on: ['src/briefing'], packages: [] },
  'src/render': {
    on: ['src/briefing', 'src/site'],
    packages: [...preact, '@portabletext/toolkit'],
  },
  'src/text': { on: ['src/briefing', 'src/site', 'src/render'], packages: [] },
  'src/feed': {
    on: ['src/briefing', 'src/site', 'src/render', 'src/text'],
    packages: [...preact, 'zod'],
  },
  'src/publishing': {
    on: ['src/briefing', 'src/site', 'src/render', 'src/text', 'src/feed'],
    packages: [],
  },
  'src/webhook': { on: ['src/briefing'], packages: ['zod'] },
  // The only part of src that knows a network: it serves the ports that publishing names.
  'src/adapters': { on: core, packages: 'any' },
  // Entry files: they join the core to its adapters and need no client of their own.
  lambdas: { on: [...core, 'src/adapters'], packages: ['zod', 'node:*'] },
  // It knows a stage by the data that the stack is built from, and never loads what builds it.
  cli: {
    on: [...core, 'src/adapters', 'cdk/charter'],
    packages: 'any',
    not: ['aws-cdk-lib', 'constructs'],
  },
  local: { on: [...core, 'src/adapters', 'cdk/charter'], packages: 'any' },
  // Rights and limits of each part as plain data: the stack builds them, and the local twin enforces them.
  'cdk/charter': { on: ['src/site'], packages: [] },
  // The stack may name addresses and policies, and nothing that would drag the product into it.
  cdk: { on: ['src/site', 'cdk/charter'], packages: 'any' },
  // The Studio draws the real page and runs the real rules, and never speaks to AWS.
  sanity: {
    on: ['src/briefing', 'src/site', 'src/render', 'src/text', 'src/feed'],
    packages: 'any',
  },
  // What a stranger can do with the published client alone; and the pictures of the demo are drawn.
  demo: { on: [], packages: ['@sanity/client', 'sharp', 'node:*'] },
};

/** Single files that may do a little more than their layer; each has its reason. */
export const exceptions: Readonly<Record<string, readonly string[]>> = {
  // Names of state nodes and content hashes. A hash is a pure function.
  'src/publishing/digest.ts': ['node:crypto'],
  // State is kept compressed: pure as well.
  'src/publishing/stored-text.ts': ['node:zlib'],
  // HMAC and a comparison in constant time.
  'src/webhook/signature.ts': ['node:crypto'],
  // The plan and the preview are pure: what publishing would write, and the page as it would be.
  sanity: [
    'src/publishing/affected.ts',
    'src/publishing/edition.ts',
    'src/publishing/neighbourhood.ts',
    'src/publishing/planned-edit.ts',
    'src/publishing/public-facts.ts',
  ],
  // The launcher runs the bundle.
  'cli/pressrun.mjs': ['dist/cli/main.mjs'],
  // The publication's days begin at midnight in its own zone, and only Intl knows the zones.
  'src/briefing/time-zone.ts': ['Intl'],
};

/** The layer a file of the project belongs to, by its path from the root. */
export function layerOf(path: string): string | undefined {
  return Object.keys(layers).find((name) => path.startsWith(`${name}/`));
}

/** Whether a file, or the layer it is in, has leave for one module or global. */
export function isExcepted(path: string, what: string): boolean {
  return [path, layerOf(path) ?? ''].some((place) => exceptions[place]?.includes(what) === true);
}
