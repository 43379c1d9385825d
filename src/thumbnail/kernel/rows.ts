// Rows of pixels, as PNG and other decoders have them → planes, averaged in squares → channels.
import {
  P_ALPHA, P_CHANNELS, P_DEPTH, P_FACTOR, P_HEIGHT, P_KEY0, P_KEY1, P_KEY2, P_LOOKUP, P_PLANAR, P_PLANES, P_ROW,
  P_SAMPLES, P_STRIDE, P_SUMS, P_TONES, P_X0, P_X1, P_Y0, P_Y1,
} from "./layout";
import { advance, isDone, rowAt } from "./resample";

/** Undoes a PNG row filter in place (PNG 3rd ed., 9.2); `before` is the row above, `pixel` the bytes of a pixel. */
export function unfilter(kind: i32, row: usize, before: usize, bytes: usize, pixel: usize): void {
  if (kind == 1) {
    for (let i = pixel; i < bytes; i++) store<u8>(row + i, load<u8>(row + i) + load<u8>(row + i - pixel));
  } else if (kind == 2) {
    let i: usize = 0;
    for (; i + 16 <= bytes; i += 16) v128.store(row + i, i8x16.add(v128.load(row + i), v128.load(before + i)));
    for (; i < bytes; i++) store<u8>(row + i, load<u8>(row + i) + load<u8>(before + i));
  } else if (kind == 3) {
    for (let i: usize = 0; i < bytes; i++) {
      const left: u32 = i < pixel ? 0 : load<u8>(row + i - pixel);
      store<u8>(row + i, load<u8>(row + i) + <u8>((left + load<u8>(before + i)) >> 1));
    }
  } else if (kind == 4) {
    for (let i: usize = 0; i < pixel; i++) store<u8>(row + i, load<u8>(row + i) + load<u8>(before + i));
    if (pixel == 3 || pixel == 4) paethPixels(row, before, bytes, pixel);
    else paethBytes(row, before, bytes, pixel);
  }
}

function paethBytes(row: usize, before: usize, bytes: usize, pixel: usize): void {
  for (let i = pixel; i < bytes; i++) {
    const a: i32 = load<u8>(row + i - pixel);
    const b: i32 = load<u8>(before + i);
    const c: i32 = load<u8>(before + i - pixel);
    const pa = abs(b - c);
    const pb = abs(a - c);
    const pc = abs(a + b - 2 * c);
    const guess = pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
    store<u8>(row + i, load<u8>(row + i) + <u8>guess);
  }
}

/** The samples of a pixel side by side: what one needs of the others is only the pixel before. */
function paethPixels(row: usize, before: usize, bytes: usize, pixel: usize): void {
  let a = i16x8.extend_low_i8x16_u(v128.load32_zero(row));
  let c = i16x8.extend_low_i8x16_u(v128.load32_zero(before));
  const low = i16x8.splat(255);
  for (let i = pixel; i < bytes; i += pixel) {
    const b = i16x8.extend_low_i8x16_u(v128.load32_zero(before + i));
    const x = i16x8.extend_low_i8x16_u(v128.load32_zero(row + i));
    const ba = i16x8.sub(b, c);
    const aa = i16x8.sub(a, c);
    const pa = i16x8.abs(ba);
    const pb = i16x8.abs(aa);
    const pc = i16x8.abs(i16x8.add(ba, aa));
    const least = i16x8.min_s(pc, i16x8.min_s(pa, pb));
    const bc = v128.bitselect(b, c, i16x8.eq(least, pb));
    a = v128.and(low, i16x8.add(x, v128.bitselect(a, bc, i16x8.eq(least, pa))));
    c = b;
    const out = i8x16.narrow_i16x8_u(a, a);
    if (pixel == 4) v128.store32_lane(row + i, out, 0);
    else {
      v128.store16_lane(row + i, out, 0);
      v128.store8_lane(row + i + 2, out, 2);
    }
  }
}

