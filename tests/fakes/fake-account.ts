import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Account } from '../../cli/account.ts';
import type { Ended, Program } from '../../cli/program.ts';
import { type Stage, type StageName, stages } from '../../cdk/charter/stages.ts';
import { ssmParameters } from '../../src/adapters/parameter-store.ts';
import { BucketFault } from '../../src/adapters/versioned-bucket.ts';
import type { Publisher } from '../../src/publishing/publisher.ts';
import { sweep } from '../../src/publishing/sweep.ts';
import { sha256Hex } from '../../src/publishing/digest.ts';
import { headersFor, headerSetsWith } from '../../src/site/security-headers.ts';
import { allowedStylesheets } from '../../src/site/stylesheet-hashes.ts';
import type { FakeSsm } from './fake-ssm.ts';

/** What CloudFormation keeps of a stack. */
export interface FakeStack {
  readonly parameters: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, string>>;
  readonly isProtected: boolean;
  readonly template?: unknown;
}

/** An account at AWS, as `aws` and `cdk` speak of it, with a publication behind its stage. */
export interface FakeAccount extends Account {
  readonly stacks: Map<string, FakeStack>;
  /** Every command that was run, as it would be typed. */
  readonly ran: string[];
  /** Set it, and `aws` says this and fails. */
  refusal: string | null;
  /** Commands that begin so fail, saying this. */
  readonly failing: Map<string, string>;
  /** What is checked out, and what a build would make of the command line itself. */
  code: string;
  commandLine: string;
  /** How many functions may still run at once. */
  concurrency: number;
  /** How many versions of objects are in each bucket. */
  readonly versions: Map<string, number>;
  /** The receiver answers the unsigned with it. */
  unsigned: number;
}

/** Where a fake account has its bucket, its lake, and the folder that `cdk` works in. */
export interface Behind {
  readonly publisher: Publisher;
  readonly directory: string;
  readonly settings: unknown;
}

/** A publication that has said what is its own. */
export const ourStages: Readonly<Record<StageName, Stage>> = {
  dev: { ...stages.dev, ...ours('dev') },
  staging: { ...stages.staging, ...ours('staging') },
  prod: { ...stages.prod, ...ours('production') },
};

function ours(dataset: string): Pick<Stage, 'sanity' | 'tagAuthority'> {
  return {
    sanity: { projectId: 'abc12345', dataset, isPrivate: true },
    tagAuthority: 'daily.example,2026',
  };
}

