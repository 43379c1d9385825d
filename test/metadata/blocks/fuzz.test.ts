import { describe, expect, it } from "vitest";
import { blockSeeds } from "../../support/hostile/block-seeds.ts";
import { fuzzMetadata } from "../../support/hostile/fuzz-metadata.ts";

describe("blocks of metadata of every kind, spoilt, in every kind of file", () => {
  it.each(blockSeeds())("$name tells words as long as it is sound", async (seed) => {
    const sound = { ...seed, file: async () => seed.file(seed.block) };
    expect(await fuzzMetadata([sound], 0, 1)).toMatchObject({ told: 1, faults: [] });
  });

  it("are read without a throw, in bounded work", async () => {
    const report = await fuzzMetadata(blockSeeds(), 0, 1500);
    expect(report.faults).toEqual([]);
    expect(report.told).toBeGreaterThan(300);
  });
});
