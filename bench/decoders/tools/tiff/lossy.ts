import {
  type CodingTool,
  either,
  type Expectation,
  picture,
  tolerances,
  tolerating,
  type Truth,
} from "../../tool.ts";
import { alpha, colour, level, tiffcp } from "./libtiff.ts";

/** Codings with a JPEG inside, which the README leaves out, and codings with loss; whatever decodes them must be right. */
function lossyTiff(name: string, lines: readonly string[], truth: Truth, expect: Expectation): CodingTool {
  return {
    name: `tiff/${name}`,
    mediaType: "image/tiff",
    coding: { lines },
    truth,
    tolerance: tolerances.coded,
    expect,
  };
}

const bySharp: Truth = { kind: "sharp" };

const lossy: readonly CodingTool[] = [
  lossyTiff("jpeg", [colour("photo"), "tiffcp -r 16 -c jpeg plain.tif out.tif"], bySharp, either),
  lossyTiff("jpeg-rgb", [colour("photo"), "tiffcp -r 16 -c jpeg:r plain.tif out.tif"], bySharp, either),
  lossyTiff(
    "jpeg-tiles",
    [colour("odd"), "tiffcp -t -w 64 -l 64 -c jpeg plain.tif out.tif"],
    bySharp,
    either,
  ),
  lossyTiff("jpeg-grey", [level("grey"), "tiffcp -r 16 -c jpeg plain.tif out.tif"], bySharp, either),
  lossyTiff(
    "jpeg-planar",
    [colour("photo"), "tiffcp -r 16 -p separate -c jpeg:r plain.tif out.tif"],
    bySharp,
    either,
  ),
  lossyTiff("jpeg-convert", ["convert photo.png -compress JPEG out.tif"], bySharp, either),
  lossyTiff(
    "jpeg-inks",
    [
      "convert photo.png -alpha off -colorspace CMYK -compress none plain.tif",
      "tiffcp -r 16 -c jpeg plain.tif out.tif",
    ],
    bySharp,
    either,
  ),
  ...["7", "8"].map((version) =>
    lossyTiff(
      `jpeg-quality-${version}0`,
      [colour("photo"), `tiffcp -r 16 -c jpeg:${version}0 plain.tif out.tif`],
      bySharp,
      either,
    ),
  ),
  lossyTiff(
    "jpeg-inks-planar",
    [
      "convert photo.png -alpha off -colorspace CMYK -compress none plain.tif",
      "tiffcp -r 16 -p separate -c jpeg plain.tif out.tif",
    ],
    bySharp,
    either,
  ),
  lossyTiff("jpeg-big-strips", [colour("large"), "tiffcp -r 160 -c jpeg plain.tif out.tif"], bySharp, either),
  lossyTiff(
    "jpeg-rgb-large",
    [colour("large"), "tiffcp -r 160 -c jpeg:r plain.tif out.tif"],
    bySharp,
    either,
  ),
  lossyTiff(
    "jpeg-rgb-odd-tiles",
    [colour("odd"), "tiffcp -t -w 64 -l 64 -c jpeg:r plain.tif out.tif"],
    bySharp,
    either,
  ),
  lossyTiff("jpeg-alpha", [alpha, "tiffcp -r 16 -c jpeg:r plain.tif out.tif"], bySharp, either),
  lossyTiff("webp", [colour("photo"), tiffcp("-c webp:75")], bySharp, either),
  lossyTiff("ycbcr", ["convert photo.png -colorspace YCbCr -compress none out.tif"], bySharp, either),
];

/** Inks without a profile, which each decoder makes colours of in its own way. */
const inks: readonly CodingTool[] = ["none", "lzw", "zip", "packbits"].map((coding) =>
  tolerating(
    lossyTiff(
      `inks-${coding}`,
      ["convert photo.png -alpha off -colorspace CMYK -compress none plain.tif", tiffcp(`-c ${coding}`)],
      bySharp,
      picture,
    ),
    tolerances.inks,
  ),
);

/** TIFF whose picture is known from a decoder only. */
export const lossyTiffTools: readonly CodingTool[] = [...lossy, ...inks];
