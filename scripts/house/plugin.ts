import { posix, relative, sep } from 'node:path';

import { isExcepted, layerOf, layers } from './layers.ts';

/**
 * The house rules as a plugin of the linter. `layers`: imports go one way. `pure`: nothing in `src`
 * outside its adapters touches network, environment, clock, randomness or the machine's language.
 * `links`: every address in markup is made by the object's own links, which remember where it leads.
 */
export default {
  meta: { name: 'house' },
  rules: {
    layers: { create: forFiles(checkImports) },
    pure: { create: forFiles(checkPurity) },
    links: { create: forFiles(checkLinks) },
  },
};

/** The little that is used of the linter's own types. */
interface Context {
  readonly filename: string;
  readonly cwd: string;
  readonly sourceCode: {
    readonly scopeManager: {
      readonly globalScope: {
        readonly through: readonly Reference[];
        readonly set: ReadonlyMap<string, Variable>;
      };
    };
  };
  report(found: { readonly node: Node; readonly message: string }): void;
}
interface Node {
  readonly type: string;
}
interface Reference {
  readonly identifier: Node & { readonly name: string };
}
interface Variable {
  readonly defs: readonly unknown[];
  readonly references: readonly Reference[];
}
interface WithSource extends Node {
  readonly source: (Node & { readonly value?: unknown }) | null;
}
interface MemberExpression extends Node {
  readonly object: Node & { readonly name?: string };
  readonly property: Node & { readonly name?: string; readonly value?: unknown };
  readonly computed: boolean;
}
interface NewOrCall extends Node {
  readonly callee: Node & { readonly name?: string };
  readonly arguments: readonly Node[];
}
type Say = (node: Node, message: string) => void;
type Visitor = Readonly<Record<string, (node: never) => void>>;

function forFiles(check: (path: string, say: Say, context: Context) => Visitor) {
  return (context: Context): Visitor => {
    const path = relative(context.cwd, context.filename).split(sep).join('/');
    return check(path, (node, message) => context.report({ node, message }), context);
  };
}

function checkImports(path: string, say: Say): Visitor {
  const own = layerOf(path);
  const layer = own === undefined ? undefined : layers[own];
  if (own === undefined || layer === undefined) {
    return path.startsWith('src/')
      ? {
          Program: (node: Node) =>
            say(node, `${path} stands in no layer; give its folder one in scripts/house/layers.ts`),
        }
      : {};
  }

  const { on, packages, not = [] } = layer;
  function check({ source }: WithSource): void {
    if (source === null) return;
    const wanted = source.value;
    if (typeof wanted !== 'string') {
      say(source, `${own} may not import what is named only at run time`);
    } else if (wanted.startsWith('.')) {
      checkFile(source, posix.join(posix.dirname(path), wanted));
    } else if (isOneOf(not, wanted)) {
      say(source, `${own} may not import "${wanted}"; it does without ${listOf(not)}`);
    } else if (!isAllowed(wanted) && !isExcepted(path, wanted)) {
      say(source, `${own} may not import "${wanted}"; it has ${listOf([packages].flat())}`);
    }
  }
  function checkFile(source: Node, target: string): void {
    const other = layerOf(target);
    if (other === own || isExcepted(path, target)) return;
    if (other === undefined || !on.includes(other)) {
      say(source, `${own} may not import ${target}; it stands on ${listOf(on)}`);
    }
  }
  function isAllowed(wanted: string): boolean {
    if (packages === 'any') return true;
    if (wanted.startsWith('node:') && packages.includes('node:*')) return true;
    return isOneOf(packages, wanted);
  }
  return {
    ImportDeclaration: check,
    ImportExpression: check,
    ExportNamedDeclaration: check,
    ExportAllDeclaration: check,
    TSImportType: check,
  };
}

const isOneOf = (packages: readonly string[], wanted: string): boolean =>
  packages.some((name) => wanted === name || wanted.startsWith(`${name}/`));

const listOf = (names: readonly string[]): string =>
  names.length === 0 ? 'nothing' : names.join(', ');

/** Names that reach outside, or answer differently on another machine. */
const impureGlobals = new Set(
  (
    'process global globalThis window self require module navigator ' +
    'fetch XMLHttpRequest WebSocket EventSource WebAssembly Worker ' +
    'console performance crypto Intl Temporal ' +
    'setTimeout setInterval setImmediate queueMicrotask ' +
    'eval Function localStorage sessionStorage WeakRef FinalizationRegistry'
  ).split(' '),
);

