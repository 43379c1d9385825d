/** Bytes of a hash in a block. */
export const hashBytes = 32;

/** The frequencies of a hash along each side. */
const frequencies = 16;

/**
 * A hash (64 hexadecimal digits) as the search compares it: four words of 64 bits, by the parity of the vertical and of the
 * horizontal frequency, so that a mirroring negates whole words and costs no more than a subtraction
 * (src/thumbnail/kernel/near.ts). Within a word there is a byte for each vertical frequency and a bit for each horizontal one.
 */
export function wordsOf(hash: string): Uint8Array {
  const words = new Uint8Array(hashBytes);
  for (let i = 0; i < frequencies; i++) {
    // The highest frequency comes first in hexadecimal, four digits each.
    const end = hash.length - i * 4;
    const row = Number.parseInt(hash.slice(end - 4, end), 16);
    const at = (i & 1) * 16 + (i >> 1);
    words[at] = everyOther(row);
    words[at + 8] = everyOther(row >> 1);
  }
  return words;
}

/** The bits 0, 2, 4, … 14 of a number, side by side. */
function everyOther(row: number): number {
  let bits = row & 0x5555;
  bits = (bits | (bits >> 1)) & 0x3333;
  bits = (bits | (bits >> 2)) & 0x0f0f;
  return (bits | (bits >> 4)) & 0xff;
}

/** The words of the same picture with its axes swapped (EXIF's orientation 5): what was vertical is horizontal. */
export function swappedAxes(words: Uint8Array): Uint8Array {
  const swapped = new Uint8Array(hashBytes);
  for (let bit = 0; bit < hashBytes * 8; bit++) {
    const [word, i, j] = [bit >> 6, (bit >> 3) & 7, bit & 7];
    if ((((words[bit >> 3] ?? 0) >> j) & 1) === 0) continue;
    const at = (((word & 1) << 1) | (word >> 1)) * 8 + j;
    swapped[at] = (swapped[at] ?? 0) | (1 << i);
  }
  return swapped;
}
