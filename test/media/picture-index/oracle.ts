import fc from "fast-check";

import type { Orientation } from "../../../src/core/orientation.ts";
import type { FoundPicture, PictureQuery, PlacedPicture } from "../../../src/protocol/picture-finder.ts";

export const orientations: readonly Orientation[] = [1, 2, 3, 4, 5, 6, 7, 8];

/** A hash as a number: bit 16 i + j for the vertical frequency i and the horizontal frequency j, from 0. */
function numberOf(hash: string): bigint {
  return BigInt(`0x${hash}`);
}

/** A number as a hash, in 64 digits. */
export function hashOf(bits: bigint): string {
  return bits.toString(16).padStart(64, "0");
}

/** The bits with those changed of which `isNegated` holds. */
function negate(bits: bigint, isNegated: (i: number, j: number) => boolean): bigint {
  let mask = 0n;
  for (let i = 0; i < 16; i++)
    for (let j = 0; j < 16; j++) if (isNegated(i, j)) mask |= 1n << BigInt(16 * i + j);
  return bits ^ mask;
}

/** Frequency n + 1 is odd along the axis, and changes its sign, where n is even. */
const leftToRight = (bits: bigint): bigint => negate(bits, (_, j) => j % 2 === 0);
const topToBottom = (bits: bigint): bigint => negate(bits, (i) => i % 2 === 0);

function transposed(bits: bigint): bigint {
  let result = 0n;
  for (let i = 0; i < 16; i++)
    for (let j = 0; j < 16; j++) if ((bits >> BigInt(16 * i + j)) & 1n) result |= 1n << BigInt(16 * j + i);
  return result;
}

/** The hash of a picture after it was turned as an orientation says (EXIF 3.0 §4.6.6). */
export function turnedHash(hash: string, turn: Orientation): string {
  const bits = numberOf(hash);
  const turned: Record<Orientation, () => bigint> = {
    1: () => bits,
    2: () => leftToRight(bits),
    3: () => topToBottom(leftToRight(bits)),
    4: () => topToBottom(bits),
    5: () => transposed(bits),
    6: () => leftToRight(transposed(bits)),
    7: () => topToBottom(leftToRight(transposed(bits))),
    8: () => topToBottom(transposed(bits)),
  };
  return hashOf(turned[turn]());
}

/** In how many bits two hashes differ. */
function distanceBetween(a: string, b: string): number {
  let count = 0;
  for (let bits = numberOf(a) ^ numberOf(b); bits > 0n; bits &= bits - 1n) count++;
  return count;
}

/** The least distance over all turns, and the first turn that has it. */
function nearest(asked: string, found: string): Pick<FoundPicture, "distance" | "turn"> {
  const [first] = orientations
    .map((turn) => ({ turn, distance: distanceBetween(asked, turnedHash(found, turn)) }))
    .toSorted((a, b) => a.distance - b.distance || a.turn - b.turn);
  return first ?? { turn: 1, distance: 256 };
}

/** What a search among pictures is to answer, by looking at each of them in each of its turns. */
export function neighboursOf(
  { hash, except, radius, limit, after }: PictureQuery,
  pictures: readonly PlacedPicture[],
): FoundPicture[] {
  const isBehind = ({ pk, distance }: FoundPicture): boolean =>
    after === null || distance > after.distance || (distance === after.distance && pk > after.pk);
  return pictures
    .flatMap((each) => (each.hash === null ? [] : [{ pk: each.pk, ...nearest(hash, each.hash) }]))
    .filter((each) => each.pk !== except && each.distance <= radius && isBehind(each))
    .toSorted((a, b) => a.distance - b.distance || a.pk - b.pk)
    .slice(0, limit);
}

/** Any hash, but the one that stands for none. */
export const anyHash = fc.bigInt({ min: 1n, max: (1n << 256n) - 1n }).map(hashOf);

/** A hash that differs from another in some bits. */
export function changed(hash: string, bits: readonly number[]): string {
  return hashOf(bits.reduce((number, bit) => number ^ (1n << BigInt(bit)), numberOf(hash)));
}

/** A query for everything near a hash. */
export function queryFor(hash: string, rest: Partial<PictureQuery> = {}): PictureQuery {
  return { hash, except: null, radius: 64, limit: 100, after: null, ...rest };
}

/** Some hash for each number, as unlike one another as hashes of different pictures are. */
export function someHash(number: number): string {
  let state = BigInt(number + 1);
  let bits = 0n;
  for (let word = 0; word < 4; word++) {
    state = BigInt.asUintN(64, state * 0x9e3779b97f4a7c15n + 0xd1b54a32d192ed03n);
    const mixed = BigInt.asUintN(64, (state ^ (state >> 29n)) * 0xbf58476d1ce4e5b9n);
    bits = (bits << 64n) | (mixed ^ (mixed >> 32n));
  }
  return hashOf(bits);
}

/** A hash that differs from `someHash(0)` in so many bits; turned otherwise it is far from it. */
export function hashAt(distance: number): string {
  const bits = Array.from({ length: distance }, (_, bit) => bit);
  return changed(someHash(0), bits);
}
