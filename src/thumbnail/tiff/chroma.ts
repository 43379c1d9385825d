import type { PageFields } from "./directory/fields.ts";
import { corrupt } from "../types.ts";

/** How luma and chroma are stored and what they mean (TIFF 6.0 §20 and §21). */
export interface Chroma {
  /** Pixels for each chroma sample. */
  readonly across: number;
  readonly down: number;
  /** Shares of red, green and blue in luma. */
  readonly shares: readonly [number, number, number];
  /** Levels of 8 bits: black and white of luma, none and full of both chromas. */
  readonly reference: readonly [number, number, number, number, number, number];
}

const tags = { coefficients: 529, subsampling: 530, reference: 532 } as const;
const possible: ReadonlySet<number> = new Set([1, 2, 4]);

/** Reads the fields; what is missing is as in JPEG files (BT.601, full range), chroma of half the size. */
export function readChroma(fields: PageFields, bits: number): Chroma {
  const [across = 2, down = 2] = fields.numbers(tags.subsampling);
  if (!possible.has(across) || !possible.has(down))
    throw corrupt("The TIFF has an impossible chroma resolution.");
  const [red = 0.299, green = 0.587, blue = 0.114] = fields.numbers(tags.coefficients);
  const shares = [red, green, blue] as const;
  // They are told as codes of the samples' own bits, of which the highest 8 are kept of samples.
  const told = fields.numbers(tags.reference);
  const levels = bits === 8 ? told : told.map((code) => Math.floor(code / 2 ** (bits - 8)));
  const [a = 0, b = 255, c = 128, d = 255, e = 128, f = 255] = levels;
  const reference = [a, b, c, d, e, f] as const;
  const isSound =
    [...shares, ...reference].every(Number.isFinite) && green > 0 && b !== a && d !== c && f !== e;
  if (!isSound) throw corrupt("The TIFF has impossible colour coefficients.");
  return { across, down, shares, reference };
}

/** Planes of luma and chroma become red, green and blue, in place (TIFF 6.0 §21). */
export function convertChroma(planes: readonly [Uint8Array, Uint8Array, Uint8Array], chroma: Chroma): void {
  const [luma, cb, cr] = planes;
  const { shares, reference } = chroma;
  const [red, green, blue] = shares;
  const scales = [
    255 / (reference[1] - reference[0]),
    127 / (reference[3] - reference[2]),
    127 / (reference[5] - reference[4]),
  ] as const;
  const level = new Uint8ClampedArray(3);
  for (let i = 0; i < luma.length; i++) {
    const y = ((luma[i] ?? 0) - reference[0]) * scales[0];
    const r = y + ((cr[i] ?? 0) - reference[4]) * scales[2] * 2 * (1 - red);
    const b = y + ((cb[i] ?? 0) - reference[2]) * scales[1] * 2 * (1 - blue);
    level[0] = r;
    level[1] = (y - blue * b - red * r) / green;
    level[2] = b;
    luma[i] = level[0] ?? 0;
    cb[i] = level[1] ?? 0;
    cr[i] = level[2] ?? 0;
  }
}

/**
 * A row of units (TIFF 6.0 §21: the lumas of a few pixels, then their two chromas) → the row `line` of its pixels, three
 * samples each.
 */
export function spreadUnits(units: Uint8Array, line: number, chroma: Chroma, target: Uint8Array): void {
  const { across, down } = chroma;
  const unitBytes = across * down + 2;
  const width = target.length / 3;
  for (let x = 0, unit = 0; x < width; unit += unitBytes) {
    for (let i = 0; i < across && x < width; i++, x++) {
      target[x * 3] = units[unit + line * across + i] ?? 0;
      target[x * 3 + 1] = units[unit + unitBytes - 2] ?? 0;
      target[x * 3 + 2] = units[unit + unitBytes - 1] ?? 0;
    }
  }
}
