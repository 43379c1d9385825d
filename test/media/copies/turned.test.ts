import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import { expect, it } from "vitest";

import { nearestTurn } from "../../../src/media/copies/turned.ts";
import { anyHash, hashNear } from "../../support/records/copies.ts";

it("a hash is as far from others, and turned alike, as the index of pictures tells", async () => {
  const hash = anyHash();
  const others = Array.from({ length: 200 }, (_, index) => (index < 20 ? hashNear(hash, index) : anyHash()));
  const index = env.PICTURE_INDEX.getByName("pictures");
  await index.find([{ hash, except: null, radius: 0, limit: 1, after: null }]);
  await index.place(others.map((other, pk) => ({ pk: pk + 1, hash: other })));
  const { neighbours } = await index.find([{ hash, except: null, radius: 256, limit: 1000, after: null }]);
  const [told = []] = neighbours;
  const own = others.map((other, pk) => {
    const { distance, turn } = nearestTurn(hash, other);
    return { pk: pk + 1, distance, turn };
  });
  expect(new Set(own.map(({ turn }) => turn)).size).toBe(8);
  expect(told.toSorted((a, b) => a.pk - b.pk)).toEqual(own);
});

it.each([
  [1, "0000000000000000000000000000000000000000000000000000000000000003"],
  // Mirrored left to right negates the bits of odd horizontal frequencies: the lowest, the third, …
  [2, "5555555555555555555555555555555555555555555555555555555555555556"],
  [4, "0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff0000fffc"],
] as const)("a picture turned by %i is at the distance 0", (turn, other) => {
  const hash = `${"0".repeat(63)}3`;
  expect(nearestTurn(hash, other)).toEqual({ distance: 0, turn });
});
