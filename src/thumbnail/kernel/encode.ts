// A baseline JPEG encoder, 4:2:0, with the tables that the host gives it: entropy-coded data only.
import { forward8 } from "./transform";

/** Code of a symbol: value in the high half, length in the low. 256 words each: DC luma, AC luma, DC chroma, AC chroma. */
let codes: usize = 0;
/** 64 floats each for luma and chroma: 1 / quantiser, natural order but transposed like the transform's result. */
let factors: usize = 0;
/** 64 bytes: offset of each zigzag index in the transformed block. */
let order: usize = 0;
/** 6 blocks of 64 floats, then 64 words of one quantised block. */
let scratch: usize = 0;

let out: usize = 0;
let bits: u64 = 0;
let pending: u32 = 0;

@inline
function put(value: u32, length: u32): void {
  bits = (bits << length) | value;
  pending += length;
  if (pending >= 32) flushWord();
}

function flushWord(): void {
  pending -= 32;
  const word = <u32>(bits >> pending);
  for (let s = 24; s >= 0; s -= 8) putByte((word >> s) & 255);
}

@inline
function putByte(b: u32): void {
  store<u8>(out, b);
  out++;
  if (b == 255) {
    store<u8>(out, 0);
    out++;
  }
}

/** RGB of `width` × `height` → entropy-coded data at `target`. Answers its end, 0 if `limit` was too near. */
export function encodeScan(rgb: usize, width: u32, height: u32, tables: usize, target: usize, limit: usize): usize {
  codes = tables;
  factors = codes + 4096;
  order = factors + 512;
  scratch = order + 64;
  out = target;
  bits = 0;
  pending = 0;
  let y0 = 0;
  let cb0 = 0;
  let cr0 = 0;
  for (let my: u32 = 0; my < height; my += 16) {
    for (let mx: u32 = 0; mx < width; mx += 16) {
      if (out + 4096 > limit) return 0;
      loadUnit(rgb, width, height, mx, my);
      for (let i: usize = 0; i < 4; i++) y0 = encodeBlock(scratch + i * 256, 0, y0);
      cb0 = encodeBlock(scratch + 1024, 1, cb0);
      cr0 = encodeBlock(scratch + 1280, 1, cr0);
    }
  }
  put(0x7f, 7);
  while (pending >= 8) {
    pending -= 8;
    putByte(<u32>(bits >> pending) & 255);
  }
  return out;
}

/** 16 × 16 pixels → four luma blocks and two of chroma means, the picture's edge repeated. */
function loadUnit(rgb: usize, width: u32, height: u32, mx: u32, my: u32): void {
  memory.fill(scratch + 1024, 0, 512);
  for (let y: u32 = 0; y < 16; y++) {
    const row = rgb + <usize>(min(my + y, height - 1) * width) * 3;
    for (let x: u32 = 0; x < 16; x++) {
      const at = row + <usize>min(mx + x, width - 1) * 3;
      const r = <f32>load<u8>(at);
      const g = <f32>load<u8>(at, 1);
      const b = <f32>load<u8>(at, 2);
      const place = (<usize>((y & 7) * 8 + (x & 7)) << 2) + (<usize>((y >> 3) * 2 + (x >> 3)) << 8);
      store<f32>(scratch + place, r * 0.299 + g * 0.587 + b * 0.114 - 128);
      const c = scratch + 1024 + (<usize>((y >> 1) * 8 + (x >> 1)) << 2);
      store<f32>(c, load<f32>(c) + (r * -0.168735892 - g * 0.331264108 + b * 0.5) * 0.25);
      store<f32>(c, load<f32>(c, 256) + (r * 0.5 - g * 0.418687589 - b * 0.081312411) * 0.25, 256);
    }
  }
}

/** Transforms, quantises and codes one block (T.81 F.1.2); answers its DC value. */
function encodeBlock(block: usize, chroma: usize, before: i32): i32 {
  forward8(block);
  const q = scratch + 1536;
  const f = factors + (chroma << 8);
  for (let i: usize = 0; i < 256; i += 16) {
    v128.store(q + i, i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.mul(v128.load(block + i), v128.load(f + i)))));
  }
  const dcCodes = codes + (chroma << 11);
  const acCodes = dcCodes + 1024;
  const dc = load<i32>(q);
  value(dcCodes, 0, dc - before);
  let run: u32 = 0;
  for (let k: usize = 1; k < 64; k++) {
    const v = load<i32>(q + <usize>load<u8>(order + k));
    if (v == 0) {
      run++;
      continue;
    }
    for (; run > 15; run -= 16) symbol(acCodes, 0xf0);
    value(acCodes, run << 4, v);
    run = 0;
  }
  if (run > 0) symbol(acCodes, 0);
  return dc;
}

@inline
function symbol(table: usize, s: u32): void {
  const code = load<u32>(table + (s << 2));
  put(code >> 16, code & 0xffff);
}

@inline
function value(table: usize, run: u32, v: i32): void {
  const size = 32 - clz<i32>(abs(v));
  symbol(table, run | size);
  if (size > 0) put((v < 0 ? v - 1 : v) & ((1 << size) - 1), size);
}
