// Inflate (RFC 1951) out of zlib data (RFC 1950), pulled from the host, into a window that `drain` of
// png.ts empties. It never runs ahead: what nobody wants is not inflated.
import { RAW_BYTES } from "./layout";
import { drain } from "./png";

@external("host", "pull")
declare function pull(target: usize, max: i32): i32;

// The work area: input window; tables of literals and distances; lengths, counts and symbols of a code.
const LITERALS: usize = RAW_BYTES + 64;
const DISTANCES: usize = LITERALS + 8192;
const LENGTHS: usize = DISTANCES + 8192;
const COUNTS: usize = LENGTHS + 320;
const SYMBOLS: usize = COUNTS + 128;
const FAST: u32 = 11;

let area: usize = 0;
let input: usize = 0;
let inputEnd: usize = 0;
/** Bytes of zeros that stand in for data behind the end. */
let padding: usize = 0;
let acc: u64 = 0;
let count: u32 = 0;

/** Where the next byte goes; the window's start and end. What lies before `out` may be referred to. */
let out: usize = 0;
let start: usize = 0;
let end: usize = 0;
/** The first byte of the window that the caller has not had. */
let from: usize = 0;
let stopped: bool = false;
let collecting: bool = false;

/** Inflates into `window`. Answers the end of what was written (collecting) or `window`; 0: the data is damaged. */
export function inflate(work: usize, window: usize, bytes: usize, collect: bool): usize {
  area = work;
  input = work;
  inputEnd = work;
  padding = 0;
  acc = 0;
  count = 0;
  out = window;
  start = window;
  from = window;
  end = window + bytes;
  stopped = false;
  collecting = collect;
  need();
  const head = take(16);
  if ((head & 15) != 8 || (((head & 255) << 8) | (head >> 8)) % 31 != 0 || (head & 0x2000) != 0) return 0;
  while (true) {
    need();
    const last = take(1);
    const kind = take(2);
    let sound = false;
    if (kind == 0) sound = stored();
    else if (kind == 1) sound = fixedCodes() && compressed();
    else if (kind == 2) sound = dynamicCodes() && compressed();
    if (stopped) return out;
    if (!sound) {
      flush();
      return stopped ? out : 0;
    }
    if (last) break;
  }
  flush();
  return out;
}

/** At least 56 bits, zeros behind the end of the data. */
@inline
function need(): void {
  while (input + 8 > inputEnd) pullMore();
  acc |= load<u64>(input) << count;
  input += (63 - count) >> 3;
  count |= 56;
}

function pullMore(): void {
  const left = inputEnd - input;
  memory.copy(area, input, left);
  const got = pull(area + left, RAW_BYTES - <i32>left);
  input = area;
  inputEnd = area + left + got;
  if (got == 0) {
    memory.fill(inputEnd, 0, 32);
    inputEnd += 32;
    padding += 32;
  }
}

/** True if bits were used that were not there. */
@inline
function isPast(): bool {
  return padding > 0 && input - (count >> 3) > inputEnd - padding;
}

@inline
function take(bits: u32): u32 {
  const value = <u32>acc & ((1 << bits) - 1);
  acc >>= bits;
  count -= bits;
  return value;
}

/** Makes room, keeping the 32 KiB that may be referred to. False: there is none, or no more is wanted. */
function flush(): bool {
  if (collecting) return out < end;
  if (drain(from, out)) {
    stopped = true;
    return false;
  }
  const kept = min<usize>(out - start, 32768);
  memory.copy(start, out - kept, kept);
  out = start + kept;
  from = out;
  return true;
}

function stored(): bool {
  take(count & 7);
  need();
  const length = take(16);
  if ((take(16) ^ 0xffff) != length) return false;
  for (let i: u32 = 0; i < length; i++) {
    if (out + 300 > end && !flush()) return false;
    need();
    store<u8>(out, take(8));
    out++;
    if (isPast()) return false;
  }
  return true;
}

