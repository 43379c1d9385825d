import { GrowingBytes, joined } from "./bytes.ts";

/** PackBits (TIFF 6.0 §9): runs of three and more, literals between them, and a byte here and there that means nothing. */
export function packBits(data: Uint8Array): Uint8Array {
  const out = new GrowingBytes();
  for (let at = 0; at < data.length;) {
    const run = runAt(data, at);
    if (run > 2) {
      out.push(257 - run);
      out.push(data[at] ?? 0);
      at += run;
      continue;
    }
    let end = at + 1;
    while (end < data.length && end - at < 128 && runAt(data, end) < 3) end++;
    out.push(end - at - 1);
    for (; at < end; at++) out.push(data[at] ?? 0);
    out.push(128);
  }
  return out.done();
}

function runAt(data: Uint8Array, at: number): number {
  let length = 1;
  while (length < 128 && at + length < data.length && data[at + length] === data[at]) length++;
  return length;
}

/** LZW (TIFF 6.0 §13): codes of 9 to 12 bits, highest bit first, that grow one code early. */
export function lzw(data: Uint8Array): Uint8Array {
  const out = new GrowingBytes();
  let [pending, held, width, next] = [0, 0, 9, 258];
  const write = (code: number): void => {
    pending = (pending << width) | code;
    for (held += width; held >= 8; held -= 8) out.push((pending >> (held - 8)) & 255);
    pending &= (1 << held) - 1;
  };
  let known = new Map<string, number>();
  let prefix = -1;
  write(256);
  for (const byte of data) {
    const key = `${prefix},${byte}`;
    const code = known.get(key);
    if (prefix < 0) prefix = byte;
    else if (code !== undefined) prefix = code;
    else {
      write(prefix);
      known.set(key, next++);
      if (next === 4095) {
        write(256);
        known = new Map();
        [width, next] = [9, 258];
      } else if (next === 1 << width) width++;
      prefix = byte;
    }
  }
  if (prefix >= 0) write(prefix);
  // The reader has learned one code more than is known here.
  if (next + 1 === 1 << width && width < 12) width++;
  write(257);
  out.push((pending << (8 - held)) & 255);
  return out.done();
}

/** Bytes with their bits the other way round (FillOrder 2). */
export function reversedBits(data: Uint8Array): Uint8Array {
  return data.map((byte) =>
    Number.parseInt(byte.toString(2).padStart(8, "0").split("").toReversed().join(""), 2),
  );
}

/** Samples packed from the highest bit on, rows filled up to whole bytes; those of 16 bits in the file's byte order. */
export function packedSamples(values: readonly number[], bits: number, littleEndian: boolean): Uint8Array {
  if (bits === 16) {
    const pairs = values.map((value) =>
      littleEndian ? [value & 255, value >> 8] : [value >> 8, value & 255],
    );
    return Uint8Array.from(pairs.flat());
  }
  const text = values.map((value) => value.toString(2).padStart(bits, "0")).join("");
  const bytes = text.match(/.{1,8}/gu) ?? [];
  return joined(Uint8Array.from(bytes, (byte) => Number.parseInt(byte.padEnd(8, "0"), 2)));
}
