import type { MediaObject } from "../../db/media/record.ts";
import { isMediaType, type MediaType } from "../../core/media-type.ts";
import type { ImageHeader } from "../../metadata/headers/image-header.ts";
import { generationOf } from "../thumbnails/version.ts";

/** A profile of curves and a matrix has a few hundred bytes; one with a table has more than this. */
const mostMatrixProfileBytes = 4096;

/** The generation of thumbnails with which the decoders were mended, see `generation` in thumbnails/version.ts. */
const mendedGeneration = 2;

/** Which pictures of a type come out otherwise than in the generation before that. */
const mended: Readonly<Record<MediaType, (header: ImageHeader) => boolean>> = {
  // Loop restoration, and pictures without segmentation or of a frame that is smaller than the canvas.
  "image/avif": () => true,
  "image/webp": () => true,
  // Decoded row by row since, with their inks, planes, pages and alpha as they are meant.
  "image/tiff": () => true,
  "image/bmp": () => true,
  // Colours that chunks tell.
  "image/png": () => true,
  "image/jpeg": hasTable,
  "image/gif": () => false,
  // Colours that code points tell, where there is no profile.
  "image/heic": (header) => profileBytes(header) === 0 || hasTable(header),
  "image/heif": (header) => profileBytes(header) === 0 || hasTable(header),
};

/**
 * Whether the picture that a record shows, or why it shows none, may be wrong because its decoder was mended since. What
 * is decoded again gets another thumbnail version, so that no cache keeps the old picture. That a picture has no preview yet
 * is nothing wrong with it.
 */
export function isDecodedOtherwise(media: MediaObject, header: ImageHeader): boolean {
  const isOld = media.thumbnailVersion === null || generationOf(media.thumbnailVersion) < mendedGeneration;
  return isOld && isMediaType(media.contentType) && mended[media.contentType](header);
}

function hasTable(header: ImageHeader): boolean {
  return profileBytes(header) > mostMatrixProfileBytes;
}

function profileBytes({ metadataBlocks }: ImageHeader): number {
  return metadataBlocks.reduce((sum, { kind, length }) => sum + (kind === "icc" ? length : 0), 0);
}
