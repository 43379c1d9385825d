// Inflated bytes → rows → pixels (W3C PNG, 3rd ed., 7.3, 8 and 9).
import {
  N_ABOVE, N_DONE, N_FILLED, N_PASS, N_PASSES, N_PIXEL_BYTES, N_RASTER, N_ROW, N_ROWS, N_Y, Q_DX, Q_HEIGHT, Q_OUT,
  Q_ROW_BYTES, Q_ROW_STEP, Q_SIZE, Q_WIDTH,
} from "./layout";
import { inflate } from "./inflate";
import { expand, pushRow, unfilter } from "./rows";

@external("host", "give")
declare function give(from: usize, bytes: usize): bool;

/** The reader of the file at hand; 0: the host takes the bytes. */
let reader: usize = 0;

/** Inflates a file's data row by row, until all rows are there or no more are wanted. False: the data is damaged. */
export function readPng(record: usize, work: usize, window: usize, bytes: usize): bool {
  reader = record;
  return inflate(work, window, bytes, false) != 0 && load<u32>(record, N_DONE) != 0;
}

/** Inflates data piece by piece to the host, until it wants no more. False: the data is damaged. */
export function inflateToHost(work: usize, window: usize, bytes: usize): bool {
  reader = 0;
  return inflate(work, window, bytes, false) != 0;
}

/** Inflates something small into `target`; answers its length, 0 if it is damaged or longer than `bytes`. */
export function inflateSmall(work: usize, target: usize, bytes: usize): usize {
  const end = inflate(work, target, bytes, true);
  return end == 0 || end >= target + bytes - 600 ? 0 : end - target;
}

/** Takes inflated bytes; true when no more are wanted, be it that a row is damaged. */
export function drain(from: usize, to: usize): bool {
  if (reader == 0) return give(from, to - from);
  let at = from;
  while (at < to) {
    const pass = load<usize>(reader, N_PASSES) + load<usize>(reader, N_PASS) * Q_SIZE;
    const filled = load<usize>(reader, N_FILLED);
    const rowBytes = load<usize>(pass, Q_ROW_BYTES);
    const part = min(rowBytes - filled, to - at);
    memory.copy(load<usize>(reader, N_ROW) - 1 + filled, at, part);
    at += part;
    store<usize>(reader, filled + part, N_FILLED);
    if (filled + part == rowBytes && !endRow(pass, rowBytes)) return true;
  }
  return false;
}

/** A row is whole. False when no more are wanted. */
function endRow(pass: usize, rowBytes: usize): bool {
  const row = load<usize>(reader, N_ROW);
  const above = load<usize>(reader, N_ABOVE);
  const filter = <i32>load<u8>(row - 1);
  if (filter > 4) return false;
  unfilter(filter, row, above, rowBytes - 1, load<usize>(reader, N_PIXEL_BYTES));
  store<usize>(reader, above, N_ROW);
  store<usize>(reader, row, N_ABOVE);
  store<usize>(reader, 0, N_FILLED);
  const y = load<u32>(reader, N_Y);
  store<u32>(reader, y + 1, N_Y);
  const raster = load<usize>(reader, N_RASTER);
  if (raster == 0) {
    if (pushRow(load<usize>(reader, N_ROWS), row)) return finished();
  } else {
    const out = raster + load<usize>(pass, Q_OUT) + <usize>y * load<usize>(pass, Q_ROW_STEP);
    expand(load<usize>(reader, N_ROWS), row, 0, load<u32>(pass, Q_WIDTH), out, load<usize>(pass, Q_DX));
  }
  if (y + 1 < load<u32>(pass, Q_HEIGHT)) return true;
  store<u32>(reader, 0, N_Y);
  store<usize>(reader, load<usize>(reader, N_PASS) + 1, N_PASS);
  const following = pass + Q_SIZE;
  if (load<usize>(following, Q_ROW_BYTES) == 0) return finished();
  memory.fill(row, 0, load<usize>(following, Q_ROW_BYTES));
  return true;
}

function finished(): bool {
  store<u32>(reader, 1, N_DONE);
  return false;
}
