import {
  CloudFrontClient,
  CreateInvalidationCommand,
  GetInvalidationCommand,
} from '@aws-sdk/client-cloudfront';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EdgeCache, type Invalidation } from '../../../local/edge/edge-cache.ts';
import {
  distributionArn,
  type RunningInvalidationApi,
  startInvalidationApi,
} from '../../../local/edge/invalidation-api.ts';
import type { OriginAnswer } from '../../../local/edge/origin.ts';

describe('asking for an invalidation with the real SDK', () => {
  let api: RunningInvalidationApi;
  let forgotten: Invalidation[];
  let now: number;

  beforeEach(async () => {
    forgotten = [];
    now = Date.UTC(2026, 2, 9, 12);
    api = await startInvalidationApi({
      distributionId: 'E1',
      clock: () => now,
      invalidate: (invalidation) => void forgotten.push(invalidation),
      credentials: [
        {
          accessKeyId: 'PUBLISHER',
          secretAccessKey: 'p',
          name: 'publisher',
          statements: [
            {
              Effect: 'Allow',
              Action: 'cloudfront:CreateInvalidation',
              Resource: [distributionArn('E1'), distributionArn('E2')],
            },
          ],
        },
        { accessKeyId: 'EDGE', secretAccessKey: 'e', name: 'edge', statements: [] },
        { accessKeyId: 'OWNER', secretAccessKey: 'o', name: 'owner' },
      ],
    });
  });
  afterEach(() => api.close());

  const as = (accessKeyId: string, secretAccessKey: string) =>
    new CloudFrontClient({
      endpoint: api.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId, secretAccessKey },
      maxAttempts: 1,
    });
  const invalidation = (
    items: string[],
    { distribution = 'E1', reference = 'r1', quantity = items.length } = {},
  ) =>
    new CreateInvalidationCommand({
      DistributionId: distribution,
      InvalidationBatch: {
        CallerReference: reference,
        Paths: { Quantity: quantity, Items: items },
      },
    });

  it('paths and tags reach the edge, and the answer says what was asked', async () => {
    const items = ['/briefings/a&b/', '#briefing-1', '/v1/*'];
    const answer = await as('PUBLISHER', 'p').send(invalidation(items));

    expect(forgotten).toEqual([{ tags: ['briefing-1'], paths: ['/briefings/a&b/', '/v1/*'] }]);
    expect(answer).toMatchObject({
      Location: expect.stringMatching(/\/2020-05-31\/distribution\/E1\/invalidation\/I\d{13}$/),
      Invalidation: {
        Status: 'InProgress',
        CreateTime: expect.any(Date),
        InvalidationBatch: { CallerReference: 'r1', Paths: { Quantity: 3, Items: items } },
      },
    });
    const status = async () => {
      const asked = { DistributionId: 'E1', Id: answer.Invalidation?.Id };
      const found = await as('OWNER', 'o').send(new GetInvalidationCommand(asked));
      return found.Invalidation?.Status;
    };
    expect(await status()).toBe('InProgress');
    now += 5_000;
    expect(await status()).toBe('Completed');
  });

  it('has at most fifteen paths with an asterisk in progress, in one or in many invalidations', async () => {
    const pages = (count: number) => Array.from({ length: count }, (_, n) => `/briefings/${n}/*`);
    const publisher = as('PUBLISHER', 'p');
    const tooMany = { name: 'TooManyInvalidationsInProgress', $metadata: { httpStatusCode: 400 } };

    await expect(publisher.send(invalidation(pages(16)))).rejects.toMatchObject(tooMany);
    await publisher.send(invalidation(pages(15)));
    await publisher.send(invalidation(['/feed.json', '#briefing-1'], { reference: 'others' }));
    const more = invalidation(['/briefings/more/*'], { reference: 'more' });
    await expect(publisher.send(more)).rejects.toMatchObject(tooMany);
    now += 5_000;
    await publisher.send(more);
    expect(forgotten.map(({ paths }) => paths?.length)).toEqual([15, 1, 1]);
  });

  it('a repeat with the same reference is the same invalidation', async () => {
    const first = await as('PUBLISHER', 'p').send(invalidation(['/a/']));
    const second = await as('PUBLISHER', 'p').send(invalidation(['/a/']));

    expect(second.Invalidation?.Id).toBe(first.Invalidation?.Id);
    expect(forgotten).toHaveLength(1);
  });

  it.each([
    ['a wrong key', 'PUBLISHER', 'x', invalidation(['/a/']), 403, 'SignatureDoesNotMatch'],
    ['a key nobody knows', 'WHO', 'x', invalidation(['/a/']), 403, 'InvalidAccessKeyId'],
    ['a role without the right', 'EDGE', 'e', invalidation(['/a/']), 403, 'AccessDenied'],
    [
      'another distribution, whoever may',
      'PUBLISHER',
      'p',
      invalidation(['/a/'], { distribution: 'E2' }),
      404,
      'NoSuchDistribution',
    ],
    [
      'a count that is not that of the paths',
      'PUBLISHER',
      'p',
      invalidation(['/a/'], { quantity: 2 }),
      400,
      'InconsistentQuantities',
    ],
    [
      'an asterisk in the middle',
      'PUBLISHER',
      'p',
      invalidation(['/*/a/']),
      400,
      'InvalidArgument',
    ],
    ['a path without its slash', 'PUBLISHER', 'p', invalidation(['a/']), 400, 'InvalidArgument'],
    ['a letter that is no ASCII', 'PUBLISHER', 'p', invalidation(['/é/']), 400, 'InvalidArgument'],
    [
      'a path that is too long',
      'PUBLISHER',
      'p',
      invalidation([`/${'a'.repeat(4_000)}`]),
      400,
      'InvalidArgument',
    ],
    ['a tag with a comma', 'PUBLISHER', 'p', invalidation(['#a,b']), 400, 'InvalidArgument'],
  ])('refuses %s', async (_what, key, secret, command, status, code) => {
    await expect(as(key, secret).send(command)).rejects.toMatchObject({
      name: code,
      $metadata: { httpStatusCode: status },
    });
    expect(forgotten).toEqual([]);
  });

  it('refuses one reference for two things', async () => {
    await as('PUBLISHER', 'p').send(invalidation(['/a/']));

    await expect(as('PUBLISHER', 'p').send(invalidation(['/b/']))).rejects.toMatchObject({
      name: 'InvalidArgument',
    });
    expect(forgotten).toEqual([{ tags: [], paths: ['/a/'] }]);
  });

  it('refuses who does not sign', async () => {
    const answer = await fetch(`${api.endpoint}/2020-05-31/distribution/E1/invalidation`, {
      method: 'POST',
      body: '<InvalidationBatch/>',
    });

    expect([answer.status, await answer.text()]).toEqual([
      403,
      expect.stringContaining('<Code>MissingAuthenticationToken</Code>'),
    ]);
  });
});

