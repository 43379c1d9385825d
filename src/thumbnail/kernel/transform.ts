// Inverse DCT (T.81 A.3.3) straight to n × n samples of a block: the low n × n coefficients, evaluated on the
// coarser grid, so that a block is its own anti-alias filter. Also the forward 8 × 8 one for the encoder.
// 1-D basis: sqrt(1/8) for u = 0, else cos((2x+1)uπ/2n) / 2, weighted by `gain` (see there).

const C1: f32 = 0.4903926402016152;
const C2: f32 = 0.46193976625564337;
const C3: f32 = 0.4157348061512726;
const C4: f32 = 0.35355339059327373;
const C5: f32 = 0.2777851165098011;
const C6: f32 = 0.19134171618254486;
const C7: f32 = 0.09754516100806417;

/** The 1-D basis of n = 2 and of n = 4, columns first, set by the host. */
let basis: usize = 0;
export function basisAt(at: usize): void {
  basis = at;
}

@inline
function sample(value: f32): u8 {
  return <u8>min<i32>(255, max<i32>(0, <i32>nearest<f32>(value + 128)));
}

/** n = 1: the mean of the block. */
@inline
export function inverse1(dc: f32, out: usize): void {
  store<u8>(out, sample(dc * 0.125));
}

export function inverse2(block: usize, out: usize, stride: usize): void {
  const g = load<f32>(basis);
  const a = load<f32>(block) * 0.125;
  const b = load<f32>(block, 4) * C4 * g;
  const c = load<f32>(block, 8) * C4 * g;
  const d = load<f32>(block, 12) * g * g;
  store<u8>(out, sample(a + b + c + d));
  store<u8>(out + 1, sample(a - b + c - d));
  store<u8>(out + stride, sample(a + b - c - d));
  store<u8>(out + stride + 1, sample(a - b - c + d));
}

@inline
function mul(a: v128, f: f32): v128 {
  return f32x4.mul(a, f32x4.splat(f));
}

/** Four rows of 4: the sum of `rows` weighted by column x of the basis, for each x. */
export function inverse4(block: usize, out: usize, stride: usize): void {
  const g1 = load<f32>(basis, 4);
  const g2 = load<f32>(basis, 8);
  const g3 = load<f32>(basis, 12);
  const g4 = load<f32>(basis, 16);
  const g5 = load<f32>(basis, 20);
  let r0 = v128.load(block);
  let r1 = v128.load(block, 16);
  let r2 = v128.load(block, 32);
  let r3 = v128.load(block, 48);
  for (let pass = 0; pass < 2; pass++) {
    const e0 = mul(r0, C4);
    const e1 = mul(r2, g3);
    const o0 = f32x4.add(mul(r1, g1), mul(r3, g5));
    const o1 = f32x4.sub(mul(r1, g2), mul(r3, g4));
    const s = f32x4.add(e0, e1);
    const d = f32x4.sub(e0, e1);
    r0 = f32x4.add(s, o0);
    r1 = f32x4.add(d, o1);
    r2 = f32x4.sub(d, o1);
    r3 = f32x4.sub(s, o0);
    const t0 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
    const t1 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
    const t2 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
    const t3 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
    r0 = v128.shuffle<f32>(t0, t2, 0, 1, 4, 5);
    r1 = v128.shuffle<f32>(t0, t2, 2, 3, 6, 7);
    r2 = v128.shuffle<f32>(t1, t3, 0, 1, 4, 5);
    r3 = v128.shuffle<f32>(t1, t3, 2, 3, 6, 7);
  }
  const bytes = toBytes(r0, r1, r2, r3);
  v128.store32_lane(out, bytes, 0);
  v128.store32_lane(out + stride, bytes, 1);
  v128.store32_lane(out + 2 * stride, bytes, 2);
  v128.store32_lane(out + 3 * stride, bytes, 3);
}

/** Four vectors of samples about zero → 16 bytes about 128. */
@inline
function toBytes(a: v128, b: v128, c: v128, d: v128): v128 {
  const mid = f32x4.splat(128);
  const ab = i16x8.narrow_i32x4_s(
    i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.add(a, mid))),
    i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.add(b, mid))),
  );
  const cd = i16x8.narrow_i32x4_s(
    i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.add(c, mid))),
    i32x4.trunc_sat_f32x4_s(f32x4.nearest(f32x4.add(d, mid))),
  );
  return i8x16.narrow_i16x8_u(ab, cd);
}

/** A 1-D inverse transform down four columns of an 8 × 8 block, in place. */
function inverseColumns(at: usize): void {
  const x0 = v128.load(at);
  const x1 = v128.load(at, 32);
  const x2 = v128.load(at, 64);
  const x3 = v128.load(at, 96);
  const x4 = v128.load(at, 128);
  const x5 = v128.load(at, 160);
  const x6 = v128.load(at, 192);
  const x7 = v128.load(at, 224);
  const e0 = mul(f32x4.add(x0, x4), C4);
  const e1 = mul(f32x4.sub(x0, x4), C4);
  const e2 = f32x4.add(mul(x2, C2), mul(x6, C6));
  const e3 = f32x4.sub(mul(x2, C6), mul(x6, C2));
  const t0 = f32x4.add(e0, e2);
  const t3 = f32x4.sub(e0, e2);
  const t1 = f32x4.add(e1, e3);
  const t2 = f32x4.sub(e1, e3);
  const o0 = f32x4.add(f32x4.add(mul(x1, C1), mul(x3, C3)), f32x4.add(mul(x5, C5), mul(x7, C7)));
  const o1 = f32x4.sub(f32x4.sub(mul(x1, C3), mul(x3, C7)), f32x4.add(mul(x5, C1), mul(x7, C5)));
  const o2 = f32x4.add(f32x4.sub(mul(x1, C5), mul(x3, C1)), f32x4.add(mul(x5, C7), mul(x7, C3)));
  const o3 = f32x4.add(f32x4.sub(mul(x1, C7), mul(x3, C5)), f32x4.sub(mul(x5, C3), mul(x7, C1)));
  v128.store(at, f32x4.add(t0, o0));
  v128.store(at, f32x4.add(t1, o1), 32);
  v128.store(at, f32x4.add(t2, o2), 64);
  v128.store(at, f32x4.add(t3, o3), 96);
  v128.store(at, f32x4.sub(t3, o3), 128);
  v128.store(at, f32x4.sub(t2, o2), 160);
  v128.store(at, f32x4.sub(t1, o1), 192);
  v128.store(at, f32x4.sub(t0, o0), 224);
}

