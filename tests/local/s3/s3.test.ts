import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { refuseUnconditionalWrites } from '../../../cdk/charter/bucket-policy.ts';
import type { PolicyStatement } from '../../../local/s3/policy.ts';
import { type RunningS3, type S3Options, startS3 } from '../../../local/s3/start-s3.ts';
import { refusal } from '../../conformance/point.ts';

const arn = 'arn:aws:s3:::site';

/** A publisher's role as the stack will write it: it may read and write its own keys, and list. */
const publisher: readonly PolicyStatement[] = [
  {
    Effect: 'Allow',
    Action: ['s3:GetObject*', 's3:PutObject'],
    Resource: [`${arn}/public/*`, `${arn}/state/*`],
  },
  { Effect: 'Allow', Action: 's3:ListBucket', Resource: arn },
];

const options: S3Options = {
  dataFile: ':memory:',
  clock: () => Date.UTC(2026, 2, 9, 12, 0, 0, 250),
  credentials: [
    { accessKeyId: 'OWNER', secretAccessKey: 'secret', name: 'owner' },
    {
      accessKeyId: 'PUBLISHER',
      secretAccessKey: 'secret',
      name: 'publisher',
      statements: publisher,
    },
    {
      accessKeyId: 'READER',
      secretAccessKey: 'secret',
      name: 'reader',
      statements: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: `${arn}/public/*` }],
    },
    {
      accessKeyId: 'LISTER',
      secretAccessKey: 'secret',
      name: 'lister',
      statements: [
        {
          Effect: 'Allow',
          Action: 's3:ListBucket',
          Resource: arn,
          Condition: { StringLike: { 's3:prefix': 'public/*' } },
        },
      ],
    },
  ],
  buckets: [
    {
      name: 'site',
      versioning: true,
      policy: refuseUnconditionalWrites('arn:aws:s3:::site'),
    },
  ],
};

let s3: RunningS3;
let clients: S3Client[];

beforeEach(async () => {
  clients = [];
  s3 = await startS3(options);
});

afterEach(async () => {
  for (const client of clients) client.destroy();
  await s3.close();
});

function as(accessKeyId: string, { maxAttempts = 1 } = {}): S3Client {
  const client = new S3Client({
    endpoint: s3.endpoint,
    region: 'us-east-1',
    forcePathStyle: true,
    maxAttempts,
    credentials: { accessKeyId, secretAccessKey: 'secret' },
  });
  clients.push(client);
  return client;
}

const put = (client: S3Client, key: string, body = 'x', condition: object = { IfNoneMatch: '*' }) =>
  client.send(new PutObjectCommand({ Bucket: 'site', Key: key, Body: body, ...condition }));

const get = async (client: S3Client, key: string) => {
  const { Body } = await client.send(new GetObjectCommand({ Bucket: 'site', Key: key }));
  return Body?.transformToString();
};

/** How a call ended: the error's name and status, or its answer's status. */
async function ended(call: Promise<object>): Promise<string> {
  try {
    const answer = await call;
    return `done ${'$metadata' in answer ? JSON.stringify(Object(answer.$metadata).httpStatusCode) : ''}`;
  } catch (error) {
    const { name } = error instanceof Error ? error : { name: 'unknown' };
    return name;
  }
}

