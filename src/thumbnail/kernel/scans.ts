// Whole scans: MCU order (T.81 A.2), restart intervals, cropping, and what is done where bits are missing.
import {
  C_BLOCKS_STRIDE, C_BLOCKS_X, C_BLOCKS_Y, C_CHANNEL, C_COEFS, C_CROP_X0, C_CROP_X1, C_CROP_Y0, C_CROP_Y1, C_H, C_N,
  C_PRED, C_QUANT, C_V, R_STRIDE, SCAN_ENOUGH, SCAN_MARKER,
} from "./layout";
import { findMarker, marker, needsMore, openInput, overrun, restart, topUp } from "./input";
import { bandFirst, bandRefine, clearBandRun, progressiveDc, takeBandRun } from "./bands";
import { decodeAc, decodeDc, lastNeeded, placesFor } from "./blocks";
import { inverse1, inverse2, inverse4, inverse8 } from "./transform";
import { advance, isDone, rowAt } from "./resample";

/** The components of the current scan: their addresses, one after the other. */
let list: usize = 0;
let members: u32 = 0;
/** 65 floats: the block being decoded, and a place for what is not wanted. */
let block: usize = 0;
let interval: u32 = 0;
let reserve: usize = 0;

/** MCUs until the next restart marker, the number it should have; whether this interval's bits are used up. */
let untilRestart: u32 = 0;
let due: i32 = 0;
let dead: bool = false;
let over: bool = false;

/** MCUs that had their bits, over all scans of the picture. */
export let unitsDecoded: u32 = 0;

export function scratchAt(at: usize): void {
  block = at;
  unitsDecoded = 0;
}

export function openScan(components: usize, n: u32, restartInterval: u32): void {
  list = components;
  members = n;
  interval = restartInterval;
  untilRestart = interval;
  due = 0;
  dead = false;
  over = false;
  let blocks: u32 = 0;
  for (let i: u32 = 0; i < n; i++) {
    const c = member(i);
    store<i32>(c, 0, C_PRED);
    blocks += n == 1 ? 1 : load<u32>(c, C_H) * load<u32>(c, C_V);
  }
  reserve = <usize>blocks * 256 + 16;
  clearBandRun();
  openInput();
  topUp();
}

@inline
function member(i: u32): usize {
  return load<usize>(list + (i << 2));
}

/** Before an MCU: passes a restart marker that is due, sees to it that there are bits. False: none for this MCU. */
@inline
function ready(): bool {
  if (interval != 0) {
    if (untilRestart == 0) nextInterval();
    untilRestart--;
  }
  if (needsMore(reserve)) topUp();
  return !dead && !over;
}

function nextInterval(): void {
  untilRestart = interval;
  for (let i: u32 = 0; i < members; i++) store<i32>(member(i), 0, C_PRED);
  clearBandRun();
  if (over) return;
  const went = restart(due);
  due = (due + 1) & 7;
  over = went < 0;
  dead = went == 0;
}

/** After an MCU: did it have its bits? */
@inline
function settled(): bool {
  if (overrun()) {
    dead = true;
    if (interval == 0) over = true;
    return false;
  }
  unitsDecoded++;
  return true;
}

/** Decodes a sequential scan and sends its rows on. `SCAN_ENOUGH`: the thumbnail needs no more of it. */
export function sequentialScan(unitsX: u32, unitsY: u32): i32 {
  const single = members == 1;
  for (let my: u32 = 0; my < unitsY; my++) {
    for (let mx: u32 = 0; mx < unitsX; mx++) {
      const has = ready();
      for (let i: u32 = 0; i < members; i++) {
        const c = member(i);
        const h: u32 = single ? 1 : load<u32>(c, C_H);
        const v: u32 = single ? 1 : load<u32>(c, C_V);
        for (let y: u32 = 0; y < v; y++) {
          for (let x: u32 = 0; x < h; x++) sequentialBlock(c, mx * h + x, my * v + y, has);
        }
      }
      if (has && !settled()) grayUnit(mx, my);
    }
    if (sendRows()) return SCAN_ENOUGH;
  }
  return SCAN_MARKER;
}

/** The rows of one MCU row are whole. True when every channel has what it wants. */
function sendRows(): bool {
  let enough = true;
  for (let i: u32 = 0; i < members; i++) {
    const c = member(i);
    const channel = load<usize>(c, C_CHANNEL);
    advance(channel, (members == 1 ? 1 : load<u32>(c, C_V)) * load<u32>(c, C_N));
    if (!isDone(channel)) enough = false;
  }
  return enough;
}

@inline
function isCropped(c: usize, bx: u32, by: u32): bool {
  return bx < load<u32>(c, C_CROP_X0) || bx >= load<u32>(c, C_CROP_X1) || by < load<u32>(c, C_CROP_Y0) ||
    by >= load<u32>(c, C_CROP_Y1);
}

@inline
function target(c: usize, bx: u32, by: u32, n: u32): usize {
  return rowAt(load<usize>(c, C_CHANNEL), by * n) + <usize>((bx - load<u32>(c, C_CROP_X0)) * n);
}

