// Decoding tables (T.81 Annex C and F.2.2.3), made for several bits at a time:
//   0      1024 words: what the next 10 bits say, its value included if it fits
//   4096   4096 half words: how far the next 12 bits go when values do not matter, several symbols at once
//   12288  18 words: largest code of each length plus one, left-aligned in 16 bits; 12360 17 words: offset to values
//   12428  256 bytes: the values
import { TABLE_BYTES } from "./layout";

export const FAST_BITS: u64 = 54; // 64 - 10
export const SKIP_BITS: u64 = 52; // 64 - 12
export const SKIP: usize = 4096;
const LIMIT: usize = 12288;
const OFFSET: usize = 12360;
const VALUES: usize = 12428;
/** Added to a step in the skip table when the block ends with it. */
export const SKIP_END: u32 = 128;

/** Makes the table at `table` from the 16 counts and the values of a DHT segment (B.2.4.2). */
export function buildTable(counts: usize, table: usize, isAc: bool): void {
  memory.fill(table, 0, TABLE_BYTES);
  memory.copy(table + VALUES, counts + 16, 256);
  let code: u32 = 0;
  let index: u32 = 0;
  for (let length: u32 = 1; length <= 16; length++) {
    const n: u32 = load<u8>(counts + length - 1);
    store<i32>(table + OFFSET + (length << 2), <i32>index - <i32>code);
    for (let i: u32 = 0; i < n; i++) {
      if (length <= 10) fillFast(table, code + i, length, load<u8>(table + VALUES + index + i), isAc);
    }
    code += n;
    index += n;
    store<u32>(table + LIMIT + (length << 2), n == 0 ? 0 : code << (16 - length));
    code <<= 1;
  }
  if (isAc) for (let bits: u32 = 0; bits < 4096; bits++) store<u16>(table + SKIP + (bits << 1), skipEntry(table, bits));
}

/** An entry: total bits (6), coefficients to go on (6; 63 ends the block), bits still to read (4), value (16). */
function fillFast(table: usize, code: u32, length: u32, symbol: u32, isAc: bool): void {
  const first = code << (10 - length);
  const size = symbol & 15;
  const run = isAc ? symbol >> 4 : 0;
  let step = run + 1;
  if (isAc && size == 0) step = run == 15 ? 16 : 63;
  for (let i: u32 = 0; i < <u32>1 << (10 - length); i++) {
    const at = table + ((first + i) << 2);
    if (first + i > 1023) return;
    if (size > 0 && length + size <= 10) {
      const bits = ((first + i) >> (10 - length - size)) & ((1 << size) - 1);
      store<u32>(at, (<u32>extend(bits, size) << 16) | (step << 6) | (length + size));
    } else {
      store<u32>(at, (size << 12) | (step << 6) | length);
    }
  }
}

/** A value of `size` bits as F.2.2.1 (EXTEND) reads it. */
@inline
export function extend(bits: u32, size: u32): i32 {
  return <i32>bits - (bits >> (size - 1) == 0 ? (1 << size) - 1 : 0);
}

/** How far 12 bits go: bits (5), then the step, `SKIP_END` added if the block ends. 0: look at the symbol alone. */
function skipEntry(table: usize, bits: u32): u16 {
  let used: u32 = 0;
  let step: u32 = 0;
  while (used < 12 && step < 64) {
    const window = (bits << (used + 4)) & 0xffff;
    const entry = symbolAt(table, window);
    const length = entry >> 8;
    if (length == 0 || used + length > 12) break;
    const run = (entry >> 4) & 15;
    const size = entry & 15;
    if (size == 0 && run != 15) return <u16>(((step | SKIP_END) << 5) | (used + length));
    used += length + size;
    step += run + 1;
  }
  return <u16>((step << 5) | used);
}

/** The symbol on top of 16 bits (low byte) and its length (above); 0 if there is no such code. */
export function symbolAt(table: usize, bits: u32): u32 {
  for (let length: u32 = 1; length <= 16; length++) {
    if (bits < load<u32>(table + LIMIT + (length << 2))) {
      const at = load<i32>(table + OFFSET + (length << 2)) + <i32>(bits >> (16 - length));
      return (length << 8) | load<u8>(table + VALUES + (at & 255));
    }
  }
  return 0;
}
