import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bigEndian, zlibBytes } from "../../support/images/index.ts";
import { gamma, iccProfile, matrixProfile, profiles } from "../support/icc.ts";
import { make, mustMake } from "../support/make.ts";
import { concat, type PngImage, type PngOptions, writePng } from "../support/png-writer.ts";

type Chunk = [string, Uint8Array];

const png = { contentType: "image/png" };
const latin1 = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

/** Code points: primaries, transfer, matrix, full range. */
const cicp = (...codes: number[]): Chunk => ["cICP", Uint8Array.from(codes)];
const gama = (value: number): Chunk => ["gAMA", bigEndian(4, value)];
/** White, red, green and blue. */
const chrm = (...values: number[]): Chunk => [
  "cHRM",
  bigEndian(4, ...values.map((value) => Math.round(value * 100_000))),
];
const srgb: Chunk = ["sRGB", Uint8Array.of(0)];
const iccp = async (profile: Uint8Array): Promise<Chunk> => [
  "iCCP",
  concat([latin1("x\0\0"), await zlibBytes(profile)]),
];

const adobeRgb = chrm(0.3127, 0.329, 0.64, 0.33, 0.21, 0.71, 0.15, 0.06);
const srgbPrimaries = chrm(0.3127, 0.329, 0.64, 0.33, 0.3, 0.6, 0.15, 0.06);
const proPhoto = chrm(0.3457, 0.3585, 0.7347, 0.2653, 0.1596, 0.8404, 0.0366, 0.0001);

interface Kind {
  readonly depth?: PngImage["depth"];
  readonly colour?: PngImage["colour"];
  readonly options?: PngOptions;
}

/** The colour of the thumbnail of a picture of one pixel's samples. */
async function shown(pixel: readonly number[], chunks: Chunk[], kind: Kind = {}): Promise<number[]> {
  const { depth = 8, colour = 2, options = {} } = kind;
  const samples = Array.from({ length: 64 }, () => pixel).flat();
  const file = await writePng(
    { width: 8, height: 8, depth, colour, samples },
    { ...options, before: chunks },
  );
  return [...(await mustMake(file, png)).pixels.subarray(0, 3)];
}

const farthest = (a: readonly number[], b: readonly number[]) =>
  Math.max(...a.map((level, i) => Math.abs(level - (b[i] ?? 0))));

const brightColour = [100, 180, 140] as const;
const darkColour = [20, 8, 40] as const;

