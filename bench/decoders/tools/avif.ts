import { type CodingTool, type Expectation, otherCoding, picture, tolerances } from "../tool.ts";

/** What avifdec makes of the file. */
export const decoded = { kind: "lines", lines: ["avifdec out.avif truth.png"] } as const;
/** What turns and crops: avifdec leaves pictures as they are stored. */
const shown = { kind: "lines", lines: ["heif-convert --quiet out.avif truth.png"] } as const;

interface Switches {
  readonly source?: string;
  readonly expect?: Expectation;
  readonly truth?: CodingTool["truth"];
}

/** A picture of 8 bits by avifenc, 4:2:0 unless the switches say otherwise; what stands last counts. */
export function avifenc(name: string, switches: string, more: Switches = {}): CodingTool {
  const { source = "photo.png", expect = picture, truth = decoded } = more;
  const words = ["avifenc -j 2 -d 8 -y 420", switches, source, "out.avif"].filter((word) => word !== "");
  return {
    name: `avif/${name}`,
    mediaType: "image/avif",
    coding: { lines: [words.join(" ")] },
    truth,
    tolerance: tolerances.coded,
    expect,
  };
}

/** Quantizers of a usual photo. */
export const quality = "--min 20 --max 40";
const strong = "--min 50 --max 60";
const refused = { expect: otherCoding };

