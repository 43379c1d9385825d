import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isolateMemory } from "../../../src/thumbnail/budget.ts";
import { type TiffPicture, tiffPictureBytes } from "../../support/images/index.ts";
import { make, mustMake } from "../support/make.ts";
import { difference, resample, windowOf } from "../support/oracle.ts";
import { Random } from "../support/random.ts";

const tiff = { contentType: "image/tiff" };

/** What can be stored: photometric interpretation, colours of a pixel, and bits a sample. */
const kinds = [
  [0, 1, [1, 2, 4, 8, 12, 16]],
  [1, 1, [1, 2, 4, 8, 12, 16]],
  [2, 3, [4, 8, 10, 16]],
  [3, 1, [1, 2, 4, 8]],
  [5, 4, [8, 16]],
  [6, 3, [8, 16]],
  [8, 3, [8, 16]],
  [9, 3, [8, 16]],
] as const;

/** Pictures whose samples lie in strips of one row in turn, in any kind, with what may stand beside their colours. */
const plainPictures = fc
  .record({
    kind: fc.constantFrom(...kinds),
    depth: fc.nat({ max: 5 }),
    width: fc.integer({ min: 1, max: 150 }),
    height: fc.integer({ min: 1, max: 150 }),
    extraSamples: fc.constantFrom<readonly number[]>([], [], [0], [1], [2], [0, 2], [0, 0], [2, 0, 1]),
    seed: fc.integer(),
  })
  .map(({ kind: [photometric, colours, depths], depth, width, height, extraSamples, seed }): TiffPicture => {
    const random = new Random(seed);
    const bits = depths[depth % depths.length] ?? 8;
    const samples = colours + extraSamples.length;
    const top = 2 ** bits - 1;
    const values = Array.from({ length: width * height * samples }, () => random.int(0, top));
    const map = photometric === 3 ? Array.from({ length: 3 * 2 ** bits }, () => random.int(0, 65_535)) : null;
    const chroma = { tag: 530, value: { type: 3, values: [1, 1] } };
    return {
      width,
      height,
      photometric,
      bits,
      samples,
      values,
      extraSamples,
      colourMap: map ?? [],
      fields: photometric === 6 ? [chroma] : [],
    };
  });

/** The ways in which the same samples may be stored. */
const switches = fc.record({
  compression: fc.constantFrom(1, 5, 8, 32_773, 32_946),
  hasDifferences: fc.boolean(),
  isPlanar: fc.boolean(),
  tile: fc.constantFrom(undefined, [16, 16], [64, 32], [256, 256] as const),
  rowsPerStrip: fc.constantFrom(undefined, 1, 7, 64),
  littleEndian: fc.boolean(),
  big: fc.boolean(),
  isReversed: fc.boolean(),
});

function stored(picture: TiffPicture, how: typeof switches extends fc.Arbitrary<infer T> ? T : never) {
  const { compression, hasDifferences, tile, rowsPerStrip, ...rest } = how;
  const mayDiffer =
    (compression === 5 || compression === 8 || compression === 32_946) && picture.bits % 8 === 0;
  const [tileWidth = 0, tileHeight = 0] = tile ?? [];
  return tiffPictureBytes({
    ...picture,
    ...rest,
    compression,
    hasDifferences: hasDifferences && mayDiffer,
    ...(tile && { tile: [tileWidth, tileHeight] as const }),
    ...(rowsPerStrip !== undefined && { rowsPerStrip }),
  });
}

/** What a channel of a grey, RGB or palette picture looks like on white, 0 to 255. */
function shown(picture: TiffPicture, channel: number): Float64Array {
  const { width, height, photometric, bits, samples, values, extraSamples = [], colourMap = [] } = picture;
  const eight = (value: number) =>
    bits > 8 ? value >> (bits - 8) : Math.round((value * 255) / (2 ** bits - 1));
  const colours = photometric === 2 ? 3 : 1;
  const alphaAt = extraSamples.findIndex((kind) => kind === 1 || kind === 2);
  return Float64Array.from({ length: width * height }, (_, i) => {
    const sample = (index: number) => values[i * samples + index] ?? 0;
    const alpha = alphaAt < 0 ? 255 : eight(sample(colours + alphaAt));
    const level =
      photometric === 3
        ? (colourMap[channel * 2 ** bits + sample(0)] ?? 0) >> 8
        : eight(sample(photometric === 2 ? channel : 0));
    const isInverse = photometric === 0;
    const light = isInverse ? 255 - level : level;
    if (alphaAt < 0) return light;
    if (extraSamples[alphaAt] === 2) return Math.round((light * alpha + 255 * (255 - alpha)) / 255);
    return isInverse ? light : Math.min(255, light + 255 - alpha);
  });
}

describe("happy", () => {
  test("grey, RGB and palettes of any depth come out as the oracle renders them", async () => {
    const pictures = plainPictures.filter(({ photometric }) => photometric < 4);
    await fc.assert(
      fc.asyncProperty(pictures, switches, async (picture, how) => {
        const { pixels } = await mustMake(await stored(picture, how), tiff);
        const { width, height } = picture;
        for (let channel = 0; channel < 3; channel++) {
          const source = { width, height, values: shown(picture, channel) };
          const expected = resample(source, windowOf(width, height, 128, "cover")).values;
          const { largest, mean } = difference(
            pixels.filter((_, i) => i % 3 === channel),
            expected,
          );
          expect(largest).toBeLessThanOrEqual(2);
          expect(mean).toBeLessThanOrEqual(0.3);
        }
      }),
      { numRuns: 60 },
    );
  });

  test("any way of storing the same samples gives the same picture", async () => {
    await fc.assert(
      fc.asyncProperty(plainPictures, switches, async (picture, how) => {
        const plain = await mustMake(await tiffPictureBytes(picture), tiff);
        const other = await mustMake(await stored(picture, how), tiff);
        expect(other.pixels).toEqual(plain.pixels);
      }),
      { numRuns: 80 },
    );
  });

  test("memory is given back whatever the outcome", async () => {
    await fc.assert(
      fc.asyncProperty(plainPictures, switches, fc.nat(), async (picture, how, cut) => {
        const file = await stored(picture, how);
        await make(file.subarray(0, cut % file.length), tiff);
        expect(isolateMemory.usedBytes).toBe(0);
      }),
      { numRuns: 20 },
    );
  });
});
