import rewritePattern from 'regexpu-core';

// The checker has engines in Java and in native code too, and takes them where it finds them: the one in
// JavaScript gives one verdict on every machine. It reads this when it is loaded.
process.env['RECHECK_BACKEND'] = 'pure';
const { checkSync } = await import('recheck');

/** What is wrong with a pattern: null for one whose time is linear in the text, however it is meant. */
export function superLinear(source: string, flags: string): string | null {
  const verdict = checkSync(...asReadable(source, flags), limits);
  switch (verdict.status) {
    case 'safe':
      return null;
    case 'vulnerable':
      return `${verdict.complexity.summary}: ${shortened(verdict.attack.pattern)}`;
    case 'unknown':
      return `could not be judged: ${JSON.stringify(verdict.error)}`;
  }
}

/** Steps, never time: a busy machine must not change a verdict. */
const limits = {
  timeout: null,
  attackTimeout: null,
  incubationTimeout: null,
  seedingTimeout: null,
} as const;

/** The checker does not know the flag `v`: sets of sets are written out, as for an older engine. */
function asReadable(source: string, flags: string): [source: string, flags: string] {
  if (!flags.includes('v')) return [source, flags];
  return [rewritePattern(source, flags, { unicodeSetsFlag: 'transform' }), flags.replace('v', 'u')];
}

function shortened(attack: string): string {
  return attack.length <= 120 ? attack : `${attack.slice(0, 120)}…`;
}
