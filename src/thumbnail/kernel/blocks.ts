// One block's coefficients out of the bits of a sequential scan (T.81 F.2.2), and where coefficients go.
import { C_AC_TABLE, C_DC_TABLE, C_PRED, C_QUANT } from "./layout";
import { acc, count, next, setBits } from "./input";
import { FAST_BITS, SKIP, SKIP_BITS, SKIP_END, extend, symbolAt } from "./huffman";

/** Where each zigzag index (A.3.6) goes in an n × n block, 64 bytes for each of n = 1, 2, 4, 8; 64 = nowhere. */
let places: usize = 0;
/** The last zigzag index that an n × n block needs. */
@inline
export function lastNeeded(n: i32): i32 {
  return n == 8 ? 63 : n == 4 ? 24 : n == 2 ? 4 : 0;
}
@inline
export function placesFor(n: i32): usize {
  return places + (<usize>ctz(n) << 6);
}

/** The zigzag indices that an n × n block keeps, as a set of bits. */
@inline
export function keptOf(n: i32): u64 {
  return load<u64>(places + 256 + (<usize>ctz(n) << 3));
}

export function buildPlaces(base: usize): void {
  places = base;
  for (let n = 1; n <= 8; n <<= 1) {
    const table = placesFor(n);
    let x = 0;
    let y = 0;
    let kept: u64 = 0;
    for (let k = 0; k < 64; k++) {
      const inside = x < n && y < n;
      store<u8>(table + k, inside ? y * n + x : 64);
      if (inside) kept |= (<u64>1) << k;
      if (((x + y) & 1) == 0) {
        if (x == 7) y++;
        else {
          x++;
          if (y > 0) y--;
        }
      } else if (y == 7) x++;
      else {
        y++;
        if (x > 0) x--;
      }
    }
    store<u64>(places + 256 + (<usize>ctz(n) << 3), kept);
  }
}

/** Entry of a code of more than 10 bits; an unknown code counts as a zero symbol of 16 bits. */
function slowEntry(table: usize, bits: u32): u32 {
  const found = symbolAt(table, bits);
  if (found == 0) return (63 << 6) | 16;
  const run = (found >> 4) & 15;
  const size = found & 15;
  const step: u32 = size == 0 ? (run == 15 ? 16 : 63) : run + 1;
  return (size << 12) | (step << 6) | (found >> 8);
}

/** DC difference (F.2.2.1); answers the new prediction. */
export function decodeDc(c: usize): i32 {
  let a = acc;
  let n = count;
  let p = next;
  a |= load<u64>(p - 7) >> n;
  p -= (63 - n) >> 3;
  n |= 56;
  const table = load<usize>(c, C_DC_TABLE);
  let e = load<u32>(table + (<usize>(a >> FAST_BITS) << 2));
  if (e == 0) e = slowEntry(table, <u32>(a >> 48));
  a <<= e & 63;
  n -= e & 63;
  let value = <i32>e >> 16;
  const size = (e >> 12) & 15;
  if (size != 0) {
    value = extend(<u32>(a >> (64 - size)), size);
    a <<= size;
    n -= size;
  }
  setBits(a, n, p);
  value += load<i32>(c, C_PRED);
  store<i32>(c, value, C_PRED);
  return value;
}

/** The AC coefficients of a sequential block; those up to `last` are dequantised into `block`, if any is wanted. */
export function decodeAc(c: usize, block: usize, map: usize, last: i32): void {
  let a = acc;
  let n = count;
  let p = next;
  let k: u32 = 1;
  const table = load<usize>(c, C_AC_TABLE);
  const quant = load<usize>(c, C_QUANT);
  while (<i32>k <= last) {
    a |= load<u64>(p - 7) >> n;
    p -= (63 - n) >> 3;
    n |= 56;
    let e = load<u32>(table + (<usize>(a >> FAST_BITS) << 2));
    if (e == 0) e = slowEntry(table, <u32>(a >> 48));
    a <<= e & 63;
    n -= e & 63;
    k += (e >> 6) & 63;
    let value = <i32>e >> 16;
    const size = (e >> 12) & 15;
    if (size != 0) {
      value = extend(<u32>(a >> (64 - size)), size);
      a <<= size;
      n -= size;
    }
    if (k > 64) break;
    const place = <usize>load<u8>(map + k - 1);
    store<f32>(block + (place << 2), <f32>value * load<f32>(quant + ((k - 1) << 2)));
  }
  while (k < 64) {
    a |= load<u64>(p - 7) >> n;
    p -= (63 - n) >> 3;
    n |= 56;
    const e = <u32>load<u16>(table + (<usize>(a >> SKIP_BITS) << 1), SKIP);
    let step = k + (e >> 5);
    if (e != 0 && (step <= 64 || (step >= SKIP_END && step < SKIP_END + 64))) {
      a <<= e & 31;
      n -= e & 31;
      k = step;
      continue;
    }
    let s = load<u32>(table + (<usize>(a >> FAST_BITS) << 2));
    if (s == 0) s = slowEntry(table, <u32>(a >> 48));
    const used = (s & 63) + ((s >> 12) & 15);
    a <<= used;
    n -= used;
    k += (s >> 6) & 63;
  }
  setBits(a, n, p);
}
