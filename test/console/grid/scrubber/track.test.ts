import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  fractionOf,
  sectionAtFraction,
  sectionOfKey,
  yearMarks,
} from "../../../../console/src/grid/scrubber/track.ts";
import { rowsOf, someRows } from "../support/rows.ts";

const rows = rowsOf(
  [
    ["2024-07", 30],
    ["2024-05", 300],
    ["2023-12", 3],
    ["2019-12", 3],
    ["2019-03", 600],
    [null, 60],
  ],
  0,
);

describe("the track", () => {
  it("leads from each section's place to the section", () => {
    fc.assert(
      fc.property(someRows, (rows) => {
        const sections = rows.blocks.map((_, section) => section);
        // A hair below its upper edge, since a part of a height is no whole number.
        expect(sections.map((section) => sectionAtFraction(rows, fractionOf(rows, section) + 1e-9))).toEqual(
          sections,
        );
      }),
    );
  });

  it("has an end above and below", () => {
    expect([sectionAtFraction(rows, -3), sectionAtFraction(rows, 9)]).toEqual([0, 5]);
    expect(fractionOf(rowsOf([], 0), 0)).toBe(0);
  });

  it("tells each year once, where it begins, and names those for which there is room", () => {
    expect(yearMarks(rows, 300, 20).map(({ year, isNamed }) => [year, isNamed])).toEqual([
      ["2024", true],
      ["2023", true],
      ["2019", false],
      [null, true],
    ]);
    expect(yearMarks(rows, 30_000, 20).every(({ isNamed }) => isNamed)).toBe(true);
    expect(yearMarks(rowsOf([], 30), 300, 20)).toEqual([]);
  });
});

describe("keys", () => {
  it.for([
    ["ArrowDown", 0, 1],
    ["ArrowRight", 5, 5],
    ["ArrowUp", 2, 1],
    ["ArrowLeft", 0, 0],
    ["PageDown", 0, 2],
    ["PageDown", 1, 2],
    ["PageDown", 3, 5],
    ["PageDown", 5, 5],
    ["PageUp", 5, 3],
    ["PageUp", 4, 2],
    ["PageUp", 2, 0],
    ["PageUp", 1, 0],
    ["Home", 4, 0],
    ["End", 1, 5],
    ["a", 1, null],
  ] as const)("%s leads from section %i to %s", ([key, from, to]) => {
    expect(sectionOfKey(rows, from, key)).toBe(to);
  });
});
