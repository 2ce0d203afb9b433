/** What listens, with the port it has unless told otherwise. */
export const defaultPorts = {
  lake: 4001,
  site: 8080,
  s3: 9000,
  sqs: 9324,
  functions: 9001,
  studio: 3333,
} as const;

export type Part = keyof typeof defaultPorts;
export type Ports = Readonly<Record<Part, number>>;

/** Any free port for each: for tests. */
export const anyPorts: Ports = { lake: 0, site: 0, s3: 0, sqs: 0, functions: 0, studio: 0 };

const variables = {
  lake: 'PRESSRUN_LAKE_PORT',
  site: 'PRESSRUN_SITE_PORT',
  s3: 'PRESSRUN_S3_PORT',
  sqs: 'PRESSRUN_SQS_PORT',
  functions: 'PRESSRUN_FUNCTIONS_PORT',
  studio: 'PRESSRUN_STUDIO_PORT',
} as const satisfies Record<Part, string>;

const parts: readonly Part[] = ['studio', 'lake', 'site', 's3', 'sqs', 'functions'];

/** How a part's port is set: by option or by variable. */
export const portSettings = parts.map((part) => ({
  part,
  option: `${part}-port`,
  variable: variables[part],
  port: defaultPorts[part],
}));

/**
 * Ports as options say, else the environment, else the defaults.
 * Throws a sentence for anything that is not a port.
 */
export function readPorts(
  options: Readonly<Record<string, string | boolean | undefined>>,
  environment: Readonly<Record<string, string | undefined>>,
): Ports {
  const read = (part: Part): number => {
    const option = `${part}-port`;
    const given = options[option] ?? environment[variables[part]];
    if (given === undefined || given === '') return defaultPorts[part];
    const port = Number(given);
    if (typeof given === 'string' && /^\d{1,5}$/.test(given) && port <= 65_535) return port;
    throw new PortUnusable(
      `Expected a port from 0 to 65535 in --${option} or ${variables[part]}, got "${String(given)}"`,
    );
  };
  return {
    lake: read('lake'),
    site: read('site'),
    s3: read('s3'),
    sqs: read('sqs'),
    functions: read('functions'),
    studio: read('studio'),
  };
}

/** Starts a part; a port that is taken is told with the ways to choose another. */
export async function onPort<Running>(
  part: Part,
  port: number,
  start: () => Promise<Running>,
): Promise<Running> {
  try {
    return await start();
  } catch (error) {
    if (!isTaken(error)) throw error;
    throw new PortUnusable(
      `Port ${port} (${part}) is taken by another program, perhaps another "npm start". ` +
        `Stop it, or choose another port: ${variables[part]}=${portAfter(port)} npm start`,
      { cause: error },
    );
  }
}

/** The next port that no other part has unless it is told otherwise. */
function portAfter(port: number): number {
  const ours: readonly number[] = Object.values(defaultPorts);
  return ours.includes(port + 1) ? portAfter(port + 1) : port + 1;
}

function isTaken(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ('code' in error && error.code === 'EADDRINUSE') || isTaken(error.cause);
}

/** Said to a person as it is, without a stack. */
export class PortUnusable extends Error {
  override readonly name = 'PortUnusable';
}
