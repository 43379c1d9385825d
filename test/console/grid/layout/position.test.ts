import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { placeOf, positionAt, readPosition, topOf } from "../../../../console/src/grid/layout/position.ts";
import { Rows } from "../../../../console/src/grid/layout/rows.ts";
import { rowsOf, someRows } from "../support/rows.ts";

describe("a position", () => {
  it("leads back to the pixel, through the browser's history too", () => {
    fc.assert(
      fc.property(someRows, fc.double({ min: 0, max: 1, noNaN: true }), (rows, part) => {
        const top = Math.floor(part * rows.height);
        const position = positionAt(rows, top);
        expect(position === null).toBe(rows.count === 0);
        expect(position === null ? top : topOf(rows, position)).toBe(top);
        expect(readPosition(structuredClone(position))).toEqual(position);
      }),
    );
  });

  it("leads to the same photo where cells have another size", () => {
    const before = rowsOf([["2024-07", 50]], 0);
    const after = new Rows(
      before.blocks.flatMap(({ section }) => section ?? []),
      50,
      { ...before.shape, columns: 5 },
    );
    const position = positionAt(before, before.rowOf(21)?.top ?? 0);
    expect(position).toEqual({ period: "2024-07", index: 21, offset: 0 });
    expect(position === null ? null : [topOf(after, position), placeOf(after, position)]).toEqual([
      after.rowOf(21)?.top,
      21,
    ]);
  });

  it("leads to the last photo of a section that has become shorter", () => {
    const rows = rowsOf([["2024-07", 4]], 0);
    expect(topOf(rows, { period: "2024-07", index: 80, offset: 3 })).toBe((rows.rowOf(3)?.top ?? 0) + 3);
  });

  it("leads nowhere where its section is gone", () => {
    const rows = rowsOf([["2024-07", 4]], 0);
    const position = { period: "1999-01", index: 0, offset: 0 };
    expect([topOf(rows, position), placeOf(rows, position)]).toEqual([null, null]);
  });

  it.for([
    [null],
    ["somewhere"],
    [{ period: 7, index: 0, offset: 0 }],
    [{ period: null, index: "0", offset: 0 }],
    [{ period: null, index: 0 }],
    [{ period: null, index: -1, offset: 0 }],
    [{ period: null, index: 0.5, offset: 0 }],
    [{ period: null, index: 0, offset: Number.NaN }],
  ] as const)("is not read out of %o", ([kept]) => {
    expect(readPosition(kept)).toBeNull();
  });
});
