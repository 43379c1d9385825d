import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";

import { applyBackPatch, makeBackPatch, parseBackPatch } from "../../../src/media/history/back-patch.ts";
import type { ObjectMetadata } from "../../../src/db/media/record.ts";

const keywords = fc.array(fc.constantFrom("a", "b", "c", "d", "e", "A", "é"), { maxLength: 6 });

const anyWords = z.record(z.string(), z.unknown());

/** Words whose fields come in any order, keywords among them that repeat or are none. */
const words: fc.Arbitrary<ObjectMetadata> = fc
  .uniqueArray(
    fc.oneof(
      fc.tuple(fc.constantFrom("description", "title", "custom"), fc.jsonValue({ maxDepth: 2 })),
      fc.tuple(fc.constant("keywords"), fc.oneof({ weight: 4, arbitrary: keywords }, fc.jsonValue())),
    ),
    { selector: ([name]) => name, maxLength: 4 },
  )
  // As a row holds them: JSON has no -0.
  .map((entries) => anyWords.parse(JSON.parse(JSON.stringify(Object.fromEntries(entries)))));

function back(after: ObjectMetadata, before: ObjectMetadata): ObjectMetadata {
  const json = JSON.stringify(makeBackPatch(before, after));
  return applyBackPatch(after, parseBackPatch(json));
}

describe("a patch that leads back", () => {
  it("gives the words before a change back to the byte, whatever they were", () => {
    fc.assert(
      fc.property(words, words, (before, after) => {
        expect(JSON.stringify(back(after, before))).toBe(JSON.stringify(before));
      }),
      { numRuns: 2000 },
    );
  });

  it("tells of a keyword renamed among many only the keyword and its place", () => {
    const many = Array.from({ length: 200 }, (_, index) => `keyword ${index}`);
    const before = { description: "x".repeat(1000), keywords: many };
    const after = { ...before, keywords: many.with(7, "another") };
    expect(makeBackPatch(before, after)).toEqual({ drop: [7], put: [[7, "keyword 7"]] });
  });

  it("tells the order of the fields only where a field comes back at another place", () => {
    expect(makeBackPatch({ title: "a", city: "b" }, { city: "b" })).toEqual({
      set: { title: "a" },
      order: ["title", "city"],
    });
    expect(makeBackPatch({ city: "b", title: "a" }, { city: "b" })).toEqual({ set: { title: "a" } });
  });

  it("takes the whole of the words where older code kept them so", () => {
    expect(applyBackPatch({ title: "new" }, { whole: { title: "old" } })).toEqual({ title: "old" });
  });
});
