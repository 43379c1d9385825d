import fc from "fast-check";
import { expect, test } from "vitest";
import { randomImage } from "../support/jpeg-image.ts";
import { type WriteOptions, writeJpeg } from "../support/jpeg-writer.ts";
import { mustMake } from "../support/make.ts";
import { difference, renderPlanes, toRgb, windowOf } from "../support/oracle.ts";
import { Random } from "../support/random.ts";
import { randomScript } from "../support/scripts.ts";

// The largest difference that rounding in the planes can make in RGB, and the usual one. A flat block whose value lies
// half way between two may be rounded either way as a whole (the kernel's single precision is a little beside the half,
// the oracle takes it for a tie); in a small picture such a block is a good part of the thumbnail, and so of the mean.
const mostDifference = 8;
const small = 40;
const meanOf = (width: number, height: number): number => (Math.min(width, height) > small ? 0.25 : 1.5);

const picture = fc.record({
  width: fc.oneof(fc.integer({ min: 1, max: small }), fc.integer({ min: small + 1, max: 700 })),
  height: fc.oneof(fc.integer({ min: 1, max: small }), fc.integer({ min: small + 1, max: 500 })),
  sampling: fc.oneof(
    fc.constant([[1, 1]] as const),
    fc.constant([
      [2, 2],
      [1, 1],
      [1, 1],
    ] as const),
    fc.constant([
      [2, 1],
      [1, 1],
      [1, 1],
    ] as const),
    fc.tuple(factors(), factors(), factors()),
  ),
  seed: fc.integer(),
  detail: fc.integer({ min: 0, max: 20 }),
  coarseness: fc.constantFrom(1, 8, 60),
});

function factors(): fc.Arbitrary<readonly [number, number]> {
  return fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }));
}

async function expectLikeOracle(
  options: Parameters<typeof randomImage>[0],
  write: WriteOptions,
  fit: "cover" | "contain",
): Promise<void> {
  const image = randomImage(options);
  const made = await mustMake(writeJpeg(image, write), { fit });
  const expected = toRgb(renderPlanes(image, windowOf(image.width, image.height, 128, fit)));
  const { largest, mean } = difference(made.pixels, expected);
  expect(largest).toBeLessThanOrEqual(mostDifference);
  expect(mean).toBeLessThanOrEqual(meanOf(image.width, image.height));
}

test("any sequential picture comes out as the oracle renders it", async () => {
  await fc.assert(
    fc.asyncProperty(
      picture,
      fc.record({
        separate: fc.boolean(),
        restartInterval: fc.constantFrom(0, 0, 1, 2, 7, 100),
        wideQuant: fc.boolean(),
        dnl: fc.boolean(),
        longCodes: fc.constantFrom(0, 0, 4, 9),
        fill: fc.constantFrom(0, 0, 3),
      }),
      fc.constantFrom("cover", "contain"),
      expectLikeOracle,
    ),
    { numRuns: 60 },
  );
});

test("any progressive picture comes out as the oracle renders it", async () => {
  await fc.assert(
    fc.asyncProperty(
      picture,
      fc.record({ restartInterval: fc.constantFrom(0, 0, 1, 5, 100), longCodes: fc.constantFrom(0, 4, 9) }),
      fc.integer(),
      fc.constantFrom("cover", "contain"),
      (options, write, seed, fit) => {
        const script = randomScript(new Random(seed), options.sampling.length);
        return expectLikeOracle(options, { ...write, script }, fit);
      },
    ),
    { numRuns: 60 },
  );
});
