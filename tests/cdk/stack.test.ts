import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { App, Stack, Validations } from 'aws-cdk-lib';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bucketPolicy } from '../../cdk/charter/bucket-policy.ts';
import { functionNames } from '../../cdk/charter/functions.ts';
import { schedules } from '../../cdk/charter/schedules.ts';
import { type Stage, type StageName, stageNames, stages } from '../../cdk/charter/stages.ts';
import { checked } from '../../cdk/checked.ts';
import { PressrunStack } from '../../cdk/stack.ts';
import { publisherEnvironment, receiverEnvironment } from '../../lambdas/environment.ts';
import { distributionArn } from '../../local/edge/invalidation-api.ts';
import { account, queueArn } from '../../local/sqs/queue-table.ts';
import { credentialsOf, roleOf } from '../../local/stack/roles.ts';
import { freshSecrets } from '../../local/stack/secrets.ts';
import { nodeKey, releaseKey, rootKey, snapshotKey } from '../../src/publishing/state.ts';
import { headerRules, headersFor } from '../../src/site/security-headers.ts';
import { plants } from './plants.ts';
import { broken, rules } from './rules.ts';
import { synthesizedBucketPolicy, synthesizedRights } from './synthesized-rights.ts';
import { at, functionNamed, listAt, ofType, target, textAt, type Template } from './template.ts';

const root = join(import.meta.dirname, '..', '..');
const names = {
  bucketArn: 'arn:aws:s3:::pressrun-local',
  queueArn: queueArn('publish.fifo'),
  distributionId: 'LOCALEDGE',
  account,
};

let folder: string;
let context: Record<string, unknown>;
let templates: Readonly<Record<StageName, Template>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cdk-'));
  const settings: { context: Record<string, unknown> } = JSON.parse(
    await readFile(join(root, 'cdk.json'), 'utf8'),
  );
  ({ context } = settings);
  await plantBundles(join(folder, 'bundles'), 'one');
  // Schema and cdk-nag look on: a finding ends the synthesis, and with it this suite.
  const app = new App({ outdir: join(folder, 'out'), context });
  for (const name of stageNames) {
    new PressrunStack(app, { stage: stages[name], bundles: join(folder, 'bundles') });
  }
  checked(app);
  app.synth();
  const [dev, staging, prod] = await Promise.all(
    stageNames.map((name) => readTemplate(join(folder, 'out'), name)),
  );
  if (dev === undefined || staging === undefined || prod === undefined) throw new Error('no stage');
  templates = { dev, staging, prod };
}, 120_000);

afterAll(() => rm(folder, { recursive: true }));

describe('a stage', () => {
  it.each(stageNames)('%s breaks no rule', (name) => {
    expect(broken(templates[name], name)).toEqual([]);
  });

  it.each(plants)('would not be deployed if $mistake', ({ rule, make }) => {
    const template = structuredClone(templates.prod);
    make(template);
    expect(rules[rule](template, 'prod')).not.toEqual([]);
  });

  it('has a rule for each of these mistakes, and a mistake for each rule', () => {
    expect(new Set(plants.map(({ rule }) => rule))).toEqual(new Set(Object.keys(rules)));
  });

  it('has been looked at by the schema and by cdk-nag, who found nothing that is not explained', async () => {
    const report: unknown = JSON.parse(
      await readFile(join(folder, 'out', 'validation-report.json'), 'utf8'),
    );
    expect(listAt(report, 'pluginReports').flatMap((each) => listAt(each, 'violations'))).toEqual(
      [],
    );
  });

  it('would be refused by either, were there something', () => {
    const app = new App({ outdir: join(folder, 'refused'), context });
    const stack = new Stack(app, 'refused');
    const bucket = new CfnBucket(stack, 'Bucket');
    bucket.addPropertyOverride('Versioned', true);
    checked(app);
    expect(() => app.synth()).toThrow(
      /AwsSolutions-S1'[^]*'Versioned' was unexpected|'Versioned' was unexpected[^]*AwsSolutions-S1'/,
    );
  });

  it('explains itself to a reviewer: every acknowledged finding has a sentence', async () => {
    const app = new App({ outdir: join(folder, 'explained'), context });
    const stack = new PressrunStack(app, {
      stage: stages.prod,
      bundles: join(folder, 'bundles'),
    });
    const reasons = stack.node
      .findAll()
      .flatMap(({ node }) =>
        node.metadata
          .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
          .flatMap(({ data }) => Object.entries(Object(data))),
      );
    expect(reasons.length).toBeGreaterThan(10);
    for (const [id, reason] of reasons) expect(String(reason).length, id).toBeGreaterThan(40);
  });
});