/** A sample as stored, up to 16 bits. */
@inline
function sampleAt(row: usize, index: u32, depth: u32): u32 {
  if (depth == 8) return load<u8>(row + index);
  if (depth == 16) return (<u32>load<u8>(row + (index << 1)) << 8) | load<u8>(row + (index << 1) + 1);
  const bit = index * depth;
  return (<u32>load<u8>(row + (bit >> 3)) >> (8 - depth - (bit & 7))) & ((1 << depth) - 1);
}

/** A sample over white at 8 bits. */
@inline
function onWhite(value: u32, alpha: u32): u32 {
  return (value * alpha + 255 * (255 - alpha) + 127) / 255;
}

/** A sample of plane `i` at 8 bits. */
@inline
function toneAt(row: usize, index: u32, depth: u32, tones: usize, i: u32): u32 {
  const value = sampleAt(row, index, depth);
  if (depth != 16) return value;
  return tones == 0 ? value >> 8 : load<u8>(tones + (i << 16) + value);
}

/**
 * Pixels `x0` to `x1` of a row → its planes, `step` apart from `out` on; what is transparent shows white, unless its alpha
 * is kept.
 */
export function expand(p: usize, row: usize, x0: u32, x1: u32, out: usize, step: usize): void {
  const depth = load<u32>(p, P_DEPTH);
  const samples = load<u32>(p, P_SAMPLES);
  const lookup = load<usize>(p, P_LOOKUP);
  const planes = load<u32>(p, P_PLANES);
  const stride = load<usize>(p, P_STRIDE);
  const key = load<i32>(p, P_KEY0);
  if (depth == 8 && samples == 3 && key < 0 && planes == 3) {
    expandRgb(row + x0 * 3, x1 - x0, out, step, stride);
    return;
  }
  const high: u32 = depth == 16 ? 8 : 0;
  const tones = load<usize>(p, P_TONES);
  const keepsAlpha = load<u32>(p, P_ALPHA);
  const colours = planes - keepsAlpha;
  for (let x = x0; x < x1; x++) {
    if (lookup != 0) {
      const entry = lookup + <usize>(sampleAt(row, x, depth) << 2);
      store<u8>(out, load<u8>(entry));
      store<u8>(out + stride, load<u8>(entry, 1));
      store<u8>(out + 2 * stride, load<u8>(entry, 2));
      out += step;
      continue;
    }
    let alpha: u32 = 255;
    const first = x * samples;
    if ((samples & 1) == 0) alpha = sampleAt(row, first + samples - 1, depth) >> high;
    else if (key >= 0 && isKey(p, row, first, depth, samples)) alpha = 0;
    for (let i: u32 = 0; i < colours; i++) {
      const value = toneAt(row, first + i, depth, tones, i);
      const shown = alpha == 255 ? value : keepsAlpha != 0 ? (value * alpha + 127) / 255 : onWhite(value, alpha);
      store<u8>(out + <usize>i * stride, shown);
    }
    if (keepsAlpha != 0) store<u8>(out + <usize>colours * stride, alpha);
    out += step;
  }
}

function isKey(p: usize, row: usize, first: u32, depth: u32, samples: u32): bool {
  if (sampleAt(row, first, depth) != load<u32>(p, P_KEY0)) return false;
  if (samples == 1) return true;
  return sampleAt(row, first + 1, depth) == load<u32>(p, P_KEY1) && sampleAt(row, first + 2, depth) == load<u32>(p, P_KEY2);
}