function fixedCodes(): bool {
  const lengths = area + LENGTHS;
  memory.fill(lengths, 8, 144);
  memory.fill(lengths + 144, 9, 112);
  memory.fill(lengths + 256, 7, 24);
  memory.fill(lengths + 280, 8, 8);
  memory.fill(lengths + 288, 5, 30);
  return buildCode(lengths, 288, area + LITERALS, false) && buildCode(lengths + 288, 30, area + DISTANCES, true);
}

/** Order of the code length codes (3.2.7). */
const ORDER = memory.data<u8>([16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]);

function dynamicCodes(): bool {
  need();
  const literals = take(5) + 257;
  const distances = take(5) + 1;
  const codes = take(4) + 4;
  if (literals > 286 || distances > 30) return false;
  const lengths = area + LENGTHS;
  memory.fill(lengths, 0, 320);
  for (let i: usize = 0; i < codes; i++) {
    need();
    store<u8>(lengths + <usize>load<u8>(ORDER + i), take(3));
  }
  if (!buildCode(lengths, 19, area + DISTANCES, true)) return false;
  memory.fill(lengths, 0, 320);
  let i: u32 = 0;
  let previous: u32 = 0;
  while (i < literals + distances) {
    need();
    const symbol = symbolOf(area + DISTANCES);
    if (symbol < 0 || isPast()) return false;
    let repeat: u32 = 1;
    if (symbol < 16) previous = symbol;
    else if (symbol == 16) {
      if (i == 0) return false;
      repeat = 3 + take(2);
    } else {
      previous = 0;
      repeat = symbol == 17 ? 3 + take(3) : 11 + take(7);
    }
    if (i + repeat > literals + distances) return false;
    memory.fill(lengths + i, <u8>previous, repeat);
    i += repeat;
  }
  if (load<u8>(lengths + 256) == 0) return false;
  // both codes are built from the same list, so the second part is put aside first
  const tail = lengths + literals;
  return buildCode(tail, distances, area + DISTANCES, true) && buildCode(lengths, literals, area + LITERALS, false);
}

/** A symbol of a code whose entries are plain (the code lengths); -1 if there is none. */
function symbolOf(table: usize): i32 {
  const entry = load<u32>(table + ((<usize>acc & 2047) << 2));
  if (entry == 0) return -1;
  take(entry & 15);
  return entry >> 24;
}

/**
 * Entries of 11 bits: length of the code (4), extra bits (4), kind (2: literal, length, end, none), a symbol (8),
 * and base (16, shared with the symbol). Longer codes are 0 here and are found by `slowEntry`.
 */
function buildCode(lengths: usize, n: u32, table: usize, isDistance: bool): bool {
  const counts = area + COUNTS + (isDistance ? 64 : 0);
  const symbols = area + SYMBOLS + (isDistance ? 640 : 0);
  memory.fill(counts, 0, 64);
  memory.fill(table, 0, 8192);
  for (let i: u32 = 0; i < n; i++) {
    const at = counts + (<usize>load<u8>(lengths + i) << 2);
    store<u32>(at, load<u32>(at) + 1);
  }
  store<u32>(counts, 0);
  let left: i32 = 1;
  for (let length: usize = 1; length < 16; length++) {
    left = (left << 1) - load<i32>(counts + (length << 2));
    if (left < 0) return false;
  }
  let code: u32 = 0;
  let index: usize = 0;
  for (let length: u32 = 1; length < 16; length++) {
    for (let i: u32 = 0; i < n; i++) {
      if (<u32>load<u8>(lengths + i) != length) continue;
      store<u16>(symbols + (index << 1), i);
      index++;
      if (length <= FAST) fillTable(table, code, length, entryOf(i, length, isDistance));
      code++;
    }
    code <<= 1;
  }
  return true;
}

function fillTable(table: usize, code: u32, length: u32, entry: u32): void {
  let reversed: u32 = 0;
  for (let i: u32 = 0; i < length; i++) reversed |= ((code >> i) & 1) << (length - 1 - i);
  for (let at = reversed; at < 1 << FAST; at += 1 << length) store<u32>(table + (at << 2), entry);
}

const LITERAL: u32 = 0;
const LENGTH: u32 = 0x100;
const END: u32 = 0x200;
const NONE: u32 = 0x300;

