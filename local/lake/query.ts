import { evaluate, GroqSyntaxError, parse } from 'groq-js';

import { isRecord, type JsonRecord, type LakeDocument } from './documents.ts';
import { LakeError, plainRefusal } from './errors.ts';
import { rewriteTextSearch } from './text-search.ts';

export interface QueryInput {
  query: string;
  params: JsonRecord;
  /** What the query may see: rights and perspective are already applied. */
  documents: ReadonlyMap<string, LakeDocument>;
  /** Where references are resolved when it is not among `documents` themselves. */
  lookUp?: ReadonlyMap<string, LakeDocument>;
  now: number;
  identity?: string;
}

/** Runs GROQ. Throws 400 in the API's own shape for a query that does not parse or cannot run. */
export async function runQuery({
  query,
  params,
  documents,
  lookUp = documents,
  now,
  identity = '<system>',
}: QueryInput): Promise<unknown> {
  const tree = parseQuery(query, params);
  rewriteTextSearch(tree, { documents, params });
  try {
    const value = await evaluate(tree, {
      dataset: [...documents.values()],
      params,
      timestamp: new Date(now),
      identity,
      // A reference is a look-up here; without this each one would scan the whole dataset.
      dereference: ({ _ref }) => lookUp.get(_ref) ?? null,
    });
    const result: unknown = await value.get();
    return result;
  } catch (cause) {
    if (cause instanceof LakeError) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new LakeError(400, why, {
      error: {
        type: 'queryEvaluationError',
        description: `Unable to evaluate query: ${why}`,
        query,
      },
    });
  }
}

/** The ids of what a mutation's query selects. */
export async function selectIds(input: QueryInput): Promise<string[]> {
  const result = await runQuery(input);
  const selected = Array.isArray(result) ? result : [result];
  return selected.flatMap((document) => {
    if (document === null) return [];
    if (isRecord(document) && typeof document['_id'] === 'string') return [document['_id']];
    throw plainRefusal(400, 'A mutation’s query must select whole documents');
  });
}

function parseQuery(query: string, params: JsonRecord) {
  try {
    return parse(query, { params });
  } catch (cause) {
    if (!(cause instanceof GroqSyntaxError)) throw cause;
    throw new LakeError(
      400,
      cause.message,
      {
        error: {
          type: 'queryParseError',
          description: cause.message,
          query,
          start: cause.position,
          end: cause.position,
        },
      },
      { cause },
    );
  }
}
