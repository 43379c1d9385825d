import { describe, expect, test } from "vitest";
import { isolateMemory } from "../../../src/thumbnail/budget.ts";
import {
  joined,
  littleEndian,
  quadrantColours,
  riffChunk,
  webpAnimation,
  webpBytes,
  webpFile,
  webpFrame,
  type WebpFramePlace,
  webpPicture,
} from "../../support/images/index.ts";
import { cornersOf, make, mustMake } from "../support/make.ts";
import {
  losslessDisc,
  losslessGradient,
  losslessPalette,
  lossyDisc,
  lossyIcon,
  lossyOdd,
  lossyPixel,
  lossyQuadrants,
  lossyTiny,
} from "../support/webp-fixtures.ts";

const size = { width: 80, height: 60 };
const webp = { contentType: "image/webp" };
const { topLeft, topRight, bottomLeft, bottomRight } = quadrantColours;
const quadrants = [topLeft, topRight, bottomLeft, bottomRight];
const white = [255, 255, 255];
const corrupt = { outcome: "failed", reason: { code: "corrupt" } };

/** The chunks of a file, without those around them. */
const chunksOf = (file: Uint8Array) => file.subarray(12);
/** The chunks of an extended file behind its header of 18 bytes. */
const chunksBehindHeader = (file: Uint8Array) => file.subarray(30);

/** The colour at a place of a picture that is not shrunk. */
async function pixelAt(file: Uint8Array, x: number, y: number): Promise<number[]> {
  const { pixels, width } = await mustMake(file, { ...webp, fit: "contain" });
  return [...pixels.subarray((y * width + x) * 3, (y * width + x) * 3 + 3)];
}

/** The largest difference of two lists of colours. */
function farthest(shown: readonly (readonly number[])[], meant: readonly (readonly number[])[]): number {
  const pairs = shown.flatMap((colour, i) =>
    colour.map((level, c) => Math.abs(level - (meant[i]?.[c] ?? -999))),
  );
  return Math.max(...pairs);
}

describe("still pictures", () => {
  test("a lossless picture is shown in its colours", async () => {
    expect(await cornersOf(webpBytes(size), { ...size, ...webp })).toEqual(quadrants);
  });

  test("a picture is turned as the facts say", async () => {
    const shown = await cornersOf(webpBytes(size), { ...size, ...webp, orientation: 6 });
    expect(shown).toEqual([bottomLeft, topLeft, bottomRight, topRight]);
  });

  test.each([
    ["without segmentation", lossyQuadrants],
    ["of a preset for icons", lossyIcon],
    ["of a single block", lossyTiny],
  ])("a lossy picture %s is shown in its colours", async (_, file) => {
    expect(farthest(await cornersOf(file, webp), quadrants)).toBeLessThan(12);
  });

  test.each([
    ["a single pixel", lossyPixel, 1],
    ["a size that ends within a block", lossyOdd, 17],
  ])("a lossy picture of %s has its size and its colour", async (_, file, edge) => {
    expect(await mustMake(file, { ...webp, fit: "contain" })).toMatchObject({ width: edge, height: edge });
    expect(farthest([await pixelAt(file, edge - 1, edge - 1)], [[200, 60, 40]])).toBeLessThan(6);
  });

  test("a lossless picture with a palette has its exact colours", async () => {
    expect(await pixelAt(losslessPalette, 0, 0)).toEqual([200, 60, 40]);
    expect(await pixelAt(losslessPalette, 7, 0)).toEqual([10, 120, 200]);
    expect(await pixelAt(losslessPalette, 31, 31)).toEqual([200, 60, 40]);
  });

  test("a lossless picture by predictions has its exact colours", async () => {
    expect(await pixelAt(losslessGradient, 0, 63)).toEqual([0, 252, 128]);
    expect(await pixelAt(losslessGradient, 63, 1)).toEqual([252, 4, 128]);
  });

  test("what is transparent is white", async () => {
    expect(await pixelAt(lossyDisc, 0, 0)).toEqual(white);
    expect(farthest([await pixelAt(lossyDisc, 10, 10)], [topLeft])).toBeLessThan(12);
  });

  test("a plane of alpha that the header does not announce counts for nothing", async () => {
    const file = lossyDisc.slice();
    file[20] = 0;
    expect(farthest([await pixelAt(file, 1, 1)], [topLeft])).toBeLessThan(12);
  });

  test("a colour profile is carried over, also from an animation", async () => {
    const profile = joined(new Uint8Array(16), "RGB ", new Uint8Array(16), "acsp", new Uint8Array(300));
    const chunk = riffChunk("ICCP", profile);
    const still = webpBytes({ ...size, chunksBefore: [chunk], flags: 0x20 });
    const frame = webpFrame({ x: 0, y: 0, ...size }, webpPicture(size));
    const animation = webpAnimation({ ...size, chunksBefore: [chunk] }, frame);
    for (const file of [still, animation]) {
      const { jpeg } = await mustMake(file, webp);
      expect(new TextDecoder("latin1").decode(jpeg)).toContain("ICC_PROFILE");
    }
  });

  test("chunks that nobody knows are passed over", async () => {
    const odd = riffChunk("ODD?", "abc");
    const extended = webpBytes({ ...size, chunksBefore: [odd, odd] });
    expect(await cornersOf(extended, webp)).toEqual(quadrants);
    expect(await cornersOf(webpFile(odd, webpPicture(size)), webp)).toEqual(quadrants);
  });
});

