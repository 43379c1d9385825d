import { opaque } from "../../raster.ts";
import { type CodingTool, either, type Expectation, picture, tolerances, truly } from "../../tool.ts";
import { type SourceName, source } from "../../sources.ts";

/** A lossless TIFF by libtiff's tools: the truth is the picture that went in. */
function tiff(
  name: string,
  lines: readonly string[],
  from: SourceName,
  expect: Expectation = picture,
): CodingTool {
  return {
    name: `tiff/${name}`,
    mediaType: "image/tiff",
    coding: { lines },
    truth: { kind: "picture", picture: () => source(from) },
    tolerance: tolerances.exact,
    expect,
  };
}

/** Command lines that write a source as an uncompressed TIFF. */
export const colour = (from: string): string => `pamtotiff -none -truecolor ${from}.ppm > plain.tif`;
export const level = (from: string): string => `pamtotiff -none ${from}.pgm > plain.tif`;
const ink = (from: string): string => `pamtotiff -none ${from}.pbm > plain.tif`;
export const alpha = "pamtotiff -none -truecolor alpha.pam > plain.tif";
/** Says that the fourth sample is an alpha that is not multiplied in (TIFF 6.0, section 18). */
export const toldAlpha = "tiffset -s 338 1 2 out.tif";
const deep = "convert photo.png -depth 16 -compress none TIFF64:plain.tif";

/** libtiff's codings, of which the README leaves out fax. */
const codings = ["none", "lzw", "lzw:2", "zip", "zip:2", "packbits"] as const;
const newer = ["zstd", "lzma", "webp", "lerc"] as const;
const fax = ["g3", "g3:2d", "g3:fill", "g4"] as const;

/** libtiff's copy of `plain.tif`. */
export function tiffcp(switches: string): string {
  return `tiffcp ${switches} plain.tif out.tif`;
}

const compressions: readonly CodingTool[] = [
  ...codings.flatMap((coding) => [
    tiff(`rgb-${coding}`, [colour("photo"), tiffcp(`-c ${coding}`)], "photo"),
    tiff(`grey-${coding}`, [level("grey"), tiffcp(`-c ${coding}`)], "grey"),
    tiff(`rgb-odd-tiles-${coding}`, [colour("odd"), tiffcp(`-t -w 64 -l 48 -c ${coding}`)], "odd"),
    tiff(`rgb-odd-strips-${coding}`, [colour("odd"), tiffcp(`-r 7 -c ${coding}`)], "odd"),
    tiff(`rgb-planar-${coding}`, [colour("photo"), tiffcp(`-p separate -c ${coding}`)], "photo", either),
    tiff(
      `rgb-planar-tiles-${coding}`,
      [colour("odd"), tiffcp(`-p separate -t -w 64 -l 64 -c ${coding}`)],
      "odd",
      either,
    ),
    // netpbm writes no ExtraSamples: the fourth sample is there, but nothing says that it is an alpha.
    truly(tiff(`alpha-${coding}`, [alpha, tiffcp(`-c ${coding}`)], "alpha"), {
      kind: "picture",
      picture: () => opaque(source("alpha")),
    }),
    tiff(`alpha-told-${coding}`, [alpha, tiffcp(`-c ${coding}`), toldAlpha], "alpha"),
    tiff(`big-endian-${coding}`, [colour("photo"), tiffcp(`-B -c ${coding}`)], "photo"),
    tiff(`big-${coding}`, [colour("photo"), tiffcp(`-8 -c ${coding}`)], "photo", either),
    tiff(
      `16-bit-${coding}`,
      [
        "convert photo.png -depth 16 -define tiff:endian=lsb -compress none plain.tif",
        tiffcp(`-c ${coding}`),
      ],
      "photo",
    ),
  ]),
  ...(["none", "lzw", "zip", "packbits", ...fax] as const).map((coding) =>
    tiff(
      `bilevel-${coding}`,
      [ink("bilevel"), tiffcp(`-c ${coding}`)],
      "bilevel",
      coding.startsWith("g") ? either : picture,
    ),
  ),
  tiff("bilevel-lsb-first", [ink("bilevel"), tiffcp("-f lsb2msb -c none")], "bilevel", either),
  tiff("bilevel-g4-lsb-first", [ink("bilevel"), tiffcp("-f lsb2msb -c g4")], "bilevel", either),
  ...newer.map((coding) =>
    tiff(
      `rgb-${coding}`,
      [colour("photo"), tiffcp(`-c ${coding === "webp" ? "webp:100" : coding}`)],
      "photo",
      either,
    ),
  ),
  tiff("rgb-lzw-old-strips", [colour("large"), tiffcp("-r 1 -c lzw")], "large"),
  tiff("palette", ["pamtotiff -none eight.ppm > out.tif"], "eight"),
  tiff("palette-lzw", ["pamtotiff -none eight.ppm > plain.tif", tiffcp("-c lzw")], "eight"),
  tiff("palette-8", ["pamtotiff -none -indexbits=8 colours.ppm > out.tif"], "colours"),
  tiff("white-is-zero", [`pamtotiff -none -miniswhite grey.pgm > out.tif`], "grey"),
  tiff("white-is-zero-bilevel", [`pamtotiff -none -miniswhite bilevel.pbm > out.tif`], "bilevel"),
  tiff("black-is-zero-bilevel", [`pamtotiff -none -minisblack bilevel.pbm > out.tif`], "bilevel"),
  tiff(
    "two-pages",
    [
      colour("photo"),
      "pamtotiff -none -truecolor odd.ppm > second.tif",
      "tiffcp plain.tif second.tif out.tif",
    ],
    "photo",
  ),
  tiff(
    "big-endian-two-pages",
    [
      colour("photo"),
      "pamtotiff -none -truecolor odd.ppm > second.tif",
      "tiffcp -B plain.tif second.tif out.tif",
    ],
    "photo",
  ),
  ...(["dot", "column", "row", "few", "small", "tiny", "noise", "large", "tall"] as const).map((from) =>
    tiff(`rgb-${from}`, [colour(from), tiffcp("-c lzw:2")], from),
  ),
];

