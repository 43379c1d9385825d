import fc from "fast-check";
import { expect, it } from "vitest";
import { dayAfter, monthAfter } from "../../../console/src/library/periods.ts";

it.for([
  ["2024-07", "2024-08"],
  ["2024-12", "2025-01"],
  ["0999-12", "1000-01"],
  ["9999-12", null],
] as const)("knows the month behind %s", ([month, next]) => {
  expect(monthAfter(month)).toBe(next);
});

it.for([
  ["2024-02-28", "2024-02-29"],
  ["2023-12-31", "2024-01-01"],
  ["0099-12-31", "0100-01-01"],
  ["9999-12-31", null],
] as const)("knows the day behind %s", ([day, next]) => {
  expect(dayAfter(day)).toBe(next);
});

it("leaves out no day of a month", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9998 }), fc.integer({ min: 1, max: 12 }), (year, number) => {
      const month = `${String(year).padStart(4, "0")}-${String(number).padStart(2, "0")}`;
      let day: string | null = `${month}-01`;
      let days = 0;
      while (day !== null && day.startsWith(month)) {
        days += 1;
        day = dayAfter(day);
      }
      expect([days >= 28 && days <= 31, day]).toEqual([true, `${monthAfter(month)}-01`]);
    }),
  );
});
