import type { Instant } from '../briefing/model.ts';
import { parseDocument } from '../briefing/parse.ts';
import type { PublicObject } from '../site/public-object.ts';
import { cleanSite } from './clean-site.ts';
import type { CleanSiteInput, PublishedDocuments } from './clean-site/decided-site.ts';
import type { History } from './history.ts';
import { redirectIdOf } from './links.ts';
import type { DocumentProblems } from './problems.ts';
import { stampOf } from './release.ts';

/** What a clean build is made of. */
export type BuildInput = Omit<CleanSiteInput, 'redirectIdOf' | 'parse'>;

export type { PublishedDocuments };

export interface BuiltObject {
  readonly object: PublicObject;
  readonly stamp: string;
}

export interface Build {
  readonly objects: AsyncIterable<BuiltObject>;
  readonly asOf: Instant;
  /** Live briefings. */
  readonly live: number;
  readonly problems: readonly DocumentProblems[];
}

/**
 * A clean build: the public tree as a function of the lake, the history, an instant and the code, each
 * object with the stamp of the release that last changed it. The bucket must equal it, byte for byte.
 * Throws SettingsMissing when there are no usable settings.
 */
export async function buildSite(input: BuildInput): Promise<Build> {
  const site = await cleanSite({ ...input, parse: parseDocument, redirectIdOf });
  const { asOf, live, problems } = site;
  return { asOf, live: live.size, problems, objects: stamped(site.objects(), input.history) };
}

async function* stamped(
  objects: AsyncIterable<PublicObject>,
  { stamps }: History,
): AsyncGenerator<BuiltObject> {
  for await (const object of objects) {
    yield { object, stamp: stampOf(object, stamps.get(object.path) ?? 1) };
  }
}
