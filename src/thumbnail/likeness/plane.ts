import { byteAt, floatAt, integerAt } from "../number-at.ts";

/** Shades of grey to compute with, 0 to 255, rows without gaps. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

/** A picture in shades of grey, upright, rows without gaps. */
export interface GreyPicture {
  readonly width: number;
  readonly height: number;
  /** A byte for each pixel. */
  readonly luma: Uint8Array;
}

/** Width and height, in pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A part of a picture: where its edges are, in shares of the picture's width and height from the left and the top. */
export interface Part {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** All of a picture. */
export const whole: Part = { left: 0, right: 1, top: 0, bottom: 1 };

/** A part of a picture at a size: each pixel is the mean of what it covers, so that nothing is lost between pixels. */
export function rendered(picture: GreyPicture, size: Size, part: Part): Plane {
  const columns = samplesOf(picture.width, size.width, [part.left, part.right]);
  const rows = samplesOf(picture.height, size.height, [part.top, part.bottom]);
  const values = new Float32Array(size.width * size.height);
  const line = new Float32Array(size.width);
  let from = 0;
  for (let y = 0; y < size.height; y++) {
    const out = values.subarray(y * size.width, (y + 1) * size.width);
    const end = rows.ends[y] ?? from;
    for (let k = from; k < end; k++) {
      readLine(line, picture, integerAt(rows.places, k), columns);
      const share = floatAt(rows.shares, k);
      for (let x = 0; x < line.length; x++) out[x] = floatAt(out, x) + share * floatAt(line, x);
    }
    from = end;
  }
  return { ...size, values };
}

/** For each pixel along a side, one after the other, the pixels that it is made of, each with its share. */
interface Samples {
  readonly places: Int32Array;
  readonly shares: Float32Array;
  /** Where the samples of each pixel end. */
  readonly ends: Int32Array;
}

/** A pixel covers at least the width of one, so that what is enlarged stays smooth. */
function samplesOf(source: number, target: number, [from, to]: readonly [number, number]): Samples {
  const step = ((to - from) * source) / target;
  const reach = Math.max(1, step) / 2;
  const places: number[] = [];
  const shares: number[] = [];
  const ends = new Int32Array(target);
  for (let i = 0; i < target; i++) {
    const middle = from * source + (i + 0.5) * step;
    const [first, last] = [middle - reach, middle + reach];
    for (let place = Math.floor(first); place < last; place++) {
      places.push(Math.min(source - 1, Math.max(0, place)));
      shares.push((Math.min(last, place + 1) - Math.max(first, place)) / (2 * reach));
    }
    ends[i] = places.length;
  }
  return { places: Int32Array.from(places), shares: Float32Array.from(shares), ends };
}

function readLine(line: Float32Array, { luma, width }: GreyPicture, row: number, columns: Samples): void {
  const start = row * width;
  let k = 0;
  for (let x = 0; x < line.length; x++) {
    let sum = 0;
    for (const end = columns.ends[x] ?? k; k < end; k++) {
      sum += floatAt(columns.shares, k) * byteAt(luma, start + integerAt(columns.places, k));
    }
    line[x] = sum;
  }
}

/** A plane at half its size; an odd row or column at the end is left out. */
export function halved({ width, height, values }: Plane): Plane {
  const size = { width: width >> 1, height: height >> 1 };
  const half = new Float32Array(size.width * size.height);
  for (let y = 0; y < size.height; y++) {
    for (let x = 0; x < size.width; x++) {
      const at = 2 * y * width + 2 * x;
      const upper = floatAt(values, at) + floatAt(values, at + 1);
      half[y * size.width + x] = (upper + floatAt(values, at + width) + floatAt(values, at + width + 1)) / 4;
    }
  }
  return { ...size, values: half };
}
