import { evaluate, parse, type ExprNode } from 'groq-js';

import { isDraftId, isRecord, isVersionId, type DocumentChange } from './documents.ts';
import { plainRefusal } from './errors.ts';

export type Operation = 'create' | 'update' | 'delete';

/** When a hook rings and what its body says. */
export interface WebhookRule {
  on: readonly Operation[];
  filter: string;
  projection: string;
  includeDrafts: boolean;
  includeAllVersions: boolean;
  /** What `sanity::projectId()` and `sanity::dataset()` answer. */
  projectId: string;
  dataset: string;
}

export interface CompiledRule {
  /** The operation and the body to send, or undefined when this change is none of its business. */
  payloadFor(change: DocumentChange, now: number): Promise<Payload | undefined>;
}

export interface Payload {
  operation: Operation;
  body: unknown;
}

/**
 * Parses filter and projection once. Throws 400 for what the hosted service refuses too: syntax
 * errors and anything that reads other documents (sub-queries and joins).
 */
export function compileRule(rule: WebhookRule): CompiledRule {
  const filter = rule.filter.trim() === '' ? undefined : parseAlone(rule.filter, 'filter');
  const projection =
    rule.projection.trim() === '' ? undefined : parseAlone(rule.projection, 'projection');
  return {
    async payloadFor(change, now) {
      const operation = operationOf(change);
      if (!rule.on.includes(operation)) return undefined;
      if (isDraftId(change.id) && !rule.includeDrafts && !rule.includeAllVersions) return undefined;
      if (isVersionId(change.id) && !rule.includeAllVersions) return undefined;
      if (filter !== undefined && (await evaluateOn(filter, change, now, rule)) !== true)
        return undefined;
      return {
        operation,
        body:
          projection === undefined
            ? (change.after ?? change.before)
            : await evaluateOn(projection, change, now, rule),
      };
    },
  };
}

function operationOf({ before, after }: DocumentChange): Operation {
  if (after === null) return 'delete';
  return before === null ? 'create' : 'update';
}

function parseAlone(expression: string, what: string): ExprNode {
  let tree: ExprNode;
  try {
    tree = parse(expression, { mode: 'delta' });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw plainRefusal(400, `The webhook's ${what} does not parse: ${why}`);
  }
  const foreign = findForeignRead(tree);
  if (foreign !== undefined) {
    throw plainRefusal(400, `The webhook's ${what} may not use ${foreign}: it sees one document`);
  }
  return tree;
}

function findForeignRead(node: unknown): string | undefined {
  if (Array.isArray(node)) return node.map(findForeignRead).find((found) => found !== undefined);
  if (!isRecord(node)) return undefined;
  if (node['type'] === 'Everything') return 'a sub-query (*)';
  if (node['type'] === 'Deref') return 'a join (->)';
  return findForeignRead(Object.values(node));
}

async function evaluateOn(
  tree: ExprNode,
  { before, after }: DocumentChange,
  now: number,
  { projectId, dataset }: WebhookRule,
): Promise<unknown> {
  const value = await evaluate(tree, {
    sanity: { projectId, dataset },
    before,
    after,
    root: after ?? before,
    timestamp: new Date(now),
  });
  const result: unknown = await value.get();
  return result;
}
