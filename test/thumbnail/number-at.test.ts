import { expect, test } from "vitest";

import { byteAt, doubleAt, floatAt, integerAt } from "../../src/thumbnail/number-at.ts";

test("a number at a place is read from each kind of array, and is 0 beside it", () => {
  const reads = [
    (place: number) => byteAt(Uint8Array.of(7), place),
    (place: number) => integerAt(Int32Array.of(-7), place),
    (place: number) => floatAt(Float32Array.of(0.5), place),
    (place: number) => doubleAt(Float64Array.of(0.1), place),
  ];
  expect(reads.map((read) => read(0))).toEqual([7, -7, 0.5, 0.1]);
  for (const beside of [-1, 1]) expect(reads.map((read) => read(beside))).toEqual([0, 0, 0, 0]);
});
