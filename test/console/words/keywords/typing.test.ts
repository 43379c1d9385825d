import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { keywordsOf, typingOf } from "../../../../console/src/words/keywords/typing.ts";

describe("a keyword that is typed", () => {
  test("counts before anybody has pressed Enter", () => {
    expect(keywordsOf({ whole: ["sea"], text: " boat" })).toEqual(["sea", "boat"]);
  });

  test("counts for nothing while it is one that is there", () => {
    expect(keywordsOf({ whole: ["sea"], text: "Sea" })).toEqual(["sea"]);
  });

  test("stays in its field while it is the last one", () => {
    expect(typingOf(["sea", "boat"], { whole: ["sea"], text: "boat " })).toEqual({
      whole: ["sea"],
      text: "boat ",
    });
  });

  test("stays in its field while it is one that is there", () => {
    expect(typingOf(["sea"], { whole: ["sea"], text: "Sea" })).toEqual({ whole: ["sea"], text: "Sea" });
  });

  test("leaves the field where somebody has given it up, or set other keywords", () => {
    expect(typingOf(["sea"], { whole: ["sea"], text: "boat" })).toEqual({ whole: ["sea"], text: "" });
    expect(typingOf([], { whole: ["sea"], text: "sea" })).toEqual({ whole: [], text: "" });
  });

  const keyword = fc.constantFrom("a", "A", "b", "c d", "é", "É");
  it("comes back as it was typed, whatever is there already", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(keyword, { selector: (each) => each.toLowerCase() }),
        fc.oneof(keyword, fc.constantFrom("", " ", "a ")),
        (whole, text) => {
          expect(typingOf(keywordsOf({ whole, text }), { whole, text })).toEqual({ whole, text });
        },
      ),
    );
  });
});
