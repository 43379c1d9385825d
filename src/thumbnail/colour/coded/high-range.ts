import type { Curve } from "../curve.ts";

/**
 * How light beyond the white of a display is brought into it. Light is counted in shares of the white of graphics, 203
 * candelas (ITU-R BT.2408, table 1).
 */
export interface HighRange {
  /** What the colours of a pixel are multiplied by, from their luminance: the system's gamma, where there is one. */
  readonly gain: ((luminance: number) => number) | null;
}

const GRAPHICS_WHITE = 203;
/** Peak of the display that HLG is meant for, and the brightest that is told apart in PQ. */
const PEAK = 1000 / GRAPHICS_WHITE;
/** Light up to here stays as it is. */
const KNEE = 0.5;

/** PQ (SMPTE ST 2084; ITU-R BT.2100, table 4). */
const pqCurve: Curve = (value) => {
  const power = Math.max(0, value) ** (32 / 2523);
  const light = Math.max(0, power - 107 / 128) / (2413 / 128 - (2392 / 128) * power);
  return (light ** (16384 / 2610) * 10_000) / GRAPHICS_WHITE;
};

/** HLG (ITU-R BT.2100, table 5): light of the scene, 0 to 1. */
const hlgCurve: Curve = (value) =>
  value <= 0.5
    ? Math.max(0, value) ** 2 / 3
    : (Math.exp((value - 0.55991073) / 0.17883277) + 0.28466892) / 12;

/** Both by their code points (ITU-T H.273, table 3). */
export const HIGH_RANGES = new Map<number, { readonly curve: Curve; readonly range: HighRange }>([
  [16, { curve: pqCurve, range: { gain: null } }],
  [18, { curve: hlgCurve, range: { gain: (luminance) => PEAK * Math.max(0, luminance) ** 0.2 } }],
]);

/**
 * What a pixel is multiplied by whose brightest colour is `brightest`: nothing up to half of white, from there on a
 * hyperbola that goes on as steeply and reaches 1 at the peak, so that white itself becomes 0.77 and lights still differ.
 */
export function dimming(brightest: number): number {
  if (brightest <= KNEE) return 1;
  const offset = (KNEE * KNEE - 2 * KNEE * PEAK + PEAK) / (PEAK - 1);
  const pole = (-KNEE * KNEE * (PEAK - 1)) / (KNEE * KNEE - 2 * KNEE + PEAK);
  const light = Math.min(brightest, PEAK);
  const scale = (offset + KNEE) ** 2 / (offset - pole);
  return (scale * (light + pole)) / (light + offset) / brightest;
}
