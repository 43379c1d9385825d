import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { convertPixels, profileMeaning } from "../../../src/thumbnail/colour/convert.ts";
import { lutColours } from "../../../src/thumbnail/colour/lut.ts";
import { readProfile } from "../../../src/thumbnail/colour/profile.ts";
import {
  bigEndian,
  joined,
  jpegBytes,
  pngBytes,
  pngChunk,
  riffChunk,
  webpBytes,
  zlibBytes,
} from "../../support/images/index.ts";
import { gamma, iccProfile, parametric, profiles, table8, xyz } from "../support/icc.ts";
import {
  colourOf,
  cornersOf,
  encoded,
  farthest,
  gridOf,
  lutAToB,
  matrixOf,
  repeated,
  sampled,
  srgbToXyz,
  straight,
  table16,
  tableOf,
  tableXyz,
  type Triple,
  wide,
  xyzScale,
} from "../support/icc-tables.ts";
import { mustMake } from "../support/make.ts";
import { Random } from "../support/random.ts";
import { mutate } from "../support/mutate.ts";

const white = [255, 255, 255] as const;

/** Tags of sRGB by curves and a matrix. */
const srgbTags = {
  rXYZ: xyz(0.43607, 0.22249, 0.01392),
  gXYZ: xyz(0.38515, 0.71687, 0.09708),
  bXYZ: xyz(0.14307, 0.06061, 0.7141),
  rTRC: encoded,
  gTRC: encoded,
  bTRC: encoded,
};
const lightCurve = Array.from({ length: 1024 }, (_, i) => (i / 1023) ** 2.2);
/** Red, green and blue in turn: a table that says so for red, where the matrix has sRGB. */
const turned = cornersOf(3).map(([r = 0, g = 0, b = 0]) => [g, b, r]);
const turnedXyz = turned.flatMap(tableXyz);
const turnedLut = table16({ first: lightCurve, cells: turnedXyz, last: [0, 1, 0, 1, 0, 1] });
const turnedGrid = lutAToB({
  a: repeated(3, parametric(0, 2.2)),
  grid: gridOf([2, 2, 2], 2, wide(turnedXyz)),
  b: repeated(3, straight),
});
const turnedMatrix = lutAToB({
  m: repeated(3, parametric(0, 2.2)),
  matrix: matrixOf(...srgbToXyz.flatMap(([r, g, b]) => [b / xyzScale, r / xyzScale, g / xyzScale]), 0, 0, 0),
  b: repeated(3, straight),
});
const besideMatrix = (table: Uint8Array, version = 2) =>
  iccProfile("RGB ", "XYZ ", { A2B0: table, ...srgbTags }, version);

/** What a profile makes of levels. */
function converted(profile: Uint8Array, levels: readonly number[], isGrey = false): number[] {
  const read = readProfile(profile);
  if (!read) throw new Error("the profile is well made");
  const pixels = Uint8Array.from(levels);
  convertPixels(pixels, profileMeaning(read, isGrey));
  return [...pixels];
}

async function firstPixel(bytes: Uint8Array, contentType: string): Promise<number[]> {
  return [...(await mustMake(bytes, { contentType })).pixels.subarray(0, 3)];
}

