import { readFileSync } from 'node:fs';
import { type AnyNode, type Node, parse } from 'acorn';
import { describe, expect, it } from 'vitest';

/** What the runtime cloudfront-js-2.0 documents, and no more: everything else is refused by name. */
const allowedNodes: ReadonlySet<string> = new Set([
  'Program',
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
  'BlockStatement',
  'ReturnStatement',
  'IfStatement',
  'ForStatement',
  'WhileStatement',
  'ThrowStatement',
  'ExpressionStatement',
  'VariableDeclaration',
  'VariableDeclarator',
  'Identifier',
  'Literal',
  'TemplateLiteral',
  'TemplateElement',
  'MemberExpression',
  'CallExpression',
  'UnaryExpression',
  'UpdateExpression',
  'BinaryExpression',
  'LogicalExpression',
  'AssignmentExpression',
  'ConditionalExpression',
  'ObjectExpression',
  'Property',
  'ArrayExpression',
]);

const allowedGlobals: ReadonlySet<string> = new Set(['Object', 'JSON', 'undefined']);

const absentMethods: ReadonlySet<string> = new Set([
  'at',
  'flat',
  'flatMap',
  'fromEntries',
  'matchAll',
  'replaceAll',
  'eval',
]);

/** Why a source would not run at the edge; nothing if it would. */
function complaints(source: string): string[] {
  const nodes = [...walk(parse(source, { ecmaVersion: 2025, sourceType: 'script' }))];
  const declared = new Set(nodes.flatMap(declaredNames));
  return [
    ...nodes.flatMap((node) => complaint(node)),
    ...nodes
      .flatMap(usedNames)
      .filter((name) => !declared.has(name) && !allowedGlobals.has(name))
      .map((name) => `global ${name}`),
    ...(Buffer.byteLength(source) > 10 * 1024 ? ['more than 10 KB'] : []),
  ];
}

function complaint(node: AnyNode): string[] {
  if (!allowedNodes.has(node.type)) return [node.type];
  if ('optional' in node && node.optional) return ['optional chaining'];
  if ('async' in node && node.async) return ['async'];
  if ('generator' in node && node.generator) return ['generator'];
  switch (node.type) {
    case 'Literal':
      if (typeof node.bigint === 'string') return ['bigint'];
      return /[^gim]/.test(node.regex?.flags ?? '') ? ['regular expression flag'] : [];
    case 'AssignmentExpression':
      return /^(?:\?\?|\|\||&&)=$/.test(node.operator) ? [node.operator] : [];
    case 'MemberExpression':
      return node.property.type === 'Identifier' && absentMethods.has(node.property.name)
        ? [`.${node.property.name}`]
        : [];
    default:
      return [];
  }
}

function declaredNames(node: AnyNode): string[] {
  const named = (candidate: AnyNode | null | undefined) =>
    candidate?.type === 'Identifier' ? [candidate.name] : [];
  switch (node.type) {
    case 'VariableDeclarator':
      return named(node.id);
    case 'FunctionDeclaration':
      return [...named(node.id), ...node.params.flatMap(named)];
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return node.params.flatMap(named);
    default:
      return [];
  }
}

/** Identifiers that stand for a value: not the names of members or of properties. */
function usedNames(node: AnyNode): string[] {
  return children(node).flatMap(([role, child]) => {
    if (child.type !== 'Identifier') return [];
    const isName =
      (node.type === 'MemberExpression' && role === 'property' && !node.computed) ||
      (node.type === 'Property' && role === 'key' && !node.computed);
    return isName ? [] : [child.name];
  });
}

function* walk(node: AnyNode): Generator<AnyNode> {
  yield node;
  for (const [, child] of children(node)) yield* walk(child);
}

function children(node: AnyNode): [string, AnyNode][] {
  return Object.entries(node).flatMap(([role, value]: [string, unknown]) =>
    [value].flat().flatMap((child): [string, AnyNode][] => (isNode(child) ? [[role, child]] : [])),
  );
}

const isNode = (value: unknown): value is AnyNode =>
  typeof value === 'object' &&
  value !== null &&
  'type' in value &&
  typeof value.type === 'string' &&
  isAcornNode(value);

const isAcornNode = (value: object): value is Node => 'start' in value && 'end' in value;

describe('the syntax of the edge functions', () => {
  it.each(['viewer-request.js', 'viewer-response.js'])(
    '%s keeps to what the runtime knows',
    (file) => {
      const source = readFileSync(
        new URL(`../../../src/site/edge/${file}`, import.meta.url),
        'utf8',
      );
      expect(complaints(source)).toEqual([]);
    },
  );

  it.each([
    ['function handler({ request }) { return request; }', 'ObjectPattern'],
    ['function handler(event = {}) { return event; }', 'AssignmentPattern'],
    ['function handler(event) { return { ...event }; }', 'SpreadElement'],
    ['function handler(event) { for (const a of event) return a; }', 'ForOfStatement'],
    ['function handler(event) { return event?.request; }', 'ChainExpression'],
    ['class Handler {}', 'ClassDeclaration'],
    ['function* handler() {}', 'generator'],
    ['function handler(event) { event.a ??= 1; return event; }', '??='],
    ['function handler() { try { return 1; } catch { return 2; } }', 'TryStatement'],
    ['function handler(event) { return event.uri.replaceAll("a", "b"); }', '.replaceAll'],
    ['function handler(event) { return event.uri.at(0); }', '.at'],
    ['function handler(event) { return /a/u.test(event.uri); }', 'regular expression flag'],
    ['function handler() { return 1n; }', 'bigint'],
    ['function handler() { return new Map(); }', 'NewExpression'],
    ['function handler(event) { return fetch(event.request.uri); }', 'global fetch'],
    ['function handler() { return process.env; }', 'global process'],
    [`// ${'x'.repeat(10_240)}`, 'more than 10 KB'],
  ])('refuses %s', (source, reason) => {
    expect(complaints(source)).toContain(reason);
  });
});