describe('what is on its way from the origin when the edge is told to forget it', () => {
  const answerOf = (body: string, tag: string): OriginAnswer => ({
    status: 200,
    headers: { 'cache-control': 's-maxage=60', 'x-amz-meta-cache-tag': tag },
    body: Buffer.from(body),
  });

  it.each<[string, Invalidation]>([
    ['by its path', { paths: ['/a/*'] }],
    ['by its tag', { tags: ['briefing-1'] }],
  ])('is given to who waits for it, and not kept: %s', async (_how, invalidation) => {
    const asked: PromiseWithResolvers<OriginAnswer>[] = [];
    const cache = new EdgeCache({
      origin: () => {
        const each = Promise.withResolvers<OriginAnswer>();
        asked.push(each);
        return each.promise;
      },
      clock: () => 0,
      tagHeader: 'x-amz-meta-cache-tag',
    });
    const bodyOf = async (answer: Promise<OriginAnswer>) =>
      Buffer.from((await answer).body).toString();

    const early = cache.get('/a/index.html', '/a/');
    cache.invalidate(invalidation);
    const late = cache.get('/a/index.html', '/a/');
    asked[0]?.resolve(answerOf('old', 'briefing-1'));

    expect(await bodyOf(early)).toBe('old');
    expect(asked).toHaveLength(2);
    asked[1]?.resolve(answerOf('new', 'briefing-1'));
    expect(await bodyOf(late)).toBe('new');
    expect(await bodyOf(cache.get('/a/index.html'))).toBe('new');
  });
});
