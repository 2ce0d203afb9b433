import { buildApp } from 'fauxqs';
import { describe, expect, it } from 'vitest';
import { startS3 } from '../../local/s3/start-s3.ts';
import { startSqs } from '../../local/sqs/start-sqs.ts';
import { s3Deviations, sqsDeviations } from './deviations.fauxqs.ts';
import type { Endpoint, Verdict } from './point.ts';
import { runS3 } from './s3.ts';
import { runSqs } from './sqs.ts';

const credential = { accessKeyId: 'local', secretAccessKey: 'local-secret', name: 'owner' };

/** Those that failed, by name and in order, with the reason in case of surprise. */
const failed = (verdicts: readonly Verdict[]) =>
  verdicts.flatMap(({ name, reason }) => (reason === undefined ? [] : [{ name, reason }]));

async function onFauxqs(run: (at: Endpoint) => Promise<Verdict[]>): Promise<Verdict[]> {
  const app = buildApp({ logger: false });
  const endpoint = await app.listen({ port: 0, host: '127.0.0.1' });
  try {
    return await run({ endpoint, ...credential });
  } finally {
    await app.close();
  }
}

describe('the S3 suite', () => {
  it('passes whole on the emulator', { timeout: 60_000 }, async () => {
    const s3 = await startS3({ dataFile: ':memory:', credentials: [credential] });
    const verdicts = await runS3({ endpoint: s3.endpoint, ...credential });
    await s3.close();
    expect(failed(verdicts)).toEqual([]);
    console.log(`s3: ${verdicts.length} of ${verdicts.length} pass`);
  });

  it('finds exactly the known deviations of fauxqs', { timeout: 60_000 }, async () => {
    const names = failed(await onFauxqs(runS3)).map(({ name }) => name);
    expect(names.toSorted()).toEqual(Object.keys(s3Deviations).toSorted());
  });
});

describe('the SQS suite', () => {
  it('passes whole on the emulator', { timeout: 60_000 }, async () => {
    const sqs = await startSqs({ dataFile: ':memory:', credentials: [credential] });
    const verdicts = await runSqs({ endpoint: sqs.endpoint, ...credential });
    await sqs.close();
    expect(failed(verdicts)).toEqual([]);
    console.log(`sqs: ${verdicts.length} of ${verdicts.length} pass`);
  });

  it('finds exactly the known deviations of fauxqs', { timeout: 60_000 }, async () => {
    const names = failed(await onFauxqs(runSqs)).map(({ name }) => name);
    expect(names.toSorted()).toEqual(Object.keys(sqsDeviations).toSorted());
  });
});