@inline
function swapQuads(a: usize, b: usize): void {
  const a0 = v128.load(a);
  const a1 = v128.load(a, 32);
  const a2 = v128.load(a, 64);
  const a3 = v128.load(a, 96);
  const b0 = v128.load(b);
  const b1 = v128.load(b, 32);
  const b2 = v128.load(b, 64);
  const b3 = v128.load(b, 96);
  storeTransposed(b, a0, a1, a2, a3);
  storeTransposed(a, b0, b1, b2, b3);
}

@inline
function storeTransposed(at: usize, r0: v128, r1: v128, r2: v128, r3: v128): void {
  const t0 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
  const t1 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
  const t2 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
  const t3 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
  v128.store(at, v128.shuffle<f32>(t0, t2, 0, 1, 4, 5));
  v128.store(at, v128.shuffle<f32>(t0, t2, 2, 3, 6, 7), 32);
  v128.store(at, v128.shuffle<f32>(t1, t3, 0, 1, 4, 5), 64);
  v128.store(at, v128.shuffle<f32>(t1, t3, 2, 3, 6, 7), 96);
}

function transpose8(at: usize): void {
  storeTransposed(at, v128.load(at), v128.load(at, 32), v128.load(at, 64), v128.load(at, 96));
  storeTransposed(at + 144, v128.load(at, 144), v128.load(at, 176), v128.load(at, 208), v128.load(at, 240));
  swapQuads(at + 16, at + 128);
}

export function inverse8(block: usize, out: usize, stride: usize): void {
  inverseColumns(block);
  inverseColumns(block + 16);
  transpose8(block);
  inverseColumns(block);
  inverseColumns(block + 16);
  transpose8(block);
  for (let y: usize = 0; y < 8; y += 2) {
    const row = block + (y << 5);
    const bytes = toBytes(v128.load(row), v128.load(row, 16), v128.load(row, 32), v128.load(row, 48));
    v128.store64_lane(out + y * stride, bytes, 0);
    v128.store64_lane(out + (y + 1) * stride, bytes, 1);
  }
}

/** A 1-D forward transform down four columns, in place. */
function forwardColumns(at: usize): void {
  const x0 = v128.load(at);
  const x1 = v128.load(at, 32);
  const x2 = v128.load(at, 64);
  const x3 = v128.load(at, 96);
  const x4 = v128.load(at, 128);
  const x5 = v128.load(at, 160);
  const x6 = v128.load(at, 192);
  const x7 = v128.load(at, 224);
  const s0 = f32x4.add(x0, x7);
  const s1 = f32x4.add(x1, x6);
  const s2 = f32x4.add(x2, x5);
  const s3 = f32x4.add(x3, x4);
  const d0 = f32x4.sub(x0, x7);
  const d1 = f32x4.sub(x1, x6);
  const d2 = f32x4.sub(x2, x5);
  const d3 = f32x4.sub(x3, x4);
  const e0 = f32x4.add(s0, s3);
  const e1 = f32x4.add(s1, s2);
  const e2 = f32x4.sub(s0, s3);
  const e3 = f32x4.sub(s1, s2);
  v128.store(at, mul(f32x4.add(e0, e1), C4));
  v128.store(at, mul(f32x4.sub(e0, e1), C4), 128);
  v128.store(at, f32x4.add(mul(e2, C2), mul(e3, C6)), 64);
  v128.store(at, f32x4.sub(mul(e2, C6), mul(e3, C2)), 192);
  v128.store(at, f32x4.add(f32x4.add(mul(d0, C1), mul(d1, C3)), f32x4.add(mul(d2, C5), mul(d3, C7))), 32);
  v128.store(at, f32x4.sub(f32x4.sub(mul(d0, C3), mul(d1, C7)), f32x4.add(mul(d2, C1), mul(d3, C5))), 96);
  v128.store(at, f32x4.add(f32x4.sub(mul(d0, C5), mul(d1, C1)), f32x4.add(mul(d2, C7), mul(d3, C3))), 160);
  v128.store(at, f32x4.add(f32x4.sub(mul(d0, C7), mul(d1, C5)), f32x4.sub(mul(d2, C3), mul(d3, C1))), 224);
}

/** Forward DCT of an 8 × 8 block of floats, in place; the result is transposed (u down, v across). */
export function forward8(block: usize): void {
  forwardColumns(block);
  forwardColumns(block + 16);
  transpose8(block);
  forwardColumns(block);
  forwardColumns(block + 16);
}
