import { describe, expect, it, test } from "vitest";
import { labelOf, labelsOf, problemText, refusalsOf } from "../../../../console/src/words/form/labels.ts";
import type { Problem } from "../../../../console/src/words/fields/problems.ts";

test("fields have names for people, also those that somebody has made up", () => {
  expect([labelOf("usage_terms"), labelOf("shelf_mark")]).toEqual(["Usage terms", "Shelf mark"]);
});

test("several fields are told in the order of the form, whatever order they come in", () => {
  expect(labelsOf(["shelf_mark", "city", "keywords", "archive_box"])).toBe(
    "Keywords, City, Archive box and Shelf mark",
  );
});

describe("a problem", () => {
  test.each<[Problem]>([
    [{ kind: "tooLong", length: 1025 }],
    [{ kind: "tooManyKeywords", count: 257 }],
    [{ kind: "keywordTooLong", keyword: "a".repeat(65), length: 65 }],
    [{ kind: "keywordHidden", keyword: "sea" }],
    [{ kind: "noKeywords" }],
    [{ kind: "noDate" }],
    [{ kind: "noPlace" }],
    [{ kind: "noRating" }],
    [{ kind: "tooMuch" }],
  ])("is told in a sentence: %j", (problem) => {
    expect(problemText(problem)).toMatch(/[.]$/);
  });
});

it("finds the field of each refusal, the first of each", () => {
  const refusals = refusalsOf([
    { path: "object_metadata.keywords.3", message: "must not be empty" },
    { path: "object_metadata.keywords.4", message: "must be a string" },
    { path: "object_metadata", message: "has 70000 bytes" },
  ]);
  expect([...refusals]).toEqual([["keywords", "The service says: it must not be empty."]]);
});
