import { describe, expect, it } from 'vitest';
import {
  cloudfrontPurge,
  type Invalidate,
  type PurgeMode,
} from '../../src/adapters/cloudfront-purge.ts';

const items = [
  { path: '/briefings/radium/', tag: 'briefing-radium' },
  { path: '/briefings/radium/index.txt', tag: 'briefing-radium' },
];

function purging(mode: PurgeMode, invalidate: Invalidate = async () => {}) {
  const asked: (readonly string[])[] = [];
  const failures: unknown[] = [];
  const purge = cloudfrontPurge({
    mode,
    random: { next: () => 0.25 },
    onFailure: (error, count) => failures.push([String(error), count]),
    invalidate: async (invalidation) => {
      asked.push([
        invalidation.distributionId,
        invalidation.callerReference,
        ...invalidation.paths,
      ]);
      await invalidate(invalidation);
    },
  });
  return { purge, asked, failures };
}

describe('purging', () => {
  it('by tags asks once for everything that has one', async () => {
    const { purge, asked } = purging({ kind: 'tags', distributionId: 'E1' });
    expect(await purge.purge(items)).toEqual({ purged: 1, failed: [] });
    expect(asked).toEqual([['E1', 'pressrun-25', '#briefing-radium']]);
  });

  it('by paths asks once for all below a page, as the edge has it as index.html', async () => {
    const { purge, asked } = purging({ kind: 'paths', distributionId: 'E1' });
    expect(await purge.purge([...items, { path: '/v1/briefings/a.json', tag: 'a' }])).toEqual({
      purged: 2,
      failed: [],
    });
    expect(asked).toEqual([['E1', 'pressrun-25', '/briefings/radium/*', '/v1/briefings/a.json']]);
  });

  it('by paths never asks for more than CloudFront takes: the newest, and the TTL does the rest', async () => {
    const { purge, asked, failures } = purging({ kind: 'paths', distributionId: 'E1' });
    const many = Array.from({ length: 100 }, (_, n) => ({
      path: `/briefings/${n}/`,
      tag: `b-${n}`,
    }));
    expect(await purge.purge(many)).toEqual({ purged: 15, failed: [] });
    expect(asked[0]?.slice(2)).toEqual(many.slice(-15).map(({ path }) => `${path}*`));
    expect(failures).toEqual([['TooManyPages: CloudFront takes 15 at a time', 85]]);
  });

  it('that is off, or has nothing to do, asks for nothing', async () => {
    const off = purging({ kind: 'off' });
    expect([await off.purge.purge(items), off.asked]).toEqual([{ purged: 0, failed: [] }, []]);
    const idle = purging({ kind: 'tags', distributionId: 'E1' });
    expect([await idle.purge.purge([]), idle.asked]).toEqual([{ purged: 0, failed: [] }, []]);
  });

  it('F52: hands back what could not be purged, and throws nothing', async () => {
    const { purge, failures } = purging({ kind: 'tags', distributionId: 'E1' }, () =>
      Promise.reject(new Error('TooManyInvalidationsInProgress')),
    );
    expect(await purge.purge(items)).toEqual({ purged: 0, failed: items });
    expect(failures).toEqual([['Error: TooManyInvalidationsInProgress', 2]]);
  });
});
