import sharp from "sharp";
import { bigEndian, pngChunk, zlibBytes } from "../../../test/support/images/index.ts";
import { cornerPicture, tableAndMatrixProfile, tableProfile } from "../files/corners.ts";
import { fromAdobe, fromDisplayP3, fromGamma } from "../files/colours.ts";
import { withChunks } from "../files/png.ts";
import type { Raster } from "../raster.ts";
import { type SourceName, source } from "../sources.ts";
import { type CodingTool, type Levels, picture, tolerances } from "../tool.ts";

function png(name: string, ...lines: readonly string[]): CodingTool {
  return {
    name: `png/${name}`,
    mediaType: "image/png",
    coding: { lines: lines.map((line) => line.replaceAll("  ", " ")) },
    truth: { kind: "sharp" },
    tolerance: tolerances.exact,
    expect: picture,
  };
}

function convert(name: string, from: string, defines: string): CodingTool {
  return png(name, `convert ${from}.png ${defines} out.png`);
}

/** Colour types and depths (PNG, third edition, 11.2.1), with and without Adam7. */
const kinds = [
  ["grey-1", "bilevel", "-define png:color-type=0 -define png:bit-depth=1"],
  ["grey-2", "bilevel", "-define png:color-type=0 -define png:bit-depth=2"],
  ["grey-4", "bilevel", "-define png:color-type=0 -define png:bit-depth=4"],
  ["grey-8", "greyodd", "-define png:color-type=0 -define png:bit-depth=8"],
  ["grey-16", "greyodd", "-define png:color-type=0 -define png:bit-depth=16"],
  ["rgb-8", "odd", "-define png:color-type=2 -define png:bit-depth=8"],
  ["rgb-16", "odd", "-define png:color-type=2 -define png:bit-depth=16"],
  ["palette-1", "icon", "-colors 2 -define png:color-type=3 -define png:bit-depth=1"],
  ["palette-2", "eight", "-colors 4 -define png:color-type=3 -define png:bit-depth=2"],
  ["palette-4", "eight", "-define png:color-type=3 -define png:bit-depth=4"],
  ["palette-8", "colours", "-colors 200 -define png:color-type=3 -define png:bit-depth=8"],
  ["grey-alpha-8", "alphaodd", "-colorspace gray -define png:color-type=4 -define png:bit-depth=8"],
  ["grey-alpha-16", "alphaodd", "-colorspace gray -define png:color-type=4 -define png:bit-depth=16"],
  ["rgba-8", "alphaodd", "-define png:color-type=6 -define png:bit-depth=8"],
  ["rgba-16", "alphaodd", "-define png:color-type=6 -define png:bit-depth=16"],
  ["palette-clear", "sticker", "-define png:color-type=3"],
] as const;

const types: readonly CodingTool[] = kinds.flatMap(([name, from, defines]) => [
  convert(name, from, defines),
  convert(`${name}-interlaced`, from, `-interlace PNG ${defines}`),
]);

const coded: readonly CodingTool[] = [
  ...[0, 1, 2, 3, 4, 5].map((filter) =>
    convert(`filter-${filter}`, "odd", `-define png:compression-filter=${filter}`),
  ),
  ...[0, 1, 9].map((level) => convert(`level-${level}`, "photo", `-define png:compression-level=${level}`)),
  ...[0, 1, 2, 3, 4].map((strategy) =>
    convert(`strategy-${strategy}`, "photo", `-define png:compression-strategy=${strategy}`),
  ),
  ...["dot", "column", "row", "few", "small", "tiny", "large", "tall", "noise"].flatMap((from) => [
    convert(from, from, ""),
    convert(`${from}-interlaced`, from, "-interlace PNG"),
  ]),
  png("netpbm-interlaced", "pnmtopng -interlace odd.ppm > out.png"),
  png("netpbm-transparent", "pnmtopng -transparent =#1e78c8 icon.ppm > out.png"),
  png("netpbm-transparent-grey", "pnmtopng -transparent white bilevel.pgm > out.png"),
  png("netpbm-background", "pnmtopng -background red odd.ppm > out.png"),
  png("netpbm-filters", "pnmtopng -paeth odd.ppm > out.png"),
  png("netpbm-16", "pnmtopng -force odd.ppm > out.png"),
  png("ffmpeg", "ffmpeg -y -loglevel error -i photo.png -pred mixed out.png"),
  png("ffmpeg-16", "ffmpeg -y -loglevel error -i photo.png -pix_fmt rgb48be out.png"),
  png("ffmpeg-grey-alpha", "ffmpeg -y -loglevel error -i alpha.png -pix_fmt ya8 out.png"),
  png("ffmpeg-mono", "ffmpeg -y -loglevel error -i bilevel.png -pix_fmt monob out.png"),
];

