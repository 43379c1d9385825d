import { toOrientation, type Orientation } from "../../core/orientation.ts";

/** Frequencies along each side of a hash, and hexadecimal digits of a row of them. */
const side = 16;
const digitsOfRow = 4;

/** The bits that a mirroring left to right negates: those of odd frequencies, the lowest of which is 1. */
const oddFrequencies = 0x5555;
const wholeRow = 0xffff;

/** How far one picture is from another that is turned as well as it can be. */
export interface TurnedDistance {
  /** In bits of 256. */
  readonly distance: number;
  /** How the other is to be turned to look like the first. */
  readonly turn: Orientation;
}

/** The least distance of two hashes (hexadecimal) over the eight ways to turn a picture; of several the first by number. */
export function nearestTurn(hash: string, other: string): TurnedDistance {
  const rows = rowsOf(hash);
  const straight = rowsOf(other);
  const swapped = swapAxes(straight);
  let nearest: TurnedDistance = { distance: side * side + 1, turn: 1 };
  for (let number = 1; number <= 8; number++) {
    const turn = toOrientation(number) ?? 1;
    const distance = distanceOf(rows, turn >= 5 ? swapped : straight, negatedBy(turn));
    if (distance < nearest.distance) nearest = { distance, turn };
  }
  return nearest;
}

/** The rows of a hash from the lowest vertical frequency on, in each the lowest horizontal one in the lowest bit. */
function rowsOf(hash: string): number[] {
  return Array.from({ length: side }, (_, i) =>
    Number.parseInt(hash.slice((side - 1 - i) * digitsOfRow, (side - i) * digitsOfRow), 16),
  );
}

function swapAxes(rows: readonly number[]): number[] {
  return Array.from({ length: side }, (_, i) =>
    rows.reduce((row, other, j) => row | (((other >> i) & 1) << j), 0),
  );
}

/** Which bits of the rows of odd and of even vertical frequencies a turn negates, once the axes are swapped as it says. */
function negatedBy(turn: Orientation): { readonly odd: number; readonly even: number } {
  const isMirrored = [2, 3, 6, 7].includes(turn);
  const isFlipped = [3, 4, 7, 8].includes(turn);
  const even = isMirrored ? oddFrequencies : 0;
  return { even, odd: isFlipped ? even ^ wholeRow : even };
}

function distanceOf(
  rows: readonly number[],
  others: readonly number[],
  negated: ReturnType<typeof negatedBy>,
): number {
  return rows.reduce((sum, row, i) => {
    const mask = i % 2 === 0 ? negated.odd : negated.even;
    return sum + bitsOf(row ^ (others[i] ?? 0) ^ mask);
  }, 0);
}

function bitsOf(row: number): number {
  let pairs = row - ((row >> 1) & 0x5555);
  pairs = (pairs & 0x3333) + ((pairs >> 2) & 0x3333);
  pairs = (pairs + (pairs >> 4)) & 0x0f0f;
  return (pairs + (pairs >> 8)) & 0x1f;
}
