import { expect, test } from "vitest";

import { planFrame } from "../../../src/thumbnail/jpeg/components.ts";
import { fitPicture } from "../../../src/thumbnail/raster/geometry.ts";
import type { ThumbnailSize } from "../../../src/thumbnail/types.ts";

/** The scales at which the components of a picture with halved colours are decoded, and what its coefficients take. */
function planned(width: number, height: number, size: ThumbnailSize, progressive = true) {
  const components = [2, 1, 1].map((share, index) => ({ id: index + 1, h: share, v: share, quant: 0 }));
  const geometry = fitPicture(width, height, 1, { size, fit: "contain" });
  const plan = planFrame({ width, height, progressive, components }, geometry);
  const bytes = plan.components.map(
    ({ n, blocksStride, blocksRows }) => blocksStride * blocksRows * n * n * 2,
  );
  return {
    scales: plan.components.map(({ n }) => n),
    mebibytes: bytes.reduce((sum, each) => sum + each) / 2 ** 20,
  };
}

test("colours are decoded to a sample for each pixel of the thumbnail", () => {
  expect(planned(1000, 750, 512).scales).toEqual([8, 8, 8]);
  expect(planned(4032, 3024, 1024, false).scales).toEqual([4, 8, 8]);
});

test.each([
  [4032, 3024, 1024, [4, 4, 4], 18],
  [8064, 6048, 1024, [2, 2, 2], 9],
  [8064, 6048, 2048, [4, 4, 4], 36],
] as const)(
  "colours of a progressive picture of %i × %i are decoded no finer for %i pixels than its light",
  (width, height, size, scales, most) => {
    const plan = planned(width, height, size);
    expect(plan.scales).toEqual(scales);
    expect(plan.mebibytes).toBeLessThan(most);
  },
);
