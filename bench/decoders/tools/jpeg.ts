import sharp from "sharp";
import { jpegSegment, orientationExif, joined } from "../../../test/support/images/index.ts";
import { bars, inkProfile } from "../files/inks.ts";
import { cornerPicture, tableAndMatrixProfile } from "../files/corners.ts";
import { tiffOf } from "../files/tiff.ts";
import type { Raster } from "../raster.ts";
import { source } from "../sources.ts";
import { type CodingTool, type Expectation, picture, tolerances, tolerating, type Truth } from "../tool.ts";

const decoded: Truth = { kind: "lines", lines: ["djpeg -dct int -outfile truth.ppm out.jpg"] };
const bySharp: Truth = { kind: "sharp" };
/** Ours reads at a fraction of the size where that suffices, so that small thumbnails differ a little more. */
const tolerance = tolerances.coded;

function jpeg(
  name: string,
  lines: readonly string[],
  truth: Truth = decoded,
  expect: Expectation = picture,
): CodingTool {
  return {
    name: `jpeg/${name}`,
    mediaType: "image/jpeg",
    coding: { lines },
    truth,
    tolerance,
    toleranceShrunk: tolerances.scaled,
    expect,
  };
}

function cjpeg(
  name: string,
  switches: string,
  from = "photo.ppm",
  expect: Expectation = picture,
): CodingTool {
  return jpeg(name, [`cjpeg ${switches} -outfile out.jpg ${from}`], decoded, expect);
}

const samplings = [
  "1x1",
  "2x1",
  "1x2",
  "2x2",
  "4x1",
  "1x4",
  "4x2",
  "2x4",
  "3x1",
  "2x2,1x2,1x2",
  "2x2,2x1,2x1",
  "2x2,2x2,1x1",
];
const refused: Expectation = { kind: "unsupported", code: "arithmetic_coding" };

/** Huffman-coded JPEG by libjpeg-turbo's switches (T.81, annexes F and G). */
const coded: readonly CodingTool[] = [
  ...[1, 5, 25, 50, 75, 90, 100].map((quality) => cjpeg(`quality-${quality}`, `-quality ${quality}`)),
  ...samplings.flatMap((sampling) => [
    cjpeg(`sample-${sampling}`, `-sample ${sampling}`),
    cjpeg(`sample-${sampling}-odd-progressive`, `-progressive -sample ${sampling}`, "odd.ppm"),
  ]),
  ...[
    "odd",
    "large",
    "tall",
    "mini",
    "tiny",
    "small",
    "dot",
    "column",
    "row",
    "few",
    "flat",
    "plain",
    "icon",
    "text",
    "noise",
  ].flatMap((from) => [
    cjpeg(from, "-quality 85", `${from}.ppm`),
    cjpeg(`${from}-progressive`, "-quality 85 -progressive", `${from}.ppm`),
  ]),
  // Here lightness has less than the full resolution, too.
  ...["1x1,2x2,2x2", "2x1,1x2,1x1", "1x2,1x1,1x2"].map((sampling) =>
    tolerating(cjpeg(`sample-${sampling}`, `-sample ${sampling}`), tolerances.lossy),
  ),
  cjpeg("optimised", "-optimize"),
  cjpeg("restart-rows", "-restart 1"),
  cjpeg("restart-blocks", "-restart 3B"),
  cjpeg("restart-progressive", "-restart 2 -progressive"),
  cjpeg("smooth", "-smooth 30"),
  cjpeg("dct-fast", "-dct fast"),
  cjpeg("dct-float", "-dct float"),
  cjpeg("baseline", "-quality 3 -baseline"),
  cjpeg("grey", "-grayscale"),
  cjpeg("grey-progressive", "-grayscale -progressive", "odd.ppm"),
  cjpeg("grey-source", "-quality 80", "grey.pgm"),
  cjpeg("rgb", "-rgb"),
  cjpeg("rgb-progressive", "-rgb -progressive"),
  cjpeg("qualities", "-quality 90,30 -qslots 0,1,1"),
  cjpeg("arithmetic", "-arithmetic", "photo.ppm", refused),
  cjpeg("arithmetic-progressive", "-arithmetic -progressive", "photo.ppm", refused),
  jpeg("jpegtran-progressive", [
    "cjpeg -outfile a.jpg photo.ppm",
    "jpegtran -progressive -outfile out.jpg a.jpg",
  ]),
  jpeg("jpegtran-optimised", [
    "cjpeg -outfile a.jpg photo.ppm",
    "jpegtran -optimize -restart 2 -outfile out.jpg a.jpg",
  ]),
  jpeg("jpegtran-rotated", [
    "cjpeg -outfile a.jpg odd.ppm",
    "jpegtran -rotate 90 -trim -outfile out.jpg a.jpg",
  ]),
  jpeg("jpegtran-grey", ["cjpeg -outfile a.jpg photo.ppm", "jpegtran -grayscale -outfile out.jpg a.jpg"]),
  jpeg("jpegtran-transposed", [
    "cjpeg -sample 2x1 -outfile a.jpg odd.ppm",
    "jpegtran -transpose -outfile out.jpg a.jpg",
  ]),
  jpeg("jpegtran-cropped", [
    "cjpeg -outfile a.jpg odd.ppm",
    "jpegtran -crop 101x77+16+16 -outfile out.jpg a.jpg",
  ]),
];

