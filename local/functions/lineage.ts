import { createHash } from 'node:crypto';

/** What Lambda does with a function that it meets in its own tracks. */
export type RecursiveLoop = 'Allow' | 'Terminate';

/**
 * How often a function may run for what began with one event; the next time, Lambda stops it.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html says "approximately 16".
 */
export const mostInvocations = 16;

/** A run of a function, as its trace header tells it and those who are sent something by it. */
export interface TracedRun {
  /** For `Lambda-Runtime-Trace-Id`; the SDK repeats it in `X-Amzn-Trace-Id` of every request. */
  readonly traceHeader: string;
  /** How often the function has run in this chain, this time included. */
  readonly invocations: number;
}

/**
 * Counts one more run of a function in the chain of what it is given. A header holds, beside the root of
 * its trace, a hash and a count for each function of the chain: `Lineage=a87bd80c:1|68fd508a:5`. Of a batch
 * the longest chain counts: how Lambda joins several is not documented, and this is the harsher reading.
 *
 * @param given the trace headers of what the function is invoked with; none begins a new chain
 * @param newRoot names a trace that begins here: 24 hexadecimal digits
 */
export function traceRun({
  functionArn,
  given,
  newRoot,
}: {
  readonly functionArn: string;
  readonly given: readonly string[];
  readonly newRoot: string;
}): TracedRun {
  const counts = new Map<string, number>();
  for (const [hash, count] of given.flatMap(lineageIn)) {
    counts.set(hash, Math.max(count, counts.get(hash) ?? 0));
  }
  const own = createHash('sha256').update(functionArn).digest('hex').slice(0, 8);
  const invocations = (counts.get(own) ?? 0) + 1;
  counts.set(own, invocations);
  const root = given.map((header) => fieldOf(header, 'Root')).find((each) => each !== undefined);
  const lineage = [...counts].map(([hash, count]) => `${hash}:${count}`).join('|');
  return {
    traceHeader: `Root=${root ?? `1-00000000-${newRoot}`};Sampled=0;Lineage=${lineage}`,
    invocations,
  };
}

function lineageIn(header: string): readonly (readonly [string, number])[] {
  return (fieldOf(header, 'Lineage') ?? '').split('|').flatMap((each) => {
    const [, hash = '', count = ''] = /^([0-9a-f]{8}):(\d{1,5})$/.exec(each) ?? [];
    return hash === '' ? [] : [[hash, Number(count)] as const];
  });
}

function fieldOf(header: string, name: string): string | undefined {
  return header
    .split(';')
    .find((field) => field.startsWith(`${name}=`))
    ?.slice(name.length + 1);
}
