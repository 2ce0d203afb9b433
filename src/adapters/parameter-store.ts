import {
  GetParametersCommand,
  ParameterAlreadyExists,
  PutParameterCommand,
  SSMClient,
  type SSMClientConfig,
} from '@aws-sdk/client-ssm';

/** The SSM parameters that a stage keeps its secrets in, as whoever sets it up sees them. */
export interface ParameterStore {
  /** The kinds of those that exist, by name: `SecureString` is what ours should be. No value is read. */
  kinds(names: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** The values of those that exist, by name. */
  values(names: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Writes a SecureString where there is nothing. What is there stays as it is. */
  create(name: string, value: string): Promise<'written' | 'exists'>;
}

/** Throws ParametersUnavailable, naming parameters and never a value, when SSM does not do as asked. */
export function ssmParameters(client: SSMClient): ParameterStore {
  const found = async (names: readonly string[], decrypted: boolean) => {
    try {
      const { Parameters: parameters = [] } = await client.send(
        new GetParametersCommand({ Names: [...names], WithDecryption: decrypted }),
      );
      return parameters;
    } catch (cause) {
      throw new ParametersUnavailable('ssm:GetParameters', names, cause);
    }
  };
  return {
    async kinds(names) {
      const parameters = await found(names, false);
      return new Map(parameters.map(({ Name = '', Type = '' }) => [Name, Type]));
    },
    async values(names) {
      const parameters = await found(names, true);
      return new Map(parameters.map(({ Name = '', Value = '' }) => [Name, Value]));
    },
    async create(name, value) {
      try {
        await client.send(
          new PutParameterCommand({
            Name: name,
            Value: value,
            Type: 'SecureString',
            Overwrite: false,
          }),
        );
        return 'written';
      } catch (cause) {
        if (cause instanceof ParameterAlreadyExists) return 'exists';
        throw new ParametersUnavailable('ssm:PutParameter', [name], cause);
      }
    },
  };
}

/** A client that gives up soon enough for a person who waits. */
export function ssmClient({
  endpoint,
  ...settings
}: Pick<SSMClientConfig, 'region' | 'credentials'> & {
  endpoint?: string | undefined;
} = {}): SSMClient {
  return new SSMClient({
    ...settings,
    ...(endpoint !== undefined && { endpoint }),
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000 },
  });
}

export class ParametersUnavailable extends Error {
  override readonly name = 'ParametersUnavailable';

  constructor(right: string, names: readonly string[], cause: unknown) {
    // The service's own sentence may repeat what it was sent: its name says enough.
    const why = cause instanceof Error ? cause.name : 'unknown';
    super(
      `SSM did not do ${right} for ${names.join(', ')} (${why}). Are there AWS credentials at hand, for the ` +
        `account of the stage, with ${right} for these?`,
      { cause },
    );
  }
}
