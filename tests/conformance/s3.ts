import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  type GetObjectCommandInput,
  GetObjectTaggingCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { type Endpoint, type Point, refusal, runPoints, type Verdict } from './point.ts';

/** Runs the suite against any S3 endpoint; it makes buckets named `conformance-…` and leaves them. */
export async function runS3(at: Endpoint): Promise<Verdict[]> {
  const subject = await openSubject(at);
  try {
    return await runPoints(s3Points, subject);
  } finally {
    subject.close();
  }
}

interface Subject {
  readonly at: Endpoint;
  readonly client: S3Client;
  readonly bucket: string;
  put(
    key: string,
    body: string | Uint8Array,
    more?: Partial<PutObjectCommandInput>,
  ): Promise<string>;
  get(key: string, more?: Partial<GetObjectCommandInput>): Promise<string>;
  newBucket(): Promise<string>;
  clientWith(credentials: Partial<Endpoint>): S3Client;
  close(): void;
}

async function openSubject(at: Endpoint): Promise<Subject> {
  const clients: S3Client[] = [];
  const clientWith = (credentials: Partial<Endpoint>) => {
    const {
      endpoint,
      region = 'us-east-1',
      accessKeyId,
      secretAccessKey,
    } = { ...at, ...credentials };
    const made = new S3Client({
      endpoint,
      region,
      forcePathStyle: true,
      maxAttempts: 1,
      // The SDK warns of every stream, whatever its length.
      logger: silent,
      credentials: { accessKeyId, secretAccessKey },
    });
    clients.push(made);
    return made;
  };
  const client = clientWith({});
  const newBucket = async () => {
    const name = `conformance-${randomUUID()}`;
    await client.send(new CreateBucketCommand({ Bucket: name }));
    return name;
  };
  const bucket = await newBucket();
  return {
    at,
    client,
    bucket,
    newBucket,
    clientWith,
    async put(key, body, more = {}) {
      const answer = await client.send(
        new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ...more }),
      );
      return answer.ETag ?? '';
    },
    async get(key, more = {}) {
      const answer = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key, ...more }));
      return (await answer.Body?.transformToString()) ?? '';
    },
    close() {
      for (const made of clients) made.destroy();
    },
  };
}

const silent = { trace() {}, debug() {}, info() {}, warn() {}, error() {} };

const md5 = (body: string | Uint8Array) => createHash('md5').update(body).digest('hex');

const listKeys = async (s: Subject, more: object): Promise<string[]> => {
  const { Contents = [] } = await s.client.send(
    new ListObjectsV2Command({ Bucket: s.bucket, ...more }),
  );
  return Contents.map((object) => object.Key ?? '');
};

