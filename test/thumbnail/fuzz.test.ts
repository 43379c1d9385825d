import { expect, test } from "vitest";
import { fuzz, fuzzSeeds } from "./support/fuzz.ts";

const CASES = 300;

test("spoilt files bring an answer each, and nothing else", async () => {
  const report = await fuzz(await fuzzSeeds(), 0, CASES);
  expect(report.faults).toEqual([]);
  expect(report.outcomes["made"]).toBeGreaterThan(CASES / 4);
  expect(report.outcomes["corrupt"]).toBeGreaterThan(CASES / 20);
});
