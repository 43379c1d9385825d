import {
  type CodingTool,
  either,
  type Expectation,
  picture,
  tolerances,
  tolerating,
  type Truth,
} from "../../tool.ts";
import { source } from "../../sources.ts";
import { alpha, colour, level, tiffcp, toldAlpha } from "./libtiff.ts";

/** Codings with loss, by a JPEG inside or otherwise, and colours that are not stored as such. */
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
/** Inks without a profile: libtiff takes the JPEG apart, and ours makes colours of what it finds. */
const inksByLibtiff: Truth = { kind: "unpacked", lines: ["tiffcp -c none out.tif truth.tif"] };
/** What libtiff has without the sample that no field tells of, which libvips takes for an alpha. */
const withoutAlpha: Truth = {
  kind: "lines",
  lines: ["tiff2rgba -n -c none out.tif still.tif", "convert still.tif truth.ppm"],
};

const lossy: readonly CodingTool[] = [
  lossyTiff("jpeg", [colour("photo"), "tiffcp -r 16 -c jpeg plain.tif out.tif"], bySharp, picture),
  lossyTiff("jpeg-rgb", [colour("photo"), "tiffcp -r 16 -c jpeg:r plain.tif out.tif"], bySharp, picture),
  lossyTiff(
    "jpeg-tiles",
    [colour("odd"), "tiffcp -t -w 64 -l 64 -c jpeg plain.tif out.tif"],
    bySharp,
    picture,
  ),
  lossyTiff("jpeg-grey", [level("grey"), "tiffcp -r 16 -c jpeg plain.tif out.tif"], bySharp, picture),
  lossyTiff(
    "jpeg-planar",
    [colour("photo"), "tiffcp -r 16 -p separate -c jpeg:r plain.tif out.tif"],
    bySharp,
    picture,
  ),
  lossyTiff("jpeg-convert", ["convert photo.png -compress JPEG out.tif"], bySharp, picture),
  lossyTiff(
    "jpeg-inks",
    [
      "convert photo.png -alpha off -colorspace CMYK -compress none plain.tif",
      "tiffcp -r 16 -c jpeg plain.tif out.tif",
    ],
    inksByLibtiff,
    picture,
  ),
  ...["7", "8"].map((version) =>
    lossyTiff(
      `jpeg-quality-${version}0`,
      [colour("photo"), `tiffcp -r 16 -c jpeg:${version}0 plain.tif out.tif`],
      bySharp,
      picture,
    ),
  ),
  lossyTiff(
    "jpeg-inks-planar",
    [
      "convert photo.png -alpha off -colorspace CMYK -compress none plain.tif",
      "tiffcp -r 16 -p separate -c jpeg plain.tif out.tif",
    ],
    inksByLibtiff,
    picture,
  ),
  lossyTiff(
    "jpeg-big-strips",
    [colour("large"), "tiffcp -r 160 -c jpeg plain.tif out.tif"],
    bySharp,
    picture,
  ),
  lossyTiff(
    "jpeg-rgb-large",
    [colour("large"), "tiffcp -r 160 -c jpeg:r plain.tif out.tif"],
    bySharp,
    picture,
  ),
  lossyTiff(
    "jpeg-rgb-odd-tiles",
    [colour("odd"), "tiffcp -t -w 64 -l 64 -c jpeg:r plain.tif out.tif"],
    bySharp,
    picture,
  ),
  lossyTiff("jpeg-alpha", [alpha, "tiffcp -r 16 -c jpeg:r plain.tif out.tif"], withoutAlpha, picture),
  lossyTiff(
    "jpeg-alpha-told",
    [alpha, "tiffcp -r 16 -c jpeg:r plain.tif out.tif", toldAlpha],
    bySharp,
    picture,
  ),
  lossyTiff("webp", [colour("photo"), tiffcp("-c webp:75")], bySharp, either),
  // Full range and BT.601, as the fields are by default (TIFF 6.0, section 21); libvips shows luma and chroma as colours.
  lossyTiff(
    "ycbcr",
    ["convert photo.png -colorspace YCbCr -compress none out.tif"],
    { kind: "picture", picture: () => source("photo") },
    picture,
  ),
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
