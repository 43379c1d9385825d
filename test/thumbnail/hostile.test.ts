import { describe, expect, test } from "vitest";

import { overwritten, repeated } from "../support/hostile/containers.ts";
import { lookAt } from "../support/hostile/look.ts";
import {
  bigEndian,
  bmpBytes,
  gifBytes,
  joined,
  jpegBytes,
  jpegSegment,
  latin1,
  littleEndian,
  pngBytes,
  pngChunk,
  riffChunk,
  tiffBytes,
  webpBytes,
  zlibBytes,
} from "../support/images/index.ts";
import { formatSeeds } from "./support/fuzz-formats.ts";
import { randomImage } from "./support/jpeg-image.ts";
import { writeJpeg } from "./support/jpeg-writer.ts";
import { mustMake } from "./support/make.ts";
import { usualScript } from "./support/scripts.ts";

const size = { width: 16, height: 8 };
const grey = randomImage({ width: 16, height: 8, sampling: [[1, 1]], seed: 1 });
/** The smallest lossy WebP that browsers are probed with: one pixel. */
const lossyWebp = latin1(atob("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA"));
const heif = (await formatSeeds()).filter(({ contentType }) => /hei|avif/.test(contentType));

const whole: [string, () => Uint8Array | Promise<Uint8Array>][] = [
  ["baseline JPEG", () => jpegBytes({ ...size, orientation: 6 })],
  [
    "progressive JPEG",
    () =>
      writeJpeg(grey, {
        script: usualScript.filter(({ components }) => components.every((each) => each === 0)),
      }),
  ],
  ["PNG", async () => pngBytes({ ...size, orientation: 6 })],
  ["GIF", () => gifBytes(size)],
  ["lossy WebP", () => lossyWebp],
  ["lossless WebP", () => webpBytes(size)],
  ["extended WebP", () => webpBytes({ ...size, orientation: 6 })],
  ["TIFF", () => tiffBytes(size)],
  ["bitmap", () => bmpBytes(size)],
  ["HEIC", () => heif.find(({ contentType }) => contentType === "image/heic")?.bytes ?? new Uint8Array(0)],
  ["AVIF", () => heif.find(({ contentType }) => contentType === "image/avif")?.bytes ?? new Uint8Array(0)],
];

describe("a file that is cut off", () => {
  test.each(whole)("%s: after any byte it comes to a typed end", async (_name, file) => {
    const bytes = await file();
    expect((await lookAt(bytes)).thumbnail).toBe("made");
    for (let length = 0; length < bytes.length; length++) {
      const { thumbnail, faults } = await lookAt(bytes.slice(0, length));
      expect({ length, faults }).toEqual({ length, faults: [] });
      expect(["made", "none", "corrupt", "unsupported_coding"]).toContain(thumbnail);
    }
  });
});

describe("a file that is small and decodes to very much", () => {
  test("rows of a PNG beyond its size are not inflated", async () => {
    const rows = await zlibBytes(...Array.from({ length: 64 }, () => new Uint8Array(1024 * 1024)));
    const head = pngChunk("IHDR", bigEndian(4, 16, 8), bigEndian(1, 8, 2, 0, 0, 0));
    const file = joined("\x89PNG\r\n\x1a\n", head, pngChunk("IDAT", rows), pngChunk("IEND"));
    const { workingBytes } = await mustMake(file, { contentType: "image/png" });
    expect(workingBytes).toBeLessThan(5 * 1024 * 1024);
  });

  test("a colour profile of a PNG is inflated only so far", async () => {
    const profile = await zlibBytes(...Array.from({ length: 64 }, () => new Uint8Array(1024 * 1024)));
    const file = await pngBytes({ ...size, chunksBefore: [pngChunk("iCCP", "icc\0\0", profile)] });
    const { thumbnail, faults } = await lookAt(file);
    expect({ thumbnail, faults }).toEqual({ thumbnail: "made", faults: [] });
  });

  test("a colour profile of a WebP that says 4 GiB", async () => {
    const file = webpBytes({ ...size, chunksBefore: [riffChunk("ICCP", "x")] });
    const at = file.findIndex(
      (_, index) => String.fromCharCode(...file.subarray(index, index + 4)) === "ICCP",
    );
    const { faults } = await lookAt(overwritten(file, at + 4, littleEndian(4, 0xffffffff)));
    expect(faults).toEqual([]);
  });

  test.each([
    [65_500, 3000, "baseline"],
    [14_000, 14_000, "baseline"],
    [14_000, 14_000, "progressive"],
    [65_535, 1, "baseline"],
    [1, 65_535, "progressive"],
  ] as const)("a JPEG of %d × %d, %s, of a few hundred bytes", async (width, height, kind) => {
    const sampling = [
      [2, 2],
      [1, 1],
      [1, 1],
    ] as const;
    const small = randomImage({ width: 16, height: 16, sampling, seed: 1 });
    const file = writeJpeg(small, kind === "progressive" ? { script: usualScript } : {});
    const frame = file.findIndex(
      (byte, at) => byte === 0xff && [0xc0, 0xc1, 0xc2].includes(file[at + 1] ?? 0),
    );
    const sized = overwritten(file, frame + 5, bigEndian(2, height, width));
    const { header, thumbnail, faults } = await lookAt(sized);
    expect({ header, faults }).toEqual({ header: "header", faults: [] });
    expect(["made", "corrupt", "over_budget"]).toContain(thumbnail);
  });

  test("a JPEG of one scan header after another", async () => {
    const scan = jpegSegment(0xda, bigEndian(1, 1, 1, 0, 0, 0, 0));
    const file = jpegBytes(size);
    const end = file.length - 2;
    const { faults } = await lookAt(joined(file.subarray(0, end), repeated(scan, 20_000), "\xff\xd9"));
    expect(faults).toEqual([]);
  });
});
