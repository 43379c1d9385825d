import { expect, test } from "vitest";
import { fuzz } from "./support/fuzz.ts";
import { formatSeeds } from "./support/fuzz-formats.ts";

const cases = 200;

test(
  "spoilt files of other formats bring an answer each, and nothing else",
  { timeout: 60_000 },
  async () => {
    const report = await fuzz(await formatSeeds(), 0, cases);
    expect(report.faults).toEqual([]);
    expect(report.outcomes["made"]).toBeGreaterThan(cases / 10);
    expect(report.outcomes["corrupt"]).toBeGreaterThan(cases / 10);
  },
);
