/** Where a secret is: `ssm:/pressrun/webhook-secret` (SecureString) or `env:NAME` on the local stack. */
export type SecretReference = `ssm:${string}` | `env:${string}`;

export interface Secrets {
  /**
   * The values that there are, in order: during a rotation the second of two exists, otherwise it need
   * not. Throws, naming references and never a value, when there is none at all.
   */
  read(references: readonly SecretReference[]): Promise<readonly [string, ...string[]]>;
}

/**
 * Secrets that are fetched when first asked for and kept for five minutes, so that a rotation is
 * seen by running functions. A failed fetch is not kept.
 */
export function secrets({
  environment,
  now,
  fetchParameters = fetchFromSsm,
}: {
  environment: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since 1970. */
  now: () => number;
  fetchParameters?: FetchParameters;
}): Secrets {
  const cache = new Map<string, { readonly until: number; readonly values: Promise<Values> }>();
  return {
    async read(references) {
      const names = references.filter(isInSsm).map((reference) => reference.slice('ssm:'.length));
      const parameters = await cached(cache, names, { now, fetchParameters });
      const found = references.flatMap((reference) => {
        const name = reference.slice(4);
        const value = isInSsm(reference) ? parameters.get(name) : environment[name];
        return value === undefined || value === '' ? [] : [value];
      });
      const [first, ...others] = found;
      if (first !== undefined) return [first, ...others];
      throw new SecretMissing(
        `Expected a secret at ${references.join(' or ')}; there is none. Run "pressrun secrets init".`,
      );
    },
  };
}

export type FetchParameters = (names: readonly string[]) => Promise<Values>;
type Values = ReadonlyMap<string, string>;

export class SecretMissing extends Error {
  override readonly name = 'SecretMissing';
}

/** The parameter store did not answer, or throttled us: a try later may find it well. */
export class SecretsUnavailable extends Error {
  override readonly name = 'SecretsUnavailable';
  readonly isOutage: boolean;

  constructor(names: readonly string[], cause: unknown) {
    const why = cause instanceof Error ? cause.name : 'unknown';
    super(`SSM did not give ${names.join(', ')} (${why})`, { cause });
    this.isOutage = !/AccessDenied|InvalidKeyId|ParameterNotFound|ValidationException/.test(why);
  }
}

const keptFor = 5 * 60 * 1000;

async function cached(
  cache: Map<string, { readonly until: number; readonly values: Promise<Values> }>,
  names: readonly string[],
  { now, fetchParameters }: { now: () => number; fetchParameters: FetchParameters },
): Promise<Values> {
  if (names.length === 0) return new Map();
  const key = names.join(' ');
  const known = cache.get(key);
  if (known !== undefined && known.until > now()) return known.values;
  const values = fetchParameters(names);
  cache.set(key, { until: now() + keptFor, values });
  try {
    return await values;
  } catch (error) {
    cache.delete(key);
    throw error;
  }
}

/** The SDK of a service that a warm function never needs is loaded when it is. */
async function fetchFromSsm(names: readonly string[]): Promise<Values> {
  const { GetParametersCommand, SSMClient } = await import('@aws-sdk/client-ssm');
  const asked = new GetParametersCommand({ Names: [...names], WithDecryption: true });
  const { Parameters: parameters = [] } = await new SSMClient({})
    .send(asked)
    .catch((cause: unknown) => {
      throw new SecretsUnavailable(names, cause);
    });
  return new Map(
    parameters.flatMap(({ Name, Value }) =>
      Name === undefined || Value === undefined ? [] : [[Name, Value]],
    ),
  );
}

function isInSsm(reference: SecretReference): boolean {
  return reference.startsWith('ssm:');
}