export function fakeAccount(ssm: FakeSsm | null = null, behind: Behind | null = null): FakeAccount {
  let synthesized: object = {};
  let seconds = Date.parse('2026-11-25T10:00:00.000Z') / 1000;
  const wait = (by: number): void => {
    seconds += by;
  };
  const ofEpoch = (stack: FakeStack): Publisher => {
    if (behind === null) throw new Error('There is no bucket here');
    const { publisher } = behind;
    return {
      ...publisher,
      stage: { ...publisher.stage, epoch: Number(stack.parameters['Epoch']) },
      nodes: new Map(),
    };
  };
  const stackOf = (name: string): FakeStack => {
    const stack = account.stacks.get(name);
    if (stack === undefined) throw new Error(`There is no stack ${name}`);
    return stack;
  };
  const commands: Readonly<
    Record<
      string,
      (command: readonly string[], shows: (text: string) => void) => Promise<Ended> | Ended
    >
  > = {
    'aws cloudformation describe-stacks'(command) {
      const name = optionOf(command, '--stack-name');
      const stack = account.stacks.get(name);
      return stack === undefined
        ? failed(
            `\nAn error occurred (ValidationError) when calling the DescribeStacks operation: Stack with id ${name} does not exist\n`,
          )
        : done(JSON.stringify({ Stacks: [described(name, stack)] }));
    },
    'aws cloudformation get-template': (command) =>
      done(JSON.stringify(stackOf(optionOf(command, '--stack-name')).template)),
    'aws lambda get-account-settings': () =>
      done(
        JSON.stringify({ AccountLimit: { UnreservedConcurrentExecutions: account.concurrency } }),
      ),
    async 'aws lambda invoke'(command) {
      const name = optionOf(command, '--function-name').replace(/-sweep$/, '');
      const { sweep: kind } = JSON.parse(optionOf(command, '--payload'));
      try {
        const { kind: outcome, releases, tasksLeft } = await sweep(ofEpoch(stackOf(name)), kind);
        return invoked({ event: 'swept', reason: kind, outcome, releases, tasksLeft });
      } catch (error) {
        const name = error instanceof Error ? error.name : 'NotAnError';
        return invoked({ event: 'function-failed', error: name }, 'Unhandled');
      }
    },
    'node scripts/prepare.mjs': () => {
      wait(2);
      return done();
    },
    'cdk synth'(command) {
      wait(20);
      const [, , name = ''] = command;
      const folder = join(behind?.directory ?? '', 'dist', 'cdk');
      mkdirSync(folder, { recursive: true });
      const standing = command.includes('-c')
        ? optionOf(command, '-c').replace('stylesheets=', '').split(' ')
        : [];
      synthesized = templateOf(name, account.code, standing);
      writeFileSync(join(folder, `${name}.template.json`), JSON.stringify(synthesized));
      return done();
    },
    'cdk diff'([, , name = ''], shows) {
      wait(3);
      const isSame =
        JSON.stringify(account.stacks.get(name)?.template) === JSON.stringify(synthesized);
      shows(
        `Stack ${name}\n${isSame ? 'There were no differences' : '[~] AWS::Lambda::Function Publisher/Publish/Function'}\n`,
      );
      return done();
    },
    'cdk destroy'([, , name = ''], shows) {
      wait(300);
      // What the template retains is left behind: the bucket, which is in `versions` and not here.
      account.stacks.delete(name);
      shows(`✅  ${name}: destroyed\n`);
      return done();
    },
    'cdk deploy'(command, shows) {
      wait(240);
      const [, , name = ''] = command;
      const before = account.stacks.get(name);
      const given = command
        .filter((each) => each.startsWith(`${name}:`))
        .map((each) => each.slice(name.length + 1).split('='));
      account.stacks.set(name, {
        parameters: { ...before?.parameters, ...Object.fromEntries(given) },
        outputs: outputsOf(name),
        isProtected: name === 'pressrun-prod',
        template: synthesized,
      });
      shows(`${name} | UPDATE_COMPLETE\n`);
      return done();
    },
  };
  const account: FakeAccount = {
    stages: ourStages,
    stacks: new Map(),
    ran: [],
    refusal: null,
    failing: new Map(),
    code: 'one',
    commandLine: 'built from what is checked out',
    concurrency: 1000,
    unsigned: 401,
    versions: new Map(),
    clock: {
      now: () => new Date(seconds * 1000).toISOString(),
      async sleep(milliseconds) {
        wait(milliseconds / 1000);
      },
    },
    ownCode: async () => account.commandLine,
    async parameters() {
      if (ssm === null) throw new Error('There is no SSM here');
      return ssmParameters(ssm.client);
    },
    async bucket(_region, name) {
      return {
        async deleteSome() {
          wait(1);
          const left = account.versions.get(name);
          if (left === undefined)
            throw new BucketFault('could not be emptied', name, new Error('NoSuchBucket'));
          const gone = Math.min(left, 1000);
          account.versions.set(name, left - gone);
          return gone;
        },
        async remove() {
          if (account.versions.get(name) !== 0)
            throw new BucketFault('could not be deleted', name, new Error('BucketNotEmpty'));
          account.versions.delete(name);
        },
      };
    },
    async open({ stack }) {
      return {
        publisher: ofEpoch({
          parameters: { Epoch: String(stack.epoch) },
          outputs: {},
          isProtected: false,
        }),
        waiting: async () => 0,
        edgeSpeed: 1,
        fetch: account.fetch,
        close: async () => {},
      };
    },
    async run({ command, shows = () => {} }: Program) {
      const line = command.join(' ');
      account.ran.push(line);
      if (account.refusal !== null) return failed(account.refusal);
      const broken = [...account.failing].find(([begins]) => line.startsWith(begins));
      if (broken !== undefined) return failed(broken[1], 1);
      const known = Object.entries(commands).find(([begins]) => line.startsWith(begins));
      if (known === undefined) throw new Error(`Nobody here knows "${line}"`);
      return known[1](command, shows);
    },
    async fetch(input, init) {
      const { hostname, pathname } = new URL(input instanceof Request ? input.url : input);
      if (hostname.endsWith('.sanity.io')) {
        return pathname.includes('/mutate/')
          ? Response.json({}, { status: 403 })
          : Response.json({ documents: [behind?.settings], omitted: [] });
      }
      if (hostname.endsWith('.on.aws')) {
        return new Headers(init?.headers).has('sanity-webhook-signature')
          ? Response.json({ queued: false }, { status: 202 })
          : Response.json({ reason: 'signature-missing' }, { status: account.unsigned });
      }
      const [admits] = [...account.stacks.values()].flatMap(
        ({ parameters }) => parameters['Readers'] ?? [],
      );
      const authorization = new Headers(init?.headers).get('authorization') ?? '';
      if (admits !== undefined && sha256Hex(authorization) !== admits) {
        return new Response('', { status: 401 });
      }
      const path = pathname === '/' ? '/' : (`/${pathname.slice(1)}` as const);
      const key = `public${path === '/' ? '/index.html' : path}`;
      const object = await behind?.publisher.ports.store.get(key);
      return new Response(object?.body === undefined ? 'missing' : new Uint8Array(object.body), {
        status: object == null ? 404 : 200,
        headers: policyFor(path, init),
      });
    },
  };
  return account;
}

