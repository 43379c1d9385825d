import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dateText, periodOf, rangeOf } from "../../../../console/src/find/chips/dates.ts";

const days = fc
  .date({ min: new Date("1000-01-01T00:00:00Z"), max: new Date("9998-12-31T00:00:00Z"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const periods = fc.tuple(days, fc.constantFrom(4, 7, 10)).map(([day, length]) => day.slice(0, length));

describe("the range of a period", () => {
  it.each([
    ["2024", "2025"],
    ["2024-07", "2024-08"],
    ["2024-12", "2025-01"],
    ["2024-02-28", "2024-02-29"],
    ["2024-12-31", "2025-01-01"],
  ])("of %s ends before %s", (period, end) => {
    expect(rangeOf(period)).toEqual({ takenAfter: period, takenBefore: end });
  });

  it("is read back as the period", () => {
    fc.assert(
      fc.property(periods, (period) => {
        expect(periodOf(rangeOf(period))).toBe(period);
      }),
    );
  });

  it("has no end behind the last year", () => {
    expect(rangeOf("9999")).toEqual({ takenAfter: "9999", takenBefore: null });
  });
});

describe("a range that is no period", () => {
  it.each([
    ["2024", null],
    [null, "2024"],
    ["2024", "2026"],
    ["2024", "2025-01-01"],
    ["2024-13", "2025-01"],
  ])("is none: from %s to %s", (takenAfter, takenBefore) => {
    expect(periodOf({ takenAfter, takenBefore })).toBeNull();
  });
});

describe("a date as people write it", () => {
  it.each([
    ["1962", "1962"],
    ["2024-07", "July 2024"],
    ["2024-07-14", "14 July 2024"],
    ["2024-13", "2024-13"],
    ["2024-02-30", "2024-02-30"],
  ])("of %s is %s", (date, text) => {
    expect(dateText(date)).toBe(text);
  });
});
