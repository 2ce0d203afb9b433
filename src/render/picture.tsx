/** @jsxImportSource preact */
import type { Portrait } from '../briefing/model.ts';
import { type Derivative, derivativesOf } from '../site/images.ts';
import type { Availability, Surface } from './surface.ts';

/**
 * A portrait with its caption and credits. Nothing at all when there is neither, or when the caption
 * would speak of a picture that is not stored: it describes what a reader cannot see.
 */
export function Picture({
  portrait,
  surface,
}: {
  readonly portrait: Portrait;
  readonly surface: Surface;
}) {
  const pictures = storedPictures(portrait, surface.available);
  const { caption } = portrait;
  if (pictures.length === 0 && (caption === null || portrait.image !== null)) return null;
  return (
    <figure>
      <Sources pictures={pictures} portrait={portrait} surface={surface} />
      <Caption portrait={portrait} surface={surface} withPicture={pictures.length > 0} />
    </figure>
  );
}

/** The derivatives of a portrait that are really there. */
export function storedPictures(
  portrait: Portrait | null,
  available: Availability,
): readonly Derivative[] {
  if (!portrait?.image) return [];
  return derivativesOf(portrait.image).filter(({ path }) => available(path));
}

function Sources({
  pictures,
  portrait,
  surface,
}: {
  readonly pictures: readonly Derivative[];
  readonly portrait: Portrait;
  readonly surface: Surface;
}) {
  const jpegs = pictures.filter(({ format }) => format === 'jpeg');
  const webps = pictures.filter(({ format }) => format === 'webp');
  const fallback = jpegs.at(-1) ?? webps.at(-1);
  if (!fallback) return null;
  const image = (
    <img
      src={surface.href(fallback.path)}
      {...(jpegs.length > 1 ? { srcset: srcset(jpegs, surface), sizes } : {})}
      width={fallback.width}
      height={fallback.height}
      alt={portrait.decorative ? '' : portrait.alt}
    />
  );
  if (webps.length === 0 || jpegs.length === 0) return image;
  return (
    <picture>
      <source type="image/webp" srcset={srcset(webps, surface)} sizes={sizes} />
      {image}
    </picture>
  );
}

/** As the stylesheet lays portraits out: a column beside the text, or the small one above it. */
const sizes = '(min-width:60em) 17rem, 9rem';

function srcset(pictures: readonly Derivative[], surface: Surface): string {
  return pictures.map(({ path, width }) => `${surface.href(path)} ${width}w`).join(', ');
}

function Caption({
  portrait,
  surface,
  withPicture,
}: {
  readonly portrait: Portrait;
  readonly surface: Surface;
  readonly withPicture: boolean;
}) {
  const { caption, credit, creator, licence } = portrait;
  const by = credit ?? creator;
  const hasCredit = withPicture && (by !== null || licence !== null);
  if (caption === null && !hasCredit) return null;
  const licenceUrl = licence?.url ? surface.typedLink(licence.url) : null;
  return (
    <figcaption dir="auto">
      {caption}
      {hasCredit && (
        <small>
          {by !== null && surface.words.credit(by)}
          {by !== null && licence !== null && ' · '}
          {licence !== null &&
            (licenceUrl === null ? (
              licence.name
            ) : (
              <a href={licenceUrl} rel="license">
                {licence.name}
              </a>
            ))}
        </small>
      )}
    </figcaption>
  );
}
