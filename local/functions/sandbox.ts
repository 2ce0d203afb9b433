import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { holdToAllotment } from './allotment.ts';
import { bootstrapFlags } from './bootstrap-flags.ts';
import type { FunctionDefinition, FunctionLog, Invocation } from './invocation.ts';
import { type Report, type RuntimeApi, startRuntimeApi } from './runtime-api.ts';

/** One Lambda process: AWS's runtime interface client around a bundle. It does one invocation at a time. */
export interface Sandbox {
  /** Runs one event. After a failure that ended the process, `isAlive` is false. */
  run(asked: Asked): Promise<Invocation>;
  readonly isAlive: boolean;
  /** Whether it is at an invocation. */
  readonly isBusy: boolean;
  /** Ends the process at once, wherever it is (`kill -9`). Resolves when it has ended. */
  stop(): Promise<void>;
}

/** What a process is to do, and the trace that it is a part of. */
export interface Asked {
  readonly requestId: string;
  readonly event: unknown;
  readonly traceHeader: string;
}

/** Starts a process for a function; it begins its init phase at once. */
export async function startSandbox({
  definition,
  log,
  freezeBetweenInvocations,
  hasShareOnly,
}: {
  definition: FunctionDefinition;
  log: (line: FunctionLog) => void;
  /** Whether it has the share of a processor that its memory buys, or all that this machine gives. */
  hasShareOnly: () => boolean;
  /** Stop the process while it has no work, as Lambda does: what was not awaited goes on with the next event. */
  freezeBetweenInvocations: boolean;
}): Promise<Sandbox> {
  const life = new Life({ definition, log, freezeBetweenInvocations, hasShareOnly });
  const api = await startRuntimeApi((report) => life.report(report));
  const child = spawn(
    process.execPath,
    [...bootstrapFlags(definition), '--require', nativeClient, runtimeInterfaceClient],
    {
      cwd: definition.bundleDirectory,
      env: environmentOf(definition, api.address),
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  life.begin(child, api);
  return life;
}

/** The arn under which a function knows itself. */
export const arnOf = (name: string): string =>
  `arn:aws:lambda:us-east-1:000000000000:function:${name}`;

const nativeClient = fileURLToPath(new URL('native-client.cjs', import.meta.url));
const runtimeInterfaceClient = createRequire(import.meta.url).resolve('aws-lambda-ric');

/** Lambda gives ten seconds to load the code. */
const initMilliseconds = 10_000;

/** What a synchronous answer may weigh. */
const largestAnswer = 6 * 1024 * 1024;

/** The invocation a process is at, from the moment it was asked for. */
interface Current extends Asked {
  readonly settle: (end: Invocation) => void;
  isGiven: boolean;
}

class Life implements Sandbox {
  readonly #definition: FunctionDefinition;
  readonly #log: (line: FunctionLog) => void;
  readonly #freezes: boolean;
  readonly #hasShareOnly: () => boolean;
  #letGo = () => {};
  #child: ChildProcess | undefined;
  #api: RuntimeApi | undefined;
  #isWaiting = false;
  #ended: { errorType: string; errorMessage: string } | undefined;
  #current: Current | undefined;
  #timer: NodeJS.Timeout | undefined;
  #exited: Promise<void> = Promise.resolve();

  constructor({
    definition,
    log,
    freezeBetweenInvocations,
    hasShareOnly,
  }: Parameters<typeof startSandbox>[0]) {
    this.#definition = definition;
    this.#log = log;
    this.#freezes = freezeBetweenInvocations;
    this.#hasShareOnly = hasShareOnly;
  }

  get isAlive(): boolean {
    return this.#ended === undefined;
  }

  get isBusy(): boolean {
    return this.#current !== undefined;
  }

  begin(child: ChildProcess, api: RuntimeApi): void {
    this.#child = child;
    this.#api = api;
    this.#collect(child.stdout, 'stdout');
    this.#collect(child.stderr, 'stderr');
    this.#exited = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        const status = signal === null ? `exit status ${code}` : `signal: ${signal}`;
        this.#end('Runtime.ExitError', `Runtime exited with error: ${status}`);
        void api.close().then(resolve, resolve);
      });
    });
    child.once('error', (cause) => this.#end('Runtime.ExitError', String(cause)));
  }

  run(asked: Asked): Promise<Invocation> {
    return new Promise((settle) => {
      if (this.#ended !== undefined) {
        settle({ kind: 'failed', requestId: asked.requestId, ...this.#ended });
        return;
      }
      this.#current = { ...asked, settle, isGiven: false };
      if (this.#isWaiting) this.#give();
      else this.#killAfter(initMilliseconds, 'Init phase timed out after 10.00 seconds');
    });
  }

  report(report: Report): void {
    switch (report.kind) {
      case 'ready':
        this.#isWaiting = true;
        // It may ask for work a moment before its last answer arrives: then it must not get the same again.
        if (this.#current === undefined) this.#freeze();
        else if (!this.#current.isGiven) this.#give();
        return;
      case 'init error':
        this.#end(report.errorType, report.errorMessage);
        this.#child?.kill('SIGKILL');
        return;
      case 'response':
        this.#settle(report.requestId, answerOf(report.requestId, report.payload));
        return;
      case 'error':
        this.#settle(report.requestId, { ...report, kind: 'failed' });
    }
  }

  async stop(): Promise<void> {
    this.#child?.kill('SIGKILL');
    await this.#exited;
  }

  #give(): void {
    const current = this.#current;
    if (current === undefined) return;
    const { name, timeoutSeconds } = this.#definition;
    current.isGiven = true;
    this.#isWaiting = false;
    if (this.#freezes) this.#child?.kill('SIGCONT');
    this.#hold();
    this.#killAfter(
      timeoutSeconds * 1000,
      `Task timed out after ${timeoutSeconds.toFixed(2)} seconds`,
    );
    this.#api?.give({
      requestId: current.requestId,
      event: current.event,
      traceHeader: current.traceHeader,
      deadline: Date.now() + timeoutSeconds * 1000,
      functionArn: arnOf(name),
    });
  }

  /** From here to its answer: what a process does before its first event costs no share, as on Lambda. */
  #hold(): void {
    const child = this.#child;
    if (child?.pid === undefined) return;
    this.#letGo = holdToAllotment({
      pid: child.pid,
      memoryMb: this.#definition.memoryMb,
      hasShareOnly: this.#hasShareOnly,
      signal: (name) => child.kill(name),
      onOutOfMemory: () => {
        // What its log says then: https://docs.aws.amazon.com/lambda/latest/dg/troubleshooting-invocation.html
        this.#end('Runtime.OutOfMemory', 'Runtime exited with error: signal: killed');
        child.kill('SIGKILL');
      },
    });
  }

  #killAfter(milliseconds: number, reason: string): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#end('Sandbox.Timedout', reason);
      this.#child?.kill('SIGKILL');
    }, milliseconds);
  }

  /** The process is lost, and with it the invocation it was at. The first reason is the one that counts. */
  #end(errorType: string, errorMessage: string): void {
    if (this.#ended !== undefined) return;
    this.#ended = { errorType, errorMessage };
    clearTimeout(this.#timer);
    this.#letGo();
    const current = this.#current;
    if (current === undefined) return;
    const message = `RequestId: ${current.requestId} Error: ${errorMessage}`;
    this.#log({ functionName: this.#definition.name, source: 'platform', text: message });
    this.#settle(current.requestId, {
      kind: 'failed',
      requestId: current.requestId,
      errorType,
      errorMessage: message,
    });
  }

  #settle(requestId: string, end: Invocation): void {
    if (this.#current?.requestId !== requestId) return;
    clearTimeout(this.#timer);
    this.#letGo();
    const { settle } = this.#current;
    this.#current = undefined;
    if (this.#isWaiting) this.#freeze();
    settle(end);
  }

  #freeze(): void {
    if (this.#freezes && this.isAlive) this.#child?.kill('SIGSTOP');
  }

  #collect(stream: ChildProcess['stdout'], source: 'stdout' | 'stderr'): void {
    if (stream === null) return;
    createInterface({ input: stream }).on('line', (text) => {
      if (text !== '')
        this.#log({ functionName: this.#definition.name, source, ...readLine(text) });
    });
  }
}

