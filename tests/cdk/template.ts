/** A template as CloudFormation gets it. */
export type Value = string | number | boolean | null | Value[] | { [key: string]: Value };

export interface Resource {
  Type: string;
  Properties: { [key: string]: Value };
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
}

export interface Template {
  Resources: { [id: string]: Resource };
  Parameters: { [id: string]: Value };
  Outputs: { [id: string]: Value };
}

export const isObject = (value: unknown): value is { [key: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isList = (value: unknown): value is unknown[] => Array.isArray(value);

/** What stands at a path, or undefined. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  let found = value;
  for (const step of path) {
    if (isList(found)) found = found[Number(step)];
    else found = isObject(found) ? found[step] : undefined;
  }
  return found;
}

/** The list at a path; a single value is a list of one, and nothing an empty one. */
export function listAt(value: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const found = at(value, ...path);
  if (found === undefined) return [];
  return isList(found) ? found : [found];
}

/** The text at a path; empty where there is none. */
export function textAt(value: unknown, ...path: readonly (string | number)[]): string {
  const found = at(value, ...path);
  return typeof found === 'string' || typeof found === 'number' || typeof found === 'boolean'
    ? String(found)
    : '';
}

/** A function of the product, by the name of its entry file. */
export function functionNamed(
  template: Template,
  name: string,
): readonly [id: string, resource: Resource] {
  const found = ofType(template, 'AWS::Lambda::Function').find(([, resource]) =>
    textAt(resource, 'Properties', 'FunctionName').endsWith(`-${name}`),
  );
  if (found === undefined) throw new Error(`The template has no function ${name}`);
  return found;
}

export function ofType(template: Template, type: string): readonly (readonly [string, Resource])[] {
  return Object.entries(template.Resources).filter(([, { Type }]) => Type === type);
}

/** The logical id that a value refers to by `Ref` or `Fn::GetAtt`. */
export function target(value: unknown): string | undefined {
  const id = at(value, 'Ref') ?? at(value, 'Fn::GetAtt', 0);
  return typeof id === 'string' ? id : undefined;
}

/** Every value in a tree, the tree itself included. */
export function* within(value: unknown): Generator {
  yield value;
  const inner = isList(value) ? value : isObject(value) ? Object.values(value) : [];
  for (const each of inner) yield* within(each);
}

/** All strings in a tree. */
export const wordsOf = (value: unknown): readonly string[] =>
  [...within(value)].filter((each) => typeof each === 'string');

/** A value in a form that two can be compared by, whatever the order of keys. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) =>
    isObject(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}
