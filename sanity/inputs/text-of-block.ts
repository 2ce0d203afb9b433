import { childOf } from '../../src/briefing/problem.ts';

/** The words of a block of rich text in any state. */
export function textOfBlock(block: unknown): string {
  const children = childOf(block, 'children');
  if (!Array.isArray(children)) return '';
  return children
    .map((child: unknown) => {
      const text = childOf(child, 'text');
      return typeof text === 'string' ? text : '';
    })
    .join('');
}
