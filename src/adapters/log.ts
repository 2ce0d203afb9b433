/** A line of the log: what happened, and figures and ids about it. */
export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  /** Something failed: told by the error's name, status, key and the places in the code, never its words. */
  error(event: string, error: unknown, fields?: LogFields): void;
}

export type LogLevel = 'info' | 'warn' | 'error';

/** All that a line may hold. A field that is not here cannot be logged. */
export type LogFields = { readonly [Field in keyof typeof fields]?: unknown };

/**
 * A log that cannot leak. A field outside the list, or a value that is not what its field may hold,
 * is withheld at run time too: errors and documents hold words that no log may have.
 */
export function createLog(
  write: (level: LogLevel, line: Readonly<Record<string, unknown>>) => void,
): Log {
  const line = (event: string, given: LogFields): Readonly<Record<string, unknown>> => ({
    event: word(event) ? event : withheld,
    ...Object.fromEntries(
      Object.entries(given)
        .filter(([, value]) => value !== undefined)
        .map(([field, value]) => [field, admits(field, value) ? value : withheld]),
    ),
  });
  return {
    info: (event, given = {}) => write('info', line(event, given)),
    warn: (event, given = {}) => write('warn', line(event, given)),
    error: (event, error, given = {}) =>
      write('error', line(event, { ...aboutError(error), ...given })),
  };
}

const withheld = '[withheld]';

const word = (value: unknown): boolean =>
  typeof value === 'string' && /^[a-z][a-z0-9-]{0,63}$/.test(value);
const flag = (value: unknown): boolean => typeof value === 'boolean';
const count = (value: unknown): boolean => Number.isSafeInteger(value);
const id = (value: unknown): boolean =>
  typeof value === 'string' && /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/.test(value);
const ids = (value: unknown): boolean =>
  Array.isArray(value) && value.length <= 100 && value.every(id);
const name = (value: unknown): boolean =>
  typeof value === 'string' && /^[A-Za-z][A-Za-z0-9.]{0,63}$/.test(value);
/** Field names and positions as problems have them: `citations[_key=="a1"].url`, `person.name`. */
const path = (value: unknown): boolean =>
  typeof value === 'string' && /^[A-Za-z0-9_.[\]="-]{0,200}$/.test(value);
const key = (value: unknown): boolean =>
  typeof value === 'string' && /^(public|state)\/[A-Za-z0-9._/-]{0,900}$/.test(value);
const problems = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.length <= 50 &&
  value.every(
    (each) =>
      typeof each === 'object' &&
      each !== null &&
      Object.entries(each).every(
        ([field, part]) =>
          (field === 'code' && word(part)) ||
          (field === 'path' && path(part)) ||
          (field === 'holder' && id(part)),
      ),
  );
/** Where in our code, without the message that a stack begins with. */
const places = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.length <= 10 &&
  value.every(
    (place) => typeof place === 'string' && /^[\w$.<>]{0,80}@[\w.-]+:\d+:\d+$/.test(place),
  );

const fields = {
  id,
  ids,
  rev: id,
  delivery: id,
  transaction: id,
  run: id,
  seq: count,
  epoch: count,
  attempt: count,
  messages: count,
  documents: count,
  releases: count,
  writes: count,
  receipts: count,
  keys: count,
  drift: count,
  repaired: count,
  orphans: count,
  nodes: count,
  snapshots: count,
  bundles: count,
  tasksLeft: count,
  count,
  status: count,
  bytes: count,
  secretIndex: count,
  milliseconds: count,
  lagMilliseconds: count,
  full: flag,
  of: word,
  size: count,
  outcome: word,
  reason: word,
  key,
  problems,
  error: name,
  causedBy: name,
  places,
} as const;

function admits(field: string, value: unknown): boolean {
  const admit = Object.entries(fields).find(([name]) => name === field)?.[1];
  return admit !== undefined && admit(value);
}

function aboutError(error: unknown): LogFields {
  if (!(error instanceof Error)) return { error: 'NotAnError' };
  return {
    error: error.name,
    ...(error.cause instanceof Error && { causedBy: error.cause.name }),
    ...('status' in error && typeof error.status === 'number' && { status: error.status }),
    ...('key' in error && typeof error.key === 'string' && { key: error.key }),
    places: placesOf(error),
  };
}

function placesOf(error: Error): readonly string[] {
  const lines = error.stack?.split('\n') ?? [];
  return lines
    .flatMap((line) => {
      const frame = /^ {4}at (?:async )?(?:([\w$.<>]+) )?/.exec(line);
      const place = /(?<![\w.-])([\w.-]+:\d+:\d+)\)?$/.exec(line);
      return frame === null || place === null ? [] : [`${frame[1] ?? ''}@${place[1]}`];
    })
    .slice(0, 5);
}
