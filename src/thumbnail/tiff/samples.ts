/** How the samples of a row are stored. */
export interface SampleCoding {
  /** 1 to 16. */
  readonly bits: number;
  /** Byte order of samples of 16 bits. */
  readonly littleEndian: boolean;
  /** Whether samples are indices, which are not brought to 8 bits. */
  readonly areIndices: boolean;
}

/** Samples of any number of bits → `target`, one byte each: levels of 8 bits, or indices. */
export function readSamples(row: Uint8Array, coding: SampleCoding, target: Uint8Array): void {
  const { bits, littleEndian, areIndices } = coding;
  if (bits === 8) target.set(row.subarray(0, target.length));
  else if (bits === 16) {
    for (let i = 0, at = littleEndian ? 1 : 0; i < target.length; i++, at += 2) target[i] = row[at] ?? 0;
  } else if (bits < 8) readFewBits(row, bits, areIndices ? 1 : 255 / (2 ** bits - 1), target);
  else readManyBits(row, bits, target);
}

/** 1 to 7 bits, packed from the highest bit of a byte on. */
function readFewBits(row: Uint8Array, bits: number, scale: number, target: Uint8Array): void {
  const levels = Uint8Array.from({ length: 2 ** bits }, (_, value) => Math.round(value * scale));
  const top = 2 ** bits - 1;
  for (let i = 0, bit = 0; i < target.length; i++, bit += bits) {
    const at = bit >> 3;
    const word = ((row[at] ?? 0) << 8) | (row[at + 1] ?? 0);
    target[i] = levels[(word >> (16 - bits - (bit & 7))) & top] ?? 0;
  }
}

/** 9 to 15 bits, packed likewise: the highest 8 of them. */
function readManyBits(row: Uint8Array, bits: number, target: Uint8Array): void {
  for (let i = 0, bit = 0; i < target.length; i++, bit += bits) {
    const at = bit >> 3;
    const word = ((row[at] ?? 0) << 8) | (row[at + 1] ?? 0);
    target[i] = (word >> (8 - (bit & 7))) & 255;
  }
}