function answerOf(requestId: string, payload: unknown): Invocation {
  const size = Buffer.byteLength(JSON.stringify(payload) ?? '');
  return size <= largestAnswer
    ? { kind: 'answered', requestId, payload }
    : {
        kind: 'failed',
        requestId,
        errorType: 'Function.ResponseSizeTooLarge',
        errorMessage: `Response payload size (${size} bytes) exceeded maximum allowed payload size (${largestAnswer} bytes).`,
      };
}

function environmentOf(definition: FunctionDefinition, runtimeApi: string): Record<string, string> {
  return {
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    PATH: '/usr/local/bin:/usr/bin:/bin',
    AWS_REGION: 'us-east-1',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_LAMBDA_LOG_FORMAT: 'JSON',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    ...definition.environment,
    AWS_LAMBDA_NODEJS_USE_ALTERNATIVE_CLIENT_1: 'true',
    AWS_LAMBDA_RUNTIME_API: runtimeApi,
    AWS_LAMBDA_FUNCTION_NAME: definition.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(definition.memoryMb),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${definition.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    LAMBDA_TASK_ROOT: definition.bundleDirectory,
    _HANDLER: 'index.handler',
  };
}

function readLine(text: string): Pick<FunctionLog, 'text' | 'record'> {
  if (!text.startsWith('{')) return { text };
  try {
    const record: unknown = JSON.parse(text);
    return isRecord(record) ? { text, record } : { text };
  } catch {
    return { text };
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
