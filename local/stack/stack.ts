import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { asynchronous, type Started } from '../../cdk/charter/asynchronous.ts';
import { bucketPolicy } from '../../cdk/charter/bucket-policy.ts';
import { type FunctionName, functionNames, limits } from '../../cdk/charter/functions.ts';
import { queueRules } from '../../cdk/charter/queues.ts';
import { cacheTagHeader } from '../../src/site/cache-tags.ts';
import { headersFor, removedHeaders } from '../../src/site/security-headers.ts';
import { distributionArn, startInvalidationApi } from '../edge/invalidation-api.ts';
import { startEdge } from '../edge/start-edge.ts';
import { s3Origin } from '../edge/origin.ts';
import { sendEvent } from '../functions/asynchronous-event.ts';
import { startFunctionHost, type FunctionHost } from '../functions/function-host.ts';
import { startFunctionSchedule } from '../functions/function-schedule.ts';
import { startFunctionUrl } from '../functions/function-url.ts';
import type { FunctionDefinition, FunctionLog, Invocation } from '../functions/invocation.ts';
import { startQueueMapping } from '../functions/queue-mapping.ts';
import { startLake, type FaultRequest, type ImportOutcome } from '../lake/lake.ts';
import { type RunningS3, startS3 } from '../s3/start-s3.ts';
import { startStudio, type RunningStudio } from '../studio/start-studio.ts';
import { account, queueArn, region } from '../sqs/queue-table.ts';
import { startSqs } from '../sqs/start-sqs.ts';
import { defaultPurge, functionDefinitions, type PurgeSetting } from './functions.ts';
import { startControlServer } from './control-server.ts';
import { createLimits, type LimitsInForce, type LimitsRequest } from './limits.ts';
import { anyPorts, onPort, type Ports } from './ports.ts';
import { queueAttributes } from './queues.ts';
import { credentialsOf } from './roles.ts';
import { freshSecrets, keptSecrets } from './secrets.ts';
import { dropCutOffMessages } from './cut-off.ts';
import { watchTheWay, type Underway } from './settled.ts';
import type { StackFile } from './stack-file.ts';
import { webhookOf } from './webhook.ts';

export interface StackOptions {
  /** The folder with the bundles of the functions, one folder each. */
  readonly bundles: string;
  /** Any free ones when absent. */
  readonly ports?: Ports;
  /** Where everything is kept, secrets included; in memory when absent. */
  readonly dataDirectory?: string;
  /**
   * How many times faster time passes at the edge. A page is fresh for a minute and stale for half a
   * minute more; at 60, the default, an edit is seen within a second and a half.
   */
  readonly edgeSpeed?: number;
  /** Whether a publish asks the edge to forget, and how it names what; `off` when absent. */
  readonly purge?: PurgeSetting;
  readonly sweepEverySeconds?: number;
  /** How slow the services are, and how much of a processor functions have; nothing of it when absent. */
  readonly limits?: LimitsRequest;
  /** The folder with the Studio, built or about to be; without it there is none. */
  readonly studio?: string;
  /** Further people who may log in to it. */
  readonly editors?: readonly { readonly name: string; readonly token: string }[];
  /** Changes a function's limits or environment, to measure what they are good for. */
  readonly tune?: (definition: FunctionDefinition) => FunctionDefinition;
  /** Every line of the functions, and of the host about them. */
  readonly log?: (line: FunctionLog) => void;
  /** Told what is being started. */
  readonly onProgress?: (what: string) => void;
}

export interface Stack {
  /** Addresses, tokens and secrets: what `.local/stack.json` holds. */
  readonly file: StackFile;
  /** How many documents and assets there are in the lake. */
  isEmpty(): Promise<boolean>;
  seed(ndjsonPath: string): Promise<ImportOutcome>;
  setFaults(faults: FaultRequest): void;
  /** Replaces the limits; what is left out is off. Throws a sentence for what cannot be read. */
  setLimits(limits: LimitsRequest): LimitsInForce;
  /** The switches of the bucket's faults. */
  readonly s3Faults: RunningS3['faults'];
  /** Kills the processes of a function that are at work (`kill -9`). Resolves to how many there were. */
  kill(name: FunctionName): Promise<number>;
  /** Runs a function once, as its schedule would: after whoever is at it, if need be. */
  invoke(name: FunctionName, event?: unknown): Promise<Invocation>;
  /**
   * Resolves when every webhook is delivered, the queue is empty and no release or fan-out is under
   * way. Rejects, saying what is still pending, after `withinSeconds` (60).
   */
  settled(withinSeconds?: number): Promise<void>;
  /** What is on its way right now. */
  underway(): Promise<Underway>;
  close(): Promise<void>;
}

export const projectId = 'localdev';
export const dataset = 'production';
const bucket = 'pressrun-local';
const queue = 'publish.fifo';
const deadLetters = 'publish-dead.fifo';
const tagAuthority = 'localhost,2026';
const distributionId = 'LOCALEDGE';