describe("happy", () => {
  test.each([
    ["mft2", turnedLut],
    ["mAB with a grid", turnedGrid],
    ["mAB without one", turnedMatrix],
  ])("a table of type %s counts before the matrix beside it, in both versions", (_, table) => {
    for (const version of [2, 4]) {
      const shown = converted(besideMatrix(table, version), [200, 100, 50]);
      expect(farthest(shown, [101, 48, 200])).toBeLessThanOrEqual(3);
    }
  });

  test("it does so in PNG, JPEG and WebP, and the thumbnail carries no profile", async () => {
    const profile = besideMatrix(turnedLut);
    const size = { width: 8, height: 8 };
    const chunk = pngChunk("iCCP", "x\0\0", await zlibBytes(profile));
    const png = await pngBytes({ ...size, pattern: [255, 0, 0], chunksBefore: [chunk] });
    expect(farthest(await firstPixel(png, "image/png"), [0, 0, 255])).toBeLessThanOrEqual(2);
    const jpeg = jpegBytes({ width: 60, height: 60, icc: profile });
    const plain = await firstPixel(jpegBytes({ width: 60, height: 60 }), "image/jpeg");
    const [red = 0, green = 0, blue = 0] = plain;
    const shown = await firstPixel(jpeg, "image/jpeg");
    expect(farthest(shown, converted(profile, [red, green, blue]))).toBeLessThanOrEqual(1);
    expect(farthest(shown, plain)).toBeGreaterThan(50);
    const webp = webpBytes({ ...size, flags: 0x20, chunksBefore: [riffChunk("ICCP", profile)] });
    const unprofiled = await firstPixel(webpBytes(size), "image/webp");
    expect(
      farthest(await firstPixel(webp, "image/webp"), converted(profile, unprofiled)),
    ).toBeLessThanOrEqual(2);
    const { jpeg: thumbnail } = await mustMake(png, { contentType: "image/png" });
    expect(new TextDecoder("latin1").decode(thumbnail)).not.toContain("ICC_PROFILE");
  });

  test("a table that cannot be read leaves the word to the matrix", () => {
    const broken = turnedLut.slice(0, turnedLut.length - 20);
    expect(converted(besideMatrix(broken), [200, 100, 50])).toEqual([200, 100, 50]);
  });

  test("curves and a matrix are read where tables would tell Lab", () => {
    const profile = iccProfile("RGB ", "Lab ", {
      ...srgbTags,
      rTRC: gamma(1),
      gTRC: gamma(1),
      bTRC: gamma(1),
    });
    expect(farthest(converted(profile, [55, 55, 55]), [128, 128, 128])).toBeLessThanOrEqual(1);
  });

  test("a power of 2.2 is not sRGB's curve in the dark", () => {
    const power = { rTRC: gamma(2.2), gTRC: gamma(2.2), bTRC: gamma(2.2) };
    const profile = iccProfile("RGB ", "XYZ ", { ...srgbTags, ...power });
    expect(farthest(converted(profile, [20, 20, 20]), [12, 12, 12])).toBeLessThanOrEqual(1);
    expect(converted(profiles.srgb, [20, 8, 40])).toEqual([20, 8, 40]);
  });

  test("black that curves do not begin with is none", () => {
    const raised = sampled(6553, 65535);
    const tags = { ...srgbTags, rTRC: raised, gTRC: raised, bTRC: raised };
    expect(converted(iccProfile("RGB ", "XYZ ", tags), [0, 0, 0, ...white])).toEqual([0, 0, 0, ...white]);
  });

  test("grey is told by a curve to light, by one to lightness, or by a table that counts before it", () => {
    const grey = (connection: string, tags: Record<string, Uint8Array>) =>
      iccProfile("GRAY", connection, tags);
    const mid = [128, 128, 128];
    expect(converted(grey("XYZ ", { kTRC: gamma(1) }), [55, 55, 55], true)).toEqual(mid);
    // L* of 50 % is a light of 18.4 %.
    const lightness = converted(grey("Lab ", { kTRC: straight }), mid, true);
    expect(farthest(lightness, [119, 119, 119])).toBeLessThanOrEqual(1);
    const table = table8(1, [
      [255, 128, 128],
      [0, 128, 128],
    ]);
    const upsideDown = grey("Lab ", { kTRC: gamma(1), A2B0: table });
    expect(converted(upsideDown, [255, 255, 255, 0, 0, 0], true)[0]).toBeLessThan(5);
    expect(converted(grey("XYZ ", { kTRC: gamma(1) }), [55, 55, 55], false)).toEqual([55, 55, 55]);
  });

  test("curves beside a table of version 4 leave it its own black", () => {
    const corners = cornersOf(3).map(([l = 0]) => [40 + l * 215, 128, 128] as const);
    const tags = { A2B0: table8(3, corners), rTRC: straight };
    const profile = readProfile(iccProfile("RGB ", "Lab ", tags, 4));
    expect(colourOf(profile && lutColours(profile), 0, 0, 0)).toEqual([0, 0, 0]);
    const alone = readProfile(iccProfile("RGB ", "Lab ", { A2B0: table8(3, corners) }, 4));
    expect(colourOf(alone && lutColours(alone), 0, 0, 0)[0]).toBeGreaterThan(20);
  });

  test("paper is white where a table of inks is not exact about it", () => {
    const corners = cornersOf(4).map(([, , , k = 0]) => [k === 1 ? 0 : 240, 128, 128] as const);
    const table = tableOf(table8(4, corners), "Lab ", "CMYK");
    expect(colourOf(table, 0, 0, 0, 0)).toEqual([255, 255, 255]);
    expect(colourOf(table, 64, 0, 0, 0)[0]).toBeLessThan(245);
  });

  test.each([
    ["three lights", 3, "RGB ", [128, 128, 128]],
    ["three inks and no black", 4, "CMYK", [0, 128, 128, 128]],
  ] as const)("between a grid's crossings, %s that go alike are neutral", (_, inputs, space, levels) => {
    const corners = cornersOf(inputs).map((corner): Triple => {
      const [first = 0, ...others] = corner.slice(-3);
      const isNeutral = others.every((channel) => channel === first);
      return isNeutral ? [inputs === 3 ? first * 255 : 255 - first * 255, 128, 128] : [128, 220, 60];
    });
    const [red = 0, green = 0, blue = 0] = colourOf(
      tableOf(table8(inputs, corners), "Lab ", space),
      ...levels,
    );
    expect(red).toBeGreaterThan(100);
    expect(farthest([red, green, blue], [red, red, red])).toBeLessThanOrEqual(1);
  });
});

