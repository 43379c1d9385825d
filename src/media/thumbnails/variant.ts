import { fitPicture } from "../../thumbnail/raster/geometry.ts";
import type { Variant } from "../../thumbnail/types.ts";

/** The picture that ingest makes of each photo: all of it, as large as most thumbnails that are asked for need. */
export const previewVariant: Variant = { size: 1024, fit: "contain" };

/** The thumbnail that a client gets who names none. */
export const usualVariant: Variant = { size: 512, fit: "cover" };

/** A variant's name in storage keys and entity tags. */
export function variantName(variant: Variant): string {
  return `${variant.size}-${variant.fit}`;
}

/** Width and height of a picture as it is shown, in pixels. */
export interface Sides {
  readonly width: number;
  readonly height: number;
}

/** The size of the preview of a picture. */
export function previewSides({ width, height }: Sides): Sides {
  return fitPicture(width, height, 1, previewVariant);
}

/**
 * Whether a preview has all that a variant shows. One that is smaller than previews may be is its whole original, which is
 * never enlarged to be contained in anything; a square is made of no fewer pixels than it has.
 */
export function isCovered({ size, fit }: Variant, { width, height }: Sides): boolean {
  if (fit === "cover") return size <= Math.min(width, height);
  return size <= previewVariant.size || Math.max(width, height) < previewVariant.size;
}

/** Whether a variant that a preview covers is that preview as it is: nothing is to be cut off it, or shrunk. */
export function isWhole({ size, fit }: Variant, { width, height }: Sides): boolean {
  return fit === "cover" ? width === size && height === size : size >= Math.max(width, height);
}
