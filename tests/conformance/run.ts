import { parseArgs } from 'node:util';
import type { Verdict } from './point.ts';
import { runS3 } from './s3.ts';
import { runSqs } from './sqs.ts';

/*
 * Judges any S3 or SQS endpoint:
 *   node tests/conformance/run.ts s3 --endpoint URL [--access-key ID] [--secret-key KEY] [--region NAME]
 * Ends with the figure and exits 1 if a point failed, 2 if it cannot run.
 */
const suites: ReadonlyMap<string, typeof runS3> = new Map([
  ['s3', runS3],
  ['sqs', runSqs],
]);

const usage =
  'usage: node tests/conformance/run.ts s3|sqs --endpoint URL [--access-key ID] [--secret-key KEY] [--region NAME]';

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      endpoint: { type: 'string' },
      'access-key': { type: 'string', default: 'local' },
      'secret-key': { type: 'string', default: 'local-secret' },
      region: { type: 'string', default: 'us-east-1' },
    },
  });
  const [name = ''] = positionals;
  const suite = suites.get(name);
  if (suite === undefined || values.endpoint === undefined) throw new Error(usage);
  const verdicts = await suite({
    endpoint: values.endpoint,
    accessKeyId: values['access-key'],
    secretAccessKey: values['secret-key'],
    region: values.region,
  });
  process.exitCode = report(name, verdicts);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}

function report(name: string, verdicts: readonly Verdict[]): number {
  for (const { name: point, reason } of verdicts) {
    console.log(reason === undefined ? `pass  ${point}` : `FAIL  ${point}\n      ${reason}`);
  }
  const passed = verdicts.filter(({ reason }) => reason === undefined).length;
  console.log(`${name}: ${passed} of ${verdicts.length} pass`);
  return passed === verdicts.length ? 0 : 1;
}
