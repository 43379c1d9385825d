/** Rounds of the Feistel network; four make a permutation that looks random (Luby and Rackoff 1988). */
const rounds = 4;

/**
 * A seeded permutation of 0 … `size` − 1: every index leads to another number and none twice, without a table. A Feistel
 * network permutes the next power of four; what falls outside is walked on until it is inside.
 */
export function createPermutation(size: number, seed: number): (index: number) => number {
  const halfBits = Math.max(1, Math.ceil(Math.log2(Math.max(size, 2)) / 2));
  const mask = 2 ** halfBits - 1;
  const permute = (value: number): number => {
    let left = Math.floor(value / (mask + 1));
    let right = value % (mask + 1);
    for (let round = 0; round < rounds; round++) {
      [left, right] = [right, left ^ (mix(right, seed, round) & mask)];
    }
    return left * (mask + 1) + right;
  };
  return (index) => {
    let value = permute(index);
    while (value >= size) value = permute(value);
    return value;
  };
}

/** Mixes 32 bits well (the finaliser of MurmurHash3). */
function mix(value: number, seed: number, round: number): number {
  let hash = Math.imul(value ^ seed, 0x9e3779b1) + Math.imul(round + 1, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** A number of 32 bits that looks random, and is the same for the same number and seed. */
export function hashNumber(value: number, seed: number): number {
  return mix(value, seed, rounds);
}

/** A number for any seed that a client may choose (FNV-1a, 32 bits). */
export function seedNumber(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
