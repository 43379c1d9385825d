import { ByteView } from "../../metadata/byte-view.ts";
import { primariesToXyz, srgbPrimaries } from "../colour/coded/chromaticities.ts";
import { codedColours, withNarrowRange } from "../colour/coded/code-points.ts";
import { powerCurve } from "../colour/coded/transfers.ts";
import { type Curve, srgbCurve } from "../colour/curve.ts";
import type { Matrix } from "../colour/matrix.ts";
import { readProfile } from "../colour/profile.ts";
import { type ColourMeaning, matrixMeaning, profileMeaning } from "../colour/convert.ts";
import type { Kernel } from "../raster/kernel.ts";
import { type PngFile, sampleDepth } from "./chunks.ts";
import { inflateProfile } from "./read.ts";

/** What the samples of a file mean, and its profile where that is all that can be said. */
export interface PngColours {
  readonly meaning: ColourMeaning;
  readonly profile: Uint8Array | undefined;
}

/** gAMA and cHRM count in parts of this (PNG 3rd ed., 11.3.2.1 and 11.3.2.2). */
const unit = 100_000;
/** gAMA of sRGB, and how far from it a file still means sRGB's curve: what writers round it to. */
const srgbGamma = 45_455;
const srgbGammaRounding = 1000;
/** Powers beyond these are none that pictures are made for. */
const leastGamma = unit / 10;
const mostGamma = unit * 10;
const chromaticitiesBytes = 32;

/**
 * What a file says of its colours: the first that can be understood of cICP, iCCP, sRGB, and gAMA with cHRM, either of
 * which may be missing (PNG 3rd ed., 4.3). Nothing means sRGB.
 */
export function readColours(kernel: Kernel, file: PngFile): PngColours {
  const { codePoints, compressedProfile, isSrgb } = file.colours;
  const coded = codePoints === undefined ? null : codedMeaning(codePoints, sampleDepth(file.header));
  if (coded !== null) return { meaning: coded, profile: undefined };
  const bytes = compressedProfile === undefined ? undefined : inflateProfile(kernel, compressedProfile);
  const profile = bytes === undefined ? null : readProfile(bytes);
  const meaning = profile === null ? null : profileMeaning(profile, [0, 4].includes(file.header.colour));
  if (meaning !== null && meaning.kind !== "unknown") return { meaning, profile: undefined };
  const measured = isSrgb ? null : measuredMeaning(file);
  if (measured !== null) return { meaning: measured, profile: undefined };
  return { meaning: { kind: "srgb" }, profile: isSrgb ? undefined : bytes };
}

/** cICP (11.3.2.6): primaries, transfer, matrix, which is always 0, and whether the range is full. */
function codedMeaning(body: Uint8Array, depth: number): ColourMeaning | null {
  const [primaries = 0, transfer = 0, matrix = 0, isFull = 0] = body;
  if (body.length !== 4 || matrix !== 0 || isFull > 1) return null;
  const colours = codedColours({ primaries, transfer });
  if (colours === null) return null;
  return matrixMeaning(isFull === 1 ? colours : withNarrowRange(colours, depth));
}

function measuredMeaning({ colours }: PngFile): ColourMeaning | null {
  const gamma = colours.gamma === undefined ? null : readGamma(colours.gamma);
  const { chromaticities } = colours;
  const toXyz = chromaticities === undefined ? null : readChromaticities(chromaticities);
  if (gamma === null && toXyz === null) return null;
  const isUsualGamma = gamma === null || Math.abs(gamma - srgbGamma) <= srgbGammaRounding;
  const usual = meaningOf(srgbCurve, toXyz);
  if (gamma === null || (isUsualGamma && usual?.kind === "srgb")) return usual;
  return meaningOf(powerCurve(unit / gamma), toXyz);
}

function meaningOf(curve: Curve, toXyz: Matrix | null): ColourMeaning | null {
  const matrix = toXyz ?? primariesToXyz(srgbPrimaries);
  return matrix === null ? null : matrixMeaning({ curves: [curve, curve, curve], toXyz: matrix });
}

/** 11.3.2.2; null where it is no power that makes sense. */
function readGamma(body: Uint8Array): number | null {
  const gamma = new ByteView(body).u32(0);
  return gamma >= leastGamma && gamma <= mostGamma ? gamma : null;
}

/** 11.3.2.1; null where these are no chromaticities. */
function readChromaticities(body: Uint8Array): Matrix | null {
  if (body.length < chromaticitiesBytes) return null;
  const view = new ByteView(body);
  const pair = (i: number) => [view.u32(8 * i) / unit, view.u32(8 * i + 4) / unit] as const;
  return primariesToXyz({ white: pair(0), red: pair(1), green: pair(2), blue: pair(3) });
}
