import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Layout } from "../../../console/src/library/layout.ts";
import { sectionsOf } from "../../../console/src/library/sections.ts";
import {
  isSplittable,
  openStretch,
  stretchesByDay,
  stretchesOf,
  type Stretch,
} from "../../../console/src/library/stretches.ts";
import { findingWith } from "./support/archive.ts";

const counted = (period: string, count: number) => ({ period, count, imprecise: 0 });

/** From when to when the photos of a stretch were taken. */
function rangeOf({ listing: { filters } }: Stretch): (string | undefined)[] {
  return [filters.taken_after, filters.taken_before];
}

describe("stretches", () => {
  const months = [
    counted("2024-07", 600),
    counted("2024-05", 300),
    counted("2023-12", 400),
    counted("1962-01", 5),
  ];

  it("hold months together as long as they have few photos", () => {
    const stretches = stretchesOf(findingWith(), sectionsOf(months, 7), false);
    expect(stretches.map((stretch) => [stretch.first, stretch.count, ...rangeOf(stretch)])).toEqual([
      [0, 900, "2024-05-01", "2024-08-01"],
      [900, 405, "1962-01-01", "2024-01-01"],
      [1305, 7, undefined, undefined],
    ]);
    expect(stretches.at(-1)?.listing.filters.without).toEqual(["taken_at"]);
  });

  it("stay within the range of their finding", () => {
    const finding = findingWith({ takenAfter: "2024-05-10", takenBefore: "2024-07-20" });
    expect(stretchesOf(finding, sectionsOf(months.slice(0, 2), 0), false).map(rangeOf)).toEqual([
      ["2024-05-10", "2024-07-20"],
    ]);
    const wider = findingWith({ takenAfter: "1900", takenBefore: "2100" });
    expect(stretchesOf(wider, sectionsOf(months.slice(0, 2), 0), false).map(rangeOf)).toEqual([
      ["2024-05-01", "2024-08-01"],
    ]);
  });

  it("have no end behind the last month that can be written", () => {
    const stretches = (finding = findingWith()) =>
      stretchesOf(finding, sectionsOf([counted("9999-12", 3)], 0), false);
    expect([...stretches(), ...stretches(findingWith({ takenBefore: "9999-12-20" }))].map(rangeOf)).toEqual([
      ["9999-12-01", undefined],
      ["9999-12-01", "9999-12-20"],
    ]);
  });

  it("can be counted by day where a month has more photos than an offset reaches", () => {
    const [large, small] = [counted("2016-07", 10_001), counted("2016-06", 10_000)];
    expect(stretchesOf(findingWith(), sectionsOf([large, small], 20_000), false).map(isSplittable)).toEqual([
      true,
      false,
      false,
    ]);
  });

  it("by day are together as long as their month was laid out, whatever has become of it", () => {
    const days = fc.array(fc.integer({ min: 1, max: 3000 }), { maxLength: 28 });
    fc.assert(
      fc.property(days, fc.integer({ min: 10_001, max: 30_000 }), (counts, count) => {
        const [month] = stretchesOf(findingWith(), sectionsOf([counted("2016-07", count)], 0), false);
        const given = counts.map((each, index) =>
          counted(`2016-07-${String(31 - index).padStart(2, "0")}`, each),
        );
        const stretches = month === undefined ? [] : stretchesByDay(findingWith(), month, given);
        let next = 0;
        for (const { first, count, parts } of stretches) {
          expect([first, count > 0]).toEqual([next, true]);
          expect(parts.reduce((sum, part) => sum + part.count, 0)).toBe(count);
          next += count;
        }
        expect([next, stretches.some(isSplittable)]).toEqual([count, false]);
      }),
    );
  });
});

describe("a layout", () => {
  it("has each place in one page, and the pages of a range in their order", () => {
    const month = fc.tuple(fc.integer({ min: 1, max: 1500 }), fc.boolean());
    fc.assert(
      fc.property(
        fc.array(month, { maxLength: 6 }),
        fc.nat(300),
        fc.nat(4000),
        fc.nat(800),
        (months, undated, first, length) => {
          const layout = new Layout(findingWith());
          const sections = sectionsOf(
            months.map(([count], index) => counted(`2024-${String(12 - index).padStart(2, "0")}`, count)),
            undated,
          );
          layout.take({ sections, isWhole: true, isLast: true });
          const end = first + length;
          const pages = layout.pagesOf({ first, end });
          const covered = pages.flatMap((page) =>
            Array.from({ length: page.end - page.first }, (_, at) => page.first + at),
          );
          const wanted = Array.from(
            { length: Math.max(0, Math.min(end, layout.count) - first) },
            (_, at) => first + at,
          );
          expect(covered.filter((place) => place >= first && place < end)).toEqual(wanted);
          expect(pages.every((page) => layout.pageAt(page.first)?.first === page.first)).toBe(true);
        },
      ),
    );
  });

  it("has no page before its beginning, none behind its end, and one behind an open end", () => {
    const layout = new Layout(findingWith({ q: "sea" }));
    expect([layout.pageAt(-1), layout.pageAt(0)?.end, layout.pagesOf({ first: 0, end: 1 }).length]).toEqual([
      null,
      100,
      1,
    ]);
    const page = layout.pageAt(0);
    const end = { photos: [], total: 30, isTotalCapped: false, next: null };
    if (page !== null) layout.grow(page, 30, end);
    expect([layout.count, layout.isWhole, layout.pageAt(30)]).toEqual([30, true, null]);
  });

  it("grows at its open end alone", () => {
    const layout = new Layout(findingWith());
    layout.take({ sections: sectionsOf([counted("2024-07", 3)], 0), isWhole: true, isLast: true });
    const [page] = layout.pagesOf({ first: 0, end: 1 });
    const answer = { photos: [], total: 90, isTotalCapped: false, next: "more" };
    if (page !== undefined) layout.grow(page, 90, answer);
    expect(layout.count).toBe(3);
    expect(layout.split(openStretch(findingWith(), 5, true), [])).toBeNull();
  });

  it("grows by the photos without a date where nobody has counted them all", () => {
    const layout = new Layout(findingWith());
    layout.take({ sections: sectionsOf([counted("2024-07", 3)], 4), isWhole: false, isLast: true });
    const page = layout.pageAt(3);
    const answer = { photos: [], total: 90, isTotalCapped: true, next: "more" };
    if (page !== null) layout.grow(page, 103, answer);
    expect([layout.sections.at(-1)?.count, layout.count, layout.isWhole]).toEqual([100, 103, false]);
  });
});
