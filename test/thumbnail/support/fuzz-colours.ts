import { bigEndian, jpegBytes, riffChunk, webpBytes, zlibBytes } from "../../support/images/index.ts";
import type { Seed } from "./fuzz.ts";
import { gamma, iccProfile, parametric, profiles, table8 } from "./icc.ts";
import { cornersOf, gridOf, lutAToB, repeated, straight, tableXyz, wide } from "./icc-tables.ts";
import { concat, type PngImage, writePng } from "./png-writer.ts";
import { Random } from "./random.ts";

/** Sound files of every way to say what colours mean, small enough that what is spoilt is mostly that. */
export async function colourSeeds(): Promise<Seed[]> {
  const size = { width: 20, height: 20 };
  const grid = gridOf([2, 2, 2], 2, wide(cornersOf(3).flatMap(tableXyz)));
  const corners = cornersOf(3).map(([l = 0]) => [l * 255, 128, 128] as const);
  const table = iccProfile(
    "RGB ",
    "XYZ ",
    { A2B0: lutAToB({ a: repeated(3, parametric(0, 2.2)), grid, b: repeated(3, straight) }) },
    4,
  );
  const lab = iccProfile("RGB ", "Lab ", { A2B0: table8(3, corners) });
  const grey = iccProfile("GRAY", "Lab ", { kTRC: gamma(2.2) });
  const iccp = concat([Uint8Array.of(0x78, 0, 0), await zlibBytes(lab)]);
  const wideGamut: [string, Uint8Array][] = [
    ["gAMA", bigEndian(4, 55_556)],
    ["cHRM", bigEndian(4, 31_270, 32_900, 64_000, 33_000, 21_000, 71_000, 15_000, 6000)],
  ];
  return [
    ...[table, lab, grey, profiles.adobeRgb].map((icc): Seed => ({
      contentType: "image/jpeg",
      bytes: jpegBytes({ ...size, icc }),
    })),
    {
      contentType: "image/webp",
      bytes: webpBytes({ ...size, flags: 0x20, chunksBefore: [riffChunk("ICCP", table)] }),
    },
    await png({ depth: 8, colour: 6 }, [["cICP", Uint8Array.of(9, 16, 0, 0)]]),
    await png({ depth: 16, colour: 6 }, wideGamut),
    await png({ depth: 16, colour: 0 }, wideGamut),
    await png({ depth: 8, colour: 4 }, [["iCCP", iccp]]),
    await png({ depth: 4, colour: 3 }, wideGamut),
  ];
}

async function png(kind: Pick<PngImage, "depth" | "colour">, before: [string, Uint8Array][]): Promise<Seed> {
  const random = new Random(kind.depth * 8 + kind.colour);
  const per = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }[kind.colour];
  const samples = Array.from({ length: 144 * per }, () => random.int(0, 2 ** kind.depth - 1));
  const palette =
    kind.colour === 3 ? { palette: Array.from({ length: 48 }, (_, i) => 5 * i), transparency: [0, 99] } : {};
  const bytes = await writePng({ width: 12, height: 12, ...kind, samples }, { before, ...palette });
  return { contentType: "image/png", bytes };
}
