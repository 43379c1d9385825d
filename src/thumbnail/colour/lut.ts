import { type Lut, readLut, readLutAToB } from "./lut-elements.ts";
import { xyzToSrgb } from "./matrix.ts";
import { readProcessElements } from "./process-elements.ts";
import type { IccProfile } from "./profile.ts";
import { srgbInverse } from "./curve.ts";
import { type ChannelConversion, chooseNodes, type ColourTable, sampleTable } from "./table.ts";

/** Channels of the data colour spaces (ICC.1:2022, 7.2.6) that pictures come in. */
const channelsOfSpace = new Map([
  ["GRAY", 1],
  ["RGB ", 3],
  ["CMYK", 4],
] as const);
/** Crossings along each channel. */
const steps = { 1: 256, 3: 21, 4: 11 } as const;
const d50 = [0.9642, 1, 0.8249] as const;
/** What is black in perceptual tables of version 4, as a share of white (6.3.3): sRGB's black is none. */
const perceptualBlack = 0.0034731;
/** Levels that are meant to be white; those of an upside-down table are not. */
const nearlyWhite = 200;
/** The light of L* 50. */
const darkGrey = ((50 + 16) / 116) ** 3;

/**
 * The colours of a profile with a lookup table, as a table to sRGB; null where it has none that can be read. Such a
 * table counts before curves and a matrix (8.10.2).
 */
export function lutColours(profile: IccProfile): ColourTable | null {
  const inputs = [...channelsOfSpace].find(([space]) => space === profile.space)?.[1];
  const lut = inputs === undefined ? null : readTable(profile, inputs);
  if (inputs === undefined || lut === null) return null;
  const isLab = profile.connection === "Lab ";
  const toXyz = (channels: readonly number[]): number[] => {
    const values = lut.stages.reduce<readonly number[]>((previous, stage) => stage(previous), channels);
    return isLab ? labToXyz(values, lut.lab) : values.map((value) => value * lut.xyz);
  };
  const black = blackOf(profile, inputs, toXyz);
  const convert: ChannelConversion = (channels) =>
    toLevels(toXyz(channels).map((value, axis) => withoutBlack(value, (d50[axis] ?? 1) * black, black)));
  const table = sampleTable(inputs, chooseNodes(inputs, steps[inputs], convert), convert);
  whitenPaper(table);
  return table;
}

/** Paper is white, also where a profile is not exact about it. */
function whitenPaper({ inputs, values }: ColourTable): void {
  const at = inputs === 4 ? 0 : values.length - 3;
  if (values.subarray(at, at + 3).every((value) => value > nearlyWhite)) values.fill(255, at, at + 3);
}

/**
 * What the darkest colour of a table has of white's light; sRGB's has none. As Little CMS finds it: perceptual tables
 * of version 4, beside which there are no curves, have a black of their own, any other has that of its channels at their darkest, grey and no lighter than
 * L* 50.
 */
function blackOf(
  profile: IccProfile,
  inputs: ColourTable["inputs"],
  toXyz: (channels: readonly number[]) => number[],
): number {
  const hasCurves = profile.tag("rTRC") ?? profile.tag("kTRC");
  if (profile.version >= 4 && hasCurves === undefined) return perceptualBlack;
  const [, y = 0] = toXyz(Array.from({ length: inputs }, () => (profile.space === "CMYK" ? 1 : 0)));
  return y > 0 ? Math.min(y, darkGrey) : 0;
}

/** Stretches light so that black is none; white stays. */
function withoutBlack(value: number, black: number, share: number): number {
  return (value - black) / (1 - share);
}

/** In the order of 8.10.2, the perceptual intent being meant. */
function readTable(profile: IccProfile, inputs: number): Lut | null {
  const elements = profile.tag("D2B0");
  const processed = elements !== undefined ? readProcessElements(elements, inputs) : null;
  if (processed !== null) return processed;
  const tag = profile.tag("A2B0");
  if (tag === undefined) return null;
  return tag.startsWith("mAB ") ? readLutAToB(tag, inputs) : readLut(tag, inputs);
}

/** CIE 1976 to XYZ. */
function labToXyz([l = 0, a = 0, b = 0]: readonly number[], scale: Lut["lab"]): number[] {
  const y = (l * scale.lightness + 16) / 116;
  const cube = (t: number) => (t > 6 / 29 ? t ** 3 : (t - 4 / 29) * 3 * (6 / 29) ** 2);
  const x = y + (a * scale.chroma + scale.chromaFloor) / 500;
  const z = y - (b * scale.chroma + scale.chromaFloor) / 200;
  return [d50[0] * cube(x), d50[1] * cube(y), d50[2] * cube(z)];
}

/** XYZ to levels of sRGB, beyond 0 and 255 where it does not have the colour. */
function toLevels([x = 0, y = 0, z = 0]: number[]): readonly [number, number, number] {
  const m = xyzToSrgb;
  return [
    level(m[0] * x + m[1] * y + m[2] * z),
    level(m[3] * x + m[4] * y + m[5] * z),
    level(m[6] * x + m[7] * y + m[8] * z),
  ];
}

function level(light: number): number {
  return light < 0 ? -255 * srgbInverse(-light) : 255 * srgbInverse(light);
}
