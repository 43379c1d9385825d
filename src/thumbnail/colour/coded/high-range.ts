import type { Curve } from "../curve.ts";

/**
 * How light beyond the white of a display is brought into it. Light is counted in shares of the white of graphics, 203
 * candelas (ITU-R BT.2408, table 1).
 */
export interface HighRange {
  /** What the colours of a pixel are multiplied by, from their luminance: the system's gamma, where there is one. */
  readonly gain: ((luminance: number) => number) | null;
}

const graphicsWhite = 203;
/** Peak of the display that HLG is meant for, and the brightest that is told apart in PQ. */
const peak = 1000 / graphicsWhite;
/** Light up to here stays as it is. */
const knee = 0.5;

/** PQ (SMPTE ST 2084; ITU-R BT.2100, table 4). */
const pqCurve: Curve = (value) => {
  const power = Math.max(0, value) ** (32 / 2523);
  const light = Math.max(0, power - 107 / 128) / (2413 / 128 - (2392 / 128) * power);
  return (light ** (16384 / 2610) * 10_000) / graphicsWhite;
};

/** HLG (ITU-R BT.2100, table 5): light of the scene, 0 to 1. */
const hlgCurve: Curve = (value) =>
  value <= 0.5
    ? Math.max(0, value) ** 2 / 3
    : (Math.exp((value - 0.55991073) / 0.17883277) + 0.28466892) / 12;

/** Both by their code points (ITU-T H.273, table 3). */
export const highRanges = new Map<number, { readonly curve: Curve; readonly range: HighRange }>([
  [16, { curve: pqCurve, range: { gain: null } }],
  [18, { curve: hlgCurve, range: { gain: (luminance) => peak * Math.max(0, luminance) ** 0.2 } }],
]);

/**
 * What a pixel is multiplied by whose brightest colour is `brightest`: nothing up to half of white, from there on a
 * hyperbola that goes on as steeply and reaches 1 at the peak, so that white itself becomes 0.77 and lights still differ.
 */
export function dimming(brightest: number): number {
  if (brightest <= knee) return 1;
  const offset = (knee * knee - 2 * knee * peak + peak) / (peak - 1);
  const pole = (-knee * knee * (peak - 1)) / (knee * knee - 2 * knee + peak);
  const light = Math.min(brightest, peak);
  const scale = (offset + knee) ** 2 / (offset - pole);
  return (scale * (light + pole)) / (light + offset) / brightest;
}
