import { toOrientation } from "../../../src/core/orientation.ts";
import { isolateMemory, memoryLimitBytes } from "../../../src/thumbnail/budget.ts";
import { makeThumbnail } from "../../../src/thumbnail/thumbnail.ts";
import type { ThumbnailResult } from "../../../src/thumbnail/types.ts";
import { randomImage } from "./jpeg-image.ts";
import { writeJpeg } from "./jpeg-writer.ts";
import { mutate } from "./mutate.ts";
import { type PngImage, writePng } from "./png-writer.ts";
import { Random } from "./random.ts";
import { randomScript, usualScript } from "./scripts.ts";

/** A sound file to spoil. */
export interface Seed {
  contentType: string;
  bytes: Uint8Array;
}

/** Files of every kind that the decoders know. */
export async function fuzzSeeds(): Promise<Seed[]> {
  const jpeg = (bytes: Uint8Array): Seed => ({ contentType: "image/jpeg", bytes });
  const colour = randomImage({
    width: 150,
    height: 90,
    sampling: [
      [2, 2],
      [1, 1],
      [1, 1],
    ],
    seed: 1,
  });
  const odd = randomImage({
    width: 77,
    height: 61,
    sampling: [
      [3, 1],
      [1, 2],
      [2, 1],
    ],
    seed: 2,
  });
  const grey = randomImage({ width: 130, height: 300, sampling: [[1, 1]], seed: 3 });
  const ink = randomImage({
    width: 64,
    height: 64,
    sampling: [
      [1, 1],
      [1, 1],
      [1, 1],
      [1, 1],
    ],
    seed: 4,
  });
  const random = new Random(5);
  const noise = (
    width: number,
    height: number,
    depth: PngImage["depth"],
    kind: PngImage["colour"],
    per: number,
  ) => ({
    width,
    height,
    depth,
    colour: kind,
    samples: Array.from({ length: width * height * per }, () => random.int(0, 2 ** depth - 1)),
  });
  const png = async (...args: Parameters<typeof writePng>): Promise<Seed> => ({
    contentType: "image/png",
    bytes: await writePng(...args),
  });
  const filter = () => random.int(0, 4);
  return [
    jpeg(writeJpeg(colour)),
    jpeg(writeJpeg(colour, { restartInterval: 4, longCodes: 8 })),
    jpeg(writeJpeg(colour, { separate: true, dnl: true })),
    jpeg(writeJpeg(colour, { script: usualScript })),
    jpeg(writeJpeg(odd, { script: randomScript(random, 3), restartInterval: 3 })),
    jpeg(writeJpeg(odd, { fill: 2 })),
    jpeg(writeJpeg(grey, { wideQuant: true })),
    jpeg(writeJpeg(ink, { adobe: 2 })),
    await png(noise(40, 30, 8, 2, 3), { filter }),
    await png(noise(40, 30, 8, 6, 4), { filter, interlaced: true }),
    await png(noise(60, 20, 4, 3, 1), {
      filter,
      palette: Array.from({ length: 48 }, () => 9),
      transparency: [3, 4],
    }),
    await png(noise(20, 20, 16, 4, 2), { filter, pieceBytes: 100 }),
  ];
}

/** What a run of spoilt files came to. */
export interface FuzzReport {
  outcomes: Record<string, number>;
  /** What must not happen, with the number of the case. */
  faults: string[];
  slowestMs: number;
  slowestCase: number;
}

/** The case with a number: the same file each time. */
function fuzzCase(seeds: Seed[], number: number): Seed {
  const random = new Random(number);
  const { contentType, bytes } = random.pick(seeds);
  return { contentType, bytes: mutate(bytes, random) };
}

/** Makes thumbnails of the cases `from` up to, not including, `to`. */
export async function fuzz(seeds: Seed[], from: number, to: number): Promise<FuzzReport> {
  const report: FuzzReport = { outcomes: {}, faults: [], slowestMs: 0, slowestCase: from };
  for (let number = from; number < to; number++) {
    const { contentType, bytes } = fuzzCase(seeds, number);
    const random = new Random(number);
    const variant = {
      size: random.pick([128, 256, 512] as const),
      fit: random.pick(["cover", "contain"] as const),
    };
    const facts = { contentType, width: 0, height: 0, orientation: toOrientation(random.int(1, 8)) ?? 1 };
    const start = performance.now();
    try {
      note(report, number, await makeThumbnail(bytes, facts, variant));
    } catch (error) {
      report.faults.push(`case ${number} threw ${String(error)}`);
    }
    const ms = performance.now() - start;
    if (ms > report.slowestMs) {
      report.slowestMs = ms;
      report.slowestCase = number;
    }
  }
  return report;
}

function note(report: FuzzReport, number: number, result: ThumbnailResult): void {
  const kind = result.outcome === "made" ? "made" : result.reason.code;
  report.outcomes[kind] = (report.outcomes[kind] ?? 0) + 1;
  if (kind === "decoder_fault" || kind === "busy") report.faults.push(`case ${number} is a ${kind}`);
  if (result.outcome === "made" && result.workingBytes > memoryLimitBytes) {
    report.faults.push(`case ${number} took ${result.workingBytes} bytes`);
  }
  if (isolateMemory.usedBytes !== 0)
    report.faults.push(`case ${number} kept ${isolateMemory.usedBytes} bytes`);
}
