import fc from "fast-check";
import { expect, test } from "vitest";
import { lanczosFilter } from "../../../src/thumbnail/raster/filter.ts";
import { fitPicture } from "../../../src/thumbnail/raster/geometry.ts";

test("the weights of each output add up to one, and none reaches beyond the samples", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 300 }),
      fc.integer({ min: 1, max: 3000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.constantFrom(2, 8),
      (outputs, samples, part, multiple) => {
        const length = Math.max(0.5, samples * part);
        const from = (samples - length) / 2;
        const filter = lanczosFilter({ outputs, from, length, samples, multiple });
        expect(filter.taps % multiple).toBe(0);
        for (let i = 0; i < outputs; i++) {
          const weights = filter.weights.subarray(i * filter.taps, (i + 1) * filter.taps);
          expect(weights.reduce((sum, weight) => sum + weight, 0)).toBe(16384);
          const last = weights.findLastIndex((weight) => weight !== 0);
          expect((filter.starts[i] ?? 0) + last).toBeLessThan(filter.end);
          expect(filter.end).toBeLessThanOrEqual(samples);
        }
      },
    ),
    { numRuns: 200 },
  );
});

test("cover takes the middle square, contain the whole, and both shrink alike in both directions", () => {
  expect(fitPicture(4000, 3000, 1, { size: 512, fit: "cover" })).toMatchObject({
    width: 512,
    height: 512,
    cropX: 500,
    cropY: 0,
    cropWidth: 3000,
    cropHeight: 3000,
  });
  const contained = fitPicture(6000, 4000, 6, { size: 512, fit: "contain" });
  expect(contained).toMatchObject({ width: 341, height: 512, storedWidth: 512, storedHeight: 341 });
  expect(contained.cropWidth / contained.storedWidth).toBeCloseTo(
    contained.cropHeight / contained.storedHeight,
    9,
  );
});
