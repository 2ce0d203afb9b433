import { readFileSync } from 'node:fs';
import { type AnyNode, type Node, parse } from 'acorn';
import { describe, expect, it } from 'vitest';

/**
 * What AWS documents for the runtime cloudfront-js-2.0 and all its readers agree on: ES5.1 in strict mode,
 * let and const, arrows, rest parameters, template literals, `**`. Everything else is refused by name.
 *
 * Documented and refused all the same: async functions, since whoever calls `handler` here takes what it
 * returns.
 */
const allowedNodes: ReadonlySet<string> = new Set([
  'Program',
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
  'RestElement',
  'BlockStatement',
  'EmptyStatement',
  'ReturnStatement',
  'IfStatement',
  'SwitchStatement',
  'SwitchCase',
  'ForStatement',
  'ForInStatement',
  'WhileStatement',
  'DoWhileStatement',
  'LabeledStatement',
  'BreakStatement',
  'ContinueStatement',
  'ThrowStatement',
  'TryStatement',
  'CatchClause',
  'ExpressionStatement',
  'VariableDeclaration',
  'VariableDeclarator',
  'Identifier',
  'ThisExpression',
  'Literal',
  'TemplateLiteral',
  'TemplateElement',
  'MemberExpression',
  'CallExpression',
  'NewExpression',
  'UnaryExpression',
  'UpdateExpression',
  'BinaryExpression',
  'LogicalExpression',
  'AssignmentExpression',
  'ConditionalExpression',
  'SequenceExpression',
  'ObjectExpression',
  'Property',
  'ArrayExpression',
]);

/**
 * Documented ones, less those by which an answer could depend on more than the request: Date, Math. Of
 * modules `crypto` alone, called for by name: what else `require` gives is not ours.
 */
const allowedGlobals: ReadonlySet<string> = new Set([
  'Object',
  'String',
  'Number',
  'Array',
  'JSON',
  'Error',
  'RangeError',
  'TypeError',
  'decodeURI',
  'decodeURIComponent',
  'encodeURI',
  'encodeURIComponent',
  'isFinite',
  'isNaN',
  'parseFloat',
  'parseInt',
  'NaN',
  'Infinity',
  'undefined',
  'arguments',
  'require',
]);

/** The methods that are documented for those globals, for their prototypes, and for expressions. */
const allowedMethods: ReadonlySet<string> = new Set(
  [
    'create defineProperties defineProperty freeze getOwnPropertyDescriptor',
    'getOwnPropertyDescriptors getOwnPropertyNames getPrototypeOf isExtensible isFrozen isSealed keys',
    'preventExtensions seal assign entries values hasOwnProperty isPrototypeOf propertyIsEnumerable',
    'toString valueOf is setPrototypeOf',
    'fromCharCode fromCodePoint charAt concat indexOf lastIndexOf match replace search slice split substr',
    'substring toLowerCase trim toUpperCase codePointAt endsWith includes repeat startsWith padStart',
    'padEnd trimStart trimEnd replaceAll',
    'isFinite isInteger isNaN isSafeInteger parseInt parseFloat toExponential toFixed toPrecision',
    'apply bind call exec test parse stringify',
    'isArray of every filter forEach join map pop push reduce reduceRight reverse shift some sort splice',
    'unshift copyWithin fill find findIndex',
    'createHash update digest',
  ].flatMap((line) => line.split(' ')),
);

/** Why a source would not run at the edge, or might mean something else there; nothing if it would. */
function complaints(source: string): string[] {
  const strict = `'use strict'; ${source}`;
  const nodes = [...walk(parse(strict, { ecmaVersion: 2025, sourceType: 'script' }))];
  const declared = new Set(nodes.flatMap(declaredNames));
  return [
    ...nodes.flatMap((node) => complaint(node, strict)),
    ...nodes
      .flatMap(usedNames)
      .filter((name) => !declared.has(name) && !allowedGlobals.has(name))
      .map((name) => `global ${name}`),
    ...(Buffer.byteLength(source) > 10 * 1024 ? ['more than 10 KB'] : []),
  ];
}

function complaint(node: AnyNode, source: string): string[] {
  if (!allowedNodes.has(node.type)) return [node.type];
  if ('optional' in node && node.optional) return ['optional chaining'];
  if ('async' in node && node.async) return ['async'];
  if ('generator' in node && node.generator) return ['generator'];
  const text = source.slice(node.start, node.end);
  switch (node.type) {
    case 'Literal':
      if (typeof node.bigint === 'string') return ['bigint'];
      if (node.regex) return regexComplaints(node.regex);
      return unwrittenLiteral.test(text) ? [`literal ${text}`] : [];
    case 'TemplateElement':
      return unwrittenLiteral.test(`'${text}`) ? ['escape of a code point'] : [];
    case 'AssignmentExpression':
      return /^(?:\?\?|\|\||&&|\*\*)=$/.test(node.operator) ? [node.operator] : [];
    case 'LogicalExpression':
      return node.operator === '??' ? ['??'] : [];
    case 'CatchClause':
      return node.param == null ? ['catch without a binding'] : [];
    case 'Property':
      return node.shorthand || node.method || node.computed ? ['short property'] : [];
    case 'CallExpression':
    case 'NewExpression':
      if (node.callee.type === 'Identifier' && node.callee.name === 'require') {
        return text === "require('crypto')" ? [] : [text];
      }
      return [...methodComplaints(node.callee), ...commaComplaints(node.arguments, text, node)];
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression': {
      const head = source.slice(node.start, node.body.start);
      return commaComplaints(node.params, head, node);
    }
    default:
      return [];
  }
}

