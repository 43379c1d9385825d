// The bits of a scan. The host hands over raw bytes through `pull`; `fill` takes the stuffed zeros out
// (T.81 F.1.2.3) and stores the bytes in *descending* addresses, so that one little-endian 64-bit load gives
// the next eight bytes with the first one on top. No refill ever looks at a byte on its own.
import { CLEAN_BYTES, RAW_BYTES, RESERVE_BYTES } from "./layout";

@external("host", "pull")
declare function pull(target: usize, max: i32): i32;

let rawBase: usize = 0;
let raw: usize = 0;
let rawEnd: usize = 0;
let low: usize = 0;
let top: usize = 0;
/** Lies below the last unstuffed byte. */
let end: usize = 0;

/** Address of the next byte that is not yet in `acc`. */
export let next: usize = 0;
/** The next bits, first one on top, and how many of them count. */
export let acc: u64 = 0;
export let count: u32 = 0;
/** The marker that ends the bits: its code, 0 for none yet, -1 for the end of the file. */
export let marker: i32 = 0;

@inline
export function setBits(a: u64, n: u32, p: usize): void {
  acc = a;
  count = n;
  next = p;
}

export function inputAt(base: usize): void {
  rawBase = base;
  low = base + RAW_BYTES + RESERVE_BYTES;
  top = low + CLEAN_BYTES;
}

export function openInput(): void {
  raw = rawBase;
  rawEnd = rawBase;
  marker = 0;
  clearBits();
}

function clearBits(): void {
  next = top;
  end = top;
  acc = 0;
  count = 0;
}

/** Raw bytes that were pulled and not used. */
export function unusedRaw(): i32 {
  return <i32>(rawEnd - raw);
}

@inline
export function needsMore(reserve: usize): bool {
  return next - end < reserve && marker == 0;
}

/** True if more bits were read than there are. */
@inline
export function overrun(): bool {
  return <isize>(next - end) + <isize>(count >> 3) < 0;
}

export function topUp(): void {
  const left = next - end;
  if (count < 64) acc &= ~(0xffffffffffffffff >> count);
  memory.copy(top - left + 1, end + 1, left);
  next = top;
  end = top - left;
  fill();
}

function pullMore(): bool {
  const left = rawEnd - raw;
  memory.copy(rawBase, raw, left);
  raw = rawBase;
  const got = pull(rawBase + left, RAW_BYTES - <i32>left);
  rawEnd = rawBase + left + got;
  return got > 0;
}

function fill(): void {
  const ff = i8x16.splat(-1);
  while (marker == 0 && end - low >= 32) {
    if (raw + 17 > rawEnd) {
      if (!pullMore()) {
        fillTail();
        return;
      }
      continue;
    }
    const v = v128.load(raw);
    const hits = i8x16.bitmask(i8x16.eq(v, ff));
    v128.store(end - 15, v128.shuffle<u8>(v, v, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0));
    if (hits == 0) {
      end -= 16;
      raw += 16;
      continue;
    }
    const plain = <usize>ctz(hits);
    end -= plain;
    raw += plain;
    takeFF();
  }
}

/** What stands behind an 0xFF: a stuffed zero, a fill byte (B.1.1.2) or a marker. */
@inline
function takeFF(): void {
  const b = load<u8>(raw, 1);
  if (b == 0) {
    store<u8>(end, 0xff);
    end--;
    raw += 2;
  } else if (b == 0xff) {
    raw++;
  } else {
    marker = b;
  }
}

function fillTail(): void {
  while (raw < rawEnd && marker == 0) {
    if (end - low < 2) return;
    const b = load<u8>(raw);
    if (b != 0xff) {
      store<u8>(end, b);
      end--;
      raw++;
    } else if (raw + 1 < rawEnd) {
      takeFF();
    } else {
      raw++;
    }
  }
  if (marker == 0) marker = -1;
}

/** Skips what is left of the bits up to the next marker and tells it. */
export function findMarker(): i32 {
  clearBits();
  while (marker == 0) {
    fill();
    clearBits();
  }
  return marker;
}

/**
 * Goes on behind the restart marker that is due (E.2.4). 1: there it was. 0: it is missing, but a later one is
 * next, so that this interval is lost. -1: the scan is over.
 */
export function restart(due: i32): i32 {
  while (true) {
    const found = findMarker();
    if (found < 0xd0 || found > 0xd7) return -1;
    const ahead = (found - 0xd0 - due) & 7;
    if (ahead == 1 || ahead == 2) return 0;
    raw += 2;
    marker = 0;
    if (ahead < 6) break;
  }
  fill();
  return 1;
}
