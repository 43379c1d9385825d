import { describe, expect, it } from "vitest";
import type { KeywordCounts } from "../../../../console/src/selection/describe/keyword-counts.ts";
import { keywordRows } from "../../../../console/src/selection/describe/keyword-rows.ts";
import type { KeywordWish } from "../../../../console/src/selection/describe/wording.ts";

const counts: KeywordCounts = {
  total: 2,
  items: [
    { keyword: "sea", count: 2 },
    { keyword: "boat", count: 1 },
  ],
  isCapped: false,
};

/** The rows of a form in which one keyword was wished before. */
function rowsWith(keyword: string, wish: KeywordWish, known: KeywordCounts | null = counts) {
  const rows = keywordRows(known, new Map([[keyword, wish]]), [keyword]);
  return rows.map((row) => [row.keyword, row.count]);
}

describe("the keywords of a form for many photos", () => {
  it("are those that the photos have; one that is on all cannot be put on them", () => {
    expect(keywordRows(counts, new Map(), [])).toEqual([
      { keyword: "sea", count: 2, isOnAll: true, wishes: ["remove"] },
      { keyword: "boat", count: 1, isOnAll: false, wishes: ["add", "remove"] },
    ]);
  });

  it("have what was wished before, also where no photo has it", () => {
    expect(rowsWith("beach", "add")[0]).toEqual(["beach", 0]);
  });

  it("have what was wished before while nothing is known of the photos, or not all", () => {
    expect(rowsWith("beach", "add", null)).toEqual([["beach", null]]);
    expect(rowsWith("beach", "add", { ...counts, isCapped: true })[0]).toEqual(["beach", null]);
  });

  it("have what was wished once, in its spelling, where the photos have it in another", () => {
    expect(rowsWith("Boat", "remove")).toEqual([
      ["sea", 2],
      ["Boat", 1],
    ]);
  });

  it("have the button of what was wished, also where it is on all of the photos", () => {
    expect(keywordRows(counts, new Map([["sea", "add"]]), ["sea"])[0]?.wishes).toEqual(["add", "remove"]);
  });

  it("keep a row whose wish is taken back", () => {
    expect(keywordRows(counts, new Map(), ["beach"])[0]?.keyword).toBe("beach");
  });
});
