import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { make, mustMake } from "../support/make.ts";
import { difference, resample, windowOf } from "../support/oracle.ts";
import { chunk, concat, type PngImage, writePng } from "../support/png-writer.ts";
import { Random } from "../support/random.ts";

const png = { contentType: "image/png" };

/** What a picture looks like on white, one channel, 0–255. */
function shown(image: PngImage, channel: number, palette?: number[], transparency?: number[]): Float64Array {
  const per = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }[image.colour];
  const top = 2 ** image.depth - 1;
  const eight = (value: number) => (image.depth === 16 ? value >> 8 : Math.round((value * 255) / top));
  return Float64Array.from({ length: image.width * image.height }, (_, i) => {
    const at = (offset: number) => image.samples[i * per + offset] ?? 0;
    if (image.colour === 3) {
      const alpha = transparency?.[at(0)] ?? 255;
      return Math.round(((palette?.[at(0) * 3 + channel] ?? 0) * alpha + 255 * (255 - alpha)) / 255);
    }
    const value = eight(at(per > 2 ? channel : 0));
    const alpha = per % 2 === 0 ? eight(at(per - 1)) : 255;
    return Math.round((value * alpha + 255 * (255 - alpha)) / 255);
  });
}

const kinds = [
  [0, 1],
  [0, 2],
  [0, 4],
  [0, 8],
  [0, 16],
  [2, 8],
  [2, 16],
  [3, 1],
  [3, 2],
  [3, 4],
  [3, 8],
  [4, 8],
  [4, 16],
  [6, 8],
  [6, 16],
] as const;

test("any PNG of ordinary size comes out as the oracle renders it", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...kinds),
      fc.integer({ min: 1, max: 180 }),
      fc.integer({ min: 1, max: 180 }),
      fc.boolean(),
      fc.integer(),
      fc.constantFrom("cover", "contain"),
      async ([colour, depth], width, height, interlaced, seed, fit) => {
        const random = new Random(seed);
        const per = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }[colour];
        const samples = Array.from({ length: width * height * per }, () => random.int(0, 2 ** depth - 1));
        const image: PngImage = { width, height, depth, colour, samples };
        const palette = colour === 3 ? Array.from({ length: 768 }, () => random.int(0, 255)) : undefined;
        const transparency = colour === 3 ? Array.from({ length: 99 }, () => random.int(0, 255)) : undefined;
        const file = await writePng(image, {
          interlaced,
          filter: () => random.int(0, 4),
          pieceBytes: random.int(50, 5000),
          ...(palette && { palette }),
          ...(transparency && { transparency }),
        });
        const made = await mustMake(file, { ...png, fit });
        for (let channel = 0; channel < 3; channel++) {
          const source = { width, height, values: shown(image, channel, palette, transparency) };
          const expected = resample(source, windowOf(width, height, 128, fit)).values;
          const got = made.pixels.filter((_, i) => i % 3 === channel);
          const { largest, mean } = difference(got, expected);
          expect(largest).toBeLessThanOrEqual(2);
          expect(mean).toBeLessThanOrEqual(0.2);
        }
      },
    ),
    { numRuns: 80 },
  );
});

/** A picture of one colour. */
function plain(width: number, height: number, colour: [number, number, number]): PngImage {
  const samples = Array.from({ length: width * height }, () => colour).flat();
  return { width, height, depth: 8, colour: 2, samples };
}

describe("happy", () => {
  test("a colour that tRNS names is white, at 8 and at 16 bits", async () => {
    const eight = await writePng(plain(9, 9, [10, 20, 30]), { transparency: [0, 10, 0, 20, 0, 30] });
    expect(new Set((await mustMake(eight, png)).pixels)).toEqual(new Set([255]));
    const samples = Array.from({ length: 81 }, () => [0x1234, 0x2345, 0x3456]).flat();
    const sixteen: PngImage = { width: 9, height: 9, depth: 16, colour: 2, samples };
    const almost = await writePng(sixteen, { transparency: [0x12, 0x34, 0x23, 0x45, 0x34, 0x57] });
    expect((await mustMake(almost, png)).pixels[0]).toBe(0x12);
    const exact = await writePng(sixteen, { transparency: [0x12, 0x34, 0x23, 0x45, 0x34, 0x56] });
    expect((await mustMake(exact, png)).pixels[0]).toBe(255);
  });

  test("a large picture is averaged in squares first and keeps its mean", async () => {
    const samples = Array.from({ length: 1500 * 1100 }, (_, i) => ((i + Math.floor(i / 1500)) % 2) * 255);
    const file = await writePng({ width: 1500, height: 1100, depth: 8, colour: 0, samples });
    const { pixels } = await mustMake(file, png);
    expect(difference(pixels, new Float64Array(pixels.length).fill(127.5)).largest).toBeLessThanOrEqual(2);
  });

  test("an animation gives its still picture", async () => {
    const still = await writePng(plain(20, 20, [200, 0, 0]));
    const frame = concat([still.subarray(0, -12), chunk("fdAT", new Uint8Array(40)), still.subarray(-12)]);
    expect([...(await mustMake(frame, png)).pixels.subarray(0, 3)]).toEqual([200, 0, 0]);
  });
});

describe("error", () => {
  test("a file that breaks off is corrupt", async () => {
    const whole = await writePng({
      ...plain(60, 60, [1, 2, 3]),
      samples: Array.from({ length: 10800 }, (_, i) => (i * 7919) % 256),
    });
    for (const length of [0, 7, 20, 40, 60, 200, whole.length - 60]) {
      expect(await make(whole.subarray(0, length), png)).toMatchObject({
        outcome: "failed",
        reason: { code: "corrupt" },
      });
    }
  });

  test("a palette picture without a palette is corrupt", async () => {
    const file = await writePng({ width: 2, height: 2, depth: 8, colour: 3, samples: [0, 1, 2, 3] });
    expect(await make(file, png)).toMatchObject({ outcome: "failed", reason: { code: "corrupt" } });
  });

  test("an interlaced picture that would not fit is over the budget, before anything is inflated", async () => {
    const small = await writePng(plain(2, 2, [1, 2, 3]), { interlaced: true });
    new DataView(small.buffer).setUint32(16, 12_000);
    new DataView(small.buffer).setUint32(20, 12_000);
    expect(await make(small, png)).toMatchObject({ outcome: "unsupported", reason: { code: "over_budget" } });
  });
});

describe("security", () => {
  test("a decompression bomb in the pixels is left as soon as the rows are there", async () => {
    const bomb = await writePng({ width: 1, height: 4_000_000, depth: 8, colour: 0, samples: [] });
    new DataView(bomb.buffer).setUint32(20, 3);
    expect(await make(bomb, png)).toMatchObject({ outcome: "made", width: 128, height: 128 });
  });
});
