import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Rows } from "../../../../console/src/grid/layout/rows.ts";
import { rowHeight, shapeOf } from "../../../../console/src/grid/layout/shape.ts";
import { rowsOf, someRows } from "../support/rows.ts";

describe("rows", () => {
  it("give every photo one place below one another, with a heading above each section", () => {
    fc.assert(
      fc.property(someRows, (rows) => {
        let top = 0;
        let number = 0;
        let place = 0;
        for (const row of rows.between(0, Number.POSITIVE_INFINITY)) {
          expect([row.top, row.number, row.first]).toEqual([top, number, place]);
          const isHeading = row.kind === "heading";
          expect(isHeading).toBe(rows.blocks.some((block) => block.section !== null && block.row === number));
          top += isHeading ? rows.shape.heading : rowHeight(rows.shape);
          number += 1;
          place = row.end;
        }
        expect([place, number, Math.max(0, top - rows.shape.gap)]).toEqual([
          rows.count,
          rows.rowCount,
          rows.height,
        ]);
      }),
    );
  });

  it("are found by what lies between two heights, all of them and no other", () => {
    fc.assert(
      fc.property(someRows, fc.nat(4000), fc.integer({ min: 1, max: 900 }), (rows, top, length) => {
        const all = rows.between(0, Number.POSITIVE_INFINITY);
        const heightOf = (row: (typeof all)[number]): number =>
          row.kind === "heading" ? rows.shape.heading : rowHeight(rows.shape);
        const within = all.filter((row) => row.top < top + length && row.top + heightOf(row) > top);
        expect(rows.between(top, top + length).map(({ number }) => number)).toEqual(
          within.map(({ number }) => number),
        );
      }),
    );
  });

  it("are found by their photos", () => {
    fc.assert(
      fc.property(someRows, fc.nat(300), (rows, place) => {
        const row = rows.rowOf(place);
        expect(row !== null).toBe(place < rows.count);
        const holds = row === null || (row.first <= place && place < row.end);
        const isKnown = row === null || rows.between(row.top, row.top + 1).at(-1)?.number === row.number;
        expect([holds, isKnown]).toEqual([true, true]);
      }),
    );
  });

  it("are the photos alone where there are no sections", () => {
    const rows = rowsOf([], 10, { columns: 4 });
    expect([rows.rowCount, rows.blocks.length, rows.between(0, 1)[0]?.kind]).toEqual([3, 1, "photos"]);
  });

  it("are none where there is no photo", () => {
    const rows = rowsOf([], 0, { columns: 4 });
    expect([rows.rowCount, rows.height, rows.blockAt(0), rows.rowOf(0), rows.between(0, 100)]).toEqual([
      0,
      0,
      -1,
      null,
      [],
    ]);
  });
});

describe("the shape of the cells", () => {
  const room = { size: "medium", gap: 4, caption: 0, heading: 44 } as const;

  it("fits the width whatever it is", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 100, max: 6000 }),
        fc.constantFrom("small", "medium", "large"),
        (width, size) => {
          const { columns, cell, gap } = shapeOf({ ...room, width, size });
          const used = columns * cell + (columns - 1) * gap;
          expect([used <= width, used > width - columns, cell > 0]).toEqual([true, true, true]);
        },
      ),
    );
  });

  it("has more columns for smaller cells, also on narrow screens", () => {
    const columns = (width: number): number[] =>
      (["small", "medium", "large"] as const).map((size) => shapeOf({ ...room, width, size }).columns);
    expect([columns(320), columns(1280)]).toEqual([
      [4, 3, 2],
      [10, 7, 4],
    ]);
  });

  it("is laid out even where there is no room", () => {
    const shape = shapeOf({ ...room, width: 0 });
    expect([shape.cell, new Rows([], 5, shape).rowCount]).toEqual([1, 2]);
  });
});