describe('permissions', () => {
  it('let a role do what its statements say, and nothing beside', async () => {
    const client = as('PUBLISHER');
    expect({
      'write a page': await ended(put(client, 'public/index.html')),
      'write the root': await ended(put(client, 'state/root')),
      'write elsewhere': await ended(put(client, 'private/a')),
      'delete a page': await ended(
        client.send(new DeleteObjectCommand({ Bucket: 'site', Key: 'public/index.html' })),
      ),
      list: await ended(client.send(new ListObjectsV2Command({ Bucket: 'site' }))),
      'list versions': await ended(client.send(new ListObjectVersionsCommand({ Bucket: 'site' }))),
    }).toEqual({
      'write a page': 'done 200',
      'write the root': 'done 200',
      'write elsewhere': 'AccessDenied',
      'delete a page': 'AccessDenied',
      list: 'done 200',
      'list versions': 'AccessDenied',
    });
  });

  it('refuse a blind write to everybody, the owner too, but not a conditional one', async () => {
    const owner = as('OWNER');
    expect([
      await ended(put(owner, 'public/index.html', 'blind', {})),
      await ended(put(owner, 'public/index.html', 'first')),
      await ended(put(owner, 'public/index.html', 'second', {})),
      await ended(put(owner, 'elsewhere', 'blind', {})),
    ]).toEqual(['AccessDenied', 'done 200', 'AccessDenied', 'done 200']);
    expect(await get(owner, 'public/index.html')).toBe('first');
  });

  it('admit that a key is missing only to who may list', async () => {
    const missing = (accessKeyId: string) => get(as(accessKeyId), 'public/none').catch(String);
    const head = async (accessKeyId: string) => {
      const key = { Bucket: 'site', Key: 'public/none' };
      return (await refusal(as(accessKeyId).send(new HeadObjectCommand(key)))).status;
    };
    expect([await missing('PUBLISHER'), await head('PUBLISHER')]).toEqual([
      'NoSuchKey: The specified key does not exist.',
      404,
    ]);
    expect([await missing('READER'), await head('READER')]).toEqual([
      'AccessDenied: Access Denied',
      403,
    ]);
  });

  it('hold a list to the prefix a condition names', async () => {
    const list = (Prefix?: string) =>
      ended(as('LISTER').send(new ListObjectsV2Command({ Bucket: 'site', Prefix })));
    expect([await list('public/people/'), await list('state/'), await list()]).toEqual([
      'done 200',
      'AccessDenied',
      'AccessDenied',
    ]);
  });
});

describe('faults', () => {
  it('strike the operations and keys they are meant for, as often as they should', async () => {
    const client = as('PUBLISHER');
    s3.faults.inject({
      kind: 'unavailable',
      operations: ['PutObject'],
      keyPrefix: 'public/',
      times: 2,
    });
    expect([
      await ended(put(client, 'state/a')),
      await ended(put(client, 'public/a')),
      await ended(put(client, 'public/a')),
      await ended(put(client, 'public/a')),
    ]).toEqual(['done 200', 'SlowDown', 'SlowDown', 'done 200']);
  });

  it('withhold an answer after the effect: the retry of the SDK meets its own write', async () => {
    s3.faults.inject({ kind: 'answer-lost', operations: ['PutObject'], times: 1 });
    expect(await ended(put(as('PUBLISHER', { maxAttempts: 2 }), 'state/root', 'mine'))).toBe(
      'PreconditionFailed',
    );
    expect(await get(as('PUBLISHER'), 'state/root')).toBe('mine');
  });

  it('report a conflict on conditional writes alone', async () => {
    s3.faults.inject({ kind: 'conflict' });
    expect([
      await ended(put(as('OWNER'), 'public/a')),
      await ended(put(as('OWNER'), 'elsewhere', 'x', {})),
    ]).toEqual(['ConditionalRequestConflict', 'done 200']);
  });

  it('let a slow write take effect after its writer has gone', async () => {
    await s3.close();
    let release = () => {};
    const arrived = Promise.withResolvers<number>();
    s3 = await startS3({
      ...options,
      wait: (milliseconds) => {
        arrived.resolve(milliseconds);
        return new Promise<void>((resolve) => {
          release = resolve;
        });
      },
    });
    s3.faults.inject({ kind: 'slow', milliseconds: 60_000, times: 1 });
    const writer = new AbortController();
    const write = as('PUBLISHER').send(
      new PutObjectCommand({ Bucket: 'site', Key: 'state/zombie', Body: 'late', IfNoneMatch: '*' }),
      { abortSignal: writer.signal },
    );
    expect(await arrived.promise).toBe(60_000);
    writer.abort();
    expect(await ended(write)).toBe('AbortError');
    expect(await ended(get(as('PUBLISHER'), 'state/zombie').then(Object))).toBe('NoSuchKey');
    release();
    await expect.poll(() => get(as('PUBLISHER'), 'state/zombie').catch(String)).toBe('late');
  });
});