describe("security", () => {
  const seeds = [
    besideMatrix(turnedLut),
    besideMatrix(turnedGrid, 4),
    besideMatrix(turnedMatrix, 4),
    profiles.adobeRgb,
    iccProfile("GRAY", "Lab ", {
      kTRC: gamma(2.2),
      A2B0: table8(1, [
        [0, 128, 128],
        [255, 128, 128],
      ]),
    }),
    iccProfile("CMYK", "Lab ", {
      A2B0: table8(
        4,
        cornersOf(4).map(() => [255, 128, 128] as const),
      ),
    }),
  ];

  test("spoilt profiles are converted by or not, and none throws", () => {
    for (let number = 0; number < 400; number++) {
      const random = new Random(number);
      const profile = readProfile(mutate(random.pick(seeds), random));
      if (!profile) continue;
      const pixels = Uint8Array.of(200, 100, 50, 0, 0, 0);
      convertPixels(pixels, profileMeaning(profile, number % 2 === 0));
      if (profile.space === "CMYK") lutColours(profile);
      expect(pixels).toHaveLength(6);
    }
  });

  test("any bytes in any tag are a table, a curve or nothing", () => {
    const type = fc.constantFrom("mft1", "mft2", "mAB ", "curv", "para", "XYZ ");
    const element = fc
      .tuple(type, fc.uint8Array({ maxLength: 200 }))
      .map(([name, bytes]) => joined(name, bytes));
    fc.assert(
      fc.property(
        fc.constantFrom("RGB ", "GRAY", "CMYK"),
        fc.constantFrom("XYZ ", "Lab "),
        fc.dictionary(
          fc.constantFrom("A2B0", "rTRC", "gTRC", "bTRC", "kTRC", "rXYZ", "gXYZ", "bXYZ"),
          element,
        ),
        (space, connection, tags) => {
          const profile = readProfile(iccProfile(space, connection, tags, 4));
          if (!profile) throw new Error("the profile has a header");
          const pixels = Uint8Array.of(1, 2, 3);
          convertPixels(pixels, profileMeaning(profile, true));
          lutColours(profile);
        },
      ),
      { numRuns: 300 },
    );
  });

  test("a table that tells of more crossings than there are bytes is none", () => {
    const huge = turnedLut.slice();
    huge[10] = 255;
    expect(tableOf(huge)).toBeNull();
    const grid = lutAToB({ grid: gridOf([255, 255, 255], 2, bigEndian(2, 0)), b: repeated(3, straight) });
    expect(tableOf(grid)).toBeNull();
  });
});
