/**
 * How the stored picture is to be turned for display, as EXIF 3.0 §4.6.6 (tag 0x0112) counts it:
 * 1 as it is, 2 mirrored left to right, 3 by 180°, 4 flipped top to bottom, 5 transposed,
 * 6 by 90° clockwise, 7 transversed, 8 by 90° counter-clockwise.
 */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

/** One step of turning a picture: quarters clockwise, left to right mirrored, or top to bottom flipped. */
export type Turn = { readonly rotate: number } | "mirror" | "flip";

const orientations: readonly Orientation[] = [1, 2, 3, 4, 5, 6, 7, 8];

// Each orientation is a mirroring (or none) followed by quarter turns clockwise; this is its table.
const unmirrored: readonly Orientation[] = [1, 6, 3, 8];
const mirrored: readonly Orientation[] = [2, 7, 4, 5];

/** A number as an orientation; null for a number that is not an orientation. */
export function toOrientation(value: number): Orientation | null {
  return orientations[value - 1] ?? null;
}

/** Whether display swaps width and height. */
export function swapsSides(orientation: Orientation | null): boolean {
  return orientation !== null && orientation >= 5;
}

/**
 * The single orientation that does the same as several turns one after the other. A mirroring after
 * r quarter turns is the same as a mirroring before -r of them, which is all the algebra there is.
 */
export function composeTurns(turns: readonly Turn[]): Orientation {
  let isMirrored = false;
  let quarters = 0;
  for (const turn of turns) {
    if (typeof turn === "object") quarters += turn.rotate;
    else {
      isMirrored = !isMirrored;
      quarters = (turn === "flip" ? 2 : 0) - quarters;
    }
  }
  const table = isMirrored ? mirrored : unmirrored;
  return table[((quarters % 4) + 4) % 4] ?? 1;
}