/** What ImageMagick and ffmpeg write. */
const others: readonly CodingTool[] = [
  tiff("convert", ["convert photo.png out.tif"], "photo"),
  tiff("convert-rle", ["convert photo.png -compress RLE out.tif"], "photo"),
  tiff("convert-big", ["convert photo.png TIFF64:plain.tif", "tiffcp -8 plain.tif out.tif"], "photo", either),
  tiff("convert-alpha", ["convert alpha.png out.tif"], "alpha"),
  tiff("convert-alpha-associated", ["convert alpha.png -define tiff:alpha=associated out.tif"], "alpha"),
  tiff("convert-alpha-16", ["convert alpha.png -depth 16 out.tif"], "alpha"),
  tiff("convert-grey-4", ["convert bilevel.png -depth 4 -colorspace gray out.tif"], "bilevel", either),
  tiff("convert-bilevel", ["convert bilevel.png -type bilevel out.tif"], "bilevel"),
  tiff("convert-palette", ["convert eight.png -type palette out.tif"], "eight"),
  tiff(
    "convert-float",
    ["convert photo.png -depth 32 -define quantum:format=floating-point out.tif"],
    "photo",
    { kind: "unsupported", code: "sample_precision" },
  ),
  tiff("convert-32", ["convert photo.png -depth 32 out.tif"], "photo", either),
  tiff("convert-planar", ["convert photo.png -interlace plane out.tif"], "photo", either),
  tiff("convert-lsb-fill", ["convert photo.png -define tiff:fill-order=lsb out.tif"], "photo", either),
  tiff("convert-tiled", ["convert photo.png -define tiff:tile-geometry=64x64 out.tif"], "photo"),
  ...(["raw", "lzw", "deflate", "packbits"] as const).map((coding) =>
    tiff(
      `ffmpeg-${coding}`,
      [`ffmpeg -y -loglevel error -i photo.png -compression_algo ${coding} out.tif`],
      "photo",
    ),
  ),
  tiff("ffmpeg-rgb48", ["ffmpeg -y -loglevel error -i photo.png -pix_fmt rgb48le out.tif"], "photo"),
  tiff("ffmpeg-rgba", ["ffmpeg -y -loglevel error -i alpha.png -pix_fmt rgba out.tif"], "alpha"),
  tiff("deep-big", [deep, "tiffcp -8 -c zip:2 plain.tif out.tif"], "photo", either),
];

/** TIFF by libtiff, netpbm, ImageMagick and ffmpeg. */
export const tiffTools: readonly CodingTool[] = [...compressions, ...others];