describe("animations", () => {
  const canvas = { width: 120, height: 100 };
  const place: WebpFramePlace = { x: 20, y: 30, width: 80, height: 60 };

  test.each([0, 1, 2, 3])("a first frame of flags %i lies where it belongs, on white", async (flags) => {
    const file = webpAnimation(canvas, webpFrame({ ...place, flags }, webpPicture(place)));
    expect(await mustMake(file, { ...webp, fit: "contain" })).toMatchObject(canvas);
    const inside = [
      [20, 30],
      [99, 30],
      [20, 89],
      [99, 89],
    ] as const;
    const shown = await Promise.all(inside.map(([x, y]) => pixelAt(file, x, y)));
    expect(shown).toEqual(quadrants);
    const outside = [
      [19, 30],
      [100, 30],
      [20, 29],
      [20, 90],
    ] as const;
    for (const [x, y] of outside) expect(await pixelAt(file, x, y)).toEqual(white);
  });

  test.each([
    ["lossless", chunksOf(losslessDisc)],
    ["lossy", chunksBehindHeader(lossyDisc)],
  ])("the ground shows through a first frame that is %s and has alpha", async (_, chunks) => {
    const at = { x: 40, y: 20, width: 32, height: 32, flags: 3 };
    const file = webpAnimation(canvas, webpFrame(at, chunks));
    expect(await pixelAt(file, 41, 21)).toEqual(white);
    expect(farthest([await pixelAt(file, 50, 30)], [topLeft])).toBeLessThan(12);
    expect(farthest([await pixelAt(file, 61, 30)], [topRight])).toBeLessThan(12);
  });

  test("a lossy first frame without alpha covers its place only", async () => {
    const at = { x: 40, y: 20, width: 32, height: 32 };
    const file = webpAnimation(canvas, webpFrame(at, chunksOf(lossyQuadrants)));
    expect(farthest([await pixelAt(file, 41, 21)], [topLeft])).toBeLessThan(12);
    expect(await pixelAt(file, 39, 21)).toEqual(white);
  });

  test("only the first frame is shown", async () => {
    const full = { x: 0, y: 0, ...canvas };
    const file = webpAnimation(
      canvas,
      webpFrame(place, webpPicture(place)),
      webpFrame(full, webpPicture(full)),
    );
    expect(await pixelAt(file, 0, 0)).toEqual(white);
  });

  test("a first frame as large as the canvas is shown as a still picture is", async () => {
    const file = webpAnimation(size, webpFrame({ x: 0, y: 0, ...size }, webpPicture(size)));
    expect((await mustMake(file, webp)).jpeg).toEqual((await mustMake(webpBytes(size), webp)).jpeg);
  });

  test.each([
    ["that leaves the canvas", { ...place, x: 42 }, place],
    ["below the canvas", { ...place, y: 2 * (2 ** 24 - 1) }, place],
    ["larger than its head says", { ...place, width: 70 }, place],
    ["smaller than its head says", { ...place, height: 62 }, place],
    ["without a picture", place, null],
  ])("a first frame %s is corrupt", async (_, told, picture) => {
    const chunks = picture === null ? [riffChunk("ALPH", "\0")] : [webpPicture(picture)];
    expect(await make(webpAnimation(canvas, webpFrame(told, ...chunks)), webp)).toMatchObject(corrupt);
  });

  test("a canvas of too many pixels is refused whatever the facts said", async () => {
    const huge = { width: 2 ** 24, height: 2 ** 24 };
    const file = webpAnimation(huge, webpFrame(place, webpPicture(place)));
    expect(await make(file, webp)).toMatchObject({
      outcome: "unsupported",
      reason: { code: "too_many_pixels" },
    });
  });
});

