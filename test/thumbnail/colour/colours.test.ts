import { describe, expect, test } from "vitest";
import { codedColours, codedStillColours } from "../../../src/thumbnail/colour/coded/code-points.ts";
import { pressColours } from "../../../src/thumbnail/colour/cmyk-table.ts";
import { srgbInverse } from "../../../src/thumbnail/colour/curve.ts";
import { lutColours } from "../../../src/thumbnail/colour/lut.ts";
import { matrixColours } from "../../../src/thumbnail/colour/matrix.ts";
import { readProfile } from "../../../src/thumbnail/colour/profile.ts";
import { matrixMeaning } from "../../../src/thumbnail/colour/convert.ts";
import { TableReader } from "../../../src/thumbnail/colour/table.ts";
import { convertMatrixColours } from "../../../src/thumbnail/colour/to-srgb.ts";
import {
  jpegBytes,
  pngBytes,
  pngChunk,
  type Rgb,
  webpBytes,
  riffChunk,
  zlibBytes,
} from "../../support/images/index.ts";
import { gamma, iccProfile, matrixProfile, profiles, table8 } from "../support/icc.ts";
import { mustMake } from "../support/make.ts";
import { writePng } from "../support/png-writer.ts";

/** The colour of a thumbnail of a PNG of one colour with a profile. */
async function shown(colour: Rgb, profile: Uint8Array): Promise<number[]> {
  const chunk = pngChunk("iCCP", "x\0\0", await zlibBytes(profile));
  const png = await pngBytes({ width: 8, height: 8, pattern: colour, chunksBefore: [chunk] });
  const { pixels } = await mustMake(png, { contentType: "image/png" });
  return [...pixels.subarray(0, 3)];
}

const farthest = (a: readonly number[], b: readonly number[]) =>
  Math.max(...a.map((level, i) => Math.abs(level - (b[i] ?? 0))));