/** What publishing, the edge and the tools rely on, point by point. */
const s3Points: readonly Point<Subject>[] = [
  {
    name: 'put and get return the same bytes',
    async check(s) {
      const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => (index * 7) % 256);
      await s.put('bytes/all', bytes);
      const { Body } = await s.client.send(
        new GetObjectCommand({ Bucket: s.bucket, Key: 'bytes/all' }),
      );
      assert.deepEqual(await Body?.transformToByteArray(), bytes);
    },
  },
  {
    name: 'the ETag of a put is the MD5 of the bytes, in quotes',
    async check(s) {
      assert.equal(await s.put('etag/a', 'hello'), `"${md5('hello')}"`);
      const head = await s.client.send(new HeadObjectCommand({ Bucket: s.bucket, Key: 'etag/a' }));
      assert.equal(head.ETag, `"${md5('hello')}"`);
    },
  },
  {
    name: 'content type, cache rule, encoding and disposition are kept',
    async check(s) {
      const kept = {
        ContentType: 'text/html; charset=utf-8',
        CacheControl: 'public, max-age=0, s-maxage=60',
        ContentEncoding: 'br',
        ContentDisposition: 'inline',
        ContentLanguage: 'ar',
      };
      await s.put('headers/a', 'x', kept);
      const { ContentType, CacheControl, ContentEncoding, ContentDisposition, ContentLanguage } =
        await s.client.send(new GetObjectCommand({ Bucket: s.bucket, Key: 'headers/a' }));
      assert.deepEqual(
        { ContentType, CacheControl, ContentEncoding, ContentDisposition, ContentLanguage },
        kept,
      );
    },
  },
  {
    name: 'user metadata is kept',
    async check(s) {
      const Metadata = { status: '301', location: '/briefings/ada/' };
      await s.put('metadata/a', 'x', { Metadata });
      const head = await s.client.send(
        new HeadObjectCommand({ Bucket: s.bucket, Key: 'metadata/a' }),
      );
      assert.deepEqual(head.Metadata, Metadata);
    },
  },
  {
    name: 'an empty object is an object',
    async check(s) {
      assert.equal(await s.put('empty/a', ''), `"${md5('')}"`);
      assert.equal(await s.get('empty/a'), '');
    },
  },
  {
    name: 'GET of a missing key is 404 NoSuchKey',
    async check(s) {
      assert.deepEqual(await refusal(s.get('missing/a')), { name: 'NoSuchKey', status: 404 });
    },
  },
  {
    name: 'HEAD of a missing key is 404',
    async check(s) {
      const head = s.client.send(new HeadObjectCommand({ Bucket: s.bucket, Key: 'missing/b' }));
      assert.equal((await refusal(head)).status, 404);
    },
  },
  {
    name: 'a missing bucket is 404 NoSuchBucket',
    async check(s) {
      const call = s.get('a', { Bucket: `conformance-none-${randomUUID()}` });
      assert.deepEqual(await refusal(call), { name: 'NoSuchBucket', status: 404 });
    },
  },
  {
    name: 'a read after an overwrite sees the new bytes',
    async check(s) {
      for (let version = 0; version < 20; version += 1) {
        await s.put('overwrite/a', `version ${version}`);
        assert.equal(await s.get('overwrite/a'), `version ${version}`);
      }
    },
  },
  {
    name: 'If-None-Match: * creates a key that is not there',
    async check(s) {
      await s.put('create/a', 'x', { IfNoneMatch: '*' });
      assert.equal(await s.get('create/a'), 'x');
    },
  },
  {
    name: 'If-None-Match: * on a key that is there is 412 and changes nothing',
    async check(s) {
      await s.put('create/b', 'first');
      const second = await refusal(s.put('create/b', 'second', { IfNoneMatch: '*' }));
      assert.deepEqual(second, { name: 'PreconditionFailed', status: 412 });
      assert.equal(await s.get('create/b'), 'first');
    },
  },
  {
    name: 'of twenty who create a key at once one wins',
    async check(s) {
      await race(
        (racer) => s.put('create/race', racer, { IfNoneMatch: '*' }),
        () => s.get('create/race'),
      );
    },
  },
  {
    name: 'If-Match with the current ETag replaces',
    async check(s) {
      const IfMatch = await s.put('swap/a', 'first');
      await s.put('swap/a', 'second', { IfMatch });
      assert.equal(await s.get('swap/a'), 'second');
    },
  },
  {
    name: 'If-Match with an older ETag is 412 and changes nothing',
    async check(s) {
      const IfMatch = await s.put('swap/b', 'first');
      await s.put('swap/b', 'second');
      assert.deepEqual(await refusal(s.put('swap/b', 'third', { IfMatch })), {
        name: 'PreconditionFailed',
        status: 412,
      });
      assert.equal(await s.get('swap/b'), 'second');
    },
  },
  {
    name: 'If-Match on a missing key is 404',
    async check(s) {
      const IfMatch = `"${md5('x')}"`;
      assert.equal((await refusal(s.put('swap/none', 'x', { IfMatch }))).status, 404);
      assert.equal((await refusal(s.get('swap/none'))).status, 404);
    },
  },
  {
    name: 'of twenty who replace the same ETag at once one wins',
    async check(s) {
      const IfMatch = await s.put('swap/race', 'start');
      await race(
        (racer) => s.put('swap/race', racer, { IfMatch }),
        () => s.get('swap/race'),
      );
    },
  },
  {
    name: 'DELETE with an older ETag is 412 and deletes nothing',
    async check(s) {
      const IfMatch = await s.put('delete/a', 'first');
      await s.put('delete/a', 'second');
      const call = s.client.send(
        new DeleteObjectCommand({ Bucket: s.bucket, Key: 'delete/a', IfMatch }),
      );
      assert.equal((await refusal(call)).status, 412);
      assert.equal(await s.get('delete/a'), 'second');
    },
  },
  {
    name: 'DELETE with the current ETag deletes',
    async check(s) {
      const IfMatch = await s.put('delete/b', 'x');
      await s.client.send(new DeleteObjectCommand({ Bucket: s.bucket, Key: 'delete/b', IfMatch }));
      assert.equal((await refusal(s.get('delete/b'))).status, 404);
    },
  },
  {
    name: 'DELETE of a missing key succeeds',
    async check(s) {
      const answer = await s.client.send(
        new DeleteObjectCommand({ Bucket: s.bucket, Key: 'delete/none' }),
      );
      assert.equal(answer.$metadata.httpStatusCode, 204);
    },
  },
  {
    name: 'GET with If-None-Match of the current ETag is 304',
    async check(s) {
      const IfNoneMatch = await s.put('read/a', 'x');
      assert.equal((await refusal(s.get('read/a', { IfNoneMatch }))).status, 304);
      assert.equal(await s.get('read/a', { IfNoneMatch: '"other"' }), 'x');
    },
  },
  {
    name: 'GET with If-Match of an older ETag is 412',
    async check(s) {
      const IfMatch = await s.put('read/b', 'first');
      assert.equal(await s.get('read/b', { IfMatch }), 'first');
      await s.put('read/b', 'second');
      assert.equal((await refusal(s.get('read/b', { IfMatch }))).status, 412);
    },
  },
  {
    name: 'GET minds If-Modified-Since and If-Unmodified-Since',
    async check(s) {
      await s.put('read/c', 'x');
      const before = new Date(Date.now() - 3_600_000);
      const { LastModified } = await s.client.send(
        new HeadObjectCommand({ Bucket: s.bucket, Key: 'read/c' }),
      );
      assert.equal((await refusal(s.get('read/c', { IfModifiedSince: LastModified }))).status, 304);
      assert.equal((await refusal(s.get('read/c', { IfUnmodifiedSince: before }))).status, 412);
      assert.equal(await s.get('read/c', { IfModifiedSince: before }), 'x');
    },
  },
  {
    name: 'ranges from the start, in the middle and from the end',
    async check(s) {
      await s.put('range/a', '0123456789');
      const ranges = ['bytes=0-2', 'bytes=4-6', 'bytes=7-', 'bytes=-2', 'bytes=5-99'];
      assert.deepEqual(await Promise.all(ranges.map((Range) => s.get('range/a', { Range }))), [
        '012',
        '456',
        '789',
        '89',
        '56789',
      ]);
      const part = await s.client.send(
        new GetObjectCommand({ Bucket: s.bucket, Key: 'range/a', Range: 'bytes=4-6' }),
      );
      assert.deepEqual(
        [part.$metadata.httpStatusCode, part.ContentRange, part.ContentLength],
        [206, 'bytes 4-6/10', 3],
      );
    },
  },
  {
    name: 'a range beyond the end is 416',
    async check(s) {
      await s.put('range/b', '0123456789');
      assert.equal((await refusal(s.get('range/b', { Range: 'bytes=10-' }))).status, 416);
    },
  },
  {
    name: 'DeleteObjects takes a thousand keys',
    async check(s) {
      await Promise.all([0, 500, 999].map((number) => s.put(`many/${number}`, 'x')));
      const Objects = Array.from({ length: 1000 }, (_, number) => ({ Key: `many/${number}` }));
      const { Deleted, Errors } = await s.client.send(
        new DeleteObjectsCommand({ Bucket: s.bucket, Delete: { Objects } }),
      );
      assert.deepEqual([Deleted?.length, Errors?.length ?? 0], [1000, 0]);
      assert.deepEqual(await listKeys(s, { Prefix: 'many/' }), []);
    },
  },
  {
    name: 'DeleteObjects refuses more than a thousand keys',
    async check(s) {
      await s.put('toomany/0', 'x');
      const Objects = Array.from({ length: 1001 }, (_, number) => ({ Key: `toomany/${number}` }));
      const call = s.client.send(
        new DeleteObjectsCommand({ Bucket: s.bucket, Delete: { Objects } }),
      );
      assert.equal((await refusal(call)).status, 400);
      assert.equal(await s.get('toomany/0'), 'x');
    },
  },
  {
    name: 'a list shows keys of the prefix alone, with size and ETag',
    async check(s) {
      await Promise.all(['list/a/1', 'list/a/2', 'list/b'].map((key) => s.put(key, key)));
      const { Contents = [], KeyCount } = await s.client.send(
        new ListObjectsV2Command({ Bucket: s.bucket, Prefix: 'list/a/' }),
      );
      assert.deepEqual(
        Contents.map(({ Key, Size, ETag }) => [Key, Size, ETag]),
        ['list/a/1', 'list/a/2'].map((key) => [key, key.length, `"${md5(key)}"`]),
      );
      assert.equal(KeyCount, 2);
    },
  },
  {
    name: 'a list with a delimiter gathers what is below into common prefixes',
    async check(s) {
      await Promise.all(
        ['tree/a/1', 'tree/a/2', 'tree/b', 'tree/c/1'].map((key) => s.put(key, 'x')),
      );
      const { Contents, CommonPrefixes } = await s.client.send(
        new ListObjectsV2Command({ Bucket: s.bucket, Prefix: 'tree/', Delimiter: '/' }),
      );
      assert.deepEqual(
        [Contents?.map(({ Key }) => Key), CommonPrefixes?.map(({ Prefix }) => Prefix)],
        [['tree/b'], ['tree/a/', 'tree/c/']],
      );
    },
  },
  {
    name: 'a list goes on page by page and shows each key once',
    async check(s) {
      const keys = Array.from(
        { length: 25 },
        (_, number) => `pages/${String(number).padStart(3, '0')}`,
      );
      await Promise.all(keys.map((key) => s.put(key, 'x')));
      assert.deepEqual(await listByPages(s, { Prefix: 'pages/', MaxKeys: 7 }), keys);
    },
  },
  {
    name: 'a list with a delimiter goes on page by page and shows each prefix once',
    async check(s) {
      const keys = ['a/1', 'a/2', 'a/3', 'b', 'c/1', 'c/2', 'd', 'e/1'];
      await Promise.all(keys.map((key) => s.put(`prefixes/${key}`, 'x')));
      assert.deepEqual(
        await listByPages(s, { Prefix: 'prefixes/', Delimiter: '/', MaxKeys: 1 }),
        ['a/', 'b', 'c/', 'd', 'e/'].map((key) => `prefixes/${key}`),
      );
    },
  },
  {
    name: 'a list is in the order of UTF-8 bytes',
    async check(s) {
      // In UTF-16, as strings compare in JavaScript, the emoji comes before U+FFFD.
      const keys = ['order/A', 'order/a', 'order/ä', 'order/\uFFFD', 'order/😀'];
      await Promise.all([...keys].reverse().map((key) => s.put(key, 'x')));
      assert.deepEqual(await listKeys(s, { Prefix: 'order/' }), keys);
    },
  },
  {
    name: 'a list starts after a key that need not exist',
    async check(s) {
      await Promise.all(['a', 'c', 'd'].map((key) => s.put(`after/${key}`, 'x')));
      assert.deepEqual(await listKeys(s, { Prefix: 'after/', StartAfter: 'after/b' }), [
        'after/c',
        'after/d',
      ]);
    },
  },
  {
    name: 'a list sees every write and delete at once',
    async check(s) {
      for (let round = 0; round < 10; round += 1) {
        await s.put('now/a', 'x');
        assert.deepEqual(await listKeys(s, { Prefix: 'now/' }), ['now/a']);
        await s.client.send(new DeleteObjectCommand({ Bucket: s.bucket, Key: 'now/a' }));
        assert.deepEqual(await listKeys(s, { Prefix: 'now/' }), []);
      }
    },
  },
  {
    name: 'odd keys are kept as they are',
    async check(s) {
      const keys = [
        'a+b',
        'a b',
        'a%20b',
        '../up',
        'x//y',
        'q?a=b&c',
        'h#1',
        "it's",
        '(1)!*',
        '😀',
        'ü',
      ];
      await Promise.all(keys.map((key) => s.put(`odd/${key}`, key)));
      assert.deepEqual(await Promise.all(keys.map((key) => s.get(`odd/${key}`))), keys);
      const listed = await listKeys(s, { Prefix: 'odd/' });
      assert.deepEqual(new Set(listed), new Set(keys.map((key) => `odd/${key}`)));
    },
  },
  {
    name: 'a CRC32 is stored and given back',
    async check(s) {
      const checksum = Buffer.alloc(4);
      checksum.writeUInt32BE(crc32('hello'));
      await s.put('sum/crc', 'hello', { ChecksumAlgorithm: 'CRC32' });
      const head = await s.client.send(
        new HeadObjectCommand({ Bucket: s.bucket, Key: 'sum/crc', ChecksumMode: 'ENABLED' }),
      );
      assert.equal(head.ChecksumCRC32, checksum.toString('base64'));
    },
  },
  {
    name: 'a SHA-256 is stored and given back',
    async check(s) {
      const ChecksumSHA256 = createHash('sha256').update('hello').digest('base64');
      await s.put('sum/sha', 'hello', { ChecksumSHA256 });
      const head = await s.client.send(
        new HeadObjectCommand({ Bucket: s.bucket, Key: 'sum/sha', ChecksumMode: 'ENABLED' }),
      );
      assert.equal(head.ChecksumSHA256, ChecksumSHA256);
    },
  },
  {
    name: 'a wrong CRC32 is 400 and writes nothing',
    async check(s) {
      assert.equal(
        (await refusal(s.put('sum/bad', 'x', { ChecksumCRC32: 'AAAAAA==' }))).status,
        400,
      );
      assert.equal((await refusal(s.get('sum/bad'))).status, 404);
    },
  },
  {
    name: 'a wrong Content-MD5 is 400 and writes nothing',
    async check(s) {
      const ContentMD5 = createHash('md5').update('other').digest('base64');
      assert.equal((await refusal(s.put('sum/md5', 'x', { ContentMD5 }))).status, 400);
      assert.equal((await refusal(s.get('sum/md5'))).status, 404);
    },
  },
  {
    name: 'a stream arrives whole, with its checksum after it',
    async check(s) {
      const chunks = Array.from({ length: 40 }, (_, index) => Buffer.alloc(3000, index));
      const whole = Buffer.concat(chunks);
      await s.client.send(
        new PutObjectCommand({
          Bucket: s.bucket,
          Key: 'stream/a',
          Body: Readable.from(chunks),
          ContentLength: whole.length,
          ContentType: 'text/plain',
        }),
      );
      const { Body, ContentEncoding } = await s.client.send(
        new GetObjectCommand({ Bucket: s.bucket, Key: 'stream/a' }),
      );
      assert.equal(ContentEncoding, undefined);
      assert.equal(md5((await Body?.transformToByteArray()) ?? ''), md5(whole));
    },
  },
  {
    name: 'an object of 20 MB',
    async check(s) {
      const large = Buffer.alloc(20 * 1024 * 1024, 'briefing ');
      assert.equal(await s.put('large/a', large), `"${md5(large)}"`);
      const { ContentLength } = await s.client.send(
        new HeadObjectCommand({ Bucket: s.bucket, Key: 'large/a' }),
      );
      assert.equal(ContentLength, large.length);
    },
  },
  {
    name: 'a copy takes bytes and metadata along',
    async check(s) {
      await s.put('copy/a', 'x', { ContentType: 'text/plain', Metadata: { status: '410' } });
      await s.client.send(
        new CopyObjectCommand({
          Bucket: s.bucket,
          Key: 'copy/b',
          CopySource: `${s.bucket}/copy/a`,
        }),
      );
      const copy = await s.client.send(new GetObjectCommand({ Bucket: s.bucket, Key: 'copy/b' }));
      assert.deepEqual(
        [await copy.Body?.transformToString(), copy.ContentType, copy.Metadata],
        ['x', 'text/plain', { status: '410' }],
      );
    },
  },
  {
    name: 'a copy may replace the metadata',
    async check(s) {
      await s.put('copy/c', 'x', { ContentType: 'text/plain', Metadata: { status: '410' } });
      await s.client.send(
        new CopyObjectCommand({
          Bucket: s.bucket,
          Key: 'copy/d',
          CopySource: `${s.bucket}/copy/c`,
          MetadataDirective: 'REPLACE',
          ContentType: 'text/html',
          Metadata: { status: '200' },
        }),
      );
      const head = await s.client.send(new HeadObjectCommand({ Bucket: s.bucket, Key: 'copy/d' }));
      assert.deepEqual([head.ContentType, head.Metadata], ['text/html', { status: '200' }]);
    },
  },
  {
    name: 'tags of an object are kept',
    async check(s) {
      await s.put('tags/a', 'x', { Tagging: 'kind=image&for=ada%20lovelace' });
      const { TagSet } = await s.client.send(
        new GetObjectTaggingCommand({ Bucket: s.bucket, Key: 'tags/a' }),
      );
      assert.deepEqual(
        TagSet?.toSorted((a, b) => ((a.Key ?? '') < (b.Key ?? '') ? -1 : 1)),
        [
          { Key: 'for', Value: 'ada lovelace' },
          { Key: 'kind', Value: 'image' },
        ],
      );
    },
  },
  {
    name: 'with versioning an overwritten version can be read',
    async check(s) {
      const bucket = await versioned(s);
      const first = await putVersion(s, bucket, 'root', 'first');
      await putVersion(s, bucket, 'root', 'second');
      assert.equal(await s.get('root', { Bucket: bucket }), 'second');
      assert.equal(await s.get('root', { Bucket: bucket, VersionId: first }), 'first');
    },
  },
  {
    name: 'with versioning a delete is a marker that can be taken away',
    async check(s) {
      const bucket = await versioned(s);
      await putVersion(s, bucket, 'root', 'first');
      const marker = await s.client.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'root' }));
      assert.equal(marker.DeleteMarker, true);
      assert.equal((await refusal(s.get('root', { Bucket: bucket }))).status, 404);
      await s.client.send(
        new DeleteObjectCommand({ Bucket: bucket, Key: 'root', VersionId: marker.VersionId }),
      );
      assert.equal(await s.get('root', { Bucket: bucket }), 'first');
    },
  },
  {
    name: 'versions are listed newest first, markers among them',
    async check(s) {
      const bucket = await versioned(s);
      const first = await putVersion(s, bucket, 'root', 'first');
      const second = await putVersion(s, bucket, 'root', 'second');
      const { VersionId: marker } = await s.client.send(
        new DeleteObjectCommand({ Bucket: bucket, Key: 'root' }),
      );
      const { Versions, DeleteMarkers } = await s.client.send(
        new ListObjectVersionsCommand({ Bucket: bucket, Prefix: 'root' }),
      );
      assert.deepEqual(
        [
          Versions?.map(({ VersionId, IsLatest }) => [VersionId, IsLatest]),
          DeleteMarkers?.map(({ VersionId, IsLatest }) => [VersionId, IsLatest]),
        ],
        [
          [
            [second, false],
            [first, false],
          ],
          [[marker, true]],
        ],
      );
    },
  },
  {
    name: 'with versioning, If-None-Match: * creates again behind a delete marker',
    async check(s) {
      const bucket = await versioned(s);
      await putVersion(s, bucket, 'root', 'first');
      await s.client.send(new DeleteObjectCommand({ Bucket: bucket, Key: 'root' }));
      await s.put('root', 'again', { Bucket: bucket, IfNoneMatch: '*' });
      assert.equal(await s.get('root', { Bucket: bucket }), 'again');
    },
  },
  {
    name: 'a multipart upload becomes one object with an ETag of parts',
    async check(s) {
      const { ETag, parts } = await multipart(s, 'multipart/a', {});
      assert.match(ETag ?? '', /^"[0-9a-f]{32}-2"$/);
      const { Body } = await s.client.send(
        new GetObjectCommand({ Bucket: s.bucket, Key: 'multipart/a' }),
      );
      assert.equal(md5((await Body?.transformToByteArray()) ?? ''), md5(Buffer.concat(parts)));
    },
  },
  {
    name: 'completing a multipart upload minds If-None-Match',
    async check(s) {
      await s.put('multipart/b', 'first');
      const completed = await refusal(multipart(s, 'multipart/b', { IfNoneMatch: '*' }));
      assert.deepEqual(completed, { name: 'PreconditionFailed', status: 412 });
      assert.equal(await s.get('multipart/b'), 'first');
    },
  },
  {
    name: 'an aborted multipart upload leaves nothing',
    async check(s) {
      const target = { Bucket: s.bucket, Key: 'multipart/c' };
      const { UploadId } = await s.client.send(new CreateMultipartUploadCommand(target));
      await s.client.send(new UploadPartCommand({ ...target, UploadId, PartNumber: 1, Body: 'x' }));
      await s.client.send(new AbortMultipartUploadCommand({ ...target, UploadId }));
      const late = s.client.send(
        new UploadPartCommand({ ...target, UploadId, PartNumber: 2, Body: 'x' }),
      );
      assert.equal((await refusal(late)).name, 'NoSuchUpload');
      assert.equal((await refusal(s.get('multipart/c'))).status, 404);
    },
  },
  {
    name: 'a bucket policy can refuse writes without a condition',
    async check(s) {
      const bucket = await guarded(s);
      assert.deepEqual(await refusal(s.put('state/root', 'x', { Bucket: bucket })), {
        name: 'AccessDenied',
        status: 403,
      });
      const IfMatch = await s.put('state/root', 'x', { Bucket: bucket, IfNoneMatch: '*' });
      await s.put('state/root', 'y', { Bucket: bucket, IfMatch });
      await s.put('elsewhere', 'z', { Bucket: bucket });
      assert.equal(await s.get('state/root', { Bucket: bucket }), 'y');
    },
  },
  {
    name: 'under such a policy a copy is refused',
    async check(s) {
      const bucket = await guarded(s);
      await s.put('elsewhere', 'x', { Bucket: bucket });
      const call = s.client.send(
        new CopyObjectCommand({
          Bucket: bucket,
          Key: 'state/root',
          CopySource: `${bucket}/elsewhere`,
        }),
      );
      assert.equal((await refusal(call)).status, 403);
    },
  },
  {
    name: 'a wrong secret is 403 SignatureDoesNotMatch',
    async check(s) {
      const client = s.clientWith({ secretAccessKey: 'not-the-secret' });
      const call = client.send(
        new PutObjectCommand({ Bucket: s.bucket, Key: 'forged', Body: 'x' }),
      );
      assert.deepEqual(await refusal(call), { name: 'SignatureDoesNotMatch', status: 403 });
      assert.equal((await refusal(s.get('forged'))).status, 404);
    },
  },
  {
    name: 'an unknown access key is 403 InvalidAccessKeyId',
    async check(s) {
      const client = s.clientWith({ accessKeyId: 'AKIANOBODY' });
      const call = client.send(new GetObjectCommand({ Bucket: s.bucket, Key: 'a' }));
      assert.deepEqual(await refusal(call), { name: 'InvalidAccessKeyId', status: 403 });
    },
  },
  {
    name: 'who does not sign is refused',
    async check(s) {
      await s.put('private/a', 'x');
      const answer = await fetch(`${s.at.endpoint}/${s.bucket}/private/a`);
      assert.equal(answer.status, 403);
    },
  },
];