describe('what a function is told', () => {
  const told = (template: Template, name: string): Record<string, string> => {
    const [, fn] = functionNamed(template, name);
    const variables = Object.entries(at(fn, 'Properties', 'Environment', 'Variables') ?? {});
    const standIns: Record<string, string> = {
      QUEUE_URL: 'https://sqs.us-east-1.amazonaws.com/1/q.fifo',
      BUCKET: 'bucket',
      BASE_URL: 'https://d111111abcdef8.cloudfront.net',
      DISTRIBUTION_ID: 'E2EXAMPLE',
      EPOCH: '7',
    };
    return Object.fromEntries(
      variables.map(([name, value]) => [
        name,
        typeof value === 'string' ? value : (standIns[name] ?? 'unknown'),
      ]),
    );
  };

  it.each(stageNames)('is all that it asks for, in %s', (stage) => {
    expect(receiverEnvironment(told(templates[stage], 'receive-webhook')).WEBHOOK_SECRETS).toEqual([
      `ssm:/pressrun/${stage}/webhook-secret`,
      `ssm:/pressrun/${stage}/webhook-secret-next`,
    ]);
    for (const name of functionNames.slice(1)) {
      expect(publisherEnvironment(told(templates[stage], name))).toMatchObject({
        EPOCH: 7,
        PURGE: stages[stage].purge,
      });
    }
  });

  it('is asked to look at the times of the table', () => {
    const started = ofType(templates.prod, 'AWS::Events::Rule').map(([, { Properties }]) => [
      Properties['ScheduleExpression'],
      at(Properties, 'Targets', 0, 'Input'),
    ]);
    expect(started).toEqual(
      schedules.map(({ expression, event }) => [expression, JSON.stringify(event)]),
    );
  });
});

