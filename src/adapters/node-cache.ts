import type { NodeCache } from '../publishing/publisher.ts';

/**
 * Characters of state that a function keeps: what one slice of whole-site work leaves for the next is half of
 * its reads, and each read costs a millisecond of processor. At 4 million a redraw read 28 objects a briefing,
 * at 32 million 10 (`npm run bench:site`).
 */
export const keptCharacters = 32_000_000;

/**
 * Keeps immutable state nodes in memory, up to so many characters; then the ones that came first go.
 * Nodes are named by their content, so a kept one is never stale.
 */
export function nodeCache(characters: number): NodeCache {
  const nodes = new Map<string, string>();
  let held = 0;
  return {
    get: (hash) => nodes.get(hash),
    set(hash, text) {
      if (nodes.has(hash)) return;
      nodes.set(hash, text);
      held += text.length;
      for (const [oldest, { length }] of nodes) {
        if (held <= characters) return;
        nodes.delete(oldest);
        held -= length;
      }
    },
  };
}
