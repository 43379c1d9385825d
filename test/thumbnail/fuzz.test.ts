import { expect, test } from "vitest";
import { fuzz, fuzzSeeds } from "./support/fuzz.ts";

const cases = 300;

test("spoilt files bring an answer each, and nothing else", async () => {
  const report = await fuzz(await fuzzSeeds(), 0, cases);
  expect(report.faults).toEqual([]);
  expect(report.outcomes["made"]).toBeGreaterThan(cases / 4);
  expect(report.outcomes["corrupt"]).toBeGreaterThan(cases / 20);
});
