import { describe, expect, it } from 'vitest';
import { openPress } from './press.ts';

describe('the bucket equals a clean build', () => {
  it('is the same tree, byte for byte, by export and by build, after random edits', async () => {
    const press = await openPress(7);
    for (let round = 0; round < 5; round += 1) {
      press.edit(40);
      await press.reconcile();
    }
    const exported = await press.run('export --out exported --state S.ndjson --lake L.ndjson');
    expect(exported).toMatchObject({ exit: 0 });
    const built = await press.run(
      'build --from L.ndjson --state S.ndjson --images exported --out built',
    );
    expect(firstLine(built.out).replace('built', '')).toBe(
      firstLine(exported.out).replace('exported', ''),
    );
  });
});

const firstLine = (text: string): string => text.split('\n')[0] ?? '';
