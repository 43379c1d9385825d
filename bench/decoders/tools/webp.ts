import { type CodingTool, picture, tolerances } from "../tool.ts";

const decoded = { kind: "lines", lines: ["dwebp -quiet out.webp -o truth.png"] } as const;

function cwebp(name: string, switches: string, source = "photo.png"): CodingTool {
  return {
    name: `webp/${name}`,
    mediaType: "image/webp",
    coding: { lines: [`cwebp -quiet ${switches} ${source} -o out.webp`] },
    truth: decoded,
    tolerance: / -(?:lossless|z) /u.test(` ${switches} `) ? tolerances.exact : tolerances.coded,
    expect: picture,
  };
}

const sources = [
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
  "grey",
  "greyodd",
  "colours",
  "eight",
  "bilevel",
];

/** VP8 by cwebp's switches (RFC 6386, 9.2–9.6). */
const lossy: readonly CodingTool[] = [
  ...[0, 10, 50, 75, 90, 100].map((quality) => cwebp(`quality-${quality}`, `-q ${quality}`)),
  ...["default", "photo", "picture", "drawing", "icon", "text"].map((preset) =>
    cwebp(`preset-${preset}`, `-preset ${preset}`),
  ),
  ...[1, 2, 3, 4].map((segments) => cwebp(`segments-${segments}`, `-segments ${segments}`)),
  ...[0, 1, 2, 3, 5, 6].map((method) => cwebp(`method-${method}`, `-m ${method}`)),
  cwebp("strong-filter", "-strong -f 100 -sharpness 0 -q 20"),
  cwebp("simple-filter", "-nostrong -f 100 -sharpness 0 -q 20"),
  cwebp("simple-filter-sharp", "-nostrong -f 60 -sharpness 7 -q 20"),
  cwebp("no-filter", "-f 0 -q 20"),
  cwebp("auto-filter", "-af -q 20"),
  cwebp("sharp-yuv", "-sharp_yuv"),
  cwebp("no-shaping", "-sns 0"),
  cwebp("most-shaping", "-sns 100"),
  cwebp("passes", "-pass 6 -size 6000"),
  cwebp("psnr", "-psnr 36"),
  cwebp("low-memory", "-low_memory"),
  cwebp("partition-limit", "-partition_limit 100"),
  cwebp("jpeg-like", "-jpeg_like"),
  cwebp("pre", "-pre 4"),
  cwebp("segments-1-filter", "-segments 1 -strong -f 80"),
  cwebp("multi-threaded", "-mt", "large.png"),
  cwebp("dithered", "-pre 2"),
  ...sources.flatMap((source) => [
    cwebp(source, "-q 75", `${source}.png`),
    cwebp(`${source}-one-segment`, "-segments 1", `${source}.png`),
  ]),
];

/** VP8L by cwebp's levels, which choose transforms and colour caches (RFC 9649, 3). */
const lossless: readonly CodingTool[] = [
  ...[0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map((level) => cwebp(`lossless-${level}`, `-z ${level}`)),
  ...["photo", "picture", "graph"].map((hint) => cwebp(`lossless-hint-${hint}`, `-lossless -hint ${hint}`)),
  ...[0, 40, 80].map((level) => cwebp(`near-lossless-${level}`, `-lossless -near_lossless ${level}`)),
  ...sources.flatMap((source) =>
    [1, 6, 9].map((level) => cwebp(`lossless-${level}-${source}`, `-z ${level}`, `${source}.png`)),
  ),
];

/** How hard VP8L is tried, on pictures of few colours, where prefix codes of one symbol come about. */
const levels: readonly CodingTool[] = ["stripes", "stripe", "ramp", "ramprow", "icon", "text"].flatMap(
  (source) =>
    [0, 2, 4, 5, 6].flatMap((method) =>
      [20, 80, 100].map((quality) =>
        cwebp(
          `lossless-method-${method}-quality-${quality}-${source}`,
          `-lossless -m ${method} -q ${quality}`,
          `${source}.png`,
        ),
      ),
    ),
);

/** Alpha, by its methods and filters (RFC 9649, 2.7.1.2). */
const alpha: readonly CodingTool[] = ["alpha", "alphaodd", "sticker"].flatMap((source) => [
  cwebp(source, "-q 75", `${source}.png`),
  cwebp(`${source}-method-0`, "-alpha_method 0", `${source}.png`),
  cwebp(`${source}-method-1`, "-alpha_method 1", `${source}.png`),
  cwebp(`${source}-quality-0`, "-alpha_q 0", `${source}.png`),
  cwebp(`${source}-quality-50`, "-alpha_q 50 -m 6", `${source}.png`),
  cwebp(`${source}-exact`, "-exact", `${source}.png`),
  cwebp(`${source}-left-out`, "-noalpha", `${source}.png`),
  cwebp(`${source}-blended`, "-blend_alpha 0xc0e0d0", `${source}.png`),
  cwebp(`${source}-lossless`, "-lossless", `${source}.png`),
  cwebp(`${source}-lossless-exact`, "-lossless -exact", `${source}.png`),
  cwebp(`${source}-one-segment`, "-segments 1", `${source}.png`),
]);

const alphaFilters: readonly CodingTool[] = ["alpha", "alphaodd", "sticker"].flatMap((source) =>
  ["none", "fast", "best"].flatMap((filter) => [
    cwebp(`${source}-filter-${filter}`, `-alpha_filter ${filter}`, `${source}.png`),
    cwebp(`${source}-filter-${filter}-raw`, `-alpha_method 0 -alpha_filter ${filter}`, `${source}.png`),
  ]),
);

/** A profile in its chunk (RFC 9649, 2.7.1.4). */
const profiled: readonly CodingTool[] = ["-lossless", "-q 90"].map((switches) => ({
  name: `webp/profile${switches.replaceAll(" ", "")}`,
  mediaType: "image/webp",
  coding: {
    lines: [
      `cwebp -quiet ${switches} corners.png -o still.webp`,
      "webpmux -set icc table.icc still.webp -o out.webp",
    ],
  },
  truth: { kind: "sharp" },
  tolerance: switches === "-lossless" ? tolerances.converted : tolerances.lossy,
  expect: picture,
}));

/** WebP of one picture. */
export const webpTools: readonly CodingTool[] = [
  ...lossy,
  ...lossless,
  ...levels,
  ...alpha,
  ...alphaFilters,
  ...profiled,
];
