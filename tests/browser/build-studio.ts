import { join } from 'node:path';
import { buildStudio } from '../../local/studio/build-studio.ts';

/**
 * Once before all files: two that build it at the same time would each take the place of the Studio
 * that the other has open.
 */
export default async function setup(): Promise<void> {
  await buildStudio(join(import.meta.dirname, '..', '..'));
}
