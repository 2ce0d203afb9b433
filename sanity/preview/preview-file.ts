import { fromTheLake, type LakePicture } from './shown-page.ts';

/**
 * A page as one file for a reviewer without an account: marked as a preview, not to be indexed, with its
 * pictures inside and nothing that is fetched from elsewhere but what a reader clicks.
 */
export async function previewFile(
  html: string,
  {
    siteUrl,
    madeAt,
    pictures,
    load,
  }: {
    readonly siteUrl: string;
    /** When, in words. */
    readonly madeAt: string;
    readonly pictures: readonly LakePicture[];
    /** A picture as a `data:` address. */
    readonly load: (url: string) => Promise<string>;
  },
): Promise<string> {
  const shown = pictures.filter(({ path }) => html.includes(path));
  const inside = await Promise.all(
    shown.map(async ({ path, url }) => ({ path, url: await load(url) })),
  );
  const head = `<base href="${siteUrl}/" target="_blank"><meta name="robots" content="noindex">`;
  const mark =
    '<p role="note" style="margin:0 -1.25rem;padding:.6rem 1.25rem;background:#fff3c4;color:#4a3b00;' +
    'font:600 .85rem/1.5 system-ui,sans-serif">' +
    `Preview, not published. As it stood on ${text(madeAt)}.</p>`;
  return withoutAlternates(fromTheLake(html, inside))
    .replace('<title>', '<title>Preview: ')
    .replace('<head>', `<head>${head}`)
    .replace(/<body([^<>]*)>/, `<body$1>${mark}`);
}

/** What speaks of the published page to machines would be untrue of a file. Inside it `<` is written otherwise. */
function withoutAlternates(html: string): string {
  return html
    .replaceAll(/<link rel="(?:canonical|alternate)"[^<>]*>/g, '')
    .replaceAll(/<meta (?:property="og:|name="pressrun:)[^<>]*>/g, '')
    .replaceAll(/<script type="application\/ld\+json">[^<]*<\/script>/g, '');
}

/** A name that says what the file is and sorts by day. */
export function previewFileName(date: string, path: string): string {
  const slug = path.split('/').findLast((part) => part !== '') ?? 'page';
  return `preview-${date}-${slug}.html`;
}

function text(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
