import {
  CreateBucketCommand,
  HeadBucketCommand,
  PutBucketVersioningCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningS3, startS3 } from '../../local/s3/start-s3.ts';
import { s3Client, s3Store } from '../../src/adapters/s3-store.ts';
import { versionedBucket } from '../../src/adapters/versioned-bucket.ts';

let s3: RunningS3;
let client: S3Client;
beforeAll(async () => {
  s3 = await startS3({
    dataFile: ':memory:',
    credentials: [{ accessKeyId: 'OWNER', secretAccessKey: 'owner-secret', name: 'owner' }],
  });
  client = s3Client({
    endpoint: s3.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'OWNER', secretAccessKey: 'owner-secret' },
  });
});
afterAll(() => s3.close());

it('every version and every delete marker goes before the bucket can', async () => {
  const bucket = 'pressrun-staging-sitebucket-1';
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  await client.send(
    new PutBucketVersioningCommand({
      Bucket: bucket,
      VersioningConfiguration: { Status: 'Enabled' },
    }),
  );
  const store = s3Store({ client, bucket });
  const write = async (key: string, text: string, ifMatch: string | null): Promise<string> => {
    const object = { body: new TextEncoder().encode(text), contentType: 'text/plain' };
    await store.put(key, object, ifMatch === null ? { ifNoneMatch: '*' } : { ifMatch });
    return (await store.head(key))?.etag ?? '';
  };
  const first = await write('public/index.html', 'one', null);
  const second = await write('public/index.html', 'two', first);
  await store.delete('public/index.html', { ifMatch: second });
  await write('state/root', '{}', null);
  const ending = versionedBucket({ client, bucket });

  await expect(ending.remove()).rejects.toMatchObject({
    name: 'BucketFault',
    message: expect.stringMatching(
      /^The bucket pressrun-staging-sitebucket-1 could not be deleted \(BucketNotEmpty: /,
    ),
  });
  // Two versions and a marker of the page, and the root.
  expect(await ending.deleteSome()).toBe(4);
  expect(await ending.deleteSome()).toBe(0);
  await ending.remove();
  await expect(client.send(new HeadBucketCommand({ Bucket: bucket }))).rejects.toMatchObject({
    name: 'NotFound',
  });
});
