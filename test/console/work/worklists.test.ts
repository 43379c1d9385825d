import fc from "fast-check";
import { expect, it } from "vitest";
import { readView } from "../../../console/src/address/address.ts";
import { partLeft, worklistsOf, type Overview } from "../../../console/src/work/worklists.ts";

function overviewWith(given: Partial<Overview["without"]> = {}, failed = 0): Overview {
  return {
    total: 100,
    by_state: { pending: 0, ready: 100, failed, unsupported: 0 },
    without: { description: 0, keywords: 0, words: 0, location: 0, taken_at: 0, ...given },
    suggestions: 0,
  };
}

it("tells how many of all photos lack what people write, also where none does", () => {
  const lists = worklistsOf(overviewWith({ description: 40 }), null);
  expect(lists.map(({ name, left, total }) => [name, left, total])).toEqual([
    ["description", 40, 100],
    ["keywords", 0, 100],
    ["location", 0, 100],
    ["taken_at", 0, 100],
  ]);
});

it("has nothing to do for an archive without photos", () => {
  expect(worklistsOf({ ...overviewWith(), total: 0 }, { count: 0, isMore: false })).toEqual([]);
});

it("leads to the photos that lack it, to be described one after the other", () => {
  const [list] = worklistsOf(overviewWith({ description: 40 }), null);
  const { room, finding } = readView(new URL(list?.href ?? "", "https://tagline.test").search);
  expect([room, finding.without]).toEqual(["sheet", ["description"]]);
});

it("leads to the photos for which something is suggested, only where there are any", () => {
  expect(worklistsOf(overviewWith(), null).map(({ name }) => name)).not.toContain("suggestions");
  const list = worklistsOf({ ...overviewWith(), suggestions: 3 }, null).find(
    ({ name }) => name === "suggestions",
  );
  const { room, finding } = readView(new URL(list?.href ?? "", "https://tagline.test").search);
  expect([list?.left, room, finding.has]).toEqual([3, "sheet", ["suggestions"]]);
});

it("has photos that failed and photos that are new only where there are any", () => {
  const names = (failed: number, fresh: number) =>
    worklistsOf(overviewWith({}, failed), { count: fresh, isMore: false }).map(({ name }) => name);
  expect(names(0, 0)).not.toContain("failed");
  expect(names(0, 0)).not.toContain("fresh");
  expect(names(2, 3)).toEqual(expect.arrayContaining(["failed", "fresh"]));
});

it("has a bar as long as what is left, which is full for all, empty for none, and neither for what is between", () => {
  fc.assert(
    fc.property(fc.nat({ max: 1_000_000 }), fc.nat({ max: 1_000_000 }), (one, other) => {
      const [left, total] = [Math.min(one, other), Math.max(one, other)];
      const part = partLeft({ left, total });
      expect(part === 0).toBe(left === 0);
      expect(part === 1).toBe(left > 0 && left === total);
    }),
  );
});