/** Twenty writers under one condition: one is answered, nineteen are refused by 409 or 412, and his bytes stand. */
async function race(
  write: (racer: string) => Promise<unknown>,
  read: () => Promise<string>,
): Promise<void> {
  const racers = Array.from({ length: 20 }, (_, number) => `racer ${number}`);
  const ends = await Promise.allSettled(racers.map((racer) => write(racer)));
  const winners = racers.filter((_, number) => ends[number]?.status === 'fulfilled');
  assert.equal(winners.length, 1, `${winners.length} racers won`);
  assert.equal(await read(), winners[0]);
}

async function listByPages(s: Subject, more: object): Promise<string[]> {
  const seen: string[] = [];
  let token: string | undefined;
  for (let pages = 0; pages < 100; pages += 1) {
    const page = await s.client.send(
      new ListObjectsV2Command({
        Bucket: s.bucket,
        ...more,
        ...(token !== undefined && { ContinuationToken: token }),
      }),
    );
    seen.push(...(page.Contents ?? []).map(({ Key }) => Key ?? ''));
    seen.push(...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix ?? ''));
    token = page.NextContinuationToken;
    if (token === undefined) return seen;
  }
  throw new Error('the list never ends');
}

async function versioned(s: Subject): Promise<string> {
  const bucket = await s.newBucket();
  await s.client.send(
    new PutBucketVersioningCommand({
      Bucket: bucket,
      VersioningConfiguration: { Status: 'Enabled' },
    }),
  );
  return bucket;
}

