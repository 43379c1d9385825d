// Separable resampling, row by row as they come in: down first (8-bit rows, weights of 1/16384, two taps a step),
// then across (16-bit rows with 6 fractional bits). The ring holds only the rows that the filter still needs.
import {
  R_H_START, R_H_TAPS, R_H_WEIGHTS, R_HEIGHT, R_MIDDLE, R_OUT, R_OUT_HEIGHT, R_OUT_WIDTH, R_RING, R_RING_ROWS,
  R_ROWS_IN, R_ROWS_OUT, R_STRIDE, R_TAP_ROWS, R_V_START, R_V_TAPS, R_V_WEIGHTS, R_WIDTH,
} from "./layout";

/** Where row `y` of the source lies. */
@inline
export function rowAt(ch: usize, y: u32): usize {
  return load<usize>(ch, R_RING) + <usize>(y % load<u32>(ch, R_RING_ROWS)) * load<usize>(ch, R_STRIDE);
}

/** `rows` rows more have come in: writes every row of the thumbnail that they make possible. */
export function advance(ch: usize, rows: u32): void {
  const rowsIn = min(load<u32>(ch, R_ROWS_IN) + rows, load<u32>(ch, R_HEIGHT));
  store<u32>(ch, rowsIn, R_ROWS_IN);
  const taps = load<u32>(ch, R_V_TAPS);
  let y = load<u32>(ch, R_ROWS_OUT);
  for (; y < load<u32>(ch, R_OUT_HEIGHT); y++) {
    const start = load<u32>(load<usize>(ch, R_V_START) + (y << 2));
    if (min(start + taps, load<u32>(ch, R_HEIGHT)) > rowsIn) break;
    down(ch, start, load<usize>(ch, R_V_WEIGHTS) + <usize>(y * taps * 2), taps);
    across(ch, load<usize>(ch, R_OUT) + <usize>(y * load<u32>(ch, R_OUT_WIDTH)));
  }
  store<u32>(ch, y, R_ROWS_OUT);
}

/** True when the thumbnail needs no further row. */
@inline
export function isDone(ch: usize): bool {
  return load<u32>(ch, R_ROWS_OUT) == load<u32>(ch, R_OUT_HEIGHT);
}

function down(ch: usize, start: u32, weights: usize, taps: u32): void {
  const rows = load<usize>(ch, R_TAP_ROWS);
  for (let t: u32 = 0; t < taps; t++) store<usize>(rows + (t << 2), rowAt(ch, start + t));
  const middle = load<usize>(ch, R_MIDDLE);
  const width = load<usize>(ch, R_WIDTH);
  const half = i32x4.splat(128);
  for (let x: usize = 0; x < width; x += 16) {
    let a0 = half;
    let a1 = half;
    let a2 = half;
    let a3 = half;
    for (let t: usize = 0; t < taps; t += 2) {
      const p = v128.load(load<usize>(rows + (t << 2)) + x);
      const q = v128.load(load<usize>(rows + (t << 2), 4) + x);
      const w = i32x4.splat(load<i32>(weights + (t << 1)));
      const lo = v128.shuffle<u8>(p, q, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
      const hi = v128.shuffle<u8>(p, q, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
      a0 = i32x4.add(a0, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(lo), w));
      a1 = i32x4.add(a1, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(lo), w));
      a2 = i32x4.add(a2, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(hi), w));
      a3 = i32x4.add(a3, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(hi), w));
    }
    const at = middle + (x << 1);
    v128.store(at, i16x8.narrow_i32x4_s(i32x4.shr_s(a0, 8), i32x4.shr_s(a1, 8)));
    v128.store(at, i16x8.narrow_i32x4_s(i32x4.shr_s(a2, 8), i32x4.shr_s(a3, 8)), 16);
  }
}

@inline
function dotAcross(p: usize, w: usize, bytes: usize): v128 {
  let a = i32x4.dot_i16x8_s(v128.load(p), v128.load(w));
  for (let t: usize = 16; t < bytes; t += 16) {
    a = i32x4.add(a, i32x4.dot_i16x8_s(v128.load(p + t), v128.load(w + t)));
  }
  return a;
}

/** The host rounds the tables of `across` up to a multiple of 4 outputs; up to 3 bytes behind a row are overwritten. */
function across(ch: usize, out: usize): void {
  const middle = load<usize>(ch, R_MIDDLE);
  const starts = load<usize>(ch, R_H_START);
  const bytes = load<usize>(ch, R_H_TAPS) << 1;
  const width = load<usize>(ch, R_OUT_WIDTH);
  const half = i32x4.splat(1 << 19);
  let w = load<usize>(ch, R_H_WEIGHTS);
  for (let x: usize = 0; x < width; x += 4) {
    const s = starts + (x << 2);
    const a = dotAcross(middle + (load<usize>(s) << 1), w, bytes);
    const b = dotAcross(middle + (load<usize>(s, 4) << 1), w + bytes, bytes);
    const c = dotAcross(middle + (load<usize>(s, 8) << 1), w + 2 * bytes, bytes);
    const d = dotAcross(middle + (load<usize>(s, 12) << 1), w + 3 * bytes, bytes);
    w += 4 * bytes;
    const ab = i32x4.add(v128.shuffle<i32>(a, b, 0, 4, 1, 5), v128.shuffle<i32>(a, b, 2, 6, 3, 7));
    const cd = i32x4.add(v128.shuffle<i32>(c, d, 0, 4, 1, 5), v128.shuffle<i32>(c, d, 2, 6, 3, 7));
    const sum = i32x4.add(v128.shuffle<i32>(ab, cd, 0, 1, 4, 5), v128.shuffle<i32>(ab, cd, 2, 3, 6, 7));
    const wide = i32x4.shr_s(i32x4.add(sum, half), 20);
    const words = i16x8.narrow_i32x4_s(wide, wide);
    v128.store32_lane(out + x, i8x16.narrow_i16x8_u(words, words), 0);
  }
}
