import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startStudio, type RunningStudio } from '../../local/studio/start-studio.ts';
import { withStage } from '../../local/studio/studio-page.ts';

const stage = {
  projectId: 'localdev',
  dataset: 'production',
  lakeUrl: 'http://localhost:4001',
  siteUrl: 'http://127.0.0.1:8080',
  baseUrl: 'http://127.0.0.1:8080',
  tagAuthority: 'localhost,2026',
};

let folder: string;
let studio: RunningStudio;

beforeAll(async () => {
  const place = await mkdtemp(join(tmpdir(), 'studio-'));
  folder = join(place, 'studio');
  await writeFile(join(place, 'secret'), 'not for browsers');
  studio = await startStudio({ port: 0, folder, stage });
});

afterAll(async () => {
  await studio.close();
  await rm(join(folder, '..'), { recursive: true });
});

describe('the server of the local Studio', () => {
  it('says that the Studio is being built, until it is', async () => {
    const early = await ask('/');
    expect(early).toMatchObject({ status: 503 });
    expect(early.body).toContain('The Studio is being built');

    await mkdir(join(folder, 'static'), { recursive: true });
    await writeFile(
      join(folder, 'index.html'),
      '<!doctype html><html><head><title>S</title></head></html>',
    );
    await writeFile(join(folder, 'static', 'app-1a.js'), 'start()');
    await writeFile(join(folder, 'static', 'manifest.webmanifest'), '{}');
    expect(await ask('/')).toEqual({
      status: 200,
      type: 'text/html; charset=utf-8',
      caching: 'no-cache',
      body: `<!doctype html><html><head><script>globalThis.pressrunStage=${JSON.stringify(stage)};</script><title>S</title></head></html>`,
    });
  });

  it('gives its page for every address within the Studio, dots or not', async () => {
    const { body } = await ask('/');
    for (const path of ['/structure/live;drafts.briefing-six-dots,view=page', '/intent/edit/x']) {
      const answer = await ask(path);
      expect([path, answer.status, answer.body]).toEqual([path, 200, body]);
    }
    expect(await ask('/%')).toMatchObject({ status: 400 });
  });

  it('keeps what is named by its content, and asks again for everything else', async () => {
    expect(await ask('/static/app-1a.js')).toEqual({
      status: 200,
      type: 'text/javascript; charset=utf-8',
      caching: 'public, max-age=31536000, immutable',
      body: 'start()',
    });
    expect(await ask('/static/manifest.webmanifest')).toMatchObject({ caching: 'no-cache' });
    expect(await ask('/static/app-0b.js')).toMatchObject({ status: 404, caching: 'no-store' });
  });

  it.each(['/static/../../secret', '/static/..%2f..%2fsecret', '/static/%2e%2e/%2e%2e/secret'])(
    'gives nothing from outside its folder: %s',
    async (path) => {
      const answer = await ask(path);
      expect(answer.status).toBe(400);
      expect(answer.body).not.toContain('not for browsers');
    },
  );

  it('refuses whoever came by another name, and whoever wants to write', async () => {
    expect(await ask('/', { host: 'news.example' })).toMatchObject({ status: 403 });
    expect(await ask('/', { host: 'localhost:3333' })).toMatchObject({ status: 200 });
    expect(await ask('/', { method: 'POST' })).toMatchObject({ status: 405 });
  });
});

describe('the stage in the page', () => {
  it('arrives as it is, and never ends its script', () => {
    const hostile = { ...stage, tagAuthority: '</script><!--\u2028"\\' };
    const html = withStage('<html><head lang="en"></head></html>', hostile);
    const script =
      /<head lang="en"><script>(.*?)<\/script><\/head><\/html>$/s.exec(html)?.[1] ?? '';
    expect(script).not.toMatch(/[<\u2028]/);
    const world: { pressrunStage?: unknown } = {};
    runInNewContext(script, world);
    expect(JSON.parse(JSON.stringify(world.pressrunStage))).toEqual(hostile);
  });

  it('is refused a page that is not the Studio’s', () => {
    expect(() => withStage('<header></header>', stage)).toThrow('HTML without a <head>');
  });
});

/** Plainly: `fetch` would tidy the path, and send no other host. */
function ask(
  path: string,
  { host = '127.0.0.1', method = 'GET' }: { host?: string; method?: string } = {},
): Promise<{ status: number; type: string; caching: string; body: string }> {
  return new Promise((resolve, reject) => {
    request(
      { host: '127.0.0.1', port: new URL(studio.url).port, path, method, headers: { host } },
      (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (text: string) => void (body += text));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            type: response.headers['content-type'] ?? '',
            caching: response.headers['cache-control'] ?? '',
            body,
          }),
        );
      },
    )
      .on('error', reject)
      .end();
  });
}
