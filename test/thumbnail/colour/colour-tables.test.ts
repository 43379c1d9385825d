import { describe, expect, test } from "vitest";
import { ByteView } from "../../../src/metadata/byte-view.ts";
import {
  type Curve,
  curveBytes,
  interpolate,
  readCurve,
  srgbCurve,
  srgbInverse,
} from "../../../src/thumbnail/colour/curve.ts";
import { convertInks, hasInks } from "../../../src/thumbnail/colour/inks.ts";
import { lutColours } from "../../../src/thumbnail/colour/lut.ts";
import { matrixColours } from "../../../src/thumbnail/colour/matrix.ts";
import { readProfile } from "../../../src/thumbnail/colour/profile.ts";
import { type ColourTable, sampleTable } from "../../../src/thumbnail/colour/table.ts";
import {
  convertGrey,
  convertMatrixColours,
  isNearlySrgb,
  levelOf,
  srgbLevels,
} from "../../../src/thumbnail/colour/to-srgb.ts";
import {
  COLOUR_CMYK,
  COLOUR_CMYK_INVERTED,
  COLOUR_RGB,
  COLOUR_YCCK,
  COLOUR_YCCK_INVERTED,
} from "../../../src/thumbnail/kernel/layout.ts";
import type { Orientation } from "../../../src/core/orientation.ts";
import { fitPicture } from "../../../src/thumbnail/raster/geometry.ts";
import { Kernel } from "../../../src/thumbnail/raster/kernel.ts";
import { bigEndian, joined } from "../../support/images/index.ts";
import { gamma, iccProfile, parametric, profiles, table8 } from "../support/icc.ts";
import {
  colourOf,
  cornersOf,
  encoded,
  farthest,
  gridOf,
  lutAToB,
  matrixOf,
  narrow,
  type Parts,
  repeated,
  sampled,
  srgbToXyz,
  straight,
  table16,
  tableOf,
  tableXyz,
  wide,
  xyzScale,
} from "../support/icc-tables.ts";

/** How far a table is, at its crossings, from one that leaves colours as they are. */
function farthestFromSame(table: ColourTable | null): number {
  if (!table) throw new Error("the profile has a table");
  const same = sampleTable(3, table.nodes, ([r = 0, g = 0, b = 0]) => [r * 255, g * 255, b * 255]);
  return farthest([...table.values], [...same.values]);
}

/** The grey of an L*. */
const greyOf = (lightness: number) => Math.round(255 * srgbInverse(((lightness + 16) / 116) ** 3));

function curveOf(element: Uint8Array): Curve {
  const curve = readCurve(new ByteView(element));
  if (!curve) throw new Error("the curve can be read");
  return curve;
}

/** What a picture of two pixels, one beside the other, is shown as; the table shows inks as one less the ink and black. */
function shownInks(colour: number, pixels: readonly [number[], number[]], orientation: Orientation = 1) {
  const kernel = new Kernel();
  const geometry = fitPicture(2, 1, orientation, { size: 256, fit: "contain" });
  const [left, right] = pixels;
  const planes = kernel.place(Uint8Array.from(left.flatMap((ink, i) => [ink, right[i] ?? 0])));
  const rgb = { address: kernel.allocate(6), width: geometry.width, height: geometry.height };
  const channels = { list: [], planes, planeBytes: 2 };
  const table = sampleTable(4, [0, 255], ([c = 0, m = 0, y = 0, k = 0]) => [
    255 * (1 - c) * (1 - k),
    255 * (1 - m) * (1 - k),
    255 * (1 - y) * (1 - k),
  ]);
  const source = { geometry, channels, colour };
  convertInks(kernel, rgb, source, table);
  return { hasInks: hasInks(source), pixels: [...kernel.u8(rgb.address, 6)] };
}

const xyzCorners = cornersOf(3).flatMap(tableXyz);
const labCorners = cornersOf(3).flat();

