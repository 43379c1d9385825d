import { describe, expect, it } from "vitest";
import { wishNow, type Wish } from "../../../console/src/selection/wish.ts";

const choice = {};
const waiting: Wish = { kind: "remove", choice, isBegun: false };
const begun: Wish = { ...waiting, isBegun: true };

describe("a wish for photos that are not known yet", () => {
  it("waits for them, and begins once they are", () => {
    expect(wishNow(waiting, { choice, awaited: 3, hasFailed: false })).toBe(waiting);
    expect(wishNow(waiting, { choice, awaited: 0, hasFailed: false })).toEqual(begun);
  });

  it("ends where they cannot be loaded", () => {
    expect(wishNow(waiting, { choice, awaited: 3, hasFailed: true })).toBe(null);
  });

  it("ends where others are selected, also if those are known", () => {
    expect(wishNow(waiting, { choice: {}, awaited: 0, hasFailed: false })).toBe(null);
  });

  it("once begun stays, whatever becomes of the selection", () => {
    expect(wishNow(begun, { choice: {}, awaited: 2, hasFailed: true })).toBe(begun);
  });
});
