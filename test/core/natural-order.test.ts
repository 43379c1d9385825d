import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { compareNaturally } from "../../src/core/text/natural-order.ts";

describe("compareNaturally", () => {
  it.each([
    { names: ["img2", "img10"] },
    { names: ["2", "10", "a"] },
    { names: ["v1.2", "v1.10"] },
    { names: ["a", "á", "b"] },
    { names: ["beach", "Beach", "beach 2", "Beach 10"] },
    { names: ["img001", "img01", "img1", "img2"] },
    { names: ["", "a"] },
    { names: ["Ärzte", "Zoo"] },
    { names: ["Ёж 2", "Ёж 10", "Яма"] },
    { names: ["写真2", "写真10"] },
    { names: ["صور ٢", "صور ١٠"] },
    { names: ["99999999999999999998", "99999999999999999999"] },
    { names: ["😀", "a"] },
  ])("sorts $names so", ({ names }) => {
    expect(names.toReversed().toSorted(compareNaturally)).toEqual(names);
  });

  const unit = fc.constantFrom(
    ...Array.from("aAáÁbß019 -_.٢漢の"),
    "e\u0301",
    "é",
    "\u0301",
    "\u0000",
    "😀",
    "\u{10ffff}",
    "\ud800",
  );
  const name = fc.array(unit, { maxLength: 6 }).map((parts) => parts.join(""));

  it("is total: only the same name is equal", () => {
    fc.assert(
      fc.property(name, name, (a, b) => {
        expect(compareNaturally(a, b) === 0).toBe(a === b);
      }),
      { numRuns: 2000 },
    );
  });

  it("is antisymmetric", () => {
    fc.assert(
      fc.property(name, name, (a, b) => {
        expect(Math.sign(compareNaturally(a, b)) + Math.sign(compareNaturally(b, a))).toBe(0);
      }),
      { numRuns: 2000 },
    );
  });

  it("is transitive", () => {
    fc.assert(
      fc.property(name, name, name, (...three) => {
        const [a, b, c] = three.toSorted(compareNaturally);
        expect(compareNaturally(a ?? "", b ?? "")).toBeLessThanOrEqual(0);
        expect(compareNaturally(b ?? "", c ?? "")).toBeLessThanOrEqual(0);
        expect(compareNaturally(a ?? "", c ?? "")).toBeLessThanOrEqual(0);
      }),
      { numRuns: 4000 },
    );
  });

  it("sorts by the number first, however many zeros are before it", () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.nat(4), (a, b, zeros) => {
        fc.pre(a !== b);
        const order = compareNaturally(`img${"0".repeat(zeros)}${a}.jpg`, `img${b}.jpg`);
        expect(Math.sign(order)).toBe(Math.sign(a - b));
      }),
    );
  });
});
