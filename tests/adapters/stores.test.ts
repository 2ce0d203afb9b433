import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CreateBucketCommand, type S3Client } from '@aws-sdk/client-s3';
import { type RunningS3, startS3 } from '../../local/s3/start-s3.ts';
import { s3Client, s3Store, StoreFault } from '../../src/adapters/s3-store.ts';
import { memoryStore } from '../fakes/memory-store.ts';
import { storeContract } from './store-contract.ts';

let s3: RunningS3;
let client: S3Client;
let buckets = 0;

beforeAll(async () => {
  s3 = await startS3({
    dataFile: ':memory:',
    credentials: [
      { accessKeyId: 'OWNER', secretAccessKey: 'owner-secret', name: 'owner' },
      {
        accessKeyId: 'READER',
        secretAccessKey: 'reader-secret',
        name: 'reader',
        statements: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }],
      },
    ],
  });
  client = clientOf('OWNER', 'owner-secret');
});
afterAll(() => s3.close());

function clientOf(accessKeyId: string, secretAccessKey: string): S3Client {
  return s3Client({
    endpoint: s3.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId, secretAccessKey },
  });
}

async function emptyBucket(): Promise<string> {
  const bucket = `bucket-${(buckets += 1)}`;
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  return bucket;
}

storeContract('memory', async () => memoryStore({ now: () => '2026-03-01T12:00:00.000Z' }));
storeContract('S3', async () => s3Store({ client, bucket: await emptyBucket() }));

const object = { body: new TextEncoder().encode('one'), contentType: 'text/plain' };
const absent = { ifNoneMatch: '*' } as const;

describe('S3 on a bad day', () => {
  it('is tried again through 503 and 500', async () => {
    const store = s3Store({ client, bucket: await emptyBucket() });
    s3.faults.inject({ kind: 'unavailable', operations: ['PutObject'], times: 1 });
    s3.faults.inject({ kind: 'broken', operations: ['GetObject'], times: 1 });
    expect(await store.put('public/a', object, absent)).toMatchObject({ kind: 'stored' });
    expect(await store.get('public/a')).toMatchObject({ contentType: 'text/plain' });
  });

  it('says that something is there when the answer to the first try was lost', async () => {
    const store = s3Store({ client, bucket: await emptyBucket() });
    s3.faults.inject({ kind: 'answer-lost', operations: ['PutObject'], times: 1 });
    expect(await store.put('public/a', object, absent)).toEqual({ kind: 'precondition-failed' });
    expect(await store.head('public/a')).not.toBeNull();
  });

  it('says so when another conditional write is under way', async () => {
    const store = s3Store({ client, bucket: await emptyBucket() });
    s3.faults.inject({ kind: 'conflict', operations: ['PutObject'], times: 1 });
    expect(await store.put('public/a', object, absent)).toEqual({ kind: 'conflict' });
  });

  it('names key and status when it stays down, and nothing of the object', async () => {
    const store = s3Store({ client, bucket: await emptyBucket() });
    const withdraw = s3.faults.inject({ kind: 'unavailable' });
    const failure: unknown = await store
      .put('public/a', object, absent)
      .catch((error: unknown) => error);
    withdraw();
    expect(failure).toBeInstanceOf(StoreFault);
    expect(failure).toMatchObject({
      message: 'PUT public/a was answered 503 (SlowDown)',
      key: 'public/a',
      status: 503,
    });
  });

  it('does not take a refusal for absence', async () => {
    const bucket = await emptyBucket();
    const store = s3Store({ client: clientOf('READER', 'reader-secret'), bucket });
    await expect(store.get('public/none')).rejects.toThrow(
      'GET public/none was answered 403 (AccessDenied); for a key that is missing, the role must be allowed to list the bucket',
    );
  });

  it('does not take a bucket that is not there for an object that is not', async () => {
    const store = s3Store({ client, bucket: 'no-such-bucket' });
    await expect(store.get('public/a')).rejects.toThrow('404 (NoSuchBucket)');
    await expect(store.put('public/a', object, { ifMatch: 'x' })).rejects.toThrow(
      '404 (NoSuchBucket)',
    );
  });
});