/** As CloudFront: the headers of CORS come with answers to requests that have an origin. */
function policyFor(path: `/${string}`, init: RequestInit | undefined): Record<string, string> {
  const isCors = new Headers(init?.headers).has('origin');
  return Object.fromEntries(
    Object.entries(headersFor(path)).filter(
      ([name]) => isCors || !name.startsWith('access-control-'),
    ),
  );
}

function outputsOf(name: string): Readonly<Record<string, string>> {
  return {
    SiteAddress: 'https://d1.cloudfront.net',
    EdgeName: 'd1.cloudfront.net',
    DistributionId: 'E1',
    BucketName: `${name}-sitebucket-1`,
    QueueUrl: `https://sqs.us-east-1.amazonaws.com/1/${name}.fifo`,
    WebhookUrl: 'https://u1.lambda-url.us-east-1.on.aws/',
  };
}

/** As much of a template as tells what draws pages, and how they may look. */
export function templateOf(name: string, code: string, standing: readonly string[]): object {
  const drawing = (which: string) => ({
    Type: 'AWS::Lambda::Function',
    Properties: {
      FunctionName: `${name}-${which}`,
      Code: { S3Key: `${createHash('sha256').update(code).digest('hex')}.zip` },
      Environment: { Variables: { EPOCH: { Ref: 'Epoch' } } },
    },
  });
  const { 'content-security-policy': ContentSecurityPolicy } = headerSetsWith(
    allowedStylesheets(standing),
  ).page;
  const headers = {
    Type: 'AWS::CloudFront::ResponseHeadersPolicy',
    Properties: {
      ResponseHeadersPolicyConfig: {
        SecurityHeadersConfig: { ContentSecurityPolicy: { ContentSecurityPolicy } },
      },
    },
  };
  return {
    Resources: {
      Publish: drawing('publish-briefings'),
      Sweep: drawing('sweep'),
      Headers: headers,
    },
  };
}

function invoked(message: object, failure?: string): Ended {
  const tail = `not all of a first line"}}\n${JSON.stringify({ level: 'INFO', message })}\n`;
  return done(
    JSON.stringify({
      StatusCode: 200,
      ...(failure !== undefined && { FunctionError: failure }),
      LogResult: Buffer.from(tail).toString('base64'),
    }),
  );
}

const done = (out = '') => ({ kind: 'ended', code: 0, out, err: '' }) as const;
const failed = (err: string, code = 254) => ({ kind: 'ended', code, out: '', err }) as const;

function optionOf(command: readonly string[], option: string): string {
  return command[command.indexOf(option) + 1] ?? '';
}

function described(StackName: string, { parameters, outputs, isProtected }: FakeStack): object {
  return {
    StackName,
    StackStatus: 'UPDATE_COMPLETE',
    EnableTerminationProtection: isProtected,
    Parameters: Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({
      ParameterKey,
      ParameterValue,
    })),
    Outputs: Object.entries(outputs).map(([OutputKey, OutputValue]) => ({
      OutputKey,
      OutputValue,
    })),
  };
}