/** Methods that ask the machine for its language or its time zone. */
const localMethods =
  /^(?:toLocale\w*|localeCompare|toDateString|toTimeString|getTimezoneOffset|[gs]et(?:FullYear|Month|Date|Day|Hours|Minutes|Seconds|Milliseconds))$/;

function checkPurity(path: string, say: Say, context: Context): Visitor {
  if (!path.startsWith('src/') || path.startsWith('src/adapters/')) return {};
  return {
    MemberExpression(node: MemberExpression) {
      const { object, property, computed } = node;
      const name = computed ? property.value : property.name;
      if (object.name === 'Date' && name === 'now') say(node, because('the clock', 'Date.now'));
      if (object.name === 'Math' && name === 'random') say(node, because('chance', 'Math.random'));
      if (typeof name === 'string' && localMethods.test(name)) {
        say(node, because("the machine's language or zone", name));
      }
    },
    NewExpression(node: NewOrCall) {
      if (node.callee.name !== 'Date') return;
      if (node.arguments.length === 0) say(node, because('the clock', 'new Date()'));
      // Year, month and day as numbers are read in the machine's own zone.
      if (node.arguments.length > 1) say(node, because("the machine's zone", 'new Date(y, m, …)'));
    },
    CallExpression(node: NewOrCall) {
      if (node.callee.name === 'Date') say(node, because('the clock', 'Date()'));
    },
    'Program:exit'() {
      const { through, set } = context.sourceCode.scopeManager.globalScope;
      const known = [...set.values()].filter(({ defs }) => defs.length === 0);
      for (const { identifier } of [...through, ...known.flatMap((one) => one.references)]) {
        if (!impureGlobals.has(identifier.name) || isExcepted(path, identifier.name)) continue;
        say(identifier, because('the world outside', identifier.name));
      }
    },
  };
}

const because = (what: string, name: string): string =>
  `${name} reaches for ${what}; src is pure outside src/adapters: take it as an argument`;

interface ImportDeclaration extends Node {
  readonly specifiers: readonly { readonly local: { readonly name: string } }[];
}
interface Attribute extends Node {
  readonly name: Node & { readonly name?: unknown };
  readonly value: Expression | null;
}
/** What is used of any expression; which members there are depends on its type. */
interface Expression extends Node {
  readonly name?: string;
  readonly value?: unknown;
  readonly expression?: Expression;
  readonly callee?: Expression & { readonly property?: Node & { readonly name?: string } };
  readonly consequent?: Expression;
  readonly alternate?: Expression;
}

const addressed = new Set(['href', 'src', 'srcset', 'cite']);
const makers = new Set(['href', 'url', 'anchor', 'typedLink']);

function checkLinks(path: string, say: Say): Visitor {
  if (!/^src\/.*\.tsx$/.test(path)) return {};
  const imported = new Set<string>();
  /** An anchor of the page, what the links have made, or what this file has made of that. */
  const isTold = (value: Expression | null | undefined): boolean => {
    if (value == null) return true;
    if (value.type === 'JSXExpressionContainer') return isTold(value.expression);
    if (value.type === 'Literal') return String(value.value).startsWith('#');
    if (value.type === 'Identifier') return !imported.has(value.name ?? '');
    if (value.type === 'ConditionalExpression') {
      return isTold(value.consequent) && isTold(value.alternate);
    }
    if (value.type !== 'CallExpression' || value.callee === undefined) return false;
    const { callee } = value;
    return callee.type === 'MemberExpression'
      ? makers.has(callee.property?.name ?? '')
      : callee.type === 'Identifier' && !imported.has(callee.name ?? '');
  };
  return {
    ImportDeclaration({ specifiers }: ImportDeclaration) {
      for (const { local } of specifiers) imported.add(local.name);
    },
    JSXAttribute(node: Attribute) {
      const { name } = node.name;
      if (typeof name !== 'string' || !addressed.has(name) || isTold(node.value)) return;
      say(
        node,
        `${name} leads where its object does not know of; make it by href, url, anchor or typedLink of the surface`,
      );
    },
  };
}