describe('delays', () => {
  it('put off each operation by what it takes, and never one for another', async () => {
    await s3.close();
    const waited: number[] = [];
    const delays: Readonly<Record<string, number>> = { GetObject: 20, PutObject: 30 };
    s3 = await startS3({
      ...options,
      delay: (operation) => delays[operation] ?? 0,
      wait: async (milliseconds) => void waited.push(milliseconds),
    });
    await put(as('OWNER'), 'public/a');
    await get(as('OWNER'), 'public/a');
    await as('OWNER').send(new HeadObjectCommand({ Bucket: 'site', Key: 'public/a' }));
    expect(waited).toEqual([30, 20]);
  });
});

describe('what is stored', () => {
  it('has the date of the clock, in whole seconds where HTTP has no more', async () => {
    await put(as('PUBLISHER'), 'state/root');
    const { LastModified } = await as('PUBLISHER').send(
      new HeadObjectCommand({ Bucket: 'site', Key: 'state/root' }),
    );
    expect(LastModified?.toISOString()).toBe('2026-03-09T12:00:00.000Z');
  });

  it('is there again after a restart, versions and policy included', async () => {
    const folder = await mkdtemp(join(tmpdir(), 's3-'));
    const dataFile = join(folder, 's3.sqlite');
    await s3.close();
    s3 = await startS3({ ...options, dataFile });
    const { ETag: first } = await put(as('PUBLISHER'), 'state/root', 'first');
    await put(as('PUBLISHER'), 'state/root', 'second', { IfMatch: first });
    await s3.close();
    s3 = await startS3({ ...options, dataFile, buckets: [] });
    const { Versions } = await as('OWNER').send(new ListObjectVersionsCommand({ Bucket: 'site' }));
    expect([
      await get(as('PUBLISHER'), 'state/root'),
      Versions?.length,
      await ended(put(as('PUBLISHER'), 'state/root', 'blind', {})),
    ]).toEqual(['second', 2, 'AccessDenied']);
    await rm(folder, { recursive: true });
  });

  it('is listed version by version, over pages', async () => {
    const owner = as('OWNER');
    for (const key of ['elsewhere/a', 'elsewhere/b']) {
      for (const body of ['1', '2', '3']) await put(owner, key, body, {});
    }
    const seen: string[] = [];
    let marker: { KeyMarker?: string; VersionIdMarker?: string } = {};
    for (let isLast = false; !isLast;) {
      const page = await owner.send(
        new ListObjectVersionsCommand({ Bucket: 'site', MaxKeys: 4, ...marker }),
      );
      seen.push(...(page.Versions ?? []).map(({ Key, IsLatest }) => `${Key} ${IsLatest}`));
      isLast = page.IsTruncated !== true;
      marker = {
        ...(page.NextKeyMarker !== undefined && { KeyMarker: page.NextKeyMarker }),
        ...(page.NextVersionIdMarker !== undefined && {
          VersionIdMarker: page.NextVersionIdMarker,
        }),
      };
    }
    expect(seen).toEqual([
      'elsewhere/a true',
      'elsewhere/a false',
      'elsewhere/a false',
      'elsewhere/b true',
      'elsewhere/b false',
      'elsewhere/b false',
    ]);
  });
});

it('says which port is taken', async () => {
  const port = Number(new URL(s3.endpoint).port);
  await expect(startS3({ ...options, port })).rejects.toThrow(
    `Port ${port} is taken by another program; stop it or choose another port`,
  );
});
