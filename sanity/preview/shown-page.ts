import type { Briefing, Person, Portrait } from '../../src/briefing/model.ts';
import { derivativesOf } from '../../src/site/images.ts';
import { type PublicObject, stampBody } from '../../src/site/public-object.ts';

export type Scheme = 'light' | 'dark';

/** A picture of the edge, and the same picture from the lake. */
export interface LakePicture {
  readonly path: string;
  readonly url: string;
}

/** The bytes of a page but for the stamp of a release that does not exist yet. */
export function unstamped(object: PublicObject): string {
  return stampBody(object, '');
}

/**
 * A page as it is shown beside the form. What is added is for the eyes alone and never published: links
 * lead to the site, in a window of their own; light or dark is chosen; pictures that the edge does not
 * have yet come from the lake.
 */
export function shownPage(
  html: string,
  {
    siteUrl,
    scheme,
    pictures,
  }: {
    readonly siteUrl: string;
    readonly scheme: Scheme;
    readonly pictures: readonly LakePicture[];
  },
): string {
  const base = `<base href="${siteUrl}/" target="_blank">`;
  return fromTheLake(inScheme(html, scheme), pictures).replace('<head>', `<head>${base}`);
}

/** The stylesheet asks the reader's system; here the editor has said. */
export function inScheme(html: string, scheme: Scheme): string {
  const media = scheme === 'dark' ? 'all' : 'not all';
  return html
    .replaceAll(/@media ?\(prefers-color-scheme: ?dark\)/g, `@media ${media}`)
    .replaceAll(/color-scheme: ?light dark/g, `color-scheme:${scheme}`);
}

export function fromTheLake(html: string, pictures: readonly LakePicture[]): string {
  return pictures.reduce((page, { path, url }) => page.replaceAll(path, escaped(url)), html);
}

function escaped(url: string): string {
  return url.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
}

/** Every picture that a page of these may show, at the address where the lake has it. */
export function lakePictures(
  shown: readonly (Briefing | Person)[],
  imagesUrl: string,
): readonly LakePicture[] {
  return shown.flatMap(portraitsOf).flatMap(({ image }) => {
    const file = image === null ? null : fileOf(image.assetId);
    if (image === null || file === null) return [];
    return derivativesOf(image).map(({ path, query }) => ({
      path,
      url: `${imagesUrl}/${file}?${query}`,
    }));
  });
}

function portraitsOf(document: Briefing | Person): readonly Portrait[] {
  const own = document.portrait === null ? [] : [document.portrait];
  if (document.type === 'person') return own;
  const inProse = Object.values(document.answers)
    .flat()
    .flatMap((block) => (block._type === 'portrait' ? [block.portrait] : []));
  return [...own, ...inProse];
}

/** `image-<sha1>-<width>x<height>-<extension>` → the file's name. */
function fileOf(assetId: string): string | null {
  const parts = /^image-([0-9a-f]+-\d+x\d+)-([a-z0-9]+)$/.exec(assetId);
  return parts === null ? null : `${parts[1]}.${parts[2]}`;
}
