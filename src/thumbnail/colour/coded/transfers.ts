import { type Curve, srgbCurve } from "../curve.ts";

/** ITU-R BT.709, 1.2, turned round. */
const bt709Curve: Curve = (value) => (value < 0.081 ? value / 4.5 : ((value + 0.099) / 1.099) ** (1 / 0.45));

/** SMPTE ST 240, likewise. */
const st240Curve: Curve = (value) =>
  value < 4 * 0.0228 ? value / 4 : ((value + 0.1115) / 1.1115) ** (1 / 0.45);

/** Raises levels to a power; those below zero become zero. */
export function powerCurve(gamma: number): Curve {
  return (value) => Math.max(0, value) ** gamma;
}

/** A logarithmic curve over so many decades. */
function logarithmicCurve(decades: number): Curve {
  return (value) => (value <= 0 ? 0 : 10 ** ((value - 1) * decades));
}

/**
 * TransferCharacteristics of ITU-T H.273 (8.2, table 3) whose white is that of a display, as light of 0 to 1. Those that
 * describe a camera are turned round.
 */
const transfers: ReadonlyMap<number, Curve> = new Map([
  [1, bt709Curve],
  [4, powerCurve(2.2)],
  [5, powerCurve(2.8)],
  [6, bt709Curve],
  [7, st240Curve],
  [8, powerCurve(1)],
  [9, logarithmicCurve(2)],
  [10, logarithmicCurve(2.5)],
  [11, bt709Curve],
  [12, bt709Curve],
  [13, srgbCurve],
  [14, bt709Curve],
  [15, bt709Curve],
  // ST 428-1 has 48 of 52.37 candelas as its white.
  [17, (value) => (52.37 / 48) * Math.max(0, value) ** 2.6],
]);

/** The curve of a code point; undefined of those of a high range, that are reserved, or that say nothing. */
export function codedTransfer(code: number): Curve | undefined {
  return transfers.get(code);
}
