import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../src/briefing/parse.ts';

/**
 * Documents as publications wrote them under the first schema, and what they were then read as. The
 * lake keeps such documents for ever, so a change of the schema may add to a verdict's document but
 * must not refuse one that was read, and a difference here is to be wanted, not found.
 */
const corpus = new URL('../fixtures/documents/v1/', import.meta.url);
const verdicts = new URL('verdicts/', corpus);

describe('documents of the first schema (F17)', () => {
  const names = jsonFilesIn(corpus);

  it('are numbered without a gap, each with its verdict', () => {
    expect(names.map((name) => Number(name.slice(0, 3)))).toEqual(names.map((_, at) => at + 1));
    expect(jsonFilesIn(verdicts)).toEqual(names);
    expect(names.length).toBeGreaterThanOrEqual(25);
  });

  it.each(names)('%s', (name) => {
    const verdict = parseDocument(read(new URL(name, corpus)));
    expect(verdict).toEqual(read(new URL(name, verdicts)));
  });
});

function jsonFilesIn(folder: URL): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort();
}

function read(file: URL): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}
