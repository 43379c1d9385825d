import type { Cicp } from "../../raster/decoder.ts";
import type { Curve } from "../curve.ts";
import type { MatrixColours } from "../matrix.ts";
import { codedPrimaries, primariesToXyz } from "./chromaticities.ts";
import { highRanges } from "./high-range.ts";
import { codedTransfer } from "./transfers.ts";

/** The transfer of ITU-R BT.709, under its four numbers. */
const videoTransfers = new Set([1, 6, 14, 15]);

/** Colours that code points of ITU-T H.273 tell; null where one of these is unknown, reserved or unspecified. */
export function codedColours({ primaries, transfer }: Cicp): MatrixColours | null {
  const chromaticities = codedPrimaries(primaries);
  const toXyz = chromaticities === undefined ? null : primariesToXyz(chromaticities);
  const high = highRanges.get(transfer);
  const curve = high?.curve ?? codedTransfer(transfer);
  if (toXyz === null || curve === undefined) return null;
  return { curves: [curve, curve, curve], toXyz, range: high?.range };
}

/**
 * The same for the pictures of HEIF and AVIF, whose code points are mostly those that an encoder of films writes of
 * itself: the curve of video counts as sRGB's there, as browsers and libvips have it, and so does one that is not told.
 */
export function codedStillColours({ primaries, transfer }: Cicp): MatrixColours | null {
  const isVideo = videoTransfers.has(transfer) || transfer === unspecified;
  return codedColours({ primaries, transfer: isVideo ? srgbTransfer : transfer });
}

const unspecified = 2;
const srgbTransfer = 13;

/**
 * The same colours with samples of narrow range: black is 16 and white 235 of 255, whatever the depth (H.273, 8.3). The
 * curves go on taking shares of the highest sample.
 */
export function withNarrowRange(colours: MatrixColours, depth: number): MatrixColours {
  const top = (2 ** depth - 1) / 2 ** (depth - 8);
  const narrow = (curve: Curve): Curve => {
    return (value) => curve(Math.min(1, Math.max(0, (value * top - 16) / 219)));
  };
  const [red, green, blue] = colours.curves;
  return { ...colours, curves: [narrow(red), narrow(green), narrow(blue)] };
}