async function putVersion(s: Subject, bucket: string, key: string, body: string): Promise<string> {
  const { VersionId } = await s.client.send(
    new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }),
  );
  assert.ok(VersionId, 'a put into a versioned bucket has a version id');
  return VersionId;
}

async function guarded(s: Subject): Promise<string> {
  const bucket = await s.newBucket();
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:PutObject',
        Resource: `arn:aws:s3:::${bucket}/state/*`,
        Condition: {
          Null: { 's3:if-match': 'true', 's3:if-none-match': 'true' },
          Bool: { 's3:ObjectCreationOperation': 'true' },
        },
      },
    ],
  });
  await s.client.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy }));
  return bucket;
}

async function multipart(s: Subject, key: string, condition: { IfNoneMatch?: string }) {
  const target = { Bucket: s.bucket, Key: key };
  const parts = [Buffer.alloc(5 * 1024 * 1024, 'a'), Buffer.from('the end')];
  const { UploadId } = await s.client.send(new CreateMultipartUploadCommand(target));
  const Parts: { PartNumber: number; ETag: string | undefined }[] = [];
  for (const [index, Body] of parts.entries()) {
    const { ETag } = await s.client.send(
      new UploadPartCommand({ ...target, UploadId, PartNumber: index + 1, Body }),
    );
    Parts.push({ PartNumber: index + 1, ETag });
  }
  const { ETag } = await s.client.send(
    new CompleteMultipartUploadCommand({
      ...target,
      UploadId,
      MultipartUpload: { Parts },
      ...condition,
    }),
  );
  return { ETag, parts };
}
