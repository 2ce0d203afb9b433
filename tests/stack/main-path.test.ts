import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { mainPath } from '../../demo/main-path.ts';
import { openScene, type Scene } from '../../demo/scene.ts';
import { startStack, type Stack } from '../../local/stack/stack.ts';

const root = join(import.meta.dirname, '..', '..');

let stack: Stack;
let scene: Scene;

beforeAll(async () => {
  stack = await startStack({ bundles: inject('bundles') });
  await stack.seed(join(root, 'demo', 'publication.ndjson'));
  await stack.settled(120);
  scene = openScene(stack.file, 'test');
}, 180_000);

afterAll(() => stack.close());

describe('from the content lake to the edge', () => {
  it.each(mainPath)(
    '$name',
    async ({ play }) => {
      await expect(play(scene)).resolves.toEqual(expect.any(String));
    },
    120_000,
  );

  it('has functions for the night, each with the rights it needs', async () => {
    for (const event of [{ sweep: 'reconcile' }, { sweep: 'deep' }]) {
      expect(await stack.invoke('sweep', event)).toMatchObject({ kind: 'answered' });
    }
    expect(await stack.invoke('collect')).toMatchObject({ kind: 'answered' });
  }, 120_000);

  it('leaves nothing on its way', async () => {
    await stack.settled();
    expect(await stack.underway()).toEqual({
      webhooks: 0,
      messages: 0,
      release: false,
      tasks: 0,
      deadLetters: 0,
    });
  });
});
