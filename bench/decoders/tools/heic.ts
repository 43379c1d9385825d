import { source } from "../sources.ts";
import { type CodingTool, type Expectation, either, otherCoding, picture, tolerances } from "../tool.ts";

function heifEnc(
  name: string,
  switches: string,
  source = "photo.png",
  expect: Expectation = picture,
): CodingTool {
  return {
    name: `heic/${name}`,
    mediaType: "image/heic",
    coding: { lines: [`heif-enc ${switches} ${source} -o out.heic`.replaceAll("  ", " ")] },
    truth: { kind: "lines", lines: ["heif-convert --quiet out.heic truth.png"] },
    tolerance: tolerances.clipped,
    expect,
  };
}

/** Switches of x265 for coding tools of HEVC that a still picture can have (H.265, 7.3.2.3 and 7.3.8). */
const x265 = [
  "ctu=16",
  "ctu=32",
  "ctu=64",
  "min-cu-size=32",
  "max-tu-size=8",
  "tu-intra-depth=4",
  "sao=0",
  "sao=1",
  "deblock=0",
  "deblock=1",
  "strong-intra-smoothing=0",
  "constrained-intra=1",
  "tskip=1",
  "cu-lossless=1",
  "signhide=0",
  "rect=1",
  "amp=1",
  "rdoq-level=2",
  "scaling-list=default",
  "aq-mode=0",
  "aq-mode=3",
  "cutree=0",
  "cbqpoffs=8",
  "crqpoffs=-8",
  "wpp=0",
  "slices=4",
  "hrd=1",
  "aud=1",
  "lossless=1",
  "qp=1",
  "qp=50",
  "opt-qp-pps=1",
  "range=limited",
];

/** HEIC: HEVC still pictures by x265 through libheif. */
export const heicTools: readonly CodingTool[] = [
  ...[5, 30, 50, 75, 95, 100].map((quality) => heifEnc(`quality-${quality}`, `-q ${quality}`)),
  ...x265.map((value) => heifEnc(`x265-${value}`, `-q 50 -p x265:${value}`)),
  ...["ultrafast", "medium", "veryslow", "placebo"].map((preset) =>
    heifEnc(`preset-${preset}`, `-q 50 -p preset=${preset}`),
  ),
  ...["psnr", "ssim", "grain", "fastdecode"].map((tune) => heifEnc(`tune-${tune}`, `-q 50 -p tune=${tune}`)),
  ...[
    "odd",
    "large",
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
    "text",
    "noise",
  ].map((source) => heifEnc(source, "-q 60", `${source}.png`)),
  heifEnc("422", "-q 60 -p chroma=422", "photo.png", either),
  heifEnc("444", "-q 60 -p chroma=444", "photo.png", either),
  heifEnc("444-odd", "-q 60 -p chroma=444", "odd.png", either),
  heifEnc("rgb", "-L -p chroma=444 --matrix_coefficients=0", "photo.png", either),
  heifEnc("lossless", "-L"),
  heifEnc("matrix-709", "-q 60 --matrix_coefficients=1"),
  heifEnc("matrix-2020", "-q 60 --matrix_coefficients=9"),
  heifEnc("limited", "-q 60 --full_range_flag=0"),
  heifEnc("limited-709", "-q 60 --full_range_flag=0 --matrix_coefficients=1"),
  heifEnc("thumbnail", "-q 60 -t 100", "large.png"),
  heifEnc("grey", "-q 60", "grey.png"),
  {
    ...heifEnc("several", "-q 60", "photo.png odd.png"),
    truth: { kind: "picture", picture: () => source("photo") },
    tolerance: tolerances.lossy,
  },
  heifEnc("alpha", "-q 60", "alpha.png", otherCoding),
  heifEnc("alpha-left-out", "-q 60 --no-alpha", "alpha.png"),
  {
    ...heifEnc("structural-brands", "-q 60"),
    name: "heif/structural-brands",
    mediaType: "image/heif",
    coding: { lines: ["heif-enc -q 60 photo.png -o out.heic"], change: withStructuralBrands },
  },
];

/** The same file under brands that say nothing of its coding (ISO/IEC 23008-12, 10.2.2). */
function withStructuralBrands(file: Uint8Array): Uint8Array {
  const boxBytes = new DataView(file.buffer, file.byteOffset).getUint32(0);
  const changed = file.slice();
  const brands = Buffer.from(file.subarray(8, boxBytes)).toString("latin1").replaceAll("heic", "mif1");
  changed.set(Buffer.from(brands, "latin1"), 8);
  return changed;
}
