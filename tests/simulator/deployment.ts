import type { Path } from '../../src/briefing/resolved.ts';
import { viewsOf } from '../../src/publishing/ledger.ts';
import type { Store } from '../../src/publishing/ports.ts';
import type { Renderers } from '../../src/publishing/renderers.ts';
import { rootKey, type Root, type Views } from '../../src/publishing/state.ts';
import type { Tree } from '../../src/publishing/tree.ts';
import { anotherEdition } from './another-edition.ts';
import { decode } from './bucket.ts';
import { Violation } from './oracles.ts';

/** The code that opens the newsroom, and the code that is deployed in the middle of a history. */
export const epochs = { first: 1, later: 2 } as const;

/** What stands before a deployment: it has an imprint, to which every page leads. */
export function earlierEdition(edition: Renderers): Renderers {
  return withAPage(edition, '/imprint/');
}

/**
 * What is deployed: every object says something else, so that one nobody drew again differs from the
 * clean build. Redirects stay as they are: of those only the view tells who drew them. And there is a
 * colophon to which every page leads, and no imprint.
 */
export function laterEdition(edition: Renderers): Renderers {
  const changed = anotherEdition(edition, (object) =>
    object.status === 301 ? object : { ...object, body: `${object.body}\n` },
  );
  return withAPage(changed, '/colophon/');
}

/** One page more, that stands for itself, and a link to it on every page. */
function withAPage(edition: Renderers, path: Path): Renderers {
  const link = `<a href="${path}">`;
  const linking = anotherEdition(edition, (object) =>
    object.status === 200 && object.path.endsWith('/')
      ? {
          ...object,
          body: `${object.body}${link}`,
          leadsTo: [...new Set([...object.leadsTo, path])],
        }
      : object,
  );
  return {
    ...linking,
    fixed(publication) {
      const [page, ...others] = edition.fixed(publication);
      return page === undefined ? [] : [page, ...others, { ...page, path }];
    },
  };
}

/** The machine that deploys may have whatever edition: raising the epoch never draws with it. */
export function neverDrawn(edition: Renderers): Renderers {
  return anotherEdition(edition, ({ path }) => {
    throw new TypeError(`Raising the epoch draws ${path}`);
  });
}

/** Rule 9 as it happens: whoever swaps the root is of the epoch that stands in it. */
export function committingOnlyAs(
  epoch: number,
  store: Store,
  fail: (violation: Violation) => void,
): Store {
  return {
    ...store,
    put(key, object, condition) {
      if (key === rootKey) {
        const root: Root = JSON.parse(decode(object));
        if (root.epoch !== epoch) {
          fail(
            new Violation(
              'rule 9 epochs',
              `code of epoch ${epoch} commits ${root.seq} in epoch ${root.epoch}`,
            ),
          );
        }
      }
      return store.put(key, object, condition);
    },
  };
}

/** Rule 9 in the end: everything that stands was looked at by the code that is deployed. */
export async function expectOneEpoch(root: Root, tree: Tree, epoch: number): Promise<void> {
  if (root.epoch !== epoch) {
    throw new Violation('rule 9 epochs', `the root is of epoch ${root.epoch}, not ${epoch}`);
  }
  for await (const [owner, record] of tree.all()) {
    const refusedIn = epochOfRefusal(record);
    if (refusedIn !== null && refusedIn !== epoch) {
      throw new Violation('rule 9 epochs', `${owner} is refused by code of epoch ${refusedIn}`);
    }
    if (!hasViews(record)) continue;
    for (const [path, view] of viewsOf(record.views)) {
      if (view.epoch === epoch) continue;
      throw new Violation('rule 9 epochs', `${path} of ${owner} was drawn in epoch ${view.epoch}`);
    }
  }
}

/** Whose code could not draw the newest revision of a document; null when that is not why it is refused. */
function epochOfRefusal(record: unknown): number | null {
  if (typeof record !== 'object' || record === null || !('refused' in record)) return null;
  const { refused } = record;
  if (typeof refused !== 'object' || refused === null || !('epoch' in refused)) return null;
  return Number(refused.epoch);
}

function hasViews(record: unknown): record is { readonly views: Views } {
  return typeof record === 'object' && record !== null && 'views' in record;
}