/** A picture whose colours chunks tell, and what these make of its levels in sRGB; where nothing is said, sharp knows. */
function told(
  name: string,
  chunks: () => Promise<Uint8Array[]> | Uint8Array[],
  from: () => Raster,
  colours?: (levels: Levels) => Levels,
): CodingTool {
  return {
    name: `png/${name}`,
    mediaType: "image/png",
    coding: { make: async () => withChunks(await pngOf(from()), ...(await chunks())) },
    truth: colours === undefined ? { kind: "sharp" } : { kind: "picture", picture: from, colours },
    tolerance: tolerances.converted,
    expect: picture,
  };
}

const pngOf = async (raster: Raster): Promise<Uint8Array> =>
  await sharp(raster.data, { raw: { width: raster.width, height: raster.height, channels: 4 } })
    .removeAlpha()
    .png()
    .toBuffer();

const named = (name: SourceName) => (): Raster => source(name);
const same = (levels: Levels): Levels => levels;
const gamma = (value: number): Uint8Array => pngChunk("gAMA", bigEndian(4, Math.round(value * 100_000)));
const chromaticities = (...values: readonly number[]): Uint8Array =>
  pngChunk("cHRM", bigEndian(4, ...values.map((value) => Math.round(value * 100_000))));
const codePoints = (primaries: number, transfer: number): Uint8Array =>
  pngChunk("cICP", bigEndian(1, primaries, transfer, 0, 1));
const profile = async (bytes: Uint8Array): Promise<Uint8Array> =>
  pngChunk("iCCP", "profile\0\0", await zlibBytes(bytes));
const adobe = [0.3127, 0.329, 0.64, 0.33, 0.21, 0.71, 0.15, 0.06] as const;
const srgb = [0.3127, 0.329, 0.64, 0.33, 0.3, 0.6, 0.15, 0.06] as const;
const linear = fromGamma(1);

/** Colours by chunks, in their order of precedence (PNG, third edition, 4.3 and 11.3.2). */
const colours: readonly CodingTool[] = [
  told("gama-linear", () => [gamma(1)], named("photo"), linear),
  told("gama-linear-grey", () => [gamma(1)], named("grey"), linear),
  told("gama-mac", () => [gamma(1 / 1.8)], named("photo"), fromGamma(1.8)),
  told("gama-usual", () => [gamma(0.45455)], named("photo"), fromGamma(2.2)),
  told("gama-chrm-srgb", () => [gamma(0.45455), chromaticities(...srgb)], named("photo"), fromGamma(2.2)),
  told("gama-chrm-adobe", () => [gamma(256 / 563), chromaticities(...adobe)], named("photo"), fromAdobe),
  told("srgb-before-gama", () => [pngChunk("sRGB", bigEndian(1, 0)), gamma(1)], named("photo"), same),
  told("cicp-display-p3", () => [codePoints(12, 13)], named("photo"), fromDisplayP3),
  told("cicp-srgb", () => [codePoints(1, 13)], named("photo"), same),
  told("cicp-linear", () => [codePoints(1, 8)], named("photo"), linear),
  told("cicp-before-gama", () => [codePoints(1, 13), gamma(1)], named("photo"), same),
  told(
    "cicp-before-profile",
    async () => [codePoints(1, 13), await profile(tableProfile())],
    named("photo"),
    same,
  ),
  told("profile-before-gama", async () => [await profile(tableAndMatrixProfile()), gamma(1)], cornerPicture),
  told("profile-table", async () => [await profile(tableProfile())], cornerPicture),
  told("profile-table-beside-matrix", async () => [await profile(tableAndMatrixProfile())], cornerPicture),
];

/** PNG by ImageMagick, netpbm and ffmpeg, and chunks about colours by code. */
export const pngTools: readonly CodingTool[] = [...types, ...coded, ...colours];
