import { expect, test } from "vitest";
import { pictureHashOf } from "../../../src/thumbnail/pdq/pdq.ts";
import { bitsBetween, bitsOf, turnedBits } from "../support/pdq.ts";
import { draw } from "../support/pdq-pictures.ts";
import { turned } from "../support/turned.ts";

const { pixels, width, height } = draw({ width: 530, height: 300, kind: "dots", seed: 11 });
const bits = bitsOf(pictureHashOf(pixels, width, height)?.hash ?? "0");

for (const orientation of [2, 3, 4, 5, 6, 7, 8] as const) {
  test(`the bits of a picture nearly tell those of the picture turned by orientation ${orientation}`, () => {
    const other = Uint8Array.from(turned(pixels, width, height, orientation));
    const sides = orientation >= 5 ? ([height, width] as const) : ([width, height] as const);
    const otherBits = bitsOf(pictureHashOf(other, ...sides)?.hash ?? "0");
    expect(bitsBetween(turnedBits(bits, orientation), otherBits)).toBeLessThanOrEqual(10);
  });
}
