// One block of the four kinds of progressive scans (T.81 G.1.2, G.2). Coefficients that the thumbnail does not need
// are not kept; a bit for each that is not zero is, since later scans cannot be read without.
import { C_AC_TABLE, C_BITMAP, C_COEFS, C_N } from "./layout";
import { acc, count, next, setBits } from "./input";
import { FAST_BITS, extend, symbolAt } from "./huffman";
import { decodeDc, keptOf, placesFor } from "./blocks";

@inline
function refill(): void {
  const n = count;
  setBits(acc | (load<u64>(next - 7) >> n), n | 56, next - ((63 - n) >> 3));
}

@inline
function takeBits(size: u32): u32 {
  const bits = size == 0 ? 0 : <u32>(acc >> (64 - size));
  setBits(acc << size, count - size, next);
  return bits;
}

/** Blocks that an end-of-band run still covers (G.1.2.2). */
let bandRun: u32 = 0;
export function clearBandRun(): void {
  bandRun = 0;
}
/** How many blocks of a first scan can be passed over because of it. */
export function takeBandRun(most: u32): u32 {
  const taken = min(bandRun, most);
  bandRun -= taken;
  return taken;
}

/** A DC scan's block: the first bits (`high` = 0) or one bit more (G.1.2.1). */
export function progressiveDc(c: usize, index: usize, high: i32, shift: i32): void {
  const n = load<i32>(c, C_N);
  const at = load<usize>(c, C_COEFS) + index * <usize>(n * n * 2);
  if (high == 0) {
    store<i16>(at, <i16>(decodeDc(c) << shift));
  } else {
    refill();
    if (takeBits(1)) store<i16>(at, <i16>(<i32>load<i16>(at) | (1 << shift)));
  }
}

/** First scan of a band (G.1.2.2). */
export function bandFirst(c: usize, index: usize, from: u32, to: u32, shift: i32): void {
  const n = load<i32>(c, C_N);
  const at = load<usize>(c, C_COEFS) + index * <usize>(n * n * 2);
  const map = placesFor(n);
  const table = load<usize>(c, C_AC_TABLE);
  const bitmapAt = load<usize>(c, C_BITMAP) + (index << 3);
  let bitmap = load<u64>(bitmapAt);
  let a = acc;
  let bits = count;
  let p = next;
  let k = from;
  while (k <= to) {
    a |= load<u64>(p - 7) >> bits;
    p -= (63 - bits) >> 3;
    bits |= 56;
    let found = load<u32>(table + (<usize>(a >> FAST_BITS) << 2));
    if (found == 0) found = slowSymbol(table, <u32>(a >> 48));
    a <<= found >> 8;
    bits -= found >> 8;
    const run = (found >> 4) & 15;
    const size = found & 15;
    if (size == 0) {
      if (run != 15) {
        const more = run == 0 ? 0 : <u32>(a >> (64 - run));
        a <<= run;
        bits -= run;
        bandRun = (1 << run) - 1 + more;
        break;
      }
      k += 16;
      continue;
    }
    k += run;
    const value = extend(<u32>(a >> (64 - size)), size);
    a <<= size;
    bits -= size;
    if (k > to) break;
    bitmap |= (<u64>1) << k;
    const place = <usize>load<u8>(map + k);
    if (place < 64) store<i16>(at + (place << 1), <i16>(value << shift));
    k++;
  }
  setBits(a, bits, p);
  store<u64>(bitmapAt, bitmap);
}

/** A symbol of more than 10 bits: low byte, its length above; an unknown code is a zero symbol of 16 bits. */
function slowSymbol(table: usize, bits: u32): u32 {
  const found = symbolAt(table, bits);
  return found == 0 ? 16 << 8 : found;
}

/** Turns a table's 10-bit entries into (length, symbol) pairs, as the scans of a progressive file want them. */
export function buildSymbols(table: usize): void {
  for (let bits: u32 = 0; bits < 1024; bits++) {
    const found = symbolAt(table, bits << 6);
    store<u32>(table + (bits << 2), (found >> 8) > 10 ? 0 : found);
  }
}

