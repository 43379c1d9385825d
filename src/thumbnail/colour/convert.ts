import { pressColours } from "./cmyk-table.ts";
import { codedStillColours } from "./coded/code-points.ts";
import type { Curve } from "./curve.ts";
import { convertInks, hasInks } from "./inks.ts";
import { lutColours } from "./lut.ts";
import { type MatrixColours, matrixColours, readTagCurve } from "./matrix.ts";
import { type IccProfile, readProfile } from "./profile.ts";
import { type ColourTable, TableReader } from "./table.ts";
import { convertGrey, convertMatrixColours, isNearlySrgb } from "./to-srgb.ts";
import type { DecodedPicture } from "../raster/decoder.ts";
import { COLOUR_GRAY } from "../kernel/layout.ts";
import type { Kernel } from "../raster/kernel.ts";

/** What the encoder must say about the colours: the profile that they are in; none means sRGB. */
export interface ConvertedColours {
  readonly profile?: Uint8Array | undefined;
}

/** A profile that cannot be converted is carried over if it takes no more than this of the thumbnail. */
const maxCarriedBytes = 4096;

/**
 * What colours mean, and so how they become sRGB's: `srgb` ones as they are, `matrix` ones by curves and a matrix, grey
 * by a curve, others by a table. `unknown` are those of a profile that cannot be read.
 */
export type ColourMeaning =
  | { readonly kind: "srgb" }
  | { readonly kind: "matrix"; readonly colours: MatrixColours }
  | { readonly kind: "grey"; readonly curve: Curve }
  | { readonly kind: "table"; readonly table: ColourTable }
  | { readonly kind: "unknown" };

/**
 * The place between decoding and encoding where colours are settled: the pixels become sRGB, in place, in the
 * kernel's memory. What is sRGB already, or nearly, stays as it is. An RGB profile that cannot be read but is small is
 * carried over; anything else counts as sRGB.
 */
export function convertColours(kernel: Kernel, picture: DecodedPicture): ConvertedColours {
  const { rgb, source, cicp } = picture;
  const profile = picture.profile !== undefined ? readProfile(picture.profile) : null;
  if (hasInks(source)) {
    const own = profile?.space === "CMYK" ? lutColours(profile) : null;
    convertInks(kernel, rgb, source, own ?? pressColours());
    return {};
  }
  const pixels = kernel.u8(rgb.address, rgb.width * rgb.height * 3);
  const meaning = profile !== null ? profileMeaning(profile, source.colour === COLOUR_GRAY) : null;
  if (meaning?.kind === "unknown") {
    const isCarried = picture.profile !== undefined && picture.profile.length <= maxCarriedBytes;
    return isCarried && profile?.space === "RGB " ? { profile: picture.profile } : {};
  }
  const coded = profile === null && cicp !== undefined ? codedStillColours(cicp) : null;
  const told = meaning ?? picture.meaning ?? (coded !== null ? matrixMeaning(coded) : null);
  if (told !== null) convertPixels(pixels, told);
  return {};
}

/** What a profile says of a picture's lights, of which a grey picture has one. */
export function profileMeaning(profile: IccProfile, isGrey: boolean): ColourMeaning {
  if (profile.space !== "RGB " && !(profile.space === "GRAY" && isGrey)) return { kind: "unknown" };
  const table = lutColours(profile);
  if (table !== null) return { kind: "table", table };
  if (profile.space === "GRAY") return greyMeaning(profile);
  const colours = matrixColours(profile);
  return colours !== null ? matrixMeaning(colours) : { kind: "unknown" };
}

/** What colours of curves and a matrix are; those that are nearly sRGB count as such. */
export function matrixMeaning(colours: MatrixColours): ColourMeaning {
  return isNearlySrgb(colours) ? { kind: "srgb" } : { kind: "matrix", colours };
}

/** ICC.1:2022, F.2: the curve of a grey profile tells the share of white's light, or of its lightness. */
function greyMeaning(profile: IccProfile): ColourMeaning {
  const curve = readTagCurve(profile, "kTRC");
  if (curve === null) return { kind: "unknown" };
  return { kind: "grey", curve: profile.connection === "Lab " ? (value) => lightOf(curve(value)) : curve };
}

/** The light of a share of L*. */
function lightOf(lightness: number): number {
  const y = (lightness * 100 + 16) / 116;
  return y > 6 / 29 ? y ** 3 : (y - 4 / 29) * 3 * (6 / 29) ** 2;
}

/** Converts RGB pixels in place, as far as it is known what they mean. */
export function convertPixels(pixels: Uint8Array, meaning: ColourMeaning): void {
  if (meaning.kind === "matrix") convertMatrixColours(pixels, meaning.colours);
  else if (meaning.kind === "grey") convertGrey(pixels, meaning.curve);
  else if (meaning.kind === "table") convertByTable(pixels, meaning.table);
}

/** Of grey pixels the table takes the first channel. */
function convertByTable(pixels: Uint8Array, table: ColourTable): void {
  const reader = new TableReader(table);
  const levels = new Uint8Array(3);
  for (let at = 0; at + 2 < pixels.length; at += 3) {
    for (let c = 0; c < 3; c++) levels[c] = pixels[at + c] ?? 0;
    reader.read(levels, pixels, at);
  }
}
