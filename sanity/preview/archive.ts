import { type DocumentId, type DocumentType, documentTypes } from '../../src/briefing/model.ts';
import type { Archive, Found } from '../../src/publishing/neighbourhood.ts';

/** How the lake is asked: a client's `fetch`, or anything that evaluates GROQ over whole documents. */
export type Ask = (
  query: string,
  parameters: Readonly<Record<string, unknown>>,
) => Promise<unknown>;

/**
 * The lake's documents, as the plan and the preview ask for them. Drafts and versions are left out by
 * id and not by perspective, so that the same queries mean the same to every evaluator.
 */
export function archiveOf(ask: Ask): Archive {
  const find = async (
    filter: string,
    order: string,
    limit: number,
    parameters: Readonly<Record<string, unknown>>,
  ): Promise<Found> => {
    const answer = await ask(
      `{"found": *[${published} && ${filter}] | order(${order}) [0...${limit}] {"id": _id, "type": _type},` +
        ` "total": count(*[${published} && ${filter}])}`,
      parameters,
    );
    return readFound(answer);
  };
  return {
    read: async (ids) => byId(await ask('*[_id in $ids]', { ids })),
    drafts: async (ids) =>
      byId(await ask('*[_id in $ids]', { ids: ids.map((id) => `drafts.${id}`) })),
    referrers: (ids, limit) => find('references($ids)', newestFirst, limit, { ids }),
    atSlugs: async (type, slugs) => {
      const answer = await ask(`*[${published} && _type == $type && slug.current in $slugs]._id`, {
        type,
        slugs,
      });
      return Array.isArray(answer) ? answer.filter((id) => typeof id === 'string') : [];
    },
    later: (since, limit, shared) =>
      shared === undefined
        ? find('_type == "briefing" && date >= $since', oldestFirst, limit, { since })
        : find(`_type == "briefing" && date >= $since && ${sharing}`, oldestFirst, limit, {
            since,
            shared,
          }),
    earlier: (until, limit, shared) =>
      find(`_type == "briefing" && date <= $until && ${sharing}`, newestFirst, limit, {
        until,
        shared,
      }),
    everything: (limit) => find('_type in ["briefing", "person"]', newestFirst, limit, {}),
  };
}

const published = '!(_id in path("drafts.**")) && !(_id in path("versions.**"))';
const newestFirst = 'date desc, _id desc';
const oldestFirst = 'date asc, _id asc';
const sharing =
  '(person._ref in $shared || count(countries[@._ref in $shared]) > 0 || count(topics[@._ref in $shared]) > 0)';

function readFound(answer: unknown): Found {
  const found = field(answer, 'found');
  const total = field(answer, 'total');
  return {
    found: (Array.isArray(found) ? found : []).flatMap((each: unknown) => {
      const [id, type] = [field(each, 'id'), field(each, 'type')];
      return typeof id === 'string' && isDocumentType(type) ? [{ id, type }] : [];
    }),
    total: typeof total === 'number' ? total : 0,
  };
}

function byId(answer: unknown): ReadonlyMap<DocumentId, unknown> {
  const documents = new Map<DocumentId, unknown>();
  for (const document of Array.isArray(answer) ? answer : []) {
    const as = asPublished(document);
    if (as !== null) documents.set(as._id, as);
  }
  return documents;
}

/** A document under the id it has, or will have, when it is published. */
export function asPublished(
  document: unknown,
): (Readonly<Record<string, unknown>> & { readonly _id: DocumentId }) | null {
  const id = field(document, '_id');
  if (typeof document !== 'object' || document === null || typeof id !== 'string') return null;
  return { ...document, _id: id.replace(/^drafts\./, '').replace(/^versions\.[^.]+\./, '') };
}

function field(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
}

function isDocumentType(type: unknown): type is DocumentType {
  return typeof type === 'string' && documentTypes.some((each) => each === type);
}
