import { lutColours } from "../../../src/thumbnail/colour/lut.ts";
import { readProfile } from "../../../src/thumbnail/colour/profile.ts";
import { type ColourTable, TableReader } from "../../../src/thumbnail/colour/table.ts";
import { bigEndian, joined } from "../../support/images/index.ts";
import { iccProfile, parametric } from "./icc.ts";

/** Highest value of XYZ in a table (ICC.1:2022, 6.3.4.2). */
export const xyzScale = 1 + 32767 / 32768;
/** sRGB to XYZ of D50, row by row. */
export const srgbToXyz = [
  [0.43607, 0.38515, 0.14307],
  [0.22249, 0.71687, 0.06061],
  [0.01392, 0.09708, 0.7141],
] as const;

/** A curve of samples (10.6). */
export const sampled = (...samples: number[]) =>
  joined("curv", bigEndian(4, 0, samples.length), bigEndian(2, ...samples));
/** A curve that changes nothing. */
export const straight = sampled();
/** The curve of sRGB. */
export const encoded = parametric(3, 2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045);
/** A part so many times. */
export const repeated = (count: number, part: Uint8Array) =>
  joined(...Array.from({ length: count }, () => part));
/** A part at a multiple of four bytes. */
const padded = (part: Uint8Array) => joined(part, new Uint8Array((4 - (part.length % 4)) % 4));

/** The corners of a grid of two crossings a channel, as channels of 0 and 1. */
export const cornersOf = (inputs: number) =>
  Array.from({ length: 2 ** inputs }, (_, corner) =>
    Array.from({ length: inputs }, (_, i) => (corner >> (inputs - 1 - i)) & 1),
  );
/** Light of red, green and blue as XYZ in a table, 0 to 1. */
export const tableXyz = ([r = 0, g = 0, b = 0]: number[]) =>
  srgbToXyz.map((row) => (row[0] * r + row[1] * g + row[2] * b) / xyzScale);
/** Shares as 16 bits. */
export const wide = (values: number[]) => bigEndian(2, ...values.map((value) => Math.round(value * 65535)));
/** Shares as 8 bits. */
export const narrow = (values: number[]) => bigEndian(1, ...values.map((value) => Math.round(value * 255)));

/** Three levels. */
export type Triple = [number, number, number];

/** Parts of an `mAB ` element. */
export interface Parts {
  inputs?: number;
  outputs?: number;
  a?: Uint8Array;
  grid?: Uint8Array;
  m?: Uint8Array;
  matrix?: Uint8Array;
  b?: Uint8Array;
}

/** An `mAB ` element; the parts that are left out have no offset. */
export function lutAToB({ inputs = 3, outputs = 3, b, matrix, m, grid, a }: Parts): Uint8Array {
  let at = 32;
  const parts = [b, matrix, m, grid, a].map((part) => (part ? padded(part) : new Uint8Array(0)));
  const offsets = parts.map((part) => {
    const offset = part.length === 0 ? 0 : at;
    at += part.length;
    return offset;
  });
  return joined(
    "mAB ",
    bigEndian(4, 0),
    bigEndian(1, inputs, outputs, 0, 0),
    bigEndian(4, ...offsets),
    ...parts,
  );
}

/** The grid of an `mAB `. */
export function gridOf(dimensions: number[], bytes: number, cells: Uint8Array): Uint8Array {
  const sizes = joined(bigEndian(1, ...dimensions), new Uint8Array(16 - dimensions.length));
  return joined(sizes, bigEndian(1, bytes, 0, 0, 0), cells);
}

/** The numbers of a matrix (10.12.5). */
export const matrixOf = (...values: number[]) =>
  bigEndian(4, ...values.map((value) => Math.round(value * 65536)));

/** Parts of an `mft2` element. */
export interface Wide {
  inputs?: number;
  outputs?: number;
  grid?: number;
  first: number[];
  cells: number[];
  last: number[];
}

/** An `mft2` element: `first` is the curve of every input, `last` has all three of the outputs. */
export function table16({ inputs = 3, outputs = 3, grid = 2, first, cells, last }: Wide): Uint8Array {
  return joined(
    "mft2",
    bigEndian(4, 0),
    bigEndian(1, inputs, outputs, grid, 0),
    new Uint8Array(36),
    bigEndian(2, first.length, last.length / 3),
    repeated(inputs, wide(first)),
    wide(cells),
    wide(last),
  );
}

/** The table of a profile with this element. */
export function tableOf(
  element: Uint8Array,
  connection = "XYZ ",
  space = "RGB ",
  version = 2,
): ColourTable | null {
  const profile = readProfile(iccProfile(space, connection, { A2B0: element }, version));
  if (!profile) throw new Error("the profile is well made");
  return lutColours(profile);
}

/** The colour of channels in a table that must be there. */
export function colourOf(table: ColourTable | null, ...channels: number[]): number[] {
  if (!table) throw new Error("the profile has a table");
  const out = new Uint8Array(3);
  new TableReader(table).read(Uint8Array.from(channels), out, 0);
  return [...out];
}

/** How far levels are apart at most. */
export const farthest = (a: readonly number[], b: readonly number[]) =>
  Math.max(...a.map((level, i) => Math.abs(level - (b[i] ?? 0))));