/** A later scan of a band: one bit more for each coefficient that is not zero, and new ones (G.1.2.3). */
export function bandRefine(c: usize, index: usize, from: u32, to: u32, shift: i32): void {
  const n = load<i32>(c, C_N);
  const at = load<usize>(c, C_COEFS) + index * <usize>(n * n * 2);
  const map = placesFor(n);
  const table = load<usize>(c, C_AC_TABLE);
  const bitmapAt = load<usize>(c, C_BITMAP) + (index << 3);
  const known = load<u64>(bitmapAt);
  const kept = keptOf(n);
  const band = span(from, to + 1);
  // the places in the band that are still to come, those that hold something and those that do not
  let ones = known & band;
  let zeros = ~known & band;
  let fresh: u64 = 0;
  if (bandRun == 0) {
    let a = acc;
    let bits = count;
    let p = next;
    while ((ones | zeros) != 0) {
      a |= load<u64>(p - 7) >> bits;
      p -= (63 - bits) >> 3;
      bits |= 56;
      let found = load<u32>(table + (<usize>(a >> FAST_BITS) << 2));
      if (found == 0) found = slowSymbol(table, <u32>(a >> 48));
      a <<= found >> 8;
      bits -= found >> 8;
      const run = (found >> 4) & 15;
      let value = 0;
      if ((found & 15) != 0) {
        value = a >> 63 ? 1 << shift : -1 << shift;
        a <<= 1;
        bits--;
      } else if (run != 15) {
        bandRun = (1 << run) + (run == 0 ? 0 : <u32>(a >> (64 - run)));
        a <<= run;
        bits -= run;
        break;
      }
      // up to the place that is still zero after `run` such ones
      for (let i: u32 = 0; i < run; i++) zeros &= zeros - 1;
      const here = zeros & (0 - zeros);
      const passed = here == 0 ? ones : ones & (here - 1);
      if ((passed & kept) != 0) {
        setBits(a, bits, p);
        correct(passed, at, map, kept, shift);
        a = acc;
        bits = count;
        p = next;
      } else if (passed != 0) {
        let n = <u32>popcnt(passed);
        a |= load<u64>(p - 7) >> bits;
        p -= (63 - bits) >> 3;
        bits |= 56;
        if (n > 55) {
          a <<= 32;
          bits -= 32;
          n -= 32;
          a |= load<u64>(p - 7) >> bits;
          p -= (63 - bits) >> 3;
          bits |= 56;
        }
        a <<= n;
        bits -= n;
      }
      ones ^= passed;
      zeros ^= here;
      if (here == 0) break;
      if (value != 0) {
        fresh |= here;
        if ((here & kept) != 0) store<i16>(at + (<usize>load<u8>(map + <usize>ctz(here)) << 1), <i16>value);
      }
    }
    setBits(a, bits, p);
  }
  if (bandRun > 0) {
    if ((ones & kept) != 0) correct(ones, at, map, kept, shift);
    else pass(<u32>popcnt(ones));
    bandRun--;
  }
  store<u64>(bitmapAt, known | fresh);
}

/** Passes over the correction bits of `n` coefficients that are not kept. */
@inline
function pass(n: u32): void {
  refill();
  takeBits(n & 31);
  if (n > 31) {
    refill();
    takeBits(n & 32);
  }
}

/** Bits `from` up to, not including, `to`. */
@inline
function span(from: u32, to: u32): u64 {
  const below: u64 = to >= 64 ? 0xffffffffffffffff : ((<u64>1) << to) - 1;
  return from >= 64 ? 0 : below & (0xffffffffffffffff << from);
}

/** Reads the correction bits of the coefficients in `bits`; those that are not kept are passed over at once. */
function correct(bits: u64, at: usize, map: usize, kept: u64, shift: i32): void {
  let left = bits;
  while (left != 0) {
    const wanted = left & kept;
    const before = wanted == 0 ? left : left & ((wanted & (0 - wanted)) - 1);
    if (before != 0) {
      pass(<u32>popcnt(before));
      left ^= before;
    }
    if (wanted == 0) return;
    refill();
    left &= left - 1;
    if (takeBits(1)) {
      const cell = at + (<usize>load<u8>(map + <usize>ctz(wanted)) << 1);
      const value = <i32>load<i16>(cell);
      if ((value & (1 << shift)) == 0) store<i16>(cell, <i16>(value >= 0 ? value + (1 << shift) : value - (1 << shift)));
    }
  }
}
