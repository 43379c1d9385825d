import fc from "fast-check";
import { expect, test } from "vitest";
import { pictureHashOf } from "../../../src/thumbnail/pdq/pdq.ts";
import { bitsOf, plainPdqOf } from "../support/pdq.ts";
import { draw, type Scene, sceneKinds } from "../support/pdq-pictures.ts";

const scenes = (sides: { min: number; max: number }): fc.Arbitrary<Scene> =>
  fc.record({
    width: fc.integer(sides),
    height: fc.integer(sides),
    kind: fc.constantFrom(...sceneKinds),
    seed: fc.integer(),
  });

/** The hash's bits are those of the definition, but for coefficients which rounding may put on either side of the median. */
function expectAsDefined(scene: Scene): void {
  const picture = draw(scene);
  const made = pictureHashOf(picture.pixels, picture.width, picture.height);
  const { coefficients, median, quality } = plainPdqOf(picture);
  const wrong = bitsOf(made?.hash ?? "0").filter((bit, k) => {
    const above = (coefficients[k] ?? 0) - median;
    return Math.abs(above) > 1e-6 && bit !== above > 0;
  });
  expect(wrong).toHaveLength(0);
  expect(Math.abs((made?.quality ?? -9) - quality)).toBeLessThanOrEqual(1);
}

test("the hash of a picture of up to 512 pixels a side is as the paper defines it", () => {
  fc.assert(fc.property(scenes({ min: 5, max: 200 }), expectAsDefined), { numRuns: 40 });
});

test("so it is at every width of the blur", () => {
  for (const width of [127, 128, 129, 255, 256, 257, 384, 385, 512]) {
    expectAsDefined({ width, height: 40, kind: "hills", seed: width });
  }
});

test("the hash of a larger picture is that of the picture scaled to 512 × 512", () => {
  const sides = fc.integer({ min: 513, max: 1030 });
  const property = fc.property(scenes({ min: 5, max: 200 }), sides, fc.boolean(), (scene, long, isWide) => {
    expectAsDefined({ ...scene, [isWide ? "width" : "height"]: long });
  });
  fc.assert(property, { numRuns: 4 });
});

test("of all bits half are set", () => {
  const { pixels } = draw({ width: 90, height: 70, kind: "noise", seed: 3 });
  expect(bitsOf(pictureHashOf(pixels, 90, 70)?.hash ?? "0").filter(Boolean)).toHaveLength(128);
});
