import { type BmpCoding, bmpOf } from "../files/bmp.ts";
import { onWhite, opaque, opaqueOf, type Raster } from "../raster.ts";
import { type SourceName, source } from "../sources.ts";
import { type CodingTool, picture, tolerances } from "../tool.ts";

function bmp(name: string, from: SourceName, ...lines: readonly string[]): CodingTool {
  return {
    name: `bmp/${name}`,
    mediaType: "image/bmp",
    coding: { lines },
    truth: { kind: "picture", picture: () => source(from) },
    tolerance: tolerances.exact,
    expect: picture,
  };
}

/** Five or six bits a channel. */
const coarse = { luma: { mean: 3, block: 6 }, chroma: { mean: 3, block: 6 } };

function made(
  name: string,
  from: SourceName,
  coding: BmpCoding,
  truth: (raster: Raster) => Raster = opaque,
): CodingTool {
  return {
    name: `bmp/${name}`,
    mediaType: "image/bmp",
    coding: { make: () => bmpOf(source(from), coding) },
    truth: { kind: "picture", picture: () => truth(source(from)) },
    tolerance: coding.bits === 16 ? coarse : tolerances.exact,
    expect: picture,
  };
}

const whitened = (raster: Raster): Raster => opaqueOf(onWhite(raster));

const argb = [0xff0000, 0xff00, 0xff, 0xff000000] as const;
const rgba = [0xff000000, 0xff0000, 0xff00, 0xff] as const;

const coded: readonly CodingTool[] = [
  bmp("convert", "photo", "convert photo.png BMP:out.bmp"),
  bmp("convert-3", "photo", "convert photo.png BMP3:out.bmp"),
  bmp("convert-2", "photo", "convert photo.png BMP2:out.bmp"),
  bmp("convert-odd", "odd", "convert odd.png BMP3:out.bmp"),
  bmp("convert-palette", "eight", "convert eight.png -type palette BMP3:out.bmp"),
  bmp("convert-palette-2", "eight", "convert eight.png -type palette BMP2:out.bmp"),
  bmp("convert-bilevel", "bilevel", "convert bilevel.png -type bilevel BMP3:out.bmp"),
  bmp("convert-grey", "grey", "convert grey.png -type grayscale BMP3:out.bmp"),
  bmp("convert-run-lengths", "eight", "convert eight.png -type palette -compress RLE BMP3:out.bmp"),
  bmp("convert-run-lengths-even", "text", "convert text.png -type palette -compress RLE BMP3:out.bmp"),
  bmp("convert-run-lengths-icon", "icon", "convert icon.png -type palette -compress RLE BMP3:out.bmp"),
  bmp("convert-run-lengths-grey", "grey", "convert grey.png -type grayscale -compress RLE BMP3:out.bmp"),
  bmp("convert-alpha", "alpha", "convert alpha.png BMP:out.bmp"),
  bmp("netpbm-windows", "eight", "ppmtobmp -windows eight.ppm > out.bmp"),
  bmp("netpbm-os2", "eight", "ppmtobmp -os2 eight.ppm > out.bmp"),
  bmp("netpbm-os2-24", "photo", "ppmtobmp -os2 -bpp=24 photo.ppm > out.bmp"),
  bmp("netpbm-1", "bilevel", "ppmtobmp -bpp=1 bilevel.pbm > out.bmp"),
  bmp("netpbm-4", "eight", "ppmtobmp -bpp=4 eight.ppm > out.bmp"),
  bmp("netpbm-8", "eight", "ppmtobmp -bpp=8 eight.ppm > out.bmp"),
  bmp("netpbm-24", "odd", "ppmtobmp -bpp=24 odd.ppm > out.bmp"),
  bmp("ffmpeg-24", "odd", "ffmpeg -y -loglevel error -i odd.png -pix_fmt bgr24 out.bmp"),
  // A bitmap of 32 bits without masks has no alpha, whatever its fourth byte holds.
  bmp("ffmpeg-32", "photo", "ffmpeg -y -loglevel error -i photo.png -pix_fmt bgra out.bmp"),
  bmp("ffmpeg-grey", "grey", "ffmpeg -y -loglevel error -i grey.png -pix_fmt gray out.bmp"),
  bmp("ffmpeg-mono", "bilevel", "ffmpeg -y -loglevel error -i bilevel.png -pix_fmt monob out.bmp"),
  {
    ...bmp(
      "ffmpeg-565",
      "photo",
      "ffmpeg -y -loglevel error -i photo.png -sws_dither none -pix_fmt rgb565le out.bmp",
    ),
    tolerance: { luma: { mean: 5, block: 10 }, chroma: { mean: 5, block: 10 } },
  },
  {
    ...bmp(
      "ffmpeg-555",
      "photo",
      "ffmpeg -y -loglevel error -i photo.png -sws_dither none -pix_fmt rgb555le out.bmp",
    ),
    tolerance: { luma: { mean: 5, block: 10 }, chroma: { mean: 5, block: 10 } },
  },
  ...(["dot", "column", "row", "few", "small", "tiny", "tall", "large"] as const).map((from) =>
    bmp(from, from, `convert ${from}.png BMP3:out.bmp`),
  ),
];

/** Headers, masks and alpha (an alpha that is zero everywhere tells of no transparency). */
const written: readonly CodingTool[] = [
  made("top-down", "odd", { bits: 24, header: 40, topDown: true }),
  made("core", "odd", { bits: 24, header: 12 }),
  made("555", "odd", { bits: 16, header: 40 }),
  made("565-masks", "odd", { bits: 16, header: 40, masks: [0xf800, 0x07e0, 0x001f, 0] }),
  made("565-v3", "odd", { bits: 16, header: 56, masks: [0xf800, 0x07e0, 0x001f, 0] }),
  made("32-plain", "odd", { bits: 32, header: 40 }),
  made("32-plain-zero", "odd", { bits: 32, header: 40, alpha: () => 0 }),
  made("32-masks", "odd", { bits: 32, header: 40, masks: [0xff0000, 0xff00, 0xff, 0] }),
  made("32-masks-swapped", "odd", { bits: 32, header: 40, masks: [0xff, 0xff00, 0xff0000, 0] }),
  ...([56, 108, 124] as const).flatMap((header) => [
    made(`32-v${header}-alpha`, "alpha", { bits: 32, header, masks: argb }, whitened),
    made(`32-v${header}-alpha-first`, "alpha", { bits: 32, header, masks: rgba }, whitened),
    made(`32-v${header}-alpha-zero`, "odd", { bits: 32, header, masks: argb, alpha: () => 0 }),
    made(`32-v${header}-alpha-full`, "odd", { bits: 32, header, masks: argb }),
    made(`32-v${header}-no-alpha-mask`, "odd", {
      bits: 32,
      header,
      masks: [0xff0000, 0xff00, 0xff, 0],
      alpha: () => 0,
    }),
  ]),
  made("32-v52", "odd", { bits: 32, header: 52, masks: [0xff0000, 0xff00, 0xff, 0] }),
  made("32-ten-bits", "odd", { bits: 32, header: 56, masks: [0x3ff00000, 0xffc00, 0x3ff, 0] }),
  made("24-v108", "odd", { bits: 24, header: 108 }),
  made("24-v124-top-down", "odd", { bits: 24, header: 124, topDown: true }),
];

/** BMP by ImageMagick, netpbm and ffmpeg, and by code. */
export const bmpTools: readonly CodingTool[] = [...coded, ...written];