describe('the local stack', () => {
  const secrets = freshSecrets();
  const enforced = (name: (typeof functionNames)[number], purge: 'off' | 'tags') =>
    credentialsOf(secrets, {
      bucketArn: names.bucketArn,
      queueArn: names.queueArn,
      distributionArn: distributionArn(names.distributionId),
      purge,
    }).find((credential) => credential.name === roleOf[name])?.statements;
  const asLocal = (statements: unknown) =>
    JSON.parse(JSON.stringify(statements).replaceAll('/pressrun/prod/', '/pressrun/local/'));

  it.each(functionNames)('enforces the statements that are synthesized for %s', (name) => {
    expect(asLocal(synthesizedRights(templates.prod, name, names))).toEqual(enforced(name, 'off'));
  });

  it('lets publishers purge where a stage purges, and nobody else', () => {
    const purging: Stage = { ...stages.prod, purge: 'tags' };
    const template = synthesizedAlone(purging, 'purging');
    for (const name of functionNames) {
      expect(asLocal(synthesizedRights(template, name, names))).toEqual(enforced(name, 'tags'));
    }
    expect(broken(template, 'prod')).toEqual([]);
    const [, config] = ofType(template, 'AWS::CloudFront::Distribution')[0] ?? [];
    expect(at(config, 'Properties', 'DistributionConfig', 'CacheTagConfig')).toEqual({
      HeaderName: 'x-amz-meta-cache-tag',
    });
  });

  it('has the policy of the bucket', () => {
    expect(synthesizedBucketPolicy(templates.prod, names)).toEqual(
      bucketPolicy({
        bucketArn: names.bucketArn,
        distributionArn: distributionArn(names.distributionId),
      }),
    );
  });

  it('writes nothing outside what the policy watches', () => {
    for (const key of [rootKey, nodeKey('h'), releaseKey(1, 'h'), snapshotKey('id', 'rev')]) {
      expect(key).toMatch(/^state\//);
    }
  });
});

describe('the edge', () => {
  it('carries the headers of the table, path by path', () => {
    const [, { Properties }] = ofType(templates.prod, 'AWS::CloudFront::Distribution')[0] ?? [
      '',
      { Properties: {} },
    ];
    const patterns = listAt(Properties, 'DistributionConfig', 'CacheBehaviors').map((behavior) => [
      at(behavior, 'PathPattern'),
      headersOf(templates.prod, target(at(behavior, 'ResponseHeadersPolicyId'))),
    ]);
    const example = (pattern: string): `/${string}` =>
      `/${pattern.replace('*', 'x').replace(/^\//, '')}`;
    expect(patterns).toEqual(
      headerRules.map(({ pattern }) => [pattern, headersFor(example(pattern))]),
    );
    const usual = at(
      Properties,
      'DistributionConfig',
      'DefaultCacheBehavior',
      'ResponseHeadersPolicyId',
    );
    expect(headersOf(templates.prod, target(usual))).toEqual(headersFor('/'));
  });

  it('tells search engines to leave what is not the publication', () => {
    for (const name of ['dev', 'staging'] as const) {
      for (const [id] of ofType(templates[name], 'AWS::CloudFront::ResponseHeadersPolicy')) {
        expect(headersOf(templates[name], id)['x-robots-tag'], `${name} ${id}`).toBe('noindex');
      }
    }
  });

  it('runs the files that the local edge runs, within the ten kilobytes of CloudFront', async () => {
    const shipped = ofType(templates.prod, 'AWS::CloudFront::Function').map(([, { Properties }]) =>
      textAt(Properties, 'FunctionCode'),
    );
    const files = await Promise.all(
      ['viewer-request', 'viewer-response'].map((name) =>
        readFile(join(root, 'src', 'site', 'edge', `${name}.js`), 'utf8'),
      ),
    );
    expect(shipped).toEqual(files);
    for (const code of shipped) expect(Buffer.byteLength(code)).toBeLessThan(10_240);
  });

  it('asks readers of staging for a password, of which the template holds nothing', async () => {
    const file = await readFile(join(root, 'src', 'site', 'edge', 'viewer-request.js'), 'utf8');
    const doors = (template: Template) =>
      ofType(template, 'AWS::CloudFront::Function').map(([, { Properties }]) =>
        at(Properties, 'FunctionCode', 'Fn::Join', 1),
      );

    expect(doors(templates.prod)).toEqual([undefined, undefined]);
    const [door, response] = doors(templates.staging);
    expect(response).toBeUndefined();
    expect(door).toEqual([
      expect.stringMatching(/const ADMITS = '$/),
      { Ref: 'Readers' },
      expect.stringMatching(/^';/),
    ]);
    const [before, , after] = listAt(door);
    expect(`${String(before)}${String(after)}`).toBe(file);
    expect(templates.staging.Parameters['Readers']).toEqual({
      Type: 'String',
      NoEcho: true,
      AllowedPattern: '^[0-9a-f]{64}$',
      Description: expect.any(String),
    });
  });

  it('with a domain has its certificate and TLS 1.2', () => {
    const certificateArn = 'arn:aws:acm:us-east-1:111122223333:certificate/a';
    const domain = { name: 'briefings.example', certificateArn };
    const template = synthesizedAlone({ ...stages.prod, domain }, 'with-domain');
    expect(broken(template, 'prod')).toEqual([]);
    const config = at(template.Resources['SiteDistribution'], 'Properties', 'DistributionConfig');
    expect(at(config, 'Aliases')).toEqual(['briefings.example']);
    expect(at(config, 'ViewerCertificate')).toEqual({
      AcmCertificateArn: certificateArn,
      MinimumProtocolVersion: 'TLSv1.2_2021',
      SslSupportMethod: 'sni-only',
    });
  });
});

it('alarms that read logs look for words that the code writes', async () => {
  const patterns = ofType(templates.prod, 'AWS::Logs::MetricFilter').map(([, { Properties }]) =>
    textAt(Properties, 'FilterPattern'),
  );
  expect(patterns).toHaveLength(4);
  const sources = await Promise.all(
    ['src/publishing', 'src/webhook', 'lambdas'].map(async (place) => {
      const files = await readdir(join(root, place), { recursive: true });
      const texts = files.filter((file) => file.endsWith('.ts'));
      return Promise.all(texts.map((file) => readFile(join(root, place, file), 'utf8')));
    }),
  );
  const code = sources.flat().join('\n');
  for (const pattern of patterns) {
    const [, word = 'nothing'] = /^\{ \$\.message\.\w+ = "([a-z-]+)" \}$/.exec(pattern) ?? [];
    expect(code, pattern).toContain(`'${word}'`);
  }
});

describe('the template', () => {
  it('is the one that was reviewed', async () => {
    await expect(reviewable(templates.prod)).toMatchFileSnapshot(
      '__snapshots__/pressrun-prod.json',
    );
  });

  it('is the same from another folder, to the hash of every bundle, and names no folder', async () => {
    const elsewhere = join(folder, 'some', 'where', 'else');
    await mkdir(elsewhere, { recursive: true });
    for (const part of ['cdk', join('src', 'site'), 'package.json']) {
      await cp(join(root, part), join(elsewhere, part), { recursive: true });
    }
    await symlink(join(root, 'node_modules'), join(elsewhere, 'node_modules'));
    await plantBundles(join(elsewhere, 'bundles'), 'two');
    await writeFile(
      join(elsewhere, 'synthesize.ts'),
      `import { App } from 'aws-cdk-lib';
       import { stages } from './cdk/charter/stages.ts';
       import { PressrunStack } from './cdk/stack.ts';
       const app = new App({ outdir: 'out', context: ${JSON.stringify(context)} });
       new PressrunStack(app, { stage: stages.prod, bundles: 'bundles' });
       app.synth();`,
    );
    await promisify(execFile)(process.execPath, ['synthesize.ts'], {
      cwd: elsewhere,
      env: { ...process.env, CDK_VALIDATION: 'false' },
    });
    const other = await readTemplate(join(elsewhere, 'out'), 'prod');
    expect(other).toEqual(templates.prod);
    const text = JSON.stringify(templates);
    for (const place of [root, folder, tmpdir()]) expect(text).not.toContain(place);
    // Only what runs is shipped: neither maps nor the list of modules.
    const shipped = await readdir(join(folder, 'out'), { recursive: true });
    expect(shipped.filter((file) => file.startsWith('asset.') && file.includes('/'))).toHaveLength(
      4,
    );
  });
});

/** One stage by itself, without anybody looking on. */
function synthesizedAlone(stage: Stage, name: string): Template {
  const app = new App({ outdir: join(folder, name), context });
  new PressrunStack(app, { stage, bundles: join(folder, 'bundles') });
  process.env['CDK_VALIDATION'] = 'false';
  try {
    const assembly = app.synth();
    const template: Template = assembly.getStackByName(`pressrun-${stage.name}`).template;
    return structuredClone(template);
  } finally {
    delete process.env['CDK_VALIDATION'];
  }
}

async function readTemplate(out: string, stage: StageName): Promise<Template> {
  return JSON.parse(await readFile(join(out, `pressrun-${stage}.template.json`), 'utf8'));
}

/** What bundling leaves in a folder. The list of modules differs, as it may: it is not shipped. */
async function plantBundles(bundles: string, built: string): Promise<void> {
  for (const name of functionNames) {
    await mkdir(join(bundles, name), { recursive: true });
    await writeFile(join(bundles, name, 'index.mjs'), `export const handler = () => '${name}';\n`);
    await writeFile(join(bundles, name, 'index.mjs.map'), built);
    await writeFile(join(bundles, name, 'meta.json'), built);
  }
}

/** The headers that a policy of the edge adds, as HTTP has them. */
function headersOf(template: Template, id: string | undefined): Record<string, string> {
  const config = at(template.Resources[id ?? ''], 'Properties', 'ResponseHeadersPolicyConfig');
  const security = at(config, 'SecurityHeadersConfig');
  const said = (...path: string[]) => textAt(config, ...path);
  return {
    'strict-transport-security':
      `max-age=${textAt(security, 'StrictTransportSecurity', 'AccessControlMaxAgeSec')}` +
      (at(security, 'StrictTransportSecurity', 'IncludeSubdomains') === true
        ? '; includeSubDomains'
        : ''),
    ...(at(security, 'ContentTypeOptions', 'Override') === true && {
      'x-content-type-options': 'nosniff',
    }),
    'referrer-policy': said('SecurityHeadersConfig', 'ReferrerPolicy', 'ReferrerPolicy'),
    'content-security-policy': said(
      'SecurityHeadersConfig',
      'ContentSecurityPolicy',
      'ContentSecurityPolicy',
    ),
    'access-control-allow-origin': said('CorsConfig', 'AccessControlAllowOrigins', 'Items', '0'),
    'access-control-expose-headers': said('CorsConfig', 'AccessControlExposeHeaders', 'Items', '0'),
    ...Object.fromEntries(
      listAt(config, 'CustomHeadersConfig', 'Items').map((item) => [
        textAt(item, 'Header'),
        textAt(item, 'Value'),
      ]),
    ),
  };
}

/** The template without what changes with every page or function: a reviewer reads infrastructure. */
function reviewable(template: Template): string {
  const text = JSON.stringify(
    template,
    (name, value: unknown) => {
      if (name === 'FunctionCode') return '(a file of src/site/edge)';
      if (name === 'S3Key') return '(a bundle).zip';
      return name === 'ContentSecurityPolicy' && typeof value === 'string'
        ? value.replace(/style-src [^;]+/, 'style-src (the released stylesheets)')
        : value;
    },
    2,
  );
  return `${text}\n`;
}
