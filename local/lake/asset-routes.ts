import { mimeTypes, type AssetStore } from './assets.ts';
import type { Dataset } from './dataset.ts';
import type { JsonRecord } from './documents.ts';
import { plainRefusal } from './errors.ts';
import { editorsOnly } from './hooks-routes.ts';
import { json, readBody, type Reply } from './http.ts';
import { parseTransform } from './image-transform.ts';
import { transformImage, type TransformedImage } from './images.ts';
import { datasetOf, type LakeRequest, type Route } from './router.ts';

const uploadLimit = 100_000_000;
const described = ['title', 'label', 'description', 'creditLine'] as const;

/** Uploading assets and serving them, images transformed as asked. */
export function assetRoutes({
  datasets,
  assets,
}: {
  datasets: ReadonlyMap<string, Dataset>;
  assets: AssetStore;
}): Route[] {
  const images = keptImages();
  return [
    ...(['image', 'file'] as const).map((kind): Route => ({
      name: 'upload',
      methods: ['POST'],
      path: `/assets/${kind}s/:dataset`,
      async handle(request) {
        editorsOnly(request);
        const dataset = datasetOf(datasets, request);
        const bytes = await readBody(request.request, uploadLimit);
        if (bytes.length === 0) throw plainRefusal(400, 'The upload is empty');
        return json({
          document: await assets.upload(dataset, uploadOf(kind, bytes, request)),
        });
      },
    })),
    {
      name: 'images',
      methods: ['GET'],
      path: '/images/:project/:dataset/:file',
      isForEveryPage: true,
      handle: (request) => serveImage({ assets, images }, datasetOf(datasets, request), request),
    },
    {
      name: 'files',
      methods: ['GET'],
      path: '/files/:project/:dataset/:file',
      isForEveryPage: true,
      handle(request) {
        const { path } = request;
        const file = path['file'] ?? '';
        const bytes = assets.read(datasetOf(datasets, request), nameOf(file));
        if (bytes === undefined) throw plainRefusal(404, `File "${file}" not found`);
        return {
          kind: 'bytes',
          bytes,
          contentType: mimeTypes[file.split('.').at(-1) ?? ''] ?? 'application/octet-stream',
          headers: publicFile(request.url),
        };
      },
    },
    {
      // References from other datasets; those of this one are found by a query.
      name: 'references',
      methods: ['GET'],
      path: '/data/references/:dataset/documents/*rest',
      handle(request) {
        editorsOnly(request);
        datasetOf(datasets, request);
        return json({ totalCount: 0, references: [] });
      },
    },
  ];
}

function uploadOf(kind: 'image' | 'file', bytes: Uint8Array, request: LakeRequest) {
  const { searchParams } = request.url;
  const filename = searchParams.get('filename');
  const contentType = request.request.headers['content-type'];
  const metadata = searchParams.getAll('meta');
  const attributes: JsonRecord = {};
  for (const name of described) {
    const value = searchParams.get(name);
    if (value !== null) attributes[name] = value;
  }
  const sourceName = searchParams.get('sourceName');
  if (sourceName !== null) {
    attributes['source'] = {
      name: sourceName,
      id: searchParams.get('sourceId'),
      url: searchParams.get('sourceUrl'),
    };
  }
  return {
    kind,
    bytes,
    author: request.identity.id,
    attributes,
    ...(filename !== null && { filename }),
    ...(contentType !== undefined && { contentType }),
    ...(metadata.length > 0 && { metadata }),
  };
}

async function serveImage(
  { assets, images }: { assets: AssetStore; images: KeptImages },
  dataset: Dataset,
  { path, url, request }: LakeRequest,
): Promise<Reply> {
  const file = path['file'] ?? '';
  const original = assets.read(dataset, nameOf(file));
  if (original === undefined) throw plainRefusal(404, `Image "${file}" not found`);
  const transform = parseTransform(url.searchParams, {
    accept: request.headers.accept ?? '',
    extension: file.split('.').at(-1) ?? '',
  });
  const { bytes, contentType } =
    transform === undefined
      ? { bytes: original, contentType: mimeTypes[file.split('.').at(-1) ?? ''] ?? 'image/png' }
      : await images(`${file}?${JSON.stringify(transform)}`, () =>
          transformImage(original, transform),
        );
  return {
    kind: 'bytes',
    bytes,
    contentType,
    headers: {
      ...publicFile(url),
      ...(url.searchParams.get('auto') === 'format' && { vary: 'accept' }),
    },
  };
}

type KeptImages = (
  address: string,
  make: () => Promise<TransformedImage>,
) => Promise<TransformedImage>;

const keptImageLimit = 200;

/** The pictures made last, so that a page shown again and again is encoded once. */
function keptImages(): KeptImages {
  const kept = new Map<string, Promise<TransformedImage>>();
  return (address, make) => {
    const known = kept.get(address);
    if (known !== undefined) return known;
    const made = make();
    kept.set(address, made);
    made.catch(() => kept.delete(address));
    const oldest = kept.keys().next();
    if (kept.size > keptImageLimit && oldest.done !== true) kept.delete(oldest.value);
    return made;
  };
}

/** Asset addresses are made of content, so they can be kept for ever and read from anywhere. */
function publicFile(url: URL): Record<string, string> {
  const download = url.searchParams.get('dl');
  return {
    'cache-control': 'public, max-age=31536000, immutable',
    'access-control-allow-origin': '*',
    'x-content-type-options': 'nosniff',
    // An uploaded SVG or HTML file must not run on the lake's own origin.
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    ...(download !== null && {
      'content-disposition': `attachment; filename="${download.replaceAll(/[^A-Za-z0-9._-]/g, '_')}"`,
    }),
  };
}

function nameOf(file: string): string {
  if (/^[0-9a-f]{40}(-\d+x\d+)?\.[a-z0-9]+$/.test(file)) return file;
  throw plainRefusal(404, `Asset "${file}" not found`);
}
