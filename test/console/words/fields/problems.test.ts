import { describe, expect, it, test } from "vitest";
import { isTooMuch, problemOf, problemsOf } from "../../../../console/src/words/fields/problems.ts";

describe("the value of a field", () => {
  test.each([
    ["description", "😀".repeat(1024), null],
    ["description", "😀".repeat(1025), { kind: "tooLong", length: 1025 }],
    ["usage_terms", "a".repeat(1025), { kind: "tooLong", length: 1025 }],
    ["keywords", Array.from({ length: 256 }, (_, index) => `k${index}`), null],
    ["keywords", Array.from({ length: 257 }, (_, i) => `k${i}`), { kind: "tooManyKeywords", count: 257 }],
    ["keywords", ["a".repeat(65)], { kind: "keywordTooLong", keyword: "a".repeat(65), length: 65 }],
    ["keywords", "sea", { kind: "noKeywords" }],
    ["rating", 5, null],
    ["rating", 6, { kind: "noRating" }],
    ["rating", 2.5, { kind: "noRating" }],
    ["taken_at", "1962-07", null],
    ["taken_at", "summer 62", { kind: "noDate" }],
    ["location", { latitude: 48, longitude: 2 }, null],
    ["location", "Paris", { kind: "noPlace" }],
    ["shelf_mark", "a".repeat(5000), null],
    ["title", null, null],
    ["keywords", undefined, null],
  ])("of %s", (name, value, problem) => {
    expect(problemOf(name, value)).toEqual(problem);
  });
});

it("finds the problem of each field", () => {
  expect([...problemsOf({ rating: 9, title: "fine", location: "there" }).keys()]).toEqual([
    "rating",
    "location",
  ]);
});

it("finds words that are too many as a whole", () => {
  expect([isTooMuch({ notes: "ä".repeat(32_000) }), isTooMuch({ notes: "ä".repeat(33_000) })]).toEqual([
    false,
    true,
  ]);
});