describe("happy", () => {
  // Worked out from the tables of H.273 in floating point.
  test.each([
    [1, [100, 180, 140]],
    [4, [0, 179, 139]],
    [5, [94, 180, 141]],
    [6, [106, 178, 140]],
    [7, [106, 178, 140]],
    [8, [33, 183, 138]],
    [9, [0, 187, 136]],
    [10, [0, 228, 127]],
    [11, [78, 183, 137]],
    [12, [65, 182, 137]],
    [22, [97, 178, 140]],
  ])("cICP's primaries %i are shown in sRGB", async (primaries, expected) => {
    expect(farthest(await shown(brightColour, [cicp(primaries, 13, 0, 1)]), expected)).toBeLessThanOrEqual(1);
  });

  test.each([
    [1, [114, 188, 151], [36, 20, 56]],
    [4, [100, 181, 141], [12, 2, 35]],
    [5, [76, 165, 120], [3, 0, 17]],
    [6, [114, 188, 151], [36, 20, 56]],
    [7, [115, 188, 152], [38, 22, 58]],
    [8, [168, 219, 196], [79, 50, 110]],
    [13, [100, 180, 140], [20, 8, 40]],
    [14, [114, 188, 151], [36, 20, 56]],
    [15, [114, 188, 151], [36, 20, 56]],
  ])("cICP's transfer %i is shown in sRGB", async (transfer, colour, dark) => {
    expect(farthest(await shown(brightColour, [cicp(1, transfer, 0, 1)]), colour)).toBeLessThanOrEqual(1);
    expect(farthest(await shown(darkColour, [cicp(1, transfer, 0, 1)]), dark)).toBeLessThanOrEqual(1);
  });

  test("a narrow range is widened, whatever the depth", async () => {
    expect(farthest(await shown(brightColour, [cicp(12, 13, 0, 0)]), [50, 194, 141])).toBeLessThanOrEqual(1);
    expect(await shown([16, 126, 235], [cicp(1, 13, 0, 0)])).toEqual([0, 128, 255]);
    expect(await shown([4096, 32256, 60160], [cicp(1, 13, 0, 0)], { depth: 16 })).toEqual([0, 128, 255]);
    expect(await shown([1], [cicp(1, 13, 0, 0)], { depth: 4, colour: 0 })).toEqual([0, 0, 0]);
  });

  test.each([
    ["gAMA of linear light", [55, 55, 55], [gama(100_000)], [128, 128, 128]],
    ["gAMA of a power of 1.8", [20, 100, 200], [gama(55_556)], [26, 119, 210]],
    ["gAMA and cHRM of Adobe RGB", [100, 200, 100], [gama(45_470), adobeRgb], [0, 201, 92]],
    ["cHRM alone with sRGB's curve", [100, 200, 100], [adobeRgb], [0, 200, 92]],
    ["cHRM with a white of its own", [120, 130, 90], [gama(55_556), proPhoto], [140, 150, 101]],
    ["gAMA of sRGB, rounded or not,", [20, 100, 200], [gama(45_000)], [20, 100, 200]],
    ["gAMA and cHRM of sRGB", [20, 8, 40], [gama(45_455), srgbPrimaries], [20, 8, 40]],
  ] as const)("%s is heeded", async (_, colour, chunks, expected) => {
    expect(farthest(await shown(colour, [...chunks]), expected)).toBeLessThanOrEqual(1);
  });

  test("cICP counts before iCCP, that before sRGB, and that before gAMA and cHRM", async () => {
    const linear = gama(100_000);
    const p3 = await iccp(profiles.displayP3);
    const [asP3, asLinear] = [
      [65, 182, 137],
      [168, 219, 196],
    ];
    expect(await shown(brightColour, [linear, srgb, p3, cicp(1, 13, 0, 1)])).toEqual([...brightColour]);
    expect(farthest(await shown(brightColour, [linear, srgb, p3]), asP3)).toBeLessThanOrEqual(1);
    expect(await shown(brightColour, [linear, adobeRgb, srgb])).toEqual([...brightColour]);
    expect(farthest(await shown(brightColour, [linear]), asLinear)).toBeLessThanOrEqual(1);
  });

  test("what cannot be understood leaves the word to the next", async () => {
    const linear = gama(100_000);
    const asLinear = [168, 219, 196];
    const broken = await iccp(profiles.displayP3.subarray(0, 200));
    const ofInks = await iccp(iccProfile("CMYK", "Lab ", {}));
    const ofGrey = await iccp(iccProfile("GRAY", "XYZ ", { kTRC: gamma(4) }));
    for (const first of [
      cicp(2, 13, 0, 1),
      cicp(12, 2, 0, 1),
      cicp(12, 13, 1, 1),
      cicp(12, 13, 0, 2),
      cicp(12, 13, 0),
      broken,
      ofInks,
      ofGrey,
    ]) {
      expect(farthest(await shown(brightColour, [first, linear]), asLinear)).toBeLessThanOrEqual(1);
    }
  });

  test("the first of two chunks counts, and none behind the palette or the pixels", async () => {
    expect(await shown(brightColour, [gama(45_455), gama(100_000)])).toEqual([...brightColour]);
    const options = { palette: [100, 180, 140] };
    const samples = Array.from({ length: 4 }, () => 0);
    const image: PngImage = { width: 2, height: 2, depth: 8, colour: 3, samples };
    const early = await writePng(image, { ...options, before: [gama(100_000)] });
    const at = early.length - 12;
    const [chunkAt, chunkBytes] = [33, 16];
    const palette = early.subarray(chunkAt + chunkBytes, chunkAt + chunkBytes + 15);
    const gammaChunk = early.subarray(chunkAt, chunkAt + chunkBytes);
    const rest = early.subarray(chunkAt + chunkBytes + 15, at);
    const end = early.subarray(at);
    const late = concat([early.subarray(0, chunkAt), palette, gammaChunk, rest, end]);
    const last = concat([early.subarray(0, chunkAt), palette, rest, gammaChunk, end]);
    const firstOf = async (file: Uint8Array) => [...(await mustMake(file, png)).pixels.subarray(0, 3)];
    expect(farthest(await firstOf(early), [168, 219, 196])).toBeLessThanOrEqual(1);
    expect(await firstOf(late)).toEqual([...brightColour]);
    expect(await firstOf(last)).toEqual([...brightColour]);
  });

  test("grey, also of few bits, and palettes are converted", async () => {
    const linear = gama(100_000);
    expect(await shown([55], [linear], { colour: 0 })).toEqual([128, 128, 128]);
    expect(await shown([3], [linear], { colour: 0, depth: 4 })).toEqual([124, 124, 124]);
    expect(await shown([55], [cicp(9, 8, 0, 1)], { colour: 0 })).toEqual([128, 128, 128]);
    const options = { palette: [1, 2, 3, 55, 55, 55] };
    expect(await shown([1], [linear], { colour: 3, options })).toEqual([128, 128, 128]);
  });

  test("samples of 16 bits keep their dark levels", async () => {
    const linear = gama(100_000);
    expect(await shown([100, 1000, 14_000], [linear], { depth: 16 })).toEqual([5, 33, 127]);
    expect(await shown([1000], [linear], { depth: 16, colour: 0 })).toEqual([33, 33, 33]);
    const primaries = [
      [0.43607, 0.22249, 0.01392],
      [0.38515, 0.71687, 0.09708],
      [0.14307, 0.06061, 0.7141],
    ] as const;
    const profile = await iccp(matrixProfile(primaries, gamma(1)));
    expect(await shown([100, 1000, 14_000], [profile], { depth: 16 })).toEqual([5, 33, 127]);
    const grey = await iccp(iccProfile("GRAY", "XYZ ", { kTRC: gamma(1) }));
    expect(await shown([1000], [grey], { depth: 16, colour: 0 })).toEqual([33, 33, 33]);
  });

  test("what is transparent is laid on the white of sRGB after the conversion", async () => {
    const linear = gama(100_000);
    // Black of half alpha is in the middle of sRGB's levels, wherever linear light has its own.
    expect(await shown([0, 0, 0, 128], [linear], { colour: 6 })).toEqual([127, 127, 127]);
    expect(await shown([0, 128], [linear], { colour: 4 })).toEqual([127, 127, 127]);
    expect(await shown([0, 0, 0, 0x8080], [linear], { colour: 6, depth: 16 })).toEqual([127, 127, 127]);
    const half = { palette: [0, 0, 0], transparency: [128] };
    expect(await shown([0], [linear], { colour: 3, options: half })).toEqual([127, 127, 127]);
    // (100, 200, 100) of Display P3 is (45, 203, 86).
    const p3 = await shown([100, 200, 100, 128], [cicp(12, 13, 0, 1)], { colour: 6 });
    expect(farthest(p3, [150, 229, 170])).toBeLessThanOrEqual(1);
    expect(await shown([9, 9, 9, 0], [cicp(12, 13, 0, 0)], { colour: 6 })).toEqual([255, 255, 255]);
  });

  test("a colour that tRNS names is white where colours are converted, too", async () => {
    const linear = gama(100_000);
    const options = { transparency: [0, 55, 0, 55, 0, 55] };
    expect(await shown([55, 55, 55], [linear], { options })).toEqual([255, 255, 255]);
    expect(await shown([55, 55, 54], [linear], { options })).not.toEqual([255, 255, 255]);
    const grey: Kind = { colour: 0, options: { transparency: [0, 55] } };
    expect(await shown([55], [linear], grey)).toEqual([255, 255, 255]);
    expect(await shown([3], [linear], { ...grey, depth: 4, options: { transparency: [0, 3] } })).toEqual([
      255, 255, 255,
    ]);
  });

  test("a transparent picture that is turned is converted where it lies", async () => {
    const samples = Array.from({ length: 16 * 8 }, (_, i) =>
      i % 16 < 8 ? [55, 55, 55, 255] : [55, 55, 55, 0],
    ).flat();
    const image: PngImage = { width: 16, height: 8, depth: 8, colour: 6, samples };
    const file = await writePng(image, { before: [gama(100_000)] });
    const { pixels } = await mustMake(file, { ...png, orientation: 3, fit: "contain" });
    expect(pixels[0]).toBe(255);
    expect(pixels[15 * 3]).toBe(128);
  });

  test("a high range is brought into sRGB's: half of graphics' white stays, and brighter lights differ", async () => {
    // PQ of 101.5, 203 and 1000 candelas (BT.2408 has 58 % for 203).
    const [grey = 0, white = 0, peak = 0] = await Promise.all(
      [130, 148, 192].map(async (level) => (await shown([level, level, level], [cicp(9, 16, 0, 1)]))[0] ?? 0),
    );
    expect(Math.abs(grey - 188)).toBeLessThanOrEqual(2);
    expect(white).toBeGreaterThan(215);
    expect(white).toBeLessThan(235);
    expect(peak).toBeGreaterThanOrEqual(253);
    expect(await shown([0, 0, 0], [cicp(9, 16, 0, 1)])).toEqual([0, 0, 0]);
  });

  test("HLG's graphics' white, 75 %, is as bright as that of PQ", async () => {
    const [hlg = 0, pq = 0] = [
      (await shown([191, 191, 191], [cicp(9, 18, 0, 1)]))[0],
      (await shown([148, 148, 148], [cicp(9, 16, 0, 1)]))[0],
    ];
    expect(Math.abs(hlg - pq)).toBeLessThanOrEqual(3);
    expect(await shown([255, 255, 255], [cicp(9, 18, 0, 1)])).toEqual([255, 255, 255]);
  });

  test("the ThumbHash is that of the converted picture", async () => {
    const samples = Array.from({ length: 64 }, () => [55, 55, 55]).flat();
    const image: PngImage = { width: 8, height: 8, depth: 8, colour: 2, samples };
    const converted = await mustMake(await writePng(image, { before: [gama(100_000)] }), png);
    const bright = await mustMake(await writePng({ ...image, samples: samples.map(() => 128) }), png);
    expect(converted.thumbhash).toBe(bright.thumbhash);
  });

  test("a profile of more than 128 KiB is heeded", async () => {
    const filler = Uint8Array.from({ length: 600_000 }, (_, i) => (i * 7919) >> 3);
    const large = iccProfile("RGB ", "XYZ ", {
      zzzz: filler,
      ...Object.fromEntries(
        (
          [
            ["rXYZ", [0.14307, 0.06061, 0.7141]],
            ["gXYZ", [0.38515, 0.71687, 0.09708]],
            ["bXYZ", [0.43607, 0.22249, 0.01392]],
          ] as const
        ).map(([name, [x, y, z]]) => [
          name,
          concat([
            latin1("XYZ "),
            new Uint8Array(4),
            bigEndian(4, ...[x, y, z].map((v) => Math.round(v * 65536))),
          ]),
        ]),
      ),
      rTRC: gamma(2.2),
      gTRC: gamma(2.2),
      bTRC: gamma(2.2),
    });
    expect(await shown([255, 0, 0], [await iccp(large)])).toEqual([0, 0, 255]);
  });
});