/** What other encoders write. */
const others: readonly CodingTool[] = [
  jpeg("convert", ["convert photo.png out.jpg"]),
  jpeg("convert-interlaced", ["convert photo.png -interlace JPEG -quality 60 out.jpg"]),
  tolerating(
    jpeg("convert-inks", ["convert photo.png -alpha off -colorspace CMYK out.jpg"], bySharp),
    tolerances.inks,
  ),
  jpeg("convert-440", ["convert photo.png -sampling-factor 1x2 out.jpg"]),
  jpeg("ffmpeg-420", ["ffmpeg -y -loglevel error -i photo.png -pix_fmt yuvj420p -q:v 4 out.jpg"]),
  jpeg("ffmpeg-422", ["ffmpeg -y -loglevel error -i photo.png -pix_fmt yuvj422p -q:v 4 out.jpg"]),
  jpeg("ffmpeg-444", ["ffmpeg -y -loglevel error -i photo.png -pix_fmt yuvj444p -q:v 4 out.jpg"]),
  jpeg("ffmpeg-optimal", ["ffmpeg -y -loglevel error -i photo.png -huffman optimal -q:v 4 out.jpg"]),
];

/** A JPEG by sharp with a segment behind its first two bytes. */
function segmented(name: string, from: () => Raster, segment: () => Uint8Array, truth: Truth): CodingTool {
  return {
    name: `jpeg/${name}`,
    mediaType: "image/jpeg",
    coding: {
      make: async () => {
        const { data, width, height } = from();
        const plain = await sharp(data, { raw: { width, height, channels: 4 } })
          .removeAlpha()
          .jpeg({ quality: 95, chromaSubsampling: "4:4:4" })
          .toBuffer();
        return joined(plain.subarray(0, 2), segment(), plain.subarray(2));
      },
    },
    truth,
    tolerance: tolerances.converted,
    expect: picture,
  };
}

const iccSegment = (profile: Uint8Array): Uint8Array =>
  jpegSegment(0xe2, joined("ICC_PROFILE\0\x01\x01", profile));

const segments: readonly CodingTool[] = [
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((orientation) =>
    segmented(
      `orientation-${orientation}`,
      () => source("odd"),
      () => jpegSegment(0xe1, joined("Exif\0\0", orientationExif(orientation))),
      bySharp,
    ),
  ),
  segmented("profile-table-beside-matrix", cornerPicture, () => iccSegment(tableAndMatrixProfile()), bySharp),
  {
    name: "jpeg/inks-profile",
    mediaType: "image/jpeg",
    coding: { make: inkedJpeg },
    truth: bySharp,
    tolerance: tolerances.converted,
    expect: picture,
  },
];

/** JPEG of inks, inverted as Adobe's programs write them. */
async function inkedJpeg(): Promise<Uint8Array> {
  const inks = await sharp(tiffOf(bars(), { photometric: 5, samplesOf: (pixel) => pixel }))
    .pipelineColourspace("cmyk")
    .toColourspace("cmyk")
    .jpeg({ quality: 95 })
    .toBuffer();
  return joined(inks.subarray(0, 2), iccSegment(inkProfile()), inks.subarray(2));
}

/** JPEG by libjpeg-turbo, ImageMagick and ffmpeg, with segments by code. */
export const jpegTools: readonly CodingTool[] = [...coded, ...others, ...segments];
