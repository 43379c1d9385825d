import { convertInks, hasInks } from "./colour/inks.ts";
import { lutColours } from "./colour/lut.ts";
import { codedColours, matrixColours, readTagCurve } from "./colour/matrix.ts";
import { type IccProfile, readProfile } from "./colour/profile.ts";
import { pressColours } from "./colour/cmyk-table.ts";
import { type ColourTable, TableReader } from "./colour/table.ts";
import { convertGrey, convertMatrixColours, isNearlySrgb } from "./colour/to-srgb.ts";
import type { DecodedPicture } from "./decoder.ts";
import { COLOUR_GRAY } from "./kernel/layout.ts";
import type { Kernel } from "./kernel.ts";

/** What the encoder must say about the colours: the profile that they are in; none means sRGB. */
export interface SettledColours {
  profile?: Uint8Array | undefined;
}

/** A profile that cannot be converted is carried over if it takes no more than this of the thumbnail. */
const MAX_CARRIED_BYTES = 4096;

/**
 * The place between decoding and encoding where colours are settled: the pixels become sRGB, in place, in the
 * kernel's memory. What is sRGB already, or nearly, stays as it is. An RGB profile that cannot be read but is small is
 * carried over; anything else counts as sRGB.
 */
export function settleColours(kernel: Kernel, picture: DecodedPicture): SettledColours {
  const { rgb, source, cicp } = picture;
  const profile = picture.profile ? readProfile(picture.profile) : null;
  if (hasInks(source)) {
    const table = (profile?.space === "CMYK" && lutColours(profile)) || pressColours();
    convertInks(kernel, rgb, source, table);
    return {};
  }
  const pixels = kernel.u8(rgb.address, rgb.width * rgb.height * 3);
  if (profile?.space === "RGB ") return settleRgb(pixels, profile, picture.profile);
  if (profile?.space === "GRAY") settleGrey(pixels, profile, source.colour);
  const coded = !profile && cicp ? codedColours(cicp) : null;
  if (coded) convertMatrixColours(pixels, coded);
  return {};
}

function settleRgb(pixels: Uint8Array, profile: IccProfile, bytes: Uint8Array | undefined): SettledColours {
  const colours = matrixColours(profile);
  if (colours) {
    if (!isNearlySrgb(colours)) convertMatrixColours(pixels, colours);
    return {};
  }
  const table = lutColours(profile);
  if (table) convertByTable(pixels, table);
  else if (bytes && bytes.length <= MAX_CARRIED_BYTES) return { profile: bytes };
  return {};
}

function convertByTable(pixels: Uint8Array, table: ColourTable): void {
  const reader = new TableReader(table);
  for (let at = 0; at + 2 < pixels.length; at += 3) reader.read(pixels.slice(at, at + 3), pixels, at);
}

/** ICC.1:2022, F.2: the curve of a grey profile tells the share of white. */
function settleGrey(pixels: Uint8Array, profile: IccProfile, colour: number): void {
  const curve = profile.connection === "XYZ " ? readTagCurve(profile, "kTRC") : null;
  if (curve && colour === COLOUR_GRAY) convertGrey(pixels, curve);
}
