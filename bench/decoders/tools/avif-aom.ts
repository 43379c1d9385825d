import { type CodingTool, picture, tolerances } from "../tool.ts";
import { avifenc, decoded, quality } from "./avif.ts";

/** Coding tools of AV1 that libaom can be told to use or to leave, at a speed that uses nearly all (AV1 5.5, 7.11–7.18). */
const switches = [
  "enable-restoration=1",
  "enable-restoration=0",
  "enable-cdef=0",
  "enable-cfl-intra=0",
  "enable-cfl-intra=1",
  "enable-palette=0",
  "enable-palette=1",
  "enable-intrabc=0",
  "enable-intrabc=1",
  "enable-filter-intra=0",
  "enable-intra-edge-filter=0",
  "enable-smooth-intra=0",
  "enable-paeth-intra=0",
  "enable-angle-delta=0",
  "enable-directional-intra=0",
  "enable-diagonal-intra=0",
  "enable-rect-partitions=0",
  "enable-ab-partitions=0",
  "enable-1to4-partitions=0",
  "enable-tx64=0",
  "enable-rect-tx=0",
  "enable-flip-idtx=0",
  "enable-qm=1",
  "enable-chroma-deltaq=1",
  "deltaq-mode=2",
  "deltaq-mode=3",
  "aq-mode=1",
  "aq-mode=2",
  "tune=ssim",
  "tune-content=screen",
  "tune-content=film",
  "reduced-tx-type-set=1",
  "use-intra-dct-only=1",
  "sb-size=64",
  "sb-size=128",
  "min-partition-size=32",
  "max-partition-size=8",
  "loopfilter-control=0",
  "cdf-update-mode=0",
  "error-resilient=1",
  "lossless=1",
  "film-grain-test=1",
  "film-grain-test=5",
  "film-grain-test=12",
];

const switched: readonly CodingTool[] = [
  ...switches.map((tool) => avifenc(`aom-${tool}`, `-c aom -s 4 ${quality} -a ${tool}`)),
  ...["enable-restoration=1", "enable-cfl-intra=0", "enable-cdef=1"].map((tool) =>
    avifenc(`aom-speed-8-${tool}`, `-c aom -s 8 ${quality} -a ${tool}`),
  ),
  ...["enable-restoration=0", "enable-cfl-intra=0"].map((tool) =>
    avifenc(`aom-large-${tool}`, `-c aom -s 4 ${quality} -a ${tool}`, { source: "large.png" }),
  ),
  // Where noise is not in the way, libaom chooses loop restoration at more speeds.
  ...["soft", "wide"].flatMap((source) =>
    [2, 3, 4, 5].flatMap((speed) =>
      ["enable-cfl-intra=0", "enable-cfl-intra=1", "enable-restoration=0", "enable-cdef=0"].map((tool) =>
        avifenc(`aom-${source}-${speed}-${tool}`, `-c aom -s ${speed} --min 30 --max 50 -a ${tool}`, {
          source: `${source}.png`,
        }),
      ),
    ),
  ),
  ...["enable-palette=1", "enable-intrabc=1", "tune-content=screen"].map((tool) =>
    avifenc(`aom-text-${tool}`, `-c aom -s 4 ${quality} -a ${tool}`, { source: "text.png" }),
  ),
];

/** Switches that only aomenc has: superres above all. */
const aomenc: readonly CodingTool[] = [
  ...[9, 12, 16].map(
    (denominator) =>
      `--superres-mode=1 --superres-denominator=${denominator} --superres-kf-denominator=${denominator}`,
  ),
  "--superres-mode=2",
  "--full-still-picture-hdr",
  "--sharpness=7",
].map((switches) => ({
  name: `avif/aomenc${switches.replaceAll(" ", "")}`,
  mediaType: "image/avif" as const,
  coding: {
    lines: [
      "ffmpeg -y -loglevel error -i photo.png -pix_fmt yuv420p plain.y4m",
      `aomenc --limit=1 --cpu-used=4 --end-usage=q --cq-level=30 ${switches} --ivf -o plain.ivf plain.y4m`,
      "ffmpeg -y -loglevel error -i plain.ivf -c copy out.avif",
    ],
  },
  truth: decoded,
  tolerance: tolerances.coded,
  expect: picture,
}));

/** Single coding tools of AV1, by the switches of libaom. */
export const aomTools: readonly CodingTool[] = [...switched, ...aomenc];