describe("happy", () => {
  test("a sampled curve is straight, a power or interpolated, by the number of its entries", () => {
    expect([0, 0.3, 1].map(curveOf(straight))).toEqual([0, 0.3, 1]);
    expect(curveOf(gamma(2))(0.5)).toBe(0.25);
    const bent = curveOf(sampled(0, 0, 65535));
    expect([-1, 0, 0.25, 0.5, 0.75, 1, 2].map(bent)).toEqual([0, 0, 0, 0, 0.5, 1, 1]);
    expect(interpolate((i) => i * 10, 3, 0.25)).toBe(5);
  });

  test.each([
    ["a power", [0, 2], [0, 0.25, 1]],
    ["a power above a threshold", [1, 2, 2, -1], [0, 0, 1]],
    ["a power on a pedestal", [2, 2, 2, -1, 0.25], [0.25, 0.25, 1.25]],
    ["a power and a line", [3, 2, 1, 0, 0.5, 0.5], [0, 0.25, 1]],
    ["a power and a line with terms", [4, 2, 1, 0, 0.5, 0.75, 0.125, 0.25], [0.25, 0.5, 1.125]],
  ] as const)("a parametric curve is %s", (_, [kind, ...parameters], expected) => {
    expect([0, 0.5, 1].map(curveOf(parametric(kind, ...parameters)))).toEqual(expected);
  });

  test("curves of sRGB are each other's inverse on both of their segments", () => {
    const back = [0, 0.02, 0.5, 1].map((value) => srgbInverse(srgbCurve(value)));
    expect(farthest(back, [0, 0.02, 0.5, 1])).toBeLessThan(1e-6);
    const values = [0, 0.02, 0.5, 1];
    expect(farthest(values.map(curveOf(encoded)), values.map(srgbCurve))).toBeLessThan(1e-4);
  });

  test("a curve takes whole words", () => {
    const curves = [straight, gamma(1), sampled(1, 2), sampled(1, 2, 3), parametric(0, 1), encoded];
    expect(curves.map((curve) => curveBytes(new ByteView(curve)))).toEqual([12, 16, 16, 20, 16, 32]);
    expect(curveBytes(new ByteView(parametric(9)))).toBe(12);
  });

  test("a table of 16 bits to XYZ gives sRGB's colours back", () => {
    const first = Array.from({ length: 1024 }, (_, i) => srgbCurve(i / 1023));
    const element = table16({ first, cells: xyzCorners, last: [0, 1, 0, 1, 0, 1] });
    expect(farthestFromSame(tableOf(element))).toBeLessThanOrEqual(1);
  });

  test("tables of 8 and 16 bits to Lab tell white apart by their own scales", () => {
    const grey = cornersOf(3).map(([l = 0]) => [l * 255, 128, 128] as const);
    const narrowTable = tableOf(table8(3, grey), "Lab ");
    const last = [0, 0xff00 / 65535, 0x8000 / 65535, 0x8000 / 65535, 0x8000 / 65535, 0x8000 / 65535];
    const wideTable = tableOf(table16({ first: [0, 1], cells: labCorners, last }), "Lab ");
    for (const table of [narrowTable, wideTable]) {
      expect(colourOf(table, 255, 0, 0)).toEqual([255, 255, 255]);
      expect(colourOf(table, 0, 255, 255)).toEqual([0, 0, 0]);
      const level = greyOf((128 / 255) * 100);
      expect(farthest(colourOf(table, 128, 0, 0), [level, level, level])).toBeLessThanOrEqual(1);
    }
  });

  test.each([
    ["8 bits", 1, narrow, 3],
    ["16 bits", 2, wide, 1],
  ] as const)("curves and a grid of %s give sRGB's colours back", (_, bytes, cells, most) => {
    // Green has a third crossing half-way: channels may differ in size.
    const light = [0, 1].flatMap((r) => [0, 0.5, 1].flatMap((g) => [0, 1].map((b) => [r, g, b])));
    const grid = gridOf([2, 3, 2], bytes, cells(light.flat()));
    const toXyz = matrixOf(...srgbToXyz.flatMap((row) => row.map((e) => e / xyzScale)), 0, 0, 0);
    const curves = repeated(3, straight);
    const element = lutAToB({ a: repeated(3, encoded), grid, m: curves, matrix: toXyz, b: curves });
    expect(farthestFromSame(tableOf(element))).toBeLessThanOrEqual(most);
    const direct = gridOf([2, 2, 2], 2, wide(xyzCorners));
    const withoutMatrix = lutAToB({ a: repeated(3, encoded), grid: direct, b: curves });
    expect(farthestFromSame(tableOf(withoutMatrix))).toBeLessThanOrEqual(1);
  });

  test("curves and a matrix without a grid give sRGB's colours back", () => {
    const matrix = matrixOf(...srgbToXyz.flatMap((row) => row.map((e) => e / xyzScale)), 0, 0, 0);
    const element = lutAToB({ m: repeated(3, encoded), matrix, b: repeated(3, straight) });
    expect(farthestFromSame(tableOf(element))).toBeLessThanOrEqual(1);
  });

  test("the terms of a matrix are added, and what leaves 0 to 1 is cut off", () => {
    const terms = matrixOf(-1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 128 / 255, 128 / 255);
    const m = repeated(3, straight);
    const upsideDown = tableOf(lutAToB({ m, matrix: terms, b: m }), "Lab ");
    expect(colourOf(upsideDown, 0, 0, 0)).toEqual([255, 255, 255]);
    expect(colourOf(upsideDown, 255, 0, 0)).toEqual([0, 0, 0]);
    const beyond = matrixOf(4, 0, 0, 0, 0, 0, 0, 0, 0, -1, 128 / 255, 128 / 255);
    const steep = tableOf(lutAToB({ m, matrix: beyond, b: m }), "Lab ");
    expect(colourOf(steep, 0, 0, 0)).toEqual([0, 0, 0]);
    expect(colourOf(steep, 255, 0, 0)).toEqual([255, 255, 255]);
  });

  test("curves alone take the channels for Lab", () => {
    const table = tableOf(lutAToB({ b: repeated(3, straight) }), "Lab ");
    expect(colourOf(table, 255, 128, 128)).toEqual([255, 255, 255]);
    const [red = 0, green = 0] = colourOf(table, 128, 191, 128);
    expect(red).toBeGreaterThan(green + 80);
    const [, , blue = 255] = colourOf(table, 128, 128, 223);
    expect(blue).toBeLessThan(20);
  });

  test("black is none: that of perceptual tables of version 4, and the channels' darkest of any other", () => {
    const element = lutAToB({ b: joined(sampled(8 * 257, 65535), straight, straight) });
    expect(colourOf(tableOf(element, "Lab ", "RGB ", 4), 0, 128, 128)).toEqual([0, 0, 0]);
    expect(colourOf(tableOf(element, "Lab ", "RGB ", 4), 255, 128, 128)).toEqual([255, 255, 255]);
    const raised = cornersOf(3).map(([l = 0]) => [40 + l * 215, 128, 128] as const);
    const darkest = tableOf(table8(3, raised), "Lab ");
    expect(colourOf(darkest, 0, 0, 0)).toEqual([0, 0, 0]);
    expect(colourOf(darkest, 255, 255, 255)).toEqual([255, 255, 255]);
  });

  test("a grid of four inks has its last channel fastest", () => {
    const cells = cornersOf(4).flatMap(([, , , k = 0]) => [1 - k, 128 / 255, 128 / 255]);
    const grid = gridOf([2, 2, 2, 2], 1, narrow(cells));
    const parts = { inputs: 4, a: repeated(4, straight), grid, b: repeated(3, straight) };
    const table = tableOf(lutAToB(parts), "Lab ", "CMYK");
    expect(table?.inputs).toBe(4);
    expect(colourOf(table, 255, 255, 255, 0)).toEqual([255, 255, 255]);
    expect(colourOf(table, 0, 0, 0, 255)).toEqual([0, 0, 0]);
  });

  test("a table is interpolated between its nodes", () => {
    const table = sampleTable(3, [0, 255], ([r = 0, g = 0, b = 0]) => [r * 255, g * 100, 255 - b * 255]);
    expect(table.nodes).toEqual([0, 255]);
    expect(colourOf(table, 51, 51, 51)).toEqual([51, 20, 204]);
    expect(colourOf(table, 255, 255, 255)).toEqual([255, 100, 0]);
  });

  test("light beyond what there is has the nearest level", () => {
    const levels = srgbLevels();
    expect([-1, 0, 0.5, 1, 2].map((light) => levelOf(levels, light))).toEqual([0, 0, 188, 255, 255]);
    expect(srgbLevels()).toBe(levels);
  });

  test("sRGB is known as such and Display P3 is not", () => {
    const [same, wider] = [profiles.srgb, profiles.displayP3].map((bytes) => {
      const profile = readProfile(bytes);
      const colours = profile && matrixColours(profile);
      if (!colours) throw new Error("the profile has a matrix");
      return colours;
    });
    expect(same && isNearlySrgb(same)).toBe(true);
    expect(wider && isNearlySrgb(wider)).toBe(false);
    const pixels = Uint8Array.of(255, 0, 0, 7, 8);
    if (wider) convertMatrixColours(pixels, wider);
    expect([...pixels]).toEqual([255, 0, 0, 7, 8]);
  });

  test("grey is shown by its curve", () => {
    const pixels = Uint8Array.of(0, 128, 255);
    convertGrey(pixels, srgbCurve);
    expect([...pixels]).toEqual([0, 128, 255]);
    convertGrey(pixels, () => 0);
    expect([...pixels]).toEqual([0, 0, 0]);
  });

  // YCC of red is 76, 85, 255, of cyan 179, 171, 0 (ITU-T T.871, 7).
  test.each([
    ["CMYK", COLOUR_CMYK, [0, 255, 255, 0], [0, 0, 0, 255]],
    ["CMYK upside down", COLOUR_CMYK_INVERTED, [255, 0, 0, 255], [255, 255, 255, 0]],
    ["YCCK", COLOUR_YCCK, [76, 85, 255, 0], [255, 128, 128, 255]],
    ["YCCK upside down", COLOUR_YCCK_INVERTED, [179, 171, 0, 255], [0, 128, 128, 0]],
  ] as const)("inks stored as %s are shown as red and black", (_, colour, red, black) => {
    const shown = shownInks(colour, [[...red], [...black]]);
    expect(shown.hasInks).toBe(true);
    expect(farthest(shown.pixels, [255, 0, 0, 0, 0, 0])).toBeLessThanOrEqual(1);
    const mirrored = shownInks(colour, [[...red], [...black]], 2);
    expect(farthest(mirrored.pixels, [0, 0, 0, 255, 0, 0])).toBeLessThanOrEqual(1);
    expect(shownInks(COLOUR_RGB, [[...red], [...black]]).hasInks).toBe(false);
  });

  test("a profile tells its version, its spaces and its tags", () => {
    const profile = readProfile(iccProfile("CMYK", "Lab ", { A2B0: straight }, 4));
    expect(profile).toMatchObject({ version: 4, space: "CMYK", connection: "Lab " });
    expect(profile?.tag("A2B0")?.startsWith("curv")).toBe(true);
    expect(profile?.tag("A2B1")).toBeUndefined();
  });
});

