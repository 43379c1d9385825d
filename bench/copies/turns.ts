import type { Orientation } from "../../src/core/orientation.ts";
import { swapsSides } from "../../src/core/orientation.ts";

/** How far two hashes are from each other when the second is turned so that it is nearest. */
export interface Nearest {
  readonly distance: number;
  readonly turn: Orientation;
}

const side = 16;
const turnNumbers = [1, 2, 3, 4, 5, 6, 7, 8] as const;

/** The nearest of the eight turns of `other` to `hash`, both in hexadecimal; plainly, bit by bit. */
export function nearestTurn(hash: string, other: string): Nearest {
  const here = bitsOf(hash);
  const there = bitsOf(other);
  const turned = turnNumbers.map((turn) => ({ turn, distance: distanceOf(here, there, turn) }));
  return turned.reduce((best, each) => (each.distance < best.distance ? each : best));
}

/** The bits of a hash from 0 on: 16 · vertical frequency + horizontal frequency, each from 0 for the frequency 1. */
function bitsOf(hash: string): Uint8Array {
  const bits = new Uint8Array(side * side);
  for (let digit = 0; digit < hash.length; digit++) {
    const value = Number.parseInt(hash[hash.length - 1 - digit] ?? "0", 16);
    for (let bit = 0; bit < 4; bit++) bits[digit * 4 + bit] = (value >> bit) & 1;
  }
  return bits;
}

/** Mirroring negates the odd frequencies along an axis, transposing changes the axes. */
function distanceOf(here: Uint8Array, there: Uint8Array, turn: Orientation): number {
  const isMirrored = [2, 3, 6, 7].includes(turn);
  const isFlipped = [3, 4, 7, 8].includes(turn);
  let distance = 0;
  for (let i = 0; i < side; i++) {
    for (let j = 0; j < side; j++) {
      const from = swapsSides(turn) ? j * side + i : i * side + j;
      const negated = Number(isMirrored && j % 2 === 0) ^ Number(isFlipped && i % 2 === 0);
      distance += (here[i * side + j] ?? 0) ^ (there[from] ?? 0) ^ negated;
    }
  }
  return distance;
}