describe("error", () => {
  test.each([
    ["gAMA of 0", [gama(0)]],
    ["gAMA of next to nothing", [gama(1)]],
    ["gAMA of no end", [gama(0xffffffff)]],
    ["gAMA cut short", [["gAMA", Uint8Array.of(0, 1)]]],
    ["cHRM cut short", [["cHRM", new Uint8Array(31)]]],
    ["cHRM of nothing", [["cHRM", new Uint8Array(32)]]],
    ["cHRM of one colour", [chrm(0.3127, 0.329, 0.3, 0.3, 0.3, 0.3, 0.3, 0.3)]],
    ["cHRM of three colours on a line", [chrm(0.3127, 0.329, 0.6, 0.3, 0.4, 0.3, 0.2, 0.3)]],
    ["cHRM whose white lies outside", [chrm(0.7, 0.29, 0.64, 0.33, 0.3, 0.6, 0.15, 0.06)]],
    ["cHRM of impossible colours", [chrm(0.3127, 0.329, 0.9, 0.9, 0.3, 0.6, 0.15, 0.06)]],
    ["cHRM of huge numbers", [["cHRM", new Uint8Array(32).fill(255)]]],
  ] satisfies [string, Chunk[]][])("%s is no word about colours", async (_, chunks) => {
    expect(await shown(brightColour, chunks)).toEqual([...brightColour]);
  });

  test("any bytes in colour chunks give a thumbnail", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.tuple(
            fc.constantFrom("cICP", "iCCP", "sRGB", "gAMA", "cHRM"),
            fc.oneof(fc.uint8Array({ maxLength: 40 }), fc.uint8Array({ maxLength: 4, max: 22 })),
          ),
          { maxLength: 5 },
        ),
        fc.constantFrom(0, 2, 4, 6),
        fc.constantFrom(8, 16),
        async (chunks, colour, depth) => {
          const per = { 0: 1, 2: 3, 4: 2, 6: 4 }[colour];
          const samples = Array.from({ length: 4 * per }, (_, i) => (i * 7919) % 2 ** depth);
          const file = await writePng({ width: 2, height: 2, depth, colour, samples }, { before: chunks });
          expect(await make(file, png)).toMatchObject({ outcome: "made" });
        },
      ),
      { numRuns: 150 },
    );
  });
});
