import { createWriteStream, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { FunctionLog } from './functions/invocation.ts';
import { defaultPurge, purgeSettings, type PurgeSetting } from './stack/functions.ts';
import type { LimitsRequest } from './stack/limits.ts';
import { PortUnusable, portSettings, readPorts } from './stack/ports.ts';
import { removeStackFile, writeStackFile } from './stack/stack-file.ts';
import { isSettled } from './stack/settled.ts';
import { startStack, type Stack } from './stack/stack.ts';
import { buildStudio, studioFolder } from './studio/build-studio.ts';

const root = join(import.meta.dirname, '..');

const help = `npm start [-- options]

Pressrun on this machine, with no account and no network: content lake, webhook, queue, functions,
bucket, edge and Sanity Studio. The first start fills the lake with the demo publication and publishes it.
Ctrl-C ends everything; what was written is there again at the next start.

  --data DIR          where everything is kept          (PRESSRUN_DATA, .local)
  --empty             do not fill an empty lake with the demo publication
  --no-studio         without the Studio, and without building it
  --edge-speed N      how many times faster time passes at the edge; 1 is as deployed (60)
  --purge MODE        whether a publish asks the edge to forget: off, paths or tags (off)
  --sweep-every N     seconds between sweeps            (60)
  --slow              calls of S3, lake and queue take as long as they are assumed to take in the cloud
  --limit-cpu         functions have no more of a processor than their memory buys there; on Linux alone
                                                        (PRESSRUN_LIMIT_CPU=1)
${portSettings
  .map(({ option, variable, port }) =>
    `  --${option.padEnd(18)}`.concat(`(${variable}, ${port}; 0 for any free one)`),
  )
  .join('\n')}
  --help              this text
`;

process.exitCode = await main();

async function main(): Promise<number> {
  let settings: Settings | 'help';
  try {
    settings = readSettings();
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${help}`);
    return 2;
  }
  if (settings === 'help') {
    console.log(help);
    return 0;
  }
  const ending = signalled();
  const progress = createProgress();
  let stack: Watched;
  try {
    stack = await bringUp(settings, progress);
  } catch (error) {
    progress.end();
    if (!(error instanceof PortUnusable)) throw error;
    console.error(error.message);
    return 1;
  }
  const building = settings.hasStudio ? prepareStudio(progress) : null;
  try {
    const ended = await Promise.race([
      ending.then(() => 'ended' as const),
      publishDemo(stack, settings, progress).then(async (failures) => {
        if (building !== null) progress.tell('building the Studio');
        await building;
        return failures;
      }),
    ]);
    progress.end();
    if (ended !== 'ended') {
      console.log(summary(stack, settings));
      const unbuilt = await building;
      if (unbuilt !== null) console.error(`${unbuilt}\nEverything else runs.\n`);
      const formerAddress = keepSiteAddress(settings.data, stack.file.site.url);
      if (formerAddress !== null) {
        console.error(
          `What is on the site was published for ${formerAddress}, and its links lead there. ` +
            'Start with that port, or remove the data and begin anew.\n',
        );
      }
      if (ended > 0) {
        console.error(
          `${ended} messages failed five times and are left out: see ${logFile(settings.data)}\n`,
        );
      }
      await ending;
    }
    console.log('\nEnding …');
    return 0;
  } finally {
    removeStackFile(settings.data);
    await stack.close();
  }
}

interface Settings {
  readonly data: string;
  readonly isEmpty: boolean;
  readonly hasStudio: boolean;
  readonly edgeSpeed: number;
  readonly purge: PurgeSetting;
  readonly sweepEverySeconds: number;
  readonly limits: LimitsRequest;
  readonly ports: ReturnType<typeof readPorts>;
}

function readSettings(): Settings | 'help' {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      empty: { type: 'boolean', default: false },
      'no-studio': { type: 'boolean', default: false },
      data: text,
      'edge-speed': { ...text, default: '60' },
      purge: { ...text, default: defaultPurge },
      'sweep-every': { ...text, default: '60' },
      slow: { type: 'boolean', default: false },
      'limit-cpu': { type: 'boolean', default: process.env['PRESSRUN_LIMIT_CPU'] === '1' },
      ...Object.fromEntries(portSettings.map(({ option }) => [option, text])),
    },
  });
  if (values.help) return 'help';
  return {
    data: resolve(root, values.data ?? process.env['PRESSRUN_DATA'] ?? '.local'),
    isEmpty: values.empty,
    hasStudio: !values['no-studio'],
    edgeSpeed: atLeast(1, '--edge-speed', values['edge-speed']),
    purge: purgeSetting(values.purge),
    sweepEverySeconds: atLeast(1, '--sweep-every', values['sweep-every']),
    limits: { slow: values.slow, processor: values['limit-cpu'] },
    ports: readPorts(values, process.env),
  };
}

function purgeSetting(given: string): PurgeSetting {
  const setting = purgeSettings.find((each) => each === given);
  if (setting !== undefined) return setting;
  throw new Error(`Expected ${purgeSettings.join(', ')} in --purge, got "${given}"`);
}

function atLeast(least: number, option: string, given: string): number {
  const value = Number(given);
  if (given !== '' && Number.isFinite(value) && value >= least) return value;
  throw new Error(`Expected a number from ${least} in ${option}, got "${given}"`);
}

interface Watched extends Stack {
  /** What a function last complained of. */
  lastTrouble(): string | null;
}

async function bringUp(settings: Settings, progress: Progress): Promise<Watched> {
  const bundles = join(root, 'dist', 'lambdas');
  if (!existsSync(bundles)) {
    throw new Error(
      'The functions are not built; run `npm run prepare`, or begin with `npm start`',
    );
  }
  const lines = createLogFile(settings.data);
  const stack = await startStack({
    ...settings,
    dataDirectory: settings.data,
    bundles,
    ...(settings.hasStudio && { studio: studioFolder(root) }),
    log: (line) => lines.write(line),
    onProgress: (what) => progress.tell(`starting: ${what}`),
  });
  writeStackFile(settings.data, stack.file);
  return {
    ...stack,
    lastTrouble: lines.lastTrouble,
    async close() {
      await stack.close();
      await lines.end();
    },
  };
}

/**
 * Fills a new lake, and waits until everything that is published is on the site. Resolves to the
 * number of messages that failed for good.
 */
async function publishDemo(
  stack: Watched,
  settings: Settings,
  progress: Progress,
): Promise<number> {
  if (!settings.isEmpty && (await stack.isEmpty())) {
    progress.tell('filling the content lake with the demo publication');
    const { documents, assets } = await stack.seed(join(root, 'demo', 'publication.ndjson'));
    progress.tell(`${documents} documents and ${assets} pictures are in the lake`);
  }
  for (;;) {
    const left = await stack.underway();
    if (isSettled(left)) return left.deadLetters;
    const release = left.release ? ', a release being written' : '';
    const trouble = stack.lastTrouble();
    progress.tell(
      `publishing: ${left.webhooks} webhooks, ${left.messages} messages, ${left.tasks} tasks to go${release}${trouble === null ? '' : ` (${trouble})`}`,
    );
    await new Promise((wake) => setTimeout(wake, 250));
  }
}

/** Builds the Studio when it is not up to date. Resolves to what went wrong, or null. */
async function prepareStudio(progress: Progress): Promise<string | null> {
  try {
    await buildStudio(root, () => progress.tell('building the Studio, for a quarter of a minute'));
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Remembers for which address the site was first published; that one, if it is another now. */
function keepSiteAddress(data: string, address: string): string | null {
  const file = join(data, 'site-address');
  if (!existsSync(file)) {
    writeFileSync(file, `${address}\n`);
    return null;
  }
  const first = readFileSync(file, 'utf8').trim();
  return first === address ? null : first;
}

function summary({ file }: Stack, { data }: Settings): string {
  const place = relative(process.cwd(), data) || '.';
  return `
Pressrun is ready.

${file.studio === null ? '' : `  Studio      ${file.studio.url}/   logs you in by itself\n`}  site        ${file.site.url}/
  feed        ${file.site.url}/feed.json
  lake        ${file.lake.url}   project ${file.lake.projectId}, dataset ${file.lake.dataset}
  S3          ${file.s3.endpoint}   bucket ${file.s3.bucket}
  SQS         ${file.sqs.endpoint}   ${file.sqs.queueUrl.split('/').at(-1)}
  webhook     ${file.functions.webhookUrl}

  Tokens and keys: ${join(place, 'stack.json')}. What the functions say: ${logFile(place)}.
  Publish a change:  npm run demo:publish
  Ctrl-C ends everything.
`;
}

function logFile(data: string): string {
  return join(data, 'functions.log');
}

function createLogFile(data: string) {
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const file = createWriteStream(logFile(data), { flags: 'a', mode: 0o600 });
  let trouble: string | null = null;
  return {
    write(line: FunctionLog) {
      trouble = troubleIn(line) ?? trouble;
      file.write(`${line.functionName} ${line.source} ${line.text}\n`);
    },
    lastTrouble: () => trouble,
    end: () => new Promise<void>((resolve) => file.end(resolve)),
  };
}

/** The error that a line tells of; the file has the rest. */
function troubleIn({ functionName, source, text, record }: FunctionLog): string | null {
  if (source === 'platform') return `${functionName}: ${text}`;
  if (record?.['level'] !== 'ERROR') return null;
  const message = record['message'];
  const isTold = typeof message === 'object' && message !== null;
  const event = isTold && 'event' in message ? String(message.event) : 'error';
  const error = isTold && 'error' in message ? ` (${String(message.error)})` : '';
  return `${functionName} says ${event}${error}`;
}

interface Progress {
  tell(what: string): void;
  end(): void;
}

/** One line that changes on a terminal; a line each time elsewhere. */
function createProgress(): Progress {
  let last = '';
  return {
    tell(what) {
      if (what === last) return;
      last = what;
      if (process.stdout.isTTY) process.stdout.write(`\r\u001B[K${what} …`);
      else console.log(`${what} …`);
    },
    end() {
      if (process.stdout.isTTY) process.stdout.write('\r\u001B[K');
    },
  };
}

/** Resolves at the first Ctrl-C or termination; a second one does not wait. */
function signalled(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, () => {
        process.once(signal, () => process.exit(1));
        resolve();
      });
    }
  });
}
