import type { Orientation } from "../../core/orientation.ts";
import type { Variant } from "../types.ts";

/** Which part of the stored picture becomes the thumbnail, and how large. */
export interface Geometry {
  /** Size of the thumbnail as shown, in pixels. */
  readonly width: number;
  readonly height: number;
  /** The same before the orientation is applied. */
  readonly storedWidth: number;
  readonly storedHeight: number;
  /** The part of the stored picture that is used, in its pixels; edges may lie between pixels. */
  readonly cropX: number;
  readonly cropY: number;
  readonly cropWidth: number;
  readonly cropHeight: number;
  readonly orientation: Orientation;
}

/** Fits a stored picture of `width` × `height` pixels to a variant. */
export function fitPicture(
  width: number,
  height: number,
  orientation: Orientation,
  variant: Variant,
): Geometry {
  const swapped = orientation >= 5;
  const { storedWidth, storedHeight, ...crop } =
    variant.fit === "cover" ? cover(width, height, variant.size) : contain(width, height, variant.size);
  return {
    width: swapped ? storedHeight : storedWidth,
    height: swapped ? storedWidth : storedHeight,
    storedWidth,
    storedHeight,
    ...crop,
    orientation,
  };
}

function cover(width: number, height: number, size: number) {
  const side = Math.min(width, height);
  return {
    storedWidth: size,
    storedHeight: size,
    cropX: (width - side) / 2,
    cropY: (height - side) / 2,
    cropWidth: side,
    cropHeight: side,
  };
}

/** Both axes shrink alike: what rounding to whole pixels adds or takes is shared by the two edges. */
function contain(width: number, height: number, size: number) {
  const shrink = Math.max(1, Math.max(width, height) / size);
  const storedWidth = Math.max(1, Math.round(width / shrink));
  const storedHeight = Math.max(1, Math.round(height / shrink));
  return {
    storedWidth,
    storedHeight,
    cropX: (width - storedWidth * shrink) / 2,
    cropY: (height - storedHeight * shrink) / 2,
    cropWidth: storedWidth * shrink,
    cropHeight: storedHeight * shrink,
  };
}

/** Where a stored pixel (x, y) goes in the upright picture: index = first + x·stepX + y·stepY, in pixels. */
export interface PixelWalk {
  readonly first: number;
  readonly stepX: number;
  readonly stepY: number;
}

/** How to write stored pixels so that the result is upright. */
export function uprightWalk(geometry: Pick<Geometry, "width" | "height" | "orientation">): PixelWalk {
  const { width, height, orientation } = geometry;
  const lastX = width - 1;
  const lastRow = (height - 1) * width;
  switch (orientation) {
    case 1:
      return { first: 0, stepX: 1, stepY: width };
    case 2:
      return { first: lastX, stepX: -1, stepY: width };
    case 3:
      return { first: lastRow + lastX, stepX: -1, stepY: -width };
    case 4:
      return { first: lastRow, stepX: 1, stepY: -width };
    case 5:
      return { first: 0, stepX: width, stepY: 1 };
    case 6:
      return { first: lastX, stepX: width, stepY: -1 };
    case 7:
      return { first: lastRow + lastX, stepX: -width, stepY: -1 };
    case 8:
      return { first: lastRow, stepX: -width, stepY: 1 };
  }
}