function entryOf(symbol: u32, length: u32, isDistance: bool): u32 {
  if (isDistance) {
    // also the code length code: its symbols are below 19 and stand in the top byte, which no distance needs
    const extra = symbol < 2 ? 0 : (symbol >> 1) - 1;
    return (symbol << 24) | (extra << 4) | length;
  }
  if (symbol < 256) return (symbol << 16) | LITERAL | length;
  if (symbol == 256) return END | length;
  const at = symbol - 257;
  if (at > 28) return NONE | length;
  if (at == 28) return (258 << 16) | LENGTH | length;
  const extra: u32 = at < 8 ? 0 : (at >> 2) - 1;
  const base = at < 8 ? at + 3 : ((4 + (at & 3)) << extra) + 3;
  return (base << 16) | (extra << 4) | LENGTH | length;
}

/** The entry of a code of more than 11 bits (one bit after the other, as in 3.2.2); 0 if there is none. */
function slowEntry(isDistance: bool): u32 {
  const counts = area + COUNTS + (isDistance ? 64 : 0);
  const symbols = area + SYMBOLS + (isDistance ? 640 : 0);
  let code: i32 = 0;
  let first: i32 = 0;
  let index: i32 = 0;
  for (let length: u32 = 1; length < 16; length++) {
    code |= <i32>(acc >> (length - 1)) & 1;
    const n = load<i32>(counts + (length << 2));
    if (code - n < first) {
      return entryOf(load<u16>(symbols + ((index + code - first) << 1)), length, isDistance);
    }
    index += n;
    first = (first + n) << 1;
    code <<= 1;
  }
  return 0;
}

function compressed(): bool {
  const literals = area + LITERALS;
  const distances = area + DISTANCES;
  while (true) {
    if (out + 600 > end && !flush()) return false;
    need();
    let e = load<u32>(literals + ((<usize>acc & 2047) << 2));
    if (e != 0 && (e & 0x300) == LITERAL) {
      store<u8>(out, e >> 16);
      out++;
      take(e & 15);
      e = load<u32>(literals + ((<usize>acc & 2047) << 2));
      if (e != 0 && (e & 0x300) == LITERAL) {
        store<u8>(out, e >> 16);
        out++;
        take(e & 15);
        if (isPast()) return false;
        continue;
      }
      need();
    }
    if (e == 0) {
      e = slowEntry(false);
      if (e == 0) return false;
    }
    take(e & 15);
    if (isPast()) return false;
    const kind = e & 0x300;
    if (kind == LITERAL) {
      store<u8>(out, e >> 16);
      out++;
      continue;
    }
    if (kind != LENGTH) return kind == END;
    const length = (e >> 16) + take((e >> 4) & 15);
    let d = load<u32>(distances + ((<usize>acc & 2047) << 2));
    if (d == 0) {
      d = slowEntry(true);
      if (d == 0) return false;
    }
    take(d & 15);
    const symbol = d >> 24;
    if (symbol > 29) return false;
    const extra = (d >> 4) & 15;
    const base: u32 = symbol < 4 ? symbol + 1 : ((2 + (symbol & 1)) << extra) + 1;
    const distance = <usize>(base + take(extra));
    if (distance > out - start || isPast()) return false;
    copy(distance, length);
  }
}

/** Repeats what lies `distance` back; may write up to 15 bytes further. */
@inline
function copy(distance: usize, length: usize): void {
  const source = out - distance;
  const stop = out + length;
  if (distance >= 16) {
    for (let i: usize = 0; i < length; i += 16) v128.store(out + i, v128.load(source + i));
  } else if (distance == 1) {
    const v = i8x16.splat(load<u8>(source));
    for (let i: usize = 0; i < length; i += 16) v128.store(out + i, v);
  } else {
    // 16 bytes at a time once the repeated piece is that long
    let span = distance;
    let at = out;
    while (span < 16 && at < stop) {
      for (let i: usize = 0; i < span; i++) store<u8>(at + i, load<u8>(source + i));
      at += span;
      span += span;
    }
    for (; at < stop; at += 16) v128.store(at, v128.load(at - span));
  }
  out = stop;
}
