import fc from "fast-check";
import { rgbaToThumbHash, thumbHashToRGBA } from "thumbhash";
import { expect, it } from "vitest";
import { blurOf } from "../../../../console/src/grid/cell/thumbhash.ts";

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");

/** A picture with a gradient from one colour to another, perhaps transparent below. */
const pictures = fc
  .record({
    width: fc.integer({ min: 1, max: 100 }),
    height: fc.integer({ min: 1, max: 100 }),
    from: fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255)),
    to: fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255)),
    isTransparent: fc.boolean(),
  })
  .map(({ width, height, from, to, isTransparent }) => {
    const pixels = Uint8Array.from({ length: width * height * 4 }, (_, index) => {
      const pixel = index >> 2;
      const part = ((pixel % width) / width + Math.floor(pixel / width) / height) / 2;
      if (index % 4 === 3) return isTransparent ? 255 * (1 - part) : 255;
      return (from[index % 4] ?? 0) * (1 - part) + (to[index % 4] ?? 0) * part;
    });
    return rgbaToThumbHash(width, height, pixels);
  });

it("draws the picture that the reference decoder draws", () => {
  fc.assert(
    fc.property(pictures, (hash) => {
      const { w, h, rgba } = thumbHashToRGBA(hash);
      const blur = blurOf(base64(hash));
      expect([blur?.width, blur?.height, blur?.pixels.length]).toEqual([w, h, rgba.length]);
      const differences = Array.from(blur?.pixels ?? [], (value, index) =>
        Math.abs(value - (rgba[index] ?? 0)),
      );
      // The one cuts fractions off, the other rounds.
      expect(Math.max(...differences)).toBeLessThanOrEqual(1);
    }),
  );
});

it.for([[""], ["AAAA"], ["no base64 at all!"], ["AAAAAAAAAAAA"]] as const)(
  "draws nothing of %j",
  ([hash]) => {
    expect(blurOf(hash)).toBeNull();
  },
);

it("draws something or nothing of any bytes, and never throws", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      const blur = blurOf(base64(bytes));
      expect(blur === null || blur.pixels.length === blur.width * blur.height * 4).toBe(true);
    }),
  );
});