@inline
function sequentialBlock(c: usize, bx: u32, by: u32, has: bool): void {
  if (isCropped(c, bx, by)) {
    if (has) {
      decodeDc(c);
      decodeAc(c, block, 0, 0);
    }
    return;
  }
  const n = load<u32>(c, C_N);
  if (!has) {
    gray(c, bx, by, n);
    return;
  }
  clear(n);
  const dc = <f32>decodeDc(c) * load<f32>(load<usize>(c, C_QUANT));
  decodeAc(c, block, placesFor(n), lastNeeded(n));
  store<f32>(block, dc);
  inverse(n, target(c, bx, by, n), load<usize>(load<usize>(c, C_CHANNEL), R_STRIDE));
}

@inline
function clear(n: u32): void {
  const zero = i32x4.splat(0);
  const bytes = <usize>(n * n) << 2;
  for (let at: usize = 0; at < bytes; at += 16) v128.store(block + at, zero);
}

@inline
function inverse(n: u32, out: usize, stride: usize): void {
  if (n == 1) inverse1(load<f32>(block), out);
  else if (n == 2) inverse2(block, out, stride);
  else if (n == 4) inverse4(block, out, stride);
  else inverse8(block, out, stride);
}

/** What is missing is mid-grey, not a smear of the last value. */
function gray(c: usize, bx: u32, by: u32, n: u32): void {
  const stride = load<usize>(load<usize>(c, C_CHANNEL), R_STRIDE);
  let at = target(c, bx, by, n);
  for (let y: u32 = 0; y < n; y++) {
    memory.fill(at, 128, n);
    at += stride;
  }
}

function grayUnit(mx: u32, my: u32): void {
  for (let i: u32 = 0; i < members; i++) {
    const c = member(i);
    const h: u32 = members == 1 ? 1 : load<u32>(c, C_H);
    const v: u32 = members == 1 ? 1 : load<u32>(c, C_V);
    for (let y: u32 = 0; y < v; y++) {
      for (let x: u32 = 0; x < h; x++) {
        if (!isCropped(c, mx * h + x, my * v + y)) gray(c, mx * h + x, my * v + y, load<u32>(c, C_N));
      }
    }
  }
}

/** A DC scan of a progressive picture: interleaved or of one component. */
export function progressiveDcScan(unitsX: u32, unitsY: u32, high: i32, shift: i32): void {
  const single = members == 1;
  for (let my: u32 = 0; my < unitsY; my++) {
    for (let mx: u32 = 0; mx < unitsX; mx++) {
      if (!ready()) {
        if (over) return;
        continue;
      }
      for (let i: u32 = 0; i < members; i++) {
        const c = member(i);
        const h: u32 = single ? 1 : load<u32>(c, C_H);
        const v: u32 = single ? 1 : load<u32>(c, C_V);
        for (let y: u32 = 0; y < v; y++) {
          const row = (my * v + y) * load<u32>(c, C_BLOCKS_STRIDE) + mx * h;
          for (let x: u32 = 0; x < h; x++) progressiveDc(c, row + x, high, shift);
        }
      }
      settled();
    }
  }
}

/** A band of one component (`from` > 0), first or later scan. */
export function progressiveBandScan(from: u32, to: u32, high: i32, shift: i32): void {
  const c = member(0);
  const blocksX = load<u32>(c, C_BLOCKS_X);
  const blocksY = load<u32>(c, C_BLOCKS_Y);
  for (let by: u32 = 0; by < blocksY; by++) {
    const row = by * load<u32>(c, C_BLOCKS_STRIDE);
    for (let bx: u32 = 0; bx < blocksX; bx++) {
      if (!ready()) {
        if (over) return;
        continue;
      }
      if (high != 0) bandRefine(c, row + bx, from, to, shift);
      else if (takeBandRun(1) == 0) bandFirst(c, row + bx, from, to, shift);
      settled();
    }
  }
}

/** Renders a progressive component once its coefficients are what they will be. */
export function renderComponent(c: usize): void {
  const n = load<u32>(c, C_N);
  const channel = load<usize>(c, C_CHANNEL);
  const blocksY = load<u32>(c, C_BLOCKS_Y);
  for (let by: u32 = 0; by < blocksY && !isDone(channel); by++) {
    if (by >= load<u32>(c, C_CROP_Y0) && by < load<u32>(c, C_CROP_Y1)) renderRow(c, by, n);
    advance(channel, n);
  }
}

function renderRow(c: usize, by: u32, n: u32): void {
  const cells = n * n;
  const map = placesFor(n);
  const quant = load<usize>(c, C_QUANT);
  const stride = load<usize>(load<usize>(c, C_CHANNEL), R_STRIDE);
  const last = <u32>lastNeeded(n);
  const x1 = load<u32>(c, C_CROP_X1);
  for (let bx = load<u32>(c, C_CROP_X0); bx < x1; bx++) {
    const at = load<usize>(c, C_COEFS) + <usize>((by * load<u32>(c, C_BLOCKS_STRIDE) + bx) * cells * 2);
    for (let k: u32 = 0; k <= last; k++) {
      const place = <usize>load<u8>(map + k);
      if (place < 64) store<f32>(block + (place << 2), <f32>load<i16>(at + (place << 1)) * load<f32>(quant + (k << 2)));
    }
    inverse(n, target(c, bx, by, n), stride);
  }
}

/** The marker behind a scan. */
export function scanEnd(): i32 {
  return marker != 0 ? marker : findMarker();
}
