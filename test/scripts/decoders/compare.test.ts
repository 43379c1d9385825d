import { expect, test } from "vitest";
import { differenceOf, excess, forShrunk, inWords } from "../../../bench/decoders/compare.ts";
import type { RgbRaster } from "../../../bench/decoders/raster.ts";

type Rgb = readonly [number, number, number];

function drawn(width: number, height: number, colourAt: (x: number, y: number) => Rgb): RgbRaster {
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rgb.set(colourAt(x, y), (y * width + x) * 3);
  }
  return { width, height, rgb };
}

const grey = drawn(64, 48, () => [100, 100, 100]);

test("equal pictures have no difference", () => {
  const none = { mean: 0, block: 0 };
  expect(differenceOf(grey, grey)).toEqual({ luma: none, chroma: none });
});

test("a picture that is lighter everywhere differs as much in each block, and not in colour", () => {
  const { luma, chroma } = differenceOf(
    grey,
    drawn(64, 48, () => [107, 107, 107]),
  );
  expect([luma.mean, luma.block]).toEqual([expect.closeTo(7), expect.closeTo(7)]);
  expect(chroma.block).toBeCloseTo(0);
});

test("a single wrong block stands out, however small its share of the picture is", () => {
  const spoilt = drawn(64, 48, (x, y) => (x < 8 && y < 8 ? [200, 200, 200] : [100, 100, 100]));
  const { luma } = differenceOf(grey, spoilt);
  expect(luma.block).toBeCloseTo(100);
  expect(luma.mean).toBeCloseTo(100 / 48);
});

test("detail that is shuffled within a block is told, though the mean of the block is kept", () => {
  const fine = (phase: number) =>
    drawn(64, 48, (x) => ((x + phase) % 2 === 0 ? [60, 60, 60] : [140, 140, 140]));
  expect(differenceOf(fine(0), fine(1)).luma.block).toBeCloseTo(80);
});

test("colours that are as strong on the average of four pixels do not differ, others do", () => {
  const striped = drawn(64, 48, (x) => (x % 2 === 0 ? [150, 78, 150] : [50, 122, 50]));
  expect(differenceOf(grey, striped).chroma.mean).toBeLessThan(1);
  const red = drawn(64, 48, () => [140, 88, 70]);
  expect(differenceOf(grey, red).chroma.mean).toBeGreaterThan(20);
});

test("pictures of different sizes are as far apart as can be", () => {
  expect(
    differenceOf(
      grey,
      drawn(63, 48, () => [100, 100, 100]),
    ).luma.mean,
  ).toBe(255);
});

test.each([
  [1, 1],
  [1, 33],
  [35, 1],
  [9, 7],
])("a picture of %d × %d is compared whole", (width, height) => {
  const light = drawn(width, height, () => [110, 110, 110]);
  const dark = drawn(width, height, () => [100, 100, 100]);
  const { mean, block } = differenceOf(light, dark).luma;
  expect(mean).toBeCloseTo(10);
  expect(block).toBeCloseTo(10);
});

test("what is the worst in proportion decides how far a difference is over its tolerance", () => {
  const tolerance = { luma: { mean: 1, block: 4 }, chroma: { mean: 2, block: 10 } };
  const difference = { luma: { mean: 0.5, block: 2 }, chroma: { mean: 1, block: 30 } };
  expect(excess(difference, tolerance)).toBe(3);
  expect(excess(difference, forShrunk(tolerance))).toBeCloseTo(30 / 14);
  expect(inWords(difference)).toBe("luma 0.50 (block 2.0), chroma 1.00 (block 30.0)");
});
