import { MAX_PIXELS } from "../budget.ts";
import type { DecodedPicture, DecodeJob, ThumbnailDecoder } from "../decoder.ts";
import { finishPicture } from "../finish.ts";
import { fitPicture, toOrientation } from "../geometry.ts";
import { COLOUR_GRAY, COLOUR_RGB } from "../kernel/layout.ts";
import { openRows } from "../rows.ts";
import { unsupported } from "../types.ts";
import { readChunks } from "./chunks.ts";
import { pixelFormat } from "./format.ts";
import { inflateProfile, readRows } from "./read.ts";

/**
 * PNG of any size (W3C PNG, 3rd ed.): all colour types and depths, transparency onto white, the still picture of
 * an animation. Rows are inflated by the kernel and shrunk as they come; interlaced pictures are held whole.
 */
export const pngDecoder: ThumbnailDecoder = {
  name: "png",
  accepts: (contentType) => contentType === "image/png" || contentType === "image/apng",
  decode: decodePng,
};

function decodePng(job: DecodeJob): DecodedPicture {
  const { kernel } = job;
  const file = readChunks(job.bytes);
  const { width, height, interlaced } = file.header;
  if (width * height > MAX_PIXELS) {
    throw unsupported("too_many_pixels", `The picture has ${width} × ${height} pixels, too many to decode.`);
  }
  const geometry = fitPicture(width, height, toOrientation(job.facts.orientation), job.variant);
  const format = pixelFormat(file);
  const sink = openRows(kernel, geometry, { width, height, format, keepWidth: interlaced });
  readRows(kernel, file, sink);
  const colour = sink.planes === 1 ? COLOUR_GRAY : COLOUR_RGB;
  const profile = file.compressedProfile && inflateProfile(kernel, file.compressedProfile);
  return { ...finishPicture(kernel, geometry, sink.channels, colour), profile };
}
