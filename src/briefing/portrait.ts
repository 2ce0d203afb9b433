import * as z from 'zod';
import { entry, expect, fraction, licence, line, lines, webLink } from './fields.ts';
import type { ImageSource, Licence, Portrait, Problem } from './model.ts';
import { error, joinPath, quoted, warning } from './problem.ts';
import { textOrNull } from './unicode.ts';

const imageAssetId = /^image-([0-9a-f]{40})-([1-9]\d{0,4})x([1-9]\d{0,4})-([a-z0-9]{1,5})$/;

const imageDocument = z.object({
  _type: z.literal('image').optional(),
  asset: z
    .object({
      _type: z.literal('reference').optional(),
      _weak: z.boolean().optional(),
      _ref: z.string().check(
        expect((text) => imageAssetId.test(text), {
          code: 'bad-image',
          message: (text) => `${quoted(text)} is not the id of an image of the content lake.`,
          fix: 'Remove the picture and upload it again.',
        }),
      ),
    })
    .optional(),
  hotspot: z
    .object({
      _type: z.string().optional(),
      x: fraction,
      y: fraction,
      width: fraction,
      height: fraction,
    })
    .optional(),
  crop: z
    .object({
      _type: z.string().optional(),
      top: fraction,
      bottom: fraction,
      left: fraction,
      right: fraction,
    })
    .optional(),
});

/** A picture with its words; also a block of the answers. */
export const portraitDocument = z.object({
  ...entry,
  image: imageDocument.optional(),
  alt: lines(1_000).optional(),
  decorative: z.boolean().optional(),
  caption: lines(1_000).optional(),
  credit: line().optional(),
  creator: line().optional(),
  licence: licence.optional(),
  acquireUrl: webLink.optional(),
});
export type PortraitDocument = z.output<typeof portraitDocument>;

/** What an editor should know of a portrait; `path` is where it stands in its document. */
export function portraitProblems(portrait: PortraitDocument, path: string): Problem[] {
  return [
    ...problemsOfWords(portrait, path),
    // The Studio leaves an image without an asset where a picture was removed.
    ...(portrait.image?.asset === undefined
      ? []
      : problemsOfPicture(portrait, portrait.image, path)),
  ];
}

/** The portrait for the renderer. Total: call it only where `portraitProblems` found no error. */
export function portraitFrom(portrait: PortraitDocument): Portrait | null {
  const image = portrait.image === undefined ? null : imageFrom(portrait.image);
  const decorative = portrait.decorative === true;
  const alt = decorative ? '' : (portrait.alt ?? '');
  const caption = textOrNull(portrait.caption);
  if (image === null && alt === '' && caption === null) return null;
  return {
    image,
    alt,
    decorative,
    caption,
    credit: textOrNull(portrait.credit),
    creator: textOrNull(portrait.creator),
    licence: licenceFrom(portrait.licence),
    acquireUrl: portrait.acquireUrl ?? null,
  };
}

/** The licence, if it has a name. */
export function licenceFrom(document: z.output<typeof licence> | undefined): Licence | null {
  const name = textOrNull(document?.name);
  return name === null ? null : { name, url: document?.url ?? null };
}

function problemsOfWords(portrait: PortraitDocument, path: string): Problem[] {
  const problems: Problem[] = [];
  const [alt, caption] = [textOrNull(portrait.alt), textOrNull(portrait.caption)];
  if (alt !== null && alt === caption) {
    problems.push(
      warning({
        code: 'caption-equals-alt',
        path: joinPath(path, 'caption'),
        message: `Caption and alternative text are the same: ${quoted(alt)}.`,
        fix: 'Let the alternative text say what is seen, and the caption what it means.',
      }),
    );
  }
  if (portrait.decorative === true && alt !== null) {
    problems.push(
      warning({
        code: 'alt-of-decoration',
        path: joinPath(path, 'alt'),
        message: 'The picture is marked as decorative, so its alternative text is not printed.',
        fix: 'Clear the alternative text, or unmark the picture as decorative.',
      }),
    );
  }
  return problems;
}

function problemsOfPicture(
  portrait: PortraitDocument,
  image: z.output<typeof imageDocument>,
  path: string,
): Problem[] {
  const problems: Problem[] = [];
  const missing = (field: string, code: string, message: string, fix: string) =>
    problems.push(error({ code, path: joinPath(path, field), message, fix }));
  if (portrait.decorative !== true && textOrNull(portrait.alt) === null) {
    missing(
      'alt',
      'alt-missing',
      'The picture has no alternative text for readers who cannot see it.',
      'Say in a few words what is seen, or mark the picture as decorative.',
    );
  }
  if (textOrNull(portrait.credit) === null) {
    missing(
      'credit',
      'credit-missing',
      'The picture has no credit.',
      'Write who is to be named beside the picture.',
    );
  }
  if (textOrNull(portrait.licence?.name) === null) {
    missing(
      'licence.name',
      'licence-missing',
      'The picture has no licence.',
      'Write the licence under which it may be shown, for example CC BY 4.0.',
    );
  }
  const crop = image.crop;
  if (crop !== undefined && (crop.top + crop.bottom >= 1 || crop.left + crop.right >= 1)) {
    missing(
      'image.crop',
      'bad-crop',
      'The crop leaves nothing of the picture.',
      'Set the crop of the picture again.',
    );
  }
  return problems;
}

function imageFrom(image: z.output<typeof imageDocument>): ImageSource | null {
  const matched = imageAssetId.exec(image.asset?._ref ?? '');
  if (matched === null) return null;
  const { crop, hotspot } = image;
  return {
    assetId: matched[0],
    width: Number(matched[2]),
    height: Number(matched[3]),
    crop:
      crop === undefined
        ? { top: 0, bottom: 0, left: 0, right: 0 }
        : { top: crop.top, bottom: crop.bottom, left: crop.left, right: crop.right },
    hotspot:
      hotspot === undefined
        ? { x: 0.5, y: 0.5, width: 1, height: 1 }
        : { x: hotspot.x, y: hotspot.y, width: hotspot.width, height: hotspot.height },
  };
}
