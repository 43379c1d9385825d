import sharp, { type Sharp } from "sharp";
import type { Rgb } from "./cases.ts";

/** A picture in sRGB: three bytes a pixel, row by row. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** An image file, by its path or its bytes. */
type Source = string | Uint8Array;

/** How tall and wide a picture is to be made. */
interface Size {
  readonly width: number;
  readonly height: number;
}

/** Decodes a picture, brings it to sRGB by the profile that is in it, lays it on white, and brings it to a size. */
export async function pictureOf(source: Source, size?: Size): Promise<Picture> {
  return rendered(sharp(source), size);
}

/** A picture in another size. */
export async function resized({ width, height, data }: Picture, size: Size): Promise<Picture> {
  if (width === size.width && height === size.height) return { width, height, data };
  return rendered(sharp(data, { raw: { width, height, channels: 3 } }), size);
}

/** What sharp makes of an image, in the same form. */
export async function rendered(image: Sharp, size?: Size): Promise<Picture> {
  const flat = image.flatten({ background: "#fff" });
  const sized = size === undefined ? flat : flat.resize({ ...size, fit: "fill" });
  const { data, info } = await sized
    .toColourspace("srgb")
    .removeAlpha()
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}

/** A picture that is stored on its side, upright, by EXIF's orientation. */
export async function upright({ width, height, data }: Picture, orientation: number): Promise<Picture> {
  const image = sharp(data, { raw: { width, height, channels: 3 } });
  // Sharp mirrors before it turns.
  if ([2, 4, 5, 7].includes(orientation)) image.flop();
  const quarters = { 3: 2, 4: 2, 5: 3, 6: 1, 7: 1, 8: 3 }[orientation] ?? 0;
  return rendered(image.rotate(quarters * 90));
}

/** The colour of a pixel. */
export function colourAt({ width, height, data }: Picture, x: number, y: number): Rgb {
  const column = Math.min(Math.max(Math.floor(x), 0), width - 1);
  const row = Math.min(Math.max(Math.floor(y), 0), height - 1);
  const at = (row * width + column) * 3;
  return [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
}

/** How far two pictures of the same size are apart: the mean of the differences of each channel. */
export function meanDifference(one: Picture, other: Picture): Rgb {
  return meanOf(one, (index) => other.data[index] ?? 0);
}

/** The quality of the service's thumbnails, on libjpeg's scale. */
const thumbnailQuality = 80;

/**
 * How far a picture comes to be from itself as a thumbnail, on average in the worst channel: by JPEG's losses, which are
 * many in small pictures of many colours, since colours have half the resolution.
 */
export async function codingLoss(picture: Picture): Promise<number> {
  const { width, height, data } = picture;
  const image = sharp(data, { raw: { width, height, channels: 3 } });
  const coded = await pictureOf(await image.jpeg({ quality: thumbnailQuality }).toBuffer());
  return Math.max(...meanDifference(picture, coded));
}

/** How far a picture is from a colour, likewise. */
export function meanDifferenceTo(picture: Picture, colour: Rgb): Rgb {
  return meanOf(picture, (index) => colour[index % 3] ?? 0);
}

function meanOf({ data }: Picture, wanted: (index: number) => number): Rgb {
  const sums: [number, number, number] = [0, 0, 0];
  for (let index = 0; index < data.length; index += 3) {
    sums[0] += Math.abs((data[index] ?? 0) - wanted(index));
    sums[1] += Math.abs((data[index + 1] ?? 0) - wanted(index + 1));
    sums[2] += Math.abs((data[index + 2] ?? 0) - wanted(index + 2));
  }
  const pixels = Math.max(data.length / 3, 1);
  return [sums[0] / pixels, sums[1] / pixels, sums[2] / pixels];
}

/** The colour that is furthest from another, of all pixels. */
export function furthestFrom(picture: Picture, colour: Rgb): Rgb {
  let [furthest, most] = [colour, -1];
  for (let pixel = 0; pixel < picture.width * picture.height; pixel += 1) {
    const at = colourAt(picture, pixel % picture.width, Math.floor(pixel / picture.width));
    const distance = distanceOf(at, colour);
    if (distance > most) [furthest, most] = [at, distance];
  }
  return furthest;
}

/** How far two colours are apart in the channel in which they differ most. */
export function distanceOf(one: Rgb, other: Rgb): number {
  return Math.max(...one.map((value, index) => Math.abs(value - (other[index] ?? 0))));
}
