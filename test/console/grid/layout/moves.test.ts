import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { extensionOf, moved, moveOf, type Move } from "../../../../console/src/grid/layout/moves.ts";
import { rowsOf, someRows } from "../support/rows.ts";

const plain = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

describe("keys", () => {
  it.for([
    ["ArrowLeft", {}, "left"],
    ["PageDown", {}, "screenDown"],
    ["Home", {}, "rowStart"],
    ["End", {}, "rowEnd"],
    ["Home", { ctrlKey: true }, "first"],
    ["End", { metaKey: true }, "last"],
    ["ArrowLeft", { ctrlKey: true }, null],
    ["ArrowLeft", { altKey: true }, null],
    ["ArrowDown", { shiftKey: true }, null],
    ["a", {}, null],
  ] as const)("%s with %o is the move %s", ([key, held, move]) => {
    expect(moveOf({ ...plain, key, ...held })).toBe(move);
  });
});

describe("keys with Shift", () => {
  it("are those that move, and nothing without Shift", () => {
    const held = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: true };
    expect(extensionOf({ ...held, key: "ArrowDown" })).toBe("down");
    expect(extensionOf({ ...held, key: "End", ctrlKey: true })).toBe("last");
    expect(extensionOf({ ...held, key: "x" })).toBeNull();
    expect(extensionOf({ ...held, key: "ArrowDown", shiftKey: false })).toBeNull();
  });
});

describe("moves", () => {
  // 0 1 2 / 3 4 | 5 6 7 / 8 | 9
  const rows = rowsOf(
    [
      ["2024-07", 5],
      ["2024-05", 4],
      [null, 1],
    ],
    0,
  );

  it.for([
    ["left", 5, 4],
    ["left", 0, 0],
    ["right", 4, 5],
    ["right", 9, 9],
    ["up", 7, 4],
    ["up", 5, 3],
    ["up", 1, 1],
    ["down", 2, 4],
    ["down", 4, 6],
    ["down", 8, 9],
    ["down", 9, 9],
    ["rowStart", 4, 3],
    ["rowEnd", 3, 4],
    ["first", 7, 0],
    ["last", 0, 9],
    ["screenDown", 0, 5],
    ["screenDown", 9, 9],
    ["screenUp", 9, 5],
    ["screenUp", 0, 0],
  ] as const)("%s from %i leads to %i", ([move, from, to]) => {
    expect(moved(rows, from, move, 260)).toBe(to);
  });

  it("lead to a photo that is there, from whatever place", () => {
    const all: Move[] = [
      "left",
      "right",
      "up",
      "down",
      "rowStart",
      "rowEnd",
      "first",
      "last",
      "screenUp",
      "screenDown",
    ];
    fc.assert(
      fc.property(
        someRows,
        fc.nat(300),
        fc.constantFrom(...all),
        fc.nat(2000),
        (rows, place, move, screen) => {
          const to = moved(rows, place, move, screen);
          expect(rows.count === 0 ? to === 0 : to >= 0 && to < rows.count).toBe(true);
        },
      ),
    );
  });

  it("by a screen go on by a row at least", () => {
    expect(moved(rowsOf([], 30), 0, "screenDown", 10)).toBe(3);
  });
});