describe("error", () => {
  test.each([
    ["of another type", joined("text", new Uint8Array(20))],
    ["with fewer samples than it tells", sampled(1, 2, 3).subarray(0, 16)],
    ["of an unknown function", parametric(5, 1, 1, 1, 1, 1, 1, 1)],
    ["with fewer parameters than its function has", parametric(3, 2.4, 1, 0, 1)],
    ["of no bytes", new Uint8Array(0)],
  ])("a curve %s is none", (_, element) => {
    expect(readCurve(new ByteView(element))).toBeNull();
  });

  const wideParts = { first: [0, 1], cells: xyzCorners, last: [0, 1, 0, 1, 0, 1] };
  const whole = table16(wideParts);
  const narrowTable = table8(
    3,
    cornersOf(3).map(() => [0, 128, 128] as const),
  );
  test.each([
    ["of another type", joined("text", whole.subarray(4))],
    ["of four channels", table16({ ...wideParts, inputs: 4 })],
    ["to four channels", table16({ ...wideParts, outputs: 4 })],
    ["with one crossing", table16({ ...wideParts, grid: 1 })],
    ["with one entry going in", table16({ ...wideParts, first: [0] })],
    ["with one entry coming out", table16({ ...wideParts, last: [0, 0, 0] })],
    ["of 16 bits that ends early", whole.subarray(0, whole.length - 4)],
    ["of 8 bits that ends early", narrowTable.subarray(0, narrowTable.length - 4)],
    ["that ends in its header", whole.subarray(0, 8)],
  ])("a table %s is none", (_, element) => {
    expect(tableOf(whole)).not.toBeNull();
    expect(tableOf(narrowTable)).not.toBeNull();
    expect(tableOf(element)).toBeNull();
  });

  const three = repeated(3, straight);
  const cells = wide(xyzCorners);
  const good = gridOf([2, 2, 2], 2, cells);
  test.each([
    ["of four channels", { inputs: 4, b: three }],
    ["to four channels", { outputs: 4, b: three }],
    ["without last curves", { a: three, grid: good }],
    ["with two last curves", { b: repeated(2, straight) }],
    ["with first curves of another type", { a: repeated(3, new Uint8Array(12)), grid: good, b: three }],
    ["with middle curves of another type", { m: repeated(3, new Uint8Array(12)), b: three }],
    ["with an unknown function", { b: repeated(3, parametric(7, 1)) }],
    ["with a grid of one crossing", { a: three, grid: gridOf([2, 1, 2], 2, cells), b: three }],
    ["with a grid of three bytes", { a: three, grid: gridOf([2, 2, 2], 3, joined(cells, cells)), b: three }],
    ["with a grid of more than there is", { grid: gridOf([9, 9, 9], 2, cells), b: three }],
    ["with a matrix of more than there is", { matrix: matrixOf(1, 0, 0), b: three }],
  ] satisfies [string, Parts][])("curves and a grid %s are none", (_, parts) => {
    expect(tableOf(lutAToB({ a: three, grid: good, b: three }))).not.toBeNull();
    expect(tableOf(lutAToB(parts))).toBeNull();
  });

  test("offsets beyond the end are no table", () => {
    const element = lutAToB({
      a: three,
      grid: good,
      m: three,
      matrix: matrixOf(...srgbToXyz.flat(), 0, 0, 0),
      b: three,
    });
    expect(tableOf(element)).not.toBeNull();
    for (const at of [12, 16, 20, 24, 28]) {
      const broken = element.slice();
      broken.set(bigEndian(4, 0xffffff00), at);
      expect(tableOf(broken)).toBeNull();
    }
  });

  test("four inks without a grid are no table", () => {
    const curves = { inputs: 4, a: repeated(4, straight), b: three };
    expect(tableOf(lutAToB(curves), "Lab ", "CMYK")).toBeNull();
  });

  test("a profile of grey, or without a table, has none", () => {
    expect(tableOf(whole, "XYZ ", "GRAY")).toBeNull();
    const profile = readProfile(profiles.srgb);
    expect(profile && lutColours(profile)).toBeNull();
  });

  test("what a table or its channels lack is black or nothing", () => {
    const table = sampleTable(3, [0, 255], () => [9, 9, 9]);
    expect(colourOf({ ...table, values: table.values.subarray(0, 3) }, 255, 255, 255)).toEqual([0, 0, 0]);
    expect(colourOf(table)).toEqual([9, 9, 9]);
    expect(colourOf({ ...table, nodes: [] }, 0, 0, 0)).toEqual([0, 0, 0]);
    expect(levelOf(new Uint8Array(0), 0.5)).toBe(0);
  });

  test("bytes without a header or a signature are no profile", () => {
    expect(readProfile(new Uint8Array(131))).toBeNull();
    expect(readProfile(new Uint8Array(132))).toBeNull();
  });

  test("tags beyond the end, and those after a hundred, are left out", () => {
    const cut = iccProfile("RGB ", "XYZ ", { rTRC: straight, gTRC: straight });
    const profile = readProfile(cut.subarray(0, cut.length - 4));
    expect(profile?.tag("rTRC")).toBeDefined();
    expect(profile?.tag("gTRC")).toBeUndefined();
    const names = Array.from(
      { length: 101 },
      (_, i) => [`t${String(i).padStart(3, "0")}`, straight] as const,
    );
    const many = readProfile(iccProfile("RGB ", "XYZ ", Object.fromEntries(names)));
    expect(many?.tag("t099")).toBeDefined();
    expect(many?.tag("t100")).toBeUndefined();
  });
});
