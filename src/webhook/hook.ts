import { documentTypes } from '../briefing/model.ts';
import { secretFingerprint } from './signature.ts';

/** A webhook of a Sanity project, as it should be: what its management API takes. */
export interface Hook {
  readonly type: 'document';
  readonly name: string;
  readonly description: string;
  readonly url: string;
  readonly dataset: string;
  readonly httpMethod: 'POST';
  readonly apiVersion: string;
  readonly includeDrafts: false;
  readonly includeAllVersions: false;
  /** Sanity's word for "switched on": a person may switch a hook off, and so may Sanity. */
  readonly isDisabledByUser: false;
  readonly headers: Readonly<Record<string, string>>;
  readonly rule: {
    readonly on: readonly ('create' | 'update' | 'delete')[];
    readonly filter: string;
    readonly projection: string;
  };
  /** Absent where it is not known: then nothing can be said of the one that the hook has. */
  readonly secret?: string;
}

/**
 * The one description of our doorbell: every change of a published document, told in a few words. The
 * local stack, the command line, `doctor` and the Blueprint file all begin here.
 *
 * @example desiredHook({ url, dataset: 'production' }).name === 'Publish briefings of production'
 */
export function desiredHook({
  url,
  dataset,
  secret,
}: {
  readonly url: string;
  readonly dataset: string;
  readonly secret?: string | undefined;
}): Hook {
  return {
    type: 'document',
    // With its dataset, so that the stages of one project do not take each other's hook for theirs.
    name: `${hookNameBeginning}${dataset}`,
    description: secret === undefined ? about : `${about} Secret ${secretFingerprint(secret)}.`,
    url,
    dataset,
    httpMethod: 'POST',
    apiVersion: 'v2025-02-19',
    includeDrafts: false,
    includeAllVersions: false,
    isDisabledByUser: false,
    headers: {},
    rule: {
      on: ['create', 'update', 'delete'],
      filter: `_type in [${documentTypes.map((type) => JSON.stringify(type)).join(', ')}]`,
      // The headers name project and dataset too, but only the body is signed.
      projection:
        '{_id, _type, _rev, _updatedAt, "operation": delta::operation(), "project": sanity::projectId(), "dataset": sanity::dataset()}',
    },
    ...(secret !== undefined && { secret }),
  };
}

/** What the names of all our hooks begin with; the rest is the dataset. */
export const hookNameBeginning = 'Publish briefings of ';

const about = 'Tells Pressrun which document changed. Kept by "pressrun webhook apply".';

/** Which secret a description speaks of; null when it speaks of none. */
export function fingerprintIn(description: string): string | null {
  return /Secret ([0-9a-f]{12})\.$/.exec(description)?.[1] ?? null;
}