describe("files that are not what they should be", () => {
  const files = [
    webpBytes(size),
    lossyQuadrants,
    lossyDisc,
    webpAnimation(size, webpFrame({ x: 0, y: 0, ...size }, webpPicture(size))),
  ];

  test("a file that is cut short is corrupt, and the next one is not", async () => {
    for (const file of files) {
      for (const length of [0, 12, 25, 40, file.length >> 1, file.length - 4]) {
        expect(await make(file.subarray(0, length), webp)).toMatchObject(corrupt);
      }
      expect((await make(file, webp)).outcome).toBe("made");
    }
  });

  test("a picture of another size than the extended header says is corrupt", async () => {
    const head = riffChunk("VP8X", littleEndian(4, 0), littleEndian(3, 80, 59));
    expect(await make(webpFile(head, webpPicture(size)), webp)).toMatchObject(corrupt);
  });

  test("a bitstream that is none is corrupt", async () => {
    for (const type of ["VP8 ", "VP8L"]) {
      expect(await make(webpFile(riffChunk(type, new Uint8Array(200))), webp)).toMatchObject(corrupt);
    }
    // Later frames of a film refer to earlier ones.
    const interframe = lossyQuadrants.slice();
    interframe[20] = (interframe[20] ?? 0) | 1;
    expect(await make(interframe, webp)).toMatchObject(corrupt);
  });

  test("memory is given back whatever the outcome", async () => {
    for (const file of files) {
      for (const part of [file, file.subarray(0, 50)]) {
        await make(part, webp);
        expect(isolateMemory.usedBytes).toBe(0);
      }
    }
  });
});

describe("memory", () => {
  /** A header that promises so many pixels, and no more behind it than one byte. */
  const promise = (width: number, height: number, coding: "VP8 " | "VP8L") =>
    coding === "VP8 "
      ? webpFile(
          riffChunk(coding, "\x10\0\0\x9d\x01\x2a", littleEndian(2, width, height), new Uint8Array(90)),
        )
      : webpFile(riffChunk(coding, "\x2f", littleEndian(4, (width - 1) | ((height - 1) << 14)), "\0"));

  test("a picture whose pixels alone take more than a decoder may have is over budget", async () => {
    for (const coding of ["VP8 ", "VP8L"] as const) {
      expect(await make(promise(5000, 4200, coding), webp)).toMatchObject({
        outcome: "unsupported",
        reason: { code: "over_budget" },
      });
    }
  });

  test("a lossless picture that is decoded from more than a decoder may have is over budget", async () => {
    const large = { width: 4000, height: 3000 };
    const bytes = webpBytes(large);
    expect(await make(bytes, { ...large, ...webp })).toMatchObject({
      outcome: "unsupported",
      reason: { code: "over_budget" },
    });
    expect(isolateMemory.usedBytes).toBe(0);
  });

  test("the next picture is decoded in the memory that the last one left, and comes out the same", async () => {
    const large = { width: 1600, height: 1200 };
    const first = await mustMake(webpBytes(size), webp);
    const grown = await mustMake(webpBytes(large), { ...large, ...webp });
    const again = await mustMake(webpBytes(large), { ...large, ...webp });
    expect(again.jpeg).toEqual(grown.jpeg);
    expect(again.workingBytes).toBeLessThanOrEqual(grown.workingBytes);
    expect((await mustMake(webpBytes(size), webp)).jpeg).toEqual(first.jpeg);
  });

  test("more than 16 MiB are too much for a file", async () => {
    const bytes = joined(webpBytes(size), new Uint8Array(16 * 1024 * 1024));
    expect(await make(bytes, webp)).toMatchObject({ reason: { code: "file_too_large" } });
  });
});
