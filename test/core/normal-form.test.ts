import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { inNormalForm } from "../../src/core/text/normal-form.ts";

const piece = fc.constantFrom(
  "a",
  "e",
  " ",
  "\u0301",
  "\u0316",
  "\u0327",
  "\u1100",
  "\u1161",
  "é",
  "\u{1d15e}",
  "ﬁ",
);

describe("inNormalForm", () => {
  it.each(["NFC", "NFKD"] as const)("is %s of any text that could be written", (form) => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 300 }), (pieces) => {
        const text = pieces.join("");
        expect(inNormalForm(text, form)).toBe(text.normalize(form));
      }),
    );
  });

  it("loses none of very many marks in a row", () => {
    const text = `e${"\u0301\u0316".repeat(1000)}e\u0301`;
    const made = inNormalForm(text);
    expect(made.startsWith("é\u0316")).toBe(true);
    expect(made.endsWith("é")).toBe(true);
    expect(Array.from(made.normalize("NFD")).toSorted()).toEqual(Array.from(text).toSorted());
  });
});
