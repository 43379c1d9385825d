import { type GreyPicture } from "../../../src/thumbnail/likeness/likeness.ts";
import { sceneOf } from "../support/scene.ts";

/** A picture in shades of grey from a function of its pixels. */
export function greyOf(
  width: number,
  height: number,
  shadeAt: (x: number, y: number) => number,
): GreyPicture {
  const luma = Uint8Array.from({ length: width * height }, (_, i) =>
    Math.min(255, Math.max(0, Math.round(shadeAt(i % width, Math.floor(i / width))))),
  );
  return { width, height, luma };
}

/** A scene in shades of grey. */
export function greyScene(seed: number, width: number, height: number): GreyPicture {
  const { data } = sceneOf(seed, width, height);
  return greyOf(width, height, (x, y) => {
    const at = (y * width + x) * 3;
    return 0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0);
  });
}

/** A part of a picture by whole pixels. */
export function cut(
  { width, luma }: GreyPicture,
  [left, top]: readonly [number, number],
  [across, down]: readonly [number, number],
): GreyPicture {
  return greyOf(across, down, (x, y) => luma[(top + y) * width + left + x] ?? 0);
}

/** A picture with a border of so many pixels. */
export function framed(picture: GreyPicture, pixels: number, shade: number): GreyPicture {
  const { width, height, luma } = picture;
  return greyOf(width + 2 * pixels, height + 2 * pixels, (x, y) => {
    const [column, row] = [x - pixels, y - pixels];
    const isInside = column >= 0 && row >= 0 && column < width && row < height;
    return isInside ? (luma[row * width + column] ?? 0) : shade;
  });
}
