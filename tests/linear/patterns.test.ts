import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { builtPatterns } from './patterns/built.ts';
import { collectPatterns, patternsIn } from './patterns/collect.ts';
import { superLinear } from './patterns/judge.ts';

/*
 * The whole is `tests/linear/patterns/main.ts`, a part of `npm test`: to judge two hundred patterns takes a
 * minute. Here stands that nothing escapes it.
 */
describe('the checker of patterns (F95)', () => {
  it.each<[story: string, pattern: RegExp]>([
    ['what took an answer of blanks ten seconds', /^(\s*)([^]*?)(\s*)$/],
    ['spaces at the end of a line', /[ \t]+$/gm],
    ['blank lines before the mark of a list', /^(\s*)([-+=])/gm],
    ['a set without another, which the checker reads as two', /[[\s]--[\n]]+$/v],
    ['time that doubles with each letter', /^(?:a+)+$/],
  ])('catches %s', (_, { source, flags }) => {
    expect(superLinear(source, flags)).toMatch(/polynomial|exponential/);
  });

  it.each<[story: string, pattern: RegExp]>([
    ['spaces of one line before the mark of a list', /^([^\S\n\r\u2028\u2029]*)([-+=])/gm],
    ['a set without another', /[[\p{Cc}--[\n]]]/gv],
  ])('lets pass %s', (_, { source, flags }) => {
    expect(superLinear(source, flags)).toBeNull();
  });

  it('finds every way to write a pattern, and every way to make one', () => {
    const file = `
      const line: RegExp = /a+b/gu;
      export const Found = () => <p title={/c/.test('c') ? 'c' : undefined}>/no pattern/</p>;
      new RegExp(name); RegExp('d'); new globalThis.RegExp(name, 'g');
      text.match('e+'); text.matchAll(\`f\${name}\`); text.search(line); text.replace('g', '');
    `;
    expect(patternsIn('planted.tsx', file)).toEqual({
      patterns: [
        { file: 'planted.tsx', source: 'a+b', flags: 'gu' },
        { file: 'planted.tsx', source: 'c', flags: '' },
      ],
      built: [
        { file: 'planted.tsx', code: 'new RegExp(name)' },
        { file: 'planted.tsx', code: 'RegExp("d")' },
        { file: 'planted.tsx', code: 'new globalThis.RegExp(name, "g")' },
        { file: 'planted.tsx', code: 'text.match("e+")' },
        { file: 'planted.tsx', code: 'text.matchAll(`f${name}`)' },
      ],
    });
  });

  it('is told of every file that makes patterns when it runs, and of no other', () => {
    const root = join(import.meta.dirname, '..', '..');
    const { patterns, built } = collectPatterns(root, ['src', 'lambdas', 'sanity', 'cli']);
    expect(patterns.length).toBeGreaterThan(150);
    expect([...new Set(built.map(({ file }) => file))].sort()).toEqual(
      Object.keys(builtPatterns).sort(),
    );
  });
});
