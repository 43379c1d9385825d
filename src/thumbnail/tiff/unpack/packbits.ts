const bufferBytes = 16_384;
const longestRun = 128;

/** Unpacks PackBits (TIFF 6.0 §9) piece by piece until `give` answers that no more is wanted, or the data ends. */
export function unpackBits(data: Uint8Array, give: (bytes: Uint8Array) => boolean): void {
  const out = new Uint8Array(bufferBytes);
  let filled = 0;
  for (let at = 0; at < data.length;) {
    const head = data[at++] ?? 0;
    if (head < 128) {
      const run = data.subarray(at, at + head + 1);
      out.set(run, filled);
      filled += run.length;
      at += head + 1;
    } else if (head > 128) {
      const length = 257 - head;
      out.fill(data[at++] ?? 0, filled, filled + length);
      filled += length;
    }
    if (filled > bufferBytes - longestRun) {
      if (give(out.subarray(0, filled))) return;
      filled = 0;
    }
  }
  give(out.subarray(0, filled));
}
