/** One thing a service must do, by a name that says what. The check throws if it does not. */
export interface Point<Subject> {
  readonly name: string;
  readonly check: (subject: Subject) => Promise<void>;
}

export interface Verdict {
  readonly name: string;
  /** Undefined if the point passed. */
  readonly reason?: string;
}

/** Runs every point, a few at a time; each has names of its own on the service, so none disturbs another. */
export async function runPoints<Subject>(
  points: readonly Point<Subject>[],
  subject: Subject,
): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  const waiting = points.map((point, index) => ({ point, index }));
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      verdicts[next.index] = await judge(next.point, subject);
    }
  };
  await Promise.all(Array.from({ length: 6 }, worker));
  return verdicts;
}

/** Where a service is, and who may use it. */
export interface Endpoint {
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region?: string;
}

/** The name and status of the error a call is refused with; throws if it is not refused. */
export async function refusal(call: Promise<unknown>): Promise<{ name: string; status: number }> {
  let answer: unknown;
  try {
    answer = await call;
  } catch (error) {
    return { name: nameOf(error), status: statusOf(error) };
  }
  throw new Error(`expected a refusal, was answered: ${JSON.stringify(answer)?.slice(0, 200)}`);
}

async function judge<Subject>(point: Point<Subject>, subject: Subject): Promise<Verdict> {
  try {
    await point.check(subject);
    return { name: point.name };
  } catch (error) {
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    return { name: point.name, reason: reason.replaceAll(/\s+/g, ' ').slice(0, 200) };
  }
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : String(error));

function statusOf(error: unknown): number {
  if (typeof error !== 'object' || error === null || !('$metadata' in error)) return 0;
  const metadata: unknown = error.$metadata;
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata))
    return 0;
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : 0;
}
