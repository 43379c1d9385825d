import { hashOf } from "./oracle.ts";
import type { Orientation } from "../../../src/core/orientation.ts";

/** How many points a picture has along each side. */
const side = 64;
/** A hash tells of so many frequencies along each side. */
const frequencies = 16;

/** A picture of some waves, another for each number, in shades of grey row by row. */
export function pictureOfWaves(number: number): Float64Array {
  let state = number + 1;
  const random = (): number => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
  const waves = Array.from({ length: 300 }, () => ({
    strength: random() - 0.5,
    x: (random() * 20) / side,
    y: (random() * 20) / side,
    phase: random() * 7,
  }));
  return Float64Array.from({ length: side * side }, (_, at) => {
    const [x, y] = [at % side, Math.floor(at / side)];
    return waves.reduce(
      (sum, wave) => sum + wave.strength * Math.sin(wave.x * x * 3 + wave.y * y * 3 + wave.phase),
      0,
    );
  });
}

/** Where the point that is shown at x and y comes from (EXIF 3.0 §4.6.6). */
const sources: Record<Orientation, (x: number, y: number) => readonly [number, number]> = {
  1: (x, y) => [x, y],
  2: (x, y) => [side - 1 - x, y],
  3: (x, y) => [side - 1 - x, side - 1 - y],
  4: (x, y) => [x, side - 1 - y],
  5: (x, y) => [y, x],
  6: (x, y) => [y, side - 1 - x],
  7: (x, y) => [side - 1 - y, side - 1 - x],
  8: (x, y) => [side - 1 - y, x],
};

/** The picture as it is shown with an orientation. */
export function turnedGrid(picture: Float64Array, turn: Orientation): Float64Array {
  return Float64Array.from({ length: side * side }, (_, at) => {
    const [x, y] = sources[turn](at % side, Math.floor(at / side));
    return picture[y * side + x] ?? 0;
  });
}

/** The hash of 64 × 64 points: of the cosine transform's frequencies 1 to 16 both ways, which are above their median. */
export function hashOfGrid(picture: Float64Array): string {
  const rows = Array.from({ length: side }, (_, y) =>
    strengthsOf(picture.subarray(y * side, (y + 1) * side)),
  );
  const columns = Array.from({ length: frequencies }, (_, j) =>
    strengthsOf(Float64Array.from(rows, (row) => row[j] ?? 0)),
  );
  const coefficients = Array.from({ length: frequencies ** 2 }, (_, bit) => {
    const [i, j] = [Math.floor(bit / frequencies), bit % frequencies];
    return columns[j]?.[i] ?? 0;
  });
  const median = coefficients.toSorted((a, b) => a - b)[127] ?? 0;
  return hashOf(
    coefficients.reduce((bits, value, bit) => (value > median ? bits | (1n << BigInt(bit)) : bits), 0n),
  );
}

/** How strong the frequencies 1 to 16 are along a line. */
function strengthsOf(line: Float64Array): number[] {
  return Array.from({ length: frequencies }, (_, n) =>
    line.reduce((sum, value, at) => sum + value * Math.cos((Math.PI / side) * (n + 1) * (at + 0.5)), 0),
  );
}
