import { readFile } from "node:fs/promises";
import sharp, { type Metadata } from "sharp";
import { codingLoss, meanDifference, type Picture, rendered, resized, upright } from "./pictures.ts";

/**
 * How much further than by JPEG's losses a thumbnail may be from sharp's picture of the same file, on average in the worst
 * channel. Another way of resampling comes to 0.6 in real photos; blocks in an AVIF come to 2, and what is grey to 50.
 */
const mostFromPeer = 1;

/** Larger pictures take more memory than a developer's machine may have to spare. */
const mostPixels = 1e8;

/** What the service shows of a file. */
export interface Shown {
  /** Null where it says that the file is damaged. */
  readonly thumbnail: Picture | null;
  /** As the service tells it; it counts where sharp reads none, as in XMP and in PNG's text. */
  readonly orientation: number | null;
}

/**
 * What sharp, with the codecs that it brings, makes of a file that the service makes otherwise, in a sentence; null where
 * the two look alike, and where sharp has no picture of the file (HEIC and BMP, and whatever is damaged: it is shown as
 * far as it goes by some, and not at all by others), or another one on purpose.
 */
export async function peerDifference(
  path: string,
  { thumbnail, orientation }: Shown,
): Promise<string | null> {
  const peer = await peerPicture(await readFile(path), orientation);
  if (peer === null) return null;
  if (thumbnail === null) return "sharp decodes it without a warning";
  const shrink = Math.max(peer.width / thumbnail.width, peer.height / thumbnail.height);
  const off = Math.max(
    Math.abs(peer.width / shrink - thumbnail.width),
    Math.abs(peer.height / shrink - thumbnail.height),
  );
  if (off > 1)
    return `sharp's picture is ${peer.width} × ${peer.height}, the thumbnail ${thumbnail.width} × ${thumbnail.height}`;
  const wanted = await resized(peer, thumbnail);
  const far = Math.max(...meanDifference(thumbnail, wanted));
  const most = (await codingLoss(wanted)) + mostFromPeer;
  if (far <= most) return null;
  return `the thumbnail differs from sharp's picture by ${far.toFixed(1)} on average, not ${most.toFixed(1)} at most`;
}

/** Sharp's picture of a file, upright; null where it has none, or another one on purpose. */
export async function peerPicture(bytes: Buffer, orientation: number | null): Promise<Picture | null> {
  try {
    const metadata = await sharp(bytes).metadata();
    if (shownOtherwise.some((applies) => applies(metadata, bytes))) return null;
    const image = sharp(bytes, { failOn: "warning", limitInputPixels: mostPixels });
    const picture = await rendered(image.autoOrient());
    const isUnread = metadata.orientation === undefined && metadata.format !== "heif";
    return isUnread && orientation !== null ? await upright(picture, orientation) : picture;
  } catch {
    return null;
  }
}

/** The kinds of files of which sharp's picture is another on purpose. What is true of one stands in a `facts.json`. */
const shownOtherwise: readonly ((metadata: Metadata, bytes: Buffer) => boolean)[] = [
  // Inks without a profile: no two programs agree on their colours.
  ({ space, icc }) => space === "cmyk" && icc === undefined,
  // Sharp shows the first page, which may be a reduced copy of a later one (TIFF 6.0, NewSubfileType).
  ({ format, pages }) => format === "tiff" && pages !== undefined && pages > 1,
  // Sharp takes a PNG without an ICC profile for sRGB (PNG, third edition, §4.3 says otherwise).
  ({ format }, bytes) => format === "png" && hasColourChunk(bytes),
];

const signatureBytes = 8;
/** Length, type and checksum. */
const chunkFrame = 12;

/** What gAMA and cHRM hold for sRGB (PNG, third edition, §11.3.2.5). */
const gammaOfSrgb = 45_455;
const primariesOfSrgb = [31_270, 32_900, 64_000, 33_000, 30_000, 60_000, 15_000, 6_000] as const;

/** Whether a PNG tells its colours by chunks that are neither ICC's nor those of sRGB. */
function hasColourChunk(png: Buffer): boolean {
  for (let at = signatureBytes; at + chunkFrame <= png.length;) {
    const length = png.readUInt32BE(at);
    const type = png.toString("latin1", at + 4, at + 8);
    const content = png.subarray(at + 8, at + 8 + length);
    if (type === "cICP") return true;
    if (type === "iCCP" || type === "sRGB" || type === "IDAT") return false;
    if (type === "gAMA" && length === 4 && content.readUInt32BE(0) !== gammaOfSrgb) return true;
    if (
      type === "cHRM" &&
      length === 32 &&
      primariesOfSrgb.some((value, index) => content.readUInt32BE(index * 4) !== value)
    )
      return true;
    at += chunkFrame + length;
  }
  return false;
}
