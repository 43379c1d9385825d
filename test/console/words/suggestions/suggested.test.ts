import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { edited } from "../../../../console/src/words/drafts/draft.ts";
import {
  editsOf,
  leftOf,
  takenIn,
  withoutOwn,
  type Suggestions,
} from "../../../../console/src/words/suggestions/suggested.ts";

function suggested(description: string | null, ...keywords: string[]): Suggestions {
  return {
    description,
    keywords: keywords.map((keyword) => ({ keyword, score: 0.9 })),
    model: "@cf/llava-hf/llava-1.5-7b-hf",
    created_at: "2026-11-22T10:38:00.000Z",
  };
}

describe("what is left of suggestions", () => {
  it("is nothing where nothing is suggested", () => {
    expect(leftOf(null, {})).toBeNull();
  });

  it("is what does not stand in the fields, whatever its case", () => {
    const words = { description: "A dog.", keywords: ["BEACH"] };
    expect(leftOf(suggested("A dog.", "beach", "dog"), words)).toEqual({
      description: null,
      keywords: ["dog"],
    });
  });

  it("is nothing once all of it stands there", () => {
    expect(leftOf(suggested("A dog.", "beach"), { description: "A dog.", keywords: ["beach"] })).toBeNull();
  });
});

describe("all suggestions", () => {
  it("leave a description alone that somebody has written", () => {
    const left = { description: "A dog.", keywords: ["dog"] };
    expect(withoutOwn(left, { description: "Rex" })).toEqual({ description: null, keywords: ["dog"] });
    expect(withoutOwn(left, {})).toEqual(left);
  });
});

describe("what is taken into the fields", () => {
  it("stands behind the keywords that are there", () => {
    const edits = editsOf({ description: "A dog.", keywords: ["dog", "Sea"] }, { keywords: ["sea"] });
    expect(edits).toEqual({ description: "A dog.", keywords: ["sea", "dog"] });
  });

  it("never replaces keywords that no list can show", () => {
    expect(editsOf({ description: null, keywords: ["dog"] }, { keywords: "sea; dog" })).toEqual({});
  });
});

describe("what the service is told of", () => {
  it("is what stands among the edits, however it came there, and not what was there before", () => {
    const taken = takenIn(suggested("A dog.", "dog", "beach", "sea"), {
      base: { keywords: ["sea"] },
      edits: { description: "A dog.", keywords: ["sea", "DOG", "Rex"] },
    });
    expect(taken).toEqual({ description: true, keywords: ["dog"] });
  });

  it("is no sentence that was changed", () => {
    const edits = { description: "A dog named Rex." };
    expect(takenIn(suggested("A dog."), { base: {}, edits })).toBeNull();
  });

  it("is all of it where all of it was taken, over any words", () => {
    const word = fc.string({ minLength: 1, maxLength: 8 }).filter((text) => text.trim() === text);
    fc.assert(
      fc.property(fc.uniqueArray(word), fc.uniqueArray(word), (own, others) => {
        const base = { keywords: own };
        const suggestions = suggested("A dog.", ...others);
        const left = leftOf(suggestions, base);
        if (left === null) return;
        const edits = editsOf(left, base);
        expect(leftOf(suggestions, edited(base, edits))).toBeNull();
        const taken = takenIn(suggestions, { base, edits });
        expect(taken).toEqual({ description: true, keywords: left.keywords });
      }),
    );
  });
});
