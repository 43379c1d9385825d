import { expect, test } from "vitest";
import { fuzz } from "../support/fuzz.ts";
import { colourSeeds } from "../support/fuzz-colours.ts";

test("spoilt colour chunks and profiles give a thumbnail or a reason, in bounded memory", async () => {
  const { faults, outcomes } = await fuzz(await colourSeeds(), 0, 300);
  expect(faults).toEqual([]);
  expect(outcomes["made"]).toBeGreaterThan(20);
});
