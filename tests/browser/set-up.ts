import { join } from 'node:path';
import chromium from '@sparticuz/chromium';
import type { TestProject } from 'vitest/node';
import { buildStudio } from '../../local/studio/build-studio.ts';
import bundleFunctions from '../bundle-functions.ts';
import { asInLambda } from './chromium.ts';

/**
 * Once before all files. Two that build the Studio at the same time would each take the place of the one
 * that the other has open; and whoever starts the browser while another unpacks it finds a program that is
 * still written.
 */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  asInLambda();
  const [tearDown] = await Promise.all([
    bundleFunctions(project),
    buildStudio(join(import.meta.dirname, '..', '..')),
    chromium.executablePath(),
  ]);
  return tearDown;
}