/** Numbers to other bases, and escapes of code points: later than ES5.1, and not documented. */
const unwrittenLiteral = /^0[bo]|^['"].*\\u\{/is;

/** `$` means another thing to Perl, whose expressions the runtime has: a last line feed may follow it. */
function regexComplaints({ pattern, flags }: { pattern: string; flags: string }): string[] {
  const plain = pattern.replaceAll(/\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\]/g, '');
  return [
    ...(/[^gim]/.test(flags) ? ['regular expression flag'] : []),
    ...(plain.includes('$') ? ['regular expression $'] : []),
    ...(/\(\?<[=!]/.test(plain) ? ['lookbehind'] : []),
  ];
}

function methodComplaints(callee: AnyNode): string[] {
  if (callee.type !== 'MemberExpression') return [];
  if (callee.computed || callee.property.type !== 'Identifier')
    return ['call of a computed method'];
  return allowedMethods.has(callee.property.name) ? [] : [`.${callee.property.name}`];
}

/** A comma after the last argument or parameter is ES8, and leaves no trace in the tree. */
function commaComplaints(list: readonly AnyNode[], text: string, { start }: AnyNode): string[] {
  const last = list.at(-1);
  const rest = last === undefined ? '' : text.slice(last.end - start);
  return /^\s*,/.test(rest) ? ['comma after the last'] : [];
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
    case 'RestElement':
      return named(node.argument);
    case 'CatchClause':
      return named(node.param);
    default:
      return [];
  }
}

/** Identifiers that stand for a value: not the names of members or of properties. */
function usedNames(node: AnyNode): string[] {
  return children(node).flatMap(([role, child]) => {
    if (child.type !== 'Identifier') return [];
    const isName =
      role === 'label' ||
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
    ['function handler() { try { return 1; } catch { return 2; } }', 'catch without a binding'],
    ['function handler(event) { return event.uri ?? "/"; }', '??'],
    ['function handler(event) { event.a **= 2; return event; }', '**='],
    ['function handler(event) { return { event }; }', 'short property'],
    ['function handler(event) { return { [event.uri]: 1 }; }', 'short property'],
    ['function handler(event) { return event.uri.substring(0, 1,); }', 'comma after the last'],
    ['function handler(event, context,) { return event; }', 'comma after the last'],
    ['async function handler(event) { return event; }', 'async'],
    ['function handler(event) { return Object.fromEntries(event.uri); }', '.fromEntries'],
    ['function handler(event) { return event.uri.localeCompare("a"); }', '.localeCompare'],
    ['function handler(event) { return event[event.uri](); }', 'call of a computed method'],
    ['function handler(event) { return /a$/.test(event.uri); }', 'regular expression $'],
    ['function handler(event) { return /(?<=a)b/.test(event.uri); }', 'lookbehind'],
    ['function handler() { return 0b11; }', 'literal 0b11'],
    ['function handler() { return "\\u{1f600}"; }', 'literal "\\u{1f600}"'],
    ['function handler() { return Date.now(); }', 'global Date'],
    ['function handler() { return new Function("return 1"); }', 'global Function'],
    ['function handler() { return eval("1"); }', 'global eval'],
    ['function handler(event) { return event.uri.at(0); }', '.at'],
    ['function handler(event) { return /a/u.test(event.uri); }', 'regular expression flag'],
    ['function handler() { return 1n; }', 'bigint'],
    ['function handler() { return new Map(); }', 'global Map'],
    ['function handler(event) { return fetch(event.request.uri); }', 'global fetch'],
    ['function handler() { return process.env; }', 'global process'],
    ["function handler() { return require('fs').sync(); }", "require('fs')"],
    ['function handler(event) { return require(event.uri); }', 'require(event.uri)'],
    [`// ${'x'.repeat(10_240)}`, 'more than 10 KB'],
  ])('refuses %s', (source, reason) => {
    expect(complaints(source)).toContain(reason);
  });

  it.each([
    'function handler(event) { try { return event; } catch (error) { throw new TypeError(error); } }',
    'function handler(event) { for (var name in event) { if (name) break; } return event; }',
    'function handler(event) { switch (event.uri) { case "/": return 1; default: return 2 ** 3; } }',
    'function handler(event) { all: do { continue all; } while (event.more); return this; }',
    'function handler(event) { return [1].map((...all) => `${all.length}`, event).join(""); }',
    'function handler(event) { return /^[$]\\$(?<rest>a)/i.test(event.uri.replaceAll("a", "b")); }',
  ])('lets %s pass', (source) => {
    expect(complaints(source)).toEqual([]);
  });

  it.each(['with (handler) {}', 'var a = 010;', 'delete handler;'])(
    'does not read what strict mode forbids: %s',
    (source) => {
      expect(() => complaints(source)).toThrow(SyntaxError);
    },
  );
});