/**
 * The whole of Pressrun on this machine, in this process and the functions' own: content lake, webhook,
 * queue, functions, bucket and edge, joined as a deployment joins them. Fails, naming it, when a port is
 * taken; nothing is left running then.
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const closing: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const end of closing.splice(0).toReversed()) await end();
  };
  try {
    return await compose(options, (end) => void closing.push(end), close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function compose(
  options: StackOptions,
  onClose: (end: () => Promise<unknown>) => void,
  close: () => Promise<void>,
): Promise<Stack> {
  const {
    dataDirectory,
    ports = anyPorts,
    edgeSpeed = 60,
    purge = defaultPurge,
    onProgress = () => {},
  } = options;
  const log = options.log ?? (() => {});
  if (dataDirectory !== undefined) mkdirSync(dataDirectory, { recursive: true });
  const fileOf = (name: string) =>
    dataDirectory === undefined ? ':memory:' : join(dataDirectory, name);
  const secrets = dataDirectory === undefined ? freshSecrets() : keptSecrets(dataDirectory);
  const places = {
    bucketArn: `arn:aws:s3:::${bucket}`,
    queueArn: queueArn(queue),
    distributionArn: distributionArn(distributionId),
  };
  const credentials = credentialsOf(secrets, { ...places, purge });
  const switches = createLimits(options.limits);

  onProgress('S3');
  const s3 = await onPort('s3', ports.s3, () =>
    startS3({
      port: ports.s3,
      dataFile: fileOf('s3.sqlite'),
      credentials,
      delay: switches.delays.s3,
      buckets: [
        {
          name: bucket,
          versioning: true,
          policy: bucketPolicy(places),
        },
      ],
    }),
  );
  onClose(() => s3.close());

  onProgress('SQS');
  const sqs = await onPort('sqs', ports.sqs, () =>
    startSqs({
      port: ports.sqs,
      dataFile: fileOf('sqs.sqlite'),
      credentials,
      delay: switches.delays.queue,
      queues: queueAttributes({ queue, deadLetters }),
    }),
  );
  onClose(() => sqs.close());

  onProgress('site');
  const edgeClient = s3ClientFor(s3.endpoint, secrets.aws.edge);
  onClose(async () => edgeClient.destroy());
  const edgeStart = Date.now();
  const edge = await onPort('site', ports.site, () =>
    startEdge({
      port: ports.site,
      origin: s3Origin({ client: edgeClient, bucket }),
      headers: headersFor,
      removed: removedHeaders,
      // As the template: a stage that does not purge by tag has no tags at its edge.
      tagHeader: purge === 'tags' ? cacheTagHeader : null,
      clock: () => edgeStart + (Date.now() - edgeStart) * edgeSpeed,
      onDenied: (path) =>
        log({ functionName: 'edge', source: 'platform', text: `The bucket refused ${path}` }),
    }),
  );
  onClose(() => edge.close());
  const invalidations = await startInvalidationApi({
    distributionId,
    credentials,
    invalidate: (invalidation) => edge.invalidate(invalidation),
  });
  onClose(() => invalidations.close());

  // The lake rings the functions and the functions read the lake: the address comes first, and who
  // answers there is known a moment later.
  onProgress('functions');
  const later = Promise.withResolvers<FunctionHost>();
  // A failure before that moment is told by whatever failed.
  later.promise.catch(() => {});
  const doorbell = await onPort('functions', ports.functions, () =>
    startFunctionUrl({
      host: { invoke: async (...asked) => (await later.promise).invoke(...asked) },
      functionName: 'receive-webhook' satisfies FunctionName,
      port: ports.functions,
    }),
  );
  onClose(() => doorbell.close());

  onProgress('content lake');
  const lake = await onPort('lake', ports.lake, () =>
    startLake({
      port: ports.lake,
      projectId,
      datasets: [dataset],
      tokens: secrets.lake,
      editors: options.editors ?? [],
      delay: switches.delays.lake,
      ...(dataDirectory !== undefined && { dataDirectory: join(dataDirectory, 'lake') }),
      webhooks: [webhookOf({ url: doorbell.endpoint, secret: secrets.webhook, dataset })],
    }),
  );
  onClose(() => lake.close());

  let studio: RunningStudio | undefined;
  const { studio: folder } = options;
  if (folder !== undefined) {
    onProgress('Studio');
    const running = await onPort('studio', ports.studio, () =>
      startStudio({
        port: ports.studio,
        folder,
        stage: {
          projectId,
          dataset,
          lakeUrl: lake.url,
          siteUrl: edge.endpoint,
          baseUrl: edge.endpoint,
          tagAuthority,
        },
      }),
    );
    onClose(() => running.close());
    for (const origin of running.origins) lake.serveStudio(origin);
    studio = running;
  }

  const host = startFunctionHost({
    functions: functionDefinitions({
      bundles: options.bundles,
      secrets,
      surroundings: {
        lakeUrl: `http://127.0.0.1:${lake.port}`,
        projectId,
        dataset,
        s3Endpoint: s3.endpoint,
        bucket,
        sqsEndpoint: sqs.endpoint,
        queueUrl: sqs.queueUrl(queue),
        baseUrl: edge.endpoint,
        tagAuthority,
        epoch: 1,
        purge,
        cloudfrontEndpoint: invalidations.endpoint,
        distributionId,
      },
    }).map(options.tune ?? ((definition) => definition)),
    log,
    hasShareOnly: () => switches.current().processor,
  });
  onClose(() => host.close());
  later.resolve(host);
  const control = await startControlServer({
    host,
    functionNames,
    limits: switches,
    token: secrets.invoke,
  });
  onClose(() => control.close());

  const operator = {
    s3: s3ClientFor(s3.endpoint, secrets.aws.operator),
    sqs: sqsClientFor(sqs.endpoint, secrets.aws.operator),
  };
  onClose(async () => {
    operator.s3.destroy();
    operator.sqs.destroy();
  });
  if (dataDirectory !== undefined) {
    const isCut = await dropCutOffMessages(operator.sqs, sqs.queueUrl(queue));
    if (isCut) {
      onProgress('finishing what was cut off');
      await host.invoke('sweep' satisfies FunctionName, { sweep: 'reconcile' });
    }
  }

  // Lambda polls under the role of the function it calls.
  const pollClient = sqsClientFor(sqs.endpoint, secrets.aws.publisher);
  onClose(async () => pollClient.destroy());
  const mapping = startQueueMapping({
    host,
    functionName: 'publish-briefings' satisfies FunctionName,
    client: pollClient,
    queueUrl: sqs.queueUrl(queue),
    queueArn: sqs.queueArn(queue),
    batchSize: queueRules.batch,
    concurrency: limits['publish-briefings'].concurrency,
    log,
  });
  onClose(() => mapping.close());
  const every = options.sweepEverySeconds ?? 60;
  for (const [everySeconds, sweep] of [
    [every, 'due'],
    [every * 15, 'reconcile'],
  ] as const) {
    const schedule = startFunctionSchedule({
      host,
      functionName: 'sweep' satisfies FunctionName,
      everySeconds,
      event: { sweep },
      maxAgeSeconds: asynchronous.sweep.maxEventAgeMinutes * 60,
      log,
    });
    onClose(() => schedule.close());
  }

  const onItsWay = watchTheWay({
    ...operator,
    lake,
    bucket,
    queueUrl: sqs.queueUrl(queue),
    deadLettersUrl: sqs.queueUrl(deadLetters),
  });

  return {
    file: {
      version: 1,
      pid: process.pid,
      site: { url: edge.endpoint, edgeSpeed, purge },
      studio: studio === undefined ? null : { url: studio.url },
      stage: { baseUrl: edge.endpoint, tagAuthority, epoch: 1 },
      lake: { url: lake.url, projectId, dataset, tokens: secrets.lake },
      s3: { endpoint: s3.endpoint, region, bucket, ...secrets.aws.operator },
      sqs: {
        endpoint: sqs.endpoint,
        region,
        account,
        queueUrl: sqs.queueUrl(queue),
        deadLettersUrl: sqs.queueUrl(deadLetters),
        ...secrets.aws.operator,
      },
      functions: {
        webhookUrl: doorbell.endpoint,
        invokeUrl: `${control.endpoint}/2015-03-31/functions/{name}/invocations`,
        limitsUrl: `${control.endpoint}/limits`,
        invokeToken: secrets.invoke,
      },
      webhook: { id: 'publish-briefings', secret: secrets.webhook },
    },
    isEmpty: () => isLakeEmpty(lake),
    seed: (path) => lake.seed(path),
    setFaults: (faults) => lake.setFaults(faults),
    setLimits: (asked) => switches.set(asked),
    s3Faults: s3.faults,
    kill: (name) => host.kill(name),
    invoke: (name, event = {}) =>
      isStarted(name)
        ? sendEvent({
            host,
            functionName: name,
            event,
            maxAgeSeconds: asynchronous[name].maxEventAgeMinutes * 60,
          })
        : host.invoke(name, event),
    settled: (withinSeconds) => onItsWay.settled(withinSeconds),
    underway: () => onItsWay.underway(),
    close,
  };
}

/** Whether a function is one that schedules start. */
const isStarted = (name: FunctionName): name is Started => Object.hasOwn(asynchronous, name);

type Key = { readonly accessKeyId: string; readonly secretAccessKey: string };

function s3ClientFor(endpoint: string, credentials: Key): S3Client {
  return new S3Client({ endpoint, region, credentials, forcePathStyle: true });
}

function sqsClientFor(endpoint: string, credentials: Key): SQSClient {
  return new SQSClient({ endpoint, region, credentials });
}

async function isLakeEmpty(lake: { url: string; tokens: { editor: string } }): Promise<boolean> {
  const address = `${lake.url}/v2025-02-19/data/query/${dataset}?query=${encodeURIComponent('count(*)')}&perspective=raw`;
  const answer = await fetch(address, {
    headers: { authorization: `Bearer ${lake.tokens.editor}` },
  });
  const body: unknown = await answer.json();
  return typeof body === 'object' && body !== null && 'result' in body && body.result === 0;
}
