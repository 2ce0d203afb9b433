import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mainPath } from '../../demo/main-path.ts';
import { openScene, type Scene } from '../../demo/scene.ts';
import { startStack, type Stack } from '../../local/stack/stack.ts';
import { bundleFunctions } from '../../scripts/bundle.ts';

const root = join(import.meta.dirname, '..', '..');

let bundles: string;
let stack: Stack;
let scene: Scene;

beforeAll(async () => {
  bundles = await mkdtemp(join(tmpdir(), 'bundles-'));
  await bundleFunctions(bundles);
  stack = await startStack({ bundles });
  await stack.seed(join(root, 'demo', 'publication.ndjson'));
  await stack.settled(120);
  scene = openScene(stack.file, 'test');
}, 180_000);

afterAll(async () => {
  await stack.close();
  await rm(bundles, { recursive: true });
});

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