function expandRgb(row: usize, count: u32, out: usize, step: usize, stride: usize): void {
  let at = row;
  let n = count;
  if (step == 1) {
    for (; n >= 16; n -= 16) {
      const a = v128.load(at);
      const b = v128.load(at, 16);
      const c = v128.load(at, 32);
      const r = v128.shuffle<u8>(a, b, 0, 3, 6, 9, 12, 15, 18, 21, 24, 27, 30, 0, 0, 0, 0, 0);
      const g = v128.shuffle<u8>(a, b, 1, 4, 7, 10, 13, 16, 19, 22, 25, 28, 31, 0, 0, 0, 0, 0);
      const l = v128.shuffle<u8>(a, b, 2, 5, 8, 11, 14, 17, 20, 23, 26, 29, 0, 0, 0, 0, 0, 0);
      v128.store(out, v128.shuffle<u8>(r, c, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 17, 20, 23, 26, 29));
      v128.store(out + stride, v128.shuffle<u8>(g, c, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 18, 21, 24, 27, 30));
      v128.store(out + 2 * stride, v128.shuffle<u8>(l, c, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 16, 19, 22, 25, 28, 31));
      at += 48;
      out += 16;
    }
  }
  for (; n > 0; n--) {
    store<u8>(out, load<u8>(at));
    store<u8>(out + stride, load<u8>(at, 1));
    store<u8>(out + 2 * stride, load<u8>(at, 2));
    at += 3;
    out += step;
  }
}

/** The next row of the picture, from the top. True when the thumbnail needs no more. */
export function pushRow(p: usize, row: usize): bool {
  const y = load<u32>(p, P_ROW);
  if (y >= load<u32>(p, P_Y0) && y < load<u32>(p, P_Y1)) {
    expand(p, row, load<u32>(p, P_X0), load<u32>(p, P_X1), load<usize>(p, P_PLANAR), 1);
  }
  return pushPlanar(p);
}

/** The same for a row that is already in `P_PLANAR`. */
export function pushPlanar(p: usize): bool {
  const y = load<u32>(p, P_ROW);
  const factor = load<u32>(p, P_FACTOR);
  const wanted = y >= load<u32>(p, P_Y0) && y < load<u32>(p, P_Y1);
  store<u32>(p, y + 1, P_ROW);
  const whole = (y + 1) % factor == 0 || y + 1 == load<u32>(p, P_HEIGHT);
  if (wanted && factor > 1) addToSums(p);
  if (!whole) return false;
  const planes = load<u32>(p, P_PLANES);
  const rows = y % factor + 1;
  let done = true;
  for (let i: u32 = 0; i < planes; i++) {
    const channel = load<usize>(p + (i << 2), P_CHANNELS);
    if (wanted) {
      const out = rowAt(channel, y / factor);
      if (factor == 1) memory.copy(out, load<usize>(p, P_PLANAR) + <usize>i * load<usize>(p, P_STRIDE), load<u32>(p, P_X1) - load<u32>(p, P_X0));
      else average(p, i, rows, out);
    }
    advance(channel, 1);
    if (!isDone(channel)) done = false;
  }
  if (wanted && factor > 1) memory.fill(load<usize>(p, P_SUMS), 0, 2 * planes * load<u32>(p, P_STRIDE));
  return done;
}

function addToSums(p: usize): void {
  const from = load<usize>(p, P_PLANAR);
  const sums = load<usize>(p, P_SUMS);
  const bytes = load<usize>(p, P_STRIDE) * load<u32>(p, P_PLANES);
  for (let i: usize = 0; i < bytes; i += 16) {
    const v = v128.load(from + i);
    const at = sums + (i << 1);
    v128.store(at, i16x8.add(v128.load(at), i16x8.extend_low_i8x16_u(v)));
    v128.store(at, i16x8.add(v128.load(at, 16), i16x8.extend_high_i8x16_u(v)), 16);
  }
}

/** The means of `rows` rows in squares: one row for the channel. */
function average(p: usize, plane: u32, rows: u32, out: usize): void {
  const factor = load<u32>(p, P_FACTOR);
  const width = load<u32>(p, P_X1) - load<u32>(p, P_X0);
  let at = load<usize>(p, P_SUMS) + <usize>plane * 2 * load<usize>(p, P_STRIDE);
  for (let x: u32 = 0; x < width; x += factor) {
    const columns = min(factor, width - x);
    let sum: u32 = 0;
    for (let i: u32 = 0; i < columns; i++) {
      sum += load<u16>(at);
      at += 2;
    }
    const count = columns * rows;
    store<u8>(out, (sum + (count >> 1)) / count);
    out++;
  }
}
