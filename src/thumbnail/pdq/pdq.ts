import { doubleAt } from "../number-at.ts";
import { gridSide, lumaGridOf } from "./samples.ts";

/** A picture's PDQ hash with its quality. */
export interface PictureHash {
  /** 256 bits in hexadecimal, the highest coefficient first, as the reference implementation prints them. */
  readonly hash: string;
  /** How much the picture has to tell it by, 0 (flat) to 100. */
  readonly quality: number;
}

/** A picture with a shorter side has no hash. */
const shortestSide = 5;

/** The hash tells of so many frequencies along each side, from 1 on: the mean, which is frequency 0, does not count. */
const frequencies = 16;

/** What a frequency is multiplied with at each point: row by row, the cosines of DCT-II without a common factor. */
const cosines = Float64Array.from({ length: frequencies * gridSide }, (_, k) => {
  const [frequency, point] = [Math.floor(k / gridSide) + 1, k % gridSide];
  return Math.cos((Math.PI / gridSide) * frequency * (point + 0.5));
});

/**
 * The PDQ hash of a picture (RGB): which of its low frequencies are stronger than most (Davis et al.,
 * The TMK+PDQF and PDQ hashing algorithms, 2019). A row of pixels begins `rowBytes` after the one above it. Null for a picture
 * with a side of less than 5 pixels.
 */
export function pictureHashOf(
  pixels: Uint8Array,
  width: number,
  height: number,
  rowBytes = width * 3,
): PictureHash | null {
  if (width < shortestSide || height < shortestSide) return null;
  const grid = lumaGridOf(pixels, { width, height, rowBytes });
  return { hash: hexadecimal(coefficientsOf(grid)), quality: qualityOf(grid) };
}

/** The coefficients of frequencies 1 to 16 both ways: vertical frequencies by row, horizontal ones within it. */
function coefficientsOf(grid: Float64Array): Float64Array {
  // The transform of the rows leaves a column of 64 for each horizontal frequency, that of the columns 16 of those.
  const half = new Float64Array(frequencies * gridSide);
  for (let j = 0; j < frequencies; j++) {
    for (let y = 0; y < gridSide; y++) {
      half[j * gridSide + y] = product(cosines, j * gridSide, { of: grid, from: y * gridSide });
    }
  }
  const coefficients = new Float64Array(frequencies * frequencies);
  for (let i = 0; i < frequencies; i++) {
    for (let j = 0; j < frequencies; j++) {
      coefficients[i * frequencies + j] = product(cosines, i * gridSide, { of: half, from: j * gridSide });
    }
  }
  return coefficients;
}

/** The scalar product of 64 numbers here and 64 there. */
function product(
  numbers: Float64Array,
  start: number,
  { of, from }: { of: Float64Array; from: number },
): number {
  let sum = 0;
  for (let k = 0; k < gridSide; k++) sum += doubleAt(numbers, start + k) * doubleAt(of, from + k);
  return sum;
}

/** A bit for each coefficient, set where it is above the lower median, as hexadecimal with the last coefficient first. */
function hexadecimal(coefficients: Float64Array): string {
  const median = coefficients.toSorted()[coefficients.length / 2 - 1] ?? 0;
  let digits = "";
  for (let k = coefficients.length - 4; k >= 0; k -= 4) {
    let digit = 0;
    for (let bit = 0; bit < 4; bit++) if (doubleAt(coefficients, k + bit) > median) digit |= 1 << bit;
    digits += digit.toString(16);
  }
  return digits;
}

/**
 * How much goes on in a picture: the steps between neighbouring points, in hundredths of all the way from black to white,
 * of which only whole ones count, so that noise on a flat picture does not. The divisor is the paper's.
 */
function qualityOf(grid: Float64Array): number {
  let steps = 0;
  for (let y = 0; y < gridSide; y++) {
    for (let x = 0; x < gridSide; x++) {
      const at = y * gridSide + x;
      const here = doubleAt(grid, at);
      if (x + 1 < gridSide) steps += wholeSteps(here, doubleAt(grid, at + 1));
      if (y + 1 < gridSide) steps += wholeSteps(here, doubleAt(grid, at + gridSide));
    }
  }
  return Math.min(100, Math.floor(steps / 90));
}

function wholeSteps(here: number, there: number): number {
  return Math.floor((Math.abs(here - there) * 100) / 255);
}
