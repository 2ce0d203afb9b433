import * as z from 'zod';
import { fingerprintIn, type Hook, hookNameBeginning } from '../src/webhook/hook.ts';

/** A hook as Sanity's management API tells of it: ours, or anybody's. */
export interface FoundHook extends z.output<typeof foundHook> {}

const foundHook = z.object({
  id: z.string(),
  // Hooks by transaction are older, and are not ours whatever they are called.
  type: z.string().default('document'),
  name: z.string(),
  description: z.string().nullish(),
  url: z.string(),
  dataset: z.string(),
  httpMethod: z.string().nullish(),
  apiVersion: z.string().nullish(),
  includeDrafts: z.boolean().nullish(),
  includeAllVersions: z.boolean().nullish(),
  isDisabled: z.boolean().nullish(),
  isDisabledByUser: z.boolean().nullish(),
  headers: z.record(z.string(), z.string()).nullish(),
  secret: z.string().nullish(),
  hasSecret: z.boolean().optional(),
  deletedAt: z.string().nullish(),
  rule: z
    .object({
      on: z.array(z.string()).nullish(),
      filter: z.string().nullish(),
      projection: z.string().nullish(),
    })
    .nullish(),
});

/** Reads the answer of the list; null when it is none. */
export function readHooks(body: unknown): readonly FoundHook[] | null {
  const hooks = z.array(foundHook).safeParse(body);
  return hooks.success ? hooks.data.filter(({ deletedAt }) => deletedAt == null) : null;
}

/** One thing that is not as it should be. Never holds a secret. */
export interface HookDifference {
  readonly field: HookField;
  readonly is: string;
  readonly wanted: string;
}

export type HookField =
  | 'name'
  | 'description'
  | 'url'
  | 'dataset'
  | 'httpMethod'
  | 'apiVersion'
  | 'includeDrafts'
  | 'includeAllVersions'
  | 'headers'
  | 'on'
  | 'filter'
  | 'projection'
  | 'secret'
  | 'enabled'
  /** Switched off by Sanity itself: not ours to switch on over the API. */
  | 'blocked';

export interface HookPlan {
  /** The hook that is ours, or will be; null when it has to be made. */
  readonly ours: FoundHook | null;
  readonly differences: readonly HookDifference[];
  /** Others that ring at the same address, or have the same name. Left alone, and told. */
  readonly twins: readonly FoundHook[];
}

/** What it takes to make the project's hooks as they should be. Pure; hooks of others are not looked at. */
export function planHook(desired: Hook, found: readonly FoundHook[]): HookPlan {
  const alike = found.filter(
    ({ name, url }) => name === desired.name || isSameUrl(url, desired.url),
  );
  const [ours = null] = alike
    .filter((each) => mayBeOurs(each, desired))
    .toSorted((a, b) => likeness(b, desired) - likeness(a, desired));
  return {
    ours,
    differences: ours === null ? [] : differencesOf(desired, ours),
    twins: alike.filter((each) => each !== ours),
  };
}

/**
 * A hook that was made by hand is taken over by its address. Not one by transaction, which can never be
 * ours, and not that of another stage, which rings at the wrong door.
 */
function mayBeOurs({ type, name }: FoundHook, desired: Hook): boolean {
  const isOfAnotherStage = name !== desired.name && name.startsWith(hookNameBeginning);
  return type === desired.type && !isOfAnotherStage;
}

function likeness({ name, url, dataset }: FoundHook, desired: Hook): number {
  return (
    (name === desired.name ? 4 : 0) +
    (isSameUrl(url, desired.url) ? 2 : 0) +
    (dataset === desired.dataset ? 1 : 0)
  );
}

function differencesOf(desired: Hook, found: FoundHook): readonly HookDifference[] {
  const compare = (
    field: HookField,
    is: Shown,
    wanted: Shown,
    isEqual = shown(is) === shown(wanted),
  ): readonly HookDifference[] =>
    isEqual ? [] : [{ field, is: shown(is), wanted: shown(wanted) }];
  return [
    ...compare('name', found.name, desired.name),
    ...compare('url', found.url, desired.url, isSameUrl(found.url, desired.url)),
    ...compare('dataset', found.dataset, desired.dataset),
    ...compare('on', triggers(found.rule?.on ?? []), triggers(desired.rule.on)),
    ...compare('filter', trimmed(found.rule?.filter), desired.rule.filter),
    ...compare('projection', trimmed(found.rule?.projection), desired.rule.projection),
    ...compare('httpMethod', found.httpMethod ?? 'POST', desired.httpMethod),
    ...compare('apiVersion', found.apiVersion ?? null, desired.apiVersion),
    ...compare('includeDrafts', found.includeDrafts ?? false, desired.includeDrafts),
    ...compare('includeAllVersions', found.includeAllVersions ?? false, desired.includeAllVersions),
    // Somebody's header may be a secret: only its name is told.
    ...compare('headers', namesOf(found.headers ?? {}), namesOf(desired.headers)),
    ...secretDifference(desired, found),
    ...compare(
      'description',
      withoutFingerprint(found.description ?? ''),
      withoutFingerprint(desired.description),
    ),
    ...compare('enabled', found.isDisabledByUser !== true, true),
    ...compare('blocked', found.isDisabled === true && found.isDisabledByUser !== true, false),
  ];
}

/**
 * Sanity may show a secret or hide it. Where it is hidden, the description says which one was set: its
 * fingerprint is there for that.
 */
function secretDifference(desired: Hook, found: FoundHook): readonly HookDifference[] {
  const wanted = 'the one that was given';
  if (desired.secret === undefined) return [];
  if (found.hasSecret === false || found.secret === null || found.secret === '') {
    return [{ field: 'secret', is: 'none', wanted }];
  }
  if (found.secret !== undefined) {
    return found.secret === desired.secret ? [] : [{ field: 'secret', is: 'another', wanted }];
  }
  const told = fingerprintIn(found.description ?? '');
  if (told === fingerprintIn(desired.description)) return [];
  return [{ field: 'secret', is: told === null ? 'not to be seen' : 'another', wanted }];
}

function withoutFingerprint(description: string): string {
  return description.replace(/ Secret [0-9a-f]{12}\.$/, '');
}

function namesOf(headers: Readonly<Record<string, string>>): string {
  return Object.keys(headers).join(', ');
}

function triggers(on: readonly string[]): string {
  return [...on].sort().join(', ');
}

function trimmed(text: string | null | undefined): string {
  return text?.trim() ?? '';
}

function isSameUrl(a: string, b: string): boolean {
  return URL.parse(a)?.href === URL.parse(b)?.href;
}

type Shown = string | boolean | null;

function shown(value: Shown): string {
  return value === '' || value === null ? 'none' : String(value);
}

/** What a change of the hook is made of. Everything at once: a part of a rule might take the rest with it. */
export function patchOf({ type: _type, ...hook }: Hook): Omit<Hook, 'type'> {
  return hook;
}
