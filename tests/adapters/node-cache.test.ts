import { describe, expect, it } from 'vitest';
import { nodeCache } from '../../src/adapters/node-cache.ts';

describe('the cache of state nodes', () => {
  it('keeps what it was given until it holds too much, then lets the first go first', () => {
    const nodes = nodeCache(10);
    nodes.set('a', '12345');
    nodes.set('b', '12345');
    nodes.set('a', '12345');
    expect(['a', 'b'].map((hash) => nodes.get(hash))).toEqual(['12345', '12345']);
    nodes.set('c', '123');
    expect(['a', 'b', 'c'].map((hash) => nodes.get(hash))).toEqual([undefined, '12345', '123']);
    nodes.set('d', 'longer than all it may hold');
    expect(['b', 'c', 'd'].map((hash) => nodes.get(hash))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    nodes.set('e', '1234567890');
    expect(nodes.get('e')).toBe('1234567890');
  });
});
