import { describe, expect, it } from "vitest";
import { everything } from "../../../console/src/address/view.ts";
import { filterOf, namedOf, targetSize } from "../../../console/src/selection/target.ts";

const ids = (count: number): string[] => Array.from({ length: count }, (_, index) => `photo ${index}`);

describe("a target", () => {
  it("by ids is named by calls of at most 500, each id once and in order", () => {
    const target = { kind: "ids" as const, ids: ids(1_201) };
    const calls = namedOf(target).map((named) => ("ids" in named ? named.ids : []));
    expect(calls.map(({ length }) => length)).toEqual([500, 500, 201]);
    expect(calls.flat()).toEqual(target.ids);
  });

  it("by a filter is named by one call, which may find everything", () => {
    const filter = filterOf({ ...everything, keywords: ["sea"] });
    expect(namedOf({ kind: "filter", filter, count: 8_312 })).toEqual([{ filter, all: true }]);
  });

  it("without any id is named by no call", () => {
    expect(namedOf({ kind: "ids", ids: [] })).toEqual([]);
  });

  it("tells how many photos it has", () => {
    expect(targetSize({ kind: "ids", ids: ids(3) })).toBe(3);
    expect(targetSize({ kind: "filter", filter: {}, count: 8_312 })).toBe(8_312);
  });
});

describe("the filter of a finding", () => {
  it("has its words and filters, says whether missing photos are meant, and has no order", () => {
    expect(
      filterOf({ ...everything, q: "sea", sort: "object_key", keywords: ["a"], takenAfter: "2024" }),
    ).toEqual({
      q: "sea",
      keyword: ["a"],
      taken_after: "2024-01-01",
      missing: "false",
    });
  });
});