/** Each encoder at each of its speeds that differ in what coding tools they choose. */
const speeds: readonly CodingTool[] = [
  ...[0, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((speed) =>
    avifenc(`aom-speed-${speed}`, `-c aom -s ${speed} ${quality}`),
  ),
  ...[2, 4, 6, 8, 10].map((speed) => avifenc(`rav1e-speed-${speed}`, `-c rav1e -s ${speed} ${quality}`)),
  ...[2, 4, 6, 8, 10].map((speed) => avifenc(`svt-speed-${speed}`, `-c svt -s ${speed} ${quality}`)),
  ...["aom -s 4", "aom -s 8", "rav1e -s 4", "rav1e -s 8"].flatMap((codec) => {
    const short = codec.replace(" -s ", "-");
    return [
      avifenc(`${short}-strong`, `-c ${codec} ${strong}`),
      avifenc(`${short}-fine`, `-c ${codec} --min 0 --max 8`),
      avifenc(`${short}-large`, `-c ${codec} ${quality}`, { source: "large.png" }),
      avifenc(`${short}-text`, `-c ${codec} ${quality}`, { source: "text.png" }),
      avifenc(`${short}-mini`, `-c ${codec} ${quality}`, { source: "mini.png" }),
    ];
  }),
];

/** Sizes that fill no block, tiles, and how colours are told. */
const shapes: readonly CodingTool[] = [
  ...[
    "odd",
    "tall",
    "tiny",
    "small",
    "dot",
    "column",
    "row",
    "few",
    "flat",
    "plain",
    "icon",
    "noise",
  ].flatMap((source) => [
    avifenc(`aom-${source}`, `-c aom -s 6 ${quality}`, { source: `${source}.png` }),
    avifenc(`aom-restored-${source}`, `-c aom -s 3 ${quality}`, { source: `${source}.png` }),
  ]),
  ...["odd", "tall", "plain"].map((source) =>
    avifenc(`rav1e-${source}`, `-c rav1e -s 4 ${quality}`, { source: `${source}.png` }),
  ),
  // SVT-AV1 takes even sides of 64 pixels and more.
  ...["text", "tall", "plain"].map((source) =>
    avifenc(`svt-${source}`, `-c svt -s 6 ${quality}`, { source: `${source}.png` }),
  ),
  avifenc("aom-tiles", `-c aom -s 6 ${quality} --tilerowslog2 2 --tilecolslog2 2`, { source: "large.png" }),
  avifenc("aom-tiles-restored", `-c aom -s 3 ${quality} --tilerowslog2 1 --tilecolslog2 1`, {
    source: "large.png",
  }),
  avifenc("rav1e-tiles", `-c rav1e -s 6 ${quality} --tilerowslog2 1 --tilecolslog2 1`, {
    source: "large.png",
  }),
  avifenc("limited-range", `-c aom -s 6 ${quality} -r limited`),
  avifenc("limited-range-709", `-c aom -s 6 ${quality} -r limited --cicp 1/13/1`),
  avifenc("matrix-601", `-c aom -s 6 ${quality} --cicp 1/13/6`),
  avifenc("matrix-709", `-c aom -s 6 ${quality} --cicp 1/13/1`),
  avifenc("matrix-2020", `-c aom -s 6 ${quality} --cicp 1/13/9`),
  avifenc("matrix-240m", `-c aom -s 6 ${quality} --cicp 1/13/7`),
  avifenc("matrix-fcc", `-c aom -s 6 ${quality} --cicp 1/13/4`),
  avifenc("unspecified", `-c aom -s 6 ${quality} --cicp 2/2/2`),
  avifenc("sharp-yuv-jpeg", `-c aom -s 6 ${quality}`, { source: "large.png" }),
  ...[1, 2, 3].map((angle) =>
    avifenc(`irot-${angle}`, `-c aom -s 6 ${quality} --irot ${angle}`, { source: "odd.png", truth: shown }),
  ),
  ...[0, 1].map((axis) =>
    avifenc(`imir-${axis}`, `-c aom -s 6 ${quality} --imir ${axis}`, { source: "odd.png", truth: shown }),
  ),
  avifenc("irot-imir", `-c aom -s 6 ${quality} --irot 1 --imir 1`, { source: "odd.png", truth: shown }),
  avifenc("crop", `-c aom -s 6 ${quality} --crop 20,10,200,150`, { truth: shown }),
  avifenc("crop-irot", `-c aom -s 6 ${quality} --crop 20,10,200,150 --irot 3`, { truth: shown }),
  avifenc("clap", `-c aom -s 6 ${quality} --clap 100,1,80,1,0,1,0,1`, { truth: shown }),
  avifenc("pasp", `-c aom -s 6 ${quality} --pasp 2,1`),
];

/** A profile, which counts before the code points. */
const profiled: CodingTool = {
  ...avifenc("profile", "-c aom -s 6 --min 0 --max 8 --icc table.icc", { source: "corners.png" }),
  truth: { kind: "sharp" },
  tolerance: tolerances.lossy,
};

/** What the README says is not decoded. */
const refusals: readonly CodingTool[] = [
  avifenc("444", `-c aom -s 6 -y 444 ${quality}`, refused),
  avifenc("422", `-c aom -s 6 -y 422 ${quality}`, refused),
  avifenc("400", `-c aom -s 6 -y 400 ${quality}`, { ...refused, source: "grey.png" }),
  avifenc("10-bit", `-c aom -s 6 -d 10 ${quality}`, refused),
  avifenc("12-bit", `-c aom -s 6 -d 12 ${quality}`, refused),
  avifenc("lossless", "-c aom -s 6 -y 444 -l", refused),
  avifenc("alpha", `-c aom -s 6 ${quality}`, { ...refused, source: "alpha.png" }),
  avifenc("alpha-premultiplied", `-c aom -s 6 -p ${quality}`, { ...refused, source: "alpha.png" }),
  avifenc("grid", `-c aom -s 8 ${quality} --grid 5x2`, { ...refused, source: "plain.png" }),
];

/** What libheif writes around libaom. */
const libheif: readonly CodingTool[] = [
  ["libheif", "-q 60", "photo.png"],
  ["libheif-fine", "-q 95", "photo.png"],
  ["libheif-odd", "-q 60", "odd.png"],
  ["libheif-slow", "-q 50 -p speed=2", "photo.png"],
  ["libheif-thumbnail", "-q 60 -t 100", "large.png"],
  ["libheif-limited", "-q 60 --full_range_flag=0", "photo.png"],
].map(([name = "", switches = "", source = ""]) => ({
  name: `avif/${name}`,
  mediaType: "image/avif" as const,
  coding: { lines: [`heif-enc -A ${switches} -p chroma=420 ${source} -o out.avif`] },
  truth: shown,
  tolerance: tolerances.coded,
  expect: picture,
}));

/** AVIF: AV1 still pictures by libaom, rav1e and SVT-AV1. */
export const avifTools: readonly CodingTool[] = [...speeds, ...shapes, ...refusals, profiled, ...libheif];
