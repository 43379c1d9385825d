import { describe, expect, test } from "vitest";
import { pictureHashOf } from "../../../src/thumbnail/pdq/pdq.ts";
import { Random } from "../support/random.ts";

/** A grey picture that is as bright at each place as `shade` says. */
function grey(width: number, height: number, shade: (x: number, y: number) => number): Uint8Array {
  return Uint8Array.from({ length: width * height * 3 }, (_, at) => {
    const pixel = Math.floor(at / 3);
    return shade(pixel % width, Math.floor(pixel / width));
  });
}

describe("flat pictures", () => {
  for (const shade of [0, 1, 128, 255]) {
    test(`all of shade ${shade} has no quality`, () => {
      expect(
        pictureHashOf(
          grey(640, 480, () => shade),
          640,
          480,
        ),
      ).toMatchObject({ quality: 0 });
    });
  }

  test("a gradient has next to no quality", () => {
    const pixels = grey(640, 480, (x, y) => (x + y) / 5);
    expect(pictureHashOf(pixels, 640, 480)?.quality).toBeLessThan(10);
  });

  test("noise does not make quality", () => {
    const random = new Random(1);
    const pixels = grey(640, 480, () => 120 + random.int(-12, 12));
    expect(pictureHashOf(pixels, 640, 480)?.quality).toBeLessThan(10);
  });
});

describe("small and narrow pictures", () => {
  for (const [width, height] of [
    [1, 1],
    [4, 4],
    [4, 1024],
    [1024, 4],
  ] as const) {
    test(`${width} × ${height} has no hash`, () => {
      expect(
        pictureHashOf(
          grey(width, height, (x) => x * 60),
          width,
          height,
        ),
      ).toBeNull();
    });
  }

  for (const [width, height] of [
    [5, 5],
    [5, 1024],
    [1024, 6],
    [2048, 5],
  ] as const) {
    test(`${width} × ${height} has a hash`, () => {
      const pixels = grey(width, height, (x, y) => (x * 60 + y * 90) % 256);
      expect(pictureHashOf(pixels, width, height)?.hash).toMatch(/^[0-9a-f]{64}$/);
    });
  }
});