describe("happy", () => {
  // What Little CMS makes of the same colours and profiles.
  test.each([
    ["displayP3", [200, 100, 50], [215, 93, 31]],
    ["displayP3", [60, 180, 90], [0, 183, 78]],
    ["displayP3", [30, 60, 220], [17, 61, 229]],
    ["displayP3", [128, 128, 128], [128, 128, 128]],
    ["adobeRgb", [200, 100, 50], [227, 100, 42]],
    ["adobeRgb", [60, 180, 90], [0, 181, 83]],
    ["adobeRgb", [255, 255, 255], [255, 255, 255]],
    ["srgb", [200, 100, 50], [200, 100, 50]],
  ] as const)("%s %j is shown as %j", async (name, colour, expected) => {
    expect(farthest(await shown(colour, profiles[name]), expected)).toBeLessThanOrEqual(1);
  });

  test("a converted thumbnail carries no profile", async () => {
    const jpeg = jpegBytes({ width: 60, height: 60, icc: profiles.displayP3 });
    const made = await mustMake(jpeg);
    expect(new TextDecoder("latin1").decode(made.jpeg)).not.toContain("ICC_PROFILE");
    expect(made.pixels).not.toEqual((await mustMake(jpegBytes({ width: 60, height: 60 }))).pixels);
  });

  test("the profile of a WebP is heeded", async () => {
    const colours = { width: 20, height: 20 };
    // sRGB whose red is blue and whose blue is red.
    const [red, green, blue] = [
      [0.14307, 0.06061, 0.7141],
      [0.38515, 0.71687, 0.09708],
      [0.43607, 0.22249, 0.01392],
    ] as const;
    const swapped = matrixProfile([red, green, blue], gamma(2.2));
    const file = webpBytes({ ...colours, flags: 0x20, chunksBefore: [riffChunk("ICCP", swapped)] });
    const { pixels } = await mustMake(file, { contentType: "image/webp" });
    expect(farthest([...pixels.subarray(0, 3)], [0, 0, 255])).toBeLessThanOrEqual(2);
  });

  test("grey of linear light is made as bright as it is", async () => {
    const profile = iccProfile("GRAY", "XYZ ", { kTRC: gamma(1) });
    const samples = Array.from({ length: 64 }, () => 128);
    const chunk = pngChunk("iCCP", "x\0\0", await zlibBytes(profile));
    const png = await writePng({ width: 8, height: 8, depth: 8, colour: 0, samples });
    const withProfile = new Uint8Array([...png.subarray(0, 33), ...chunk, ...png.subarray(33)]);
    const { pixels } = await mustMake(withProfile, { contentType: "image/png" });
    expect(pixels[0]).toBe(Math.round(255 * srgbInverse(128 / 255)));
  });

  test("a table of inks is read at its corners and between", () => {
    // Lab of white without ink, of black with any black, and of a red for magenta and yellow.
    const corners = Array.from({ length: 16 }, (_, i): [number, number, number] => {
      if ((i & 1) === 1) return [0, 128, 128];
      return i === 6 ? [128, 200, 190] : [255, 128, 128];
    });
    const profile = readProfile(iccProfile("CMYK", "Lab ", { A2B0: table8(4, corners) }));
    const table = profile && lutColours(profile);
    if (!table) throw new Error("the profile has a table");
    const reader = new TableReader(table);
    const out = new Uint8Array(3);
    const colourOf = (...inks: number[]) => {
      reader.read(Uint8Array.from(inks), out, 0);
      return [...out];
    };
    expect(colourOf(0, 0, 0, 0)).toEqual([255, 255, 255]);
    expect(colourOf(0, 0, 0, 255)).toEqual([0, 0, 0]);
    const [red = 0, green = 255] = colourOf(0, 255, 255, 0);
    expect(red).toBeGreaterThan(green + 100);
  });

  test("inks without a profile look as they do in print", () => {
    const reader = new TableReader(pressColours());
    const out = new Uint8Array(3);
    for (const [inks, expected] of [
      [
        [0, 0, 0, 0],
        [255, 255, 255],
      ],
      [
        [255, 0, 0, 0],
        [0, 153, 227],
      ],
      [
        [0, 255, 0, 0],
        [234, 0, 128],
      ],
      [
        [0, 0, 255, 0],
        [255, 240, 0],
      ],
      [
        [255, 255, 255, 255],
        [0, 0, 0],
      ],
    ] as const) {
      reader.read(Uint8Array.from(inks), out, 0);
      expect([...out]).toEqual(expected);
    }
  });

  test("code points tell Display P3 as its profile does", () => {
    const byCode = codedColours({ primaries: 12, transfer: 13 });
    const profile = readProfile(profiles.displayP3);
    const byProfile = profile && matrixColours(profile);
    if (!byCode || !byProfile) throw new Error("both tell colours");
    const [first, second] = [
      Uint8Array.of(200, 100, 50, 60, 180, 90),
      Uint8Array.of(200, 100, 50, 60, 180, 90),
    ];
    convertMatrixColours(first, byCode);
    convertMatrixColours(second, byProfile);
    expect(farthest([...first], [...second])).toBeLessThanOrEqual(1);
  });

  test("the curve of video, or none, counts as sRGB's in HEIF and AVIF", () => {
    for (const transfer of [1, 2, 6, 14, 15]) {
      const colours = codedStillColours({ primaries: 1, transfer });
      expect(colours && matrixMeaning(colours)).toEqual({ kind: "srgb" });
    }
    const linear = codedStillColours({ primaries: 1, transfer: 8 });
    expect(linear && matrixMeaning(linear).kind).toBe("matrix");
  });

  test("a thumbnail tells its ThumbHash", async () => {
    const jpeg = jpegBytes({ width: 60, height: 40 });
    const thumbhash = (await mustMake(jpeg)).thumbhash ?? "";
    expect(atob(thumbhash).length).toBeGreaterThanOrEqual(5);
    expect(atob(thumbhash).length).toBeLessThanOrEqual(25);
    expect((await mustMake(jpeg, { size: 512 })).thumbhash).toHaveLength(thumbhash.length);
  });
});

describe("error", () => {
  test("profiles that are no profile, or are cut short, change nothing", async () => {
    const colour: Rgb = [200, 100, 50];
    for (const profile of [new Uint8Array(0), new Uint8Array(300), profiles.displayP3.subarray(0, 200)]) {
      expect(await shown(colour, profile)).toEqual([...colour]);
    }
  });

  test("code points that are unknown or unspecified tell no colours", () => {
    expect(codedColours({ primaries: 2, transfer: 13 })).toBeNull();
    expect(codedColours({ primaries: 3, transfer: 13 })).toBeNull();
    expect(codedColours({ primaries: 9, transfer: 2 })).toBeNull();
    expect(codedColours({ primaries: 9, transfer: 99 })).toBeNull();
    expect(codedStillColours({ primaries: 2, transfer: 2 })).toBeNull();
  });
});
