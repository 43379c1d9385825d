import { describe, expect, it } from "vitest";
import { composeTurns, swapsSides, toOrientation, type Turn } from "../../src/core/orientation.ts";

// The corners of a picture, clockwise from the top left, as each orientation shows those that are stored as ABCD.
const shownCorners: Readonly<Record<number, string>> = {
  1: "ABCD",
  2: "BADC",
  3: "CDAB",
  4: "DCBA",
  5: "ADCB",
  6: "DABC",
  7: "CBAD",
  8: "BCDA",
};

function turned(corners: string, turn: Turn): string {
  const [a = "", b = "", c = "", d = ""] = corners;
  if (turn === "mirror") return b + a + d + c;
  if (turn === "flip") return d + c + b + a;
  let shown = corners;
  for (let quarter = 0; quarter < turn.rotate; quarter++) shown = shown.slice(3) + shown.slice(0, 3);
  return shown;
}

const turns: Turn[] = ["mirror", "flip", { rotate: 0 }, { rotate: 1 }, { rotate: 2 }, { rotate: 3 }];

describe("composeTurns", () => {
  it("does with one orientation what any three turns do one after the other", () => {
    for (const first of turns) {
      for (const second of turns) {
        for (const third of turns) {
          const corners = [first, second, third].reduce(turned, "ABCD");
          expect(shownCorners[composeTurns([first, second, third])]).toBe(corners);
        }
      }
    }
  });

  it("takes no turn at all for the upright orientation", () => {
    expect(composeTurns([])).toBe(1);
  });

  it("takes turns to the left as well", () => {
    expect(composeTurns([{ rotate: -1 }])).toBe(8);
  });
});

describe("toOrientation", () => {
  it.each([0, 9, -1, 1.5, Number.NaN, 65_535])("refuses %d", (value) => {
    expect(toOrientation(value)).toBeNull();
  });

  it("accepts one to eight", () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8].map(toOrientation)).toStrictEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });
});

describe("swapsSides", () => {
  it("holds for the four orientations that lie on their side", () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8].map((value) => swapsSides(toOrientation(value)))).toStrictEqual([
      false,
      false,
      false,
      false,
      true,
      true,
      true,
      true,
    ]);
    expect(swapsSides(null)).toBe(false);
  });
});
