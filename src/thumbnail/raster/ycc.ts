/** How luma and chroma mean colours: code points of ITU-T H.273. */
export interface YccCoding {
  /** MatrixCoefficients (8.3). */
  readonly matrix: number;
  /** VideoFullRangeFlag: samples from 0 to 255; else luma from 16 to 235, chroma from 16 to 240. */
  readonly fullRange: boolean;
}

/** The planes of a picture before and after. */
interface YccPlanes {
  readonly y: Uint8Array;
  readonly cb: Uint8Array;
  readonly cr: Uint8Array;
}
interface RgbPlanes {
  readonly r: Uint8Array;
  readonly g: Uint8Array;
  readonly b: Uint8Array;
}

const identity = 0;
/** Shares of red and blue in luma, by matrix (table 4). What is unknown or unspecified is taken as BT.601, as most do. */
const shares: ReadonlyMap<number, { red: number; blue: number }> = new Map([
  [1, { red: 0.2126, blue: 0.0722 }],
  [4, { red: 0.3, blue: 0.11 }],
  [7, { red: 0.212, blue: 0.087 }],
  [9, { red: 0.2627, blue: 0.0593 }],
  [10, { red: 0.2627, blue: 0.0593 }],
]);
const bt601 = { red: 0.299, blue: 0.114 };

/** Luma and chroma to red, green and blue (H.273, 8.3, equations 41 to 46 turned round). */
export function convertPlanes(from: YccPlanes, to: RgbPlanes, { matrix, fullRange }: YccCoding): void {
  const range = fullRange
    ? { floor: 0, luma: 1, chroma: 1 }
    : { floor: 16, luma: 255 / 219, chroma: 255 / 224 };
  if (matrix === identity) {
    spread(from.cr, to.r, range);
    spread(from.y, to.g, range);
    spread(from.cb, to.b, range);
    return;
  }
  const { red, blue } = shares.get(matrix) ?? bt601;
  const green = 1 - red - blue;
  const redFromCr = 2 * (1 - red) * range.chroma;
  const blueFromCb = 2 * (1 - blue) * range.chroma;
  const greenFromCr = (redFromCr * red) / green;
  const greenFromCb = (blueFromCb * blue) / green;
  const out = { r: clamped(to.r), g: clamped(to.g), b: clamped(to.b) };
  for (let i = 0; i < from.y.length; i++) {
    const luma = ((from.y[i] ?? 0) - range.floor) * range.luma;
    const cb = (from.cb[i] ?? 128) - 128;
    const cr = (from.cr[i] ?? 128) - 128;
    out.r[i] = luma + cr * redFromCr;
    out.g[i] = luma - cb * greenFromCb - cr * greenFromCr;
    out.b[i] = luma + cb * blueFromCb;
  }
}

function spread(from: Uint8Array, to: Uint8Array, range: { floor: number; luma: number }): void {
  const out = clamped(to);
  for (let i = 0; i < from.length; i++) out[i] = ((from[i] ?? 0) - range.floor) * range.luma;
}

/** The same memory, written with rounding and clamping. */
function clamped({ buffer, byteOffset, length }: Uint8Array): Uint8ClampedArray {
  return new Uint8ClampedArray(buffer, byteOffset, length);
}
