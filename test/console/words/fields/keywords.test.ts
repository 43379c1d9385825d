import { describe, expect, test } from "vitest";
import {
  keywordProblem,
  keywordsIn,
  partsOfKeywords,
  withKeywords,
} from "../../../../console/src/words/fields/keywords.ts";

describe("keywords", () => {
  test("are added behind those that are there, without blanks around them", () => {
    expect(withKeywords(["sea"], [" boat ", "wind"])).toEqual(["sea", "boat", "wind"]);
  });

  test("are there once, in their first spelling", () => {
    expect(withKeywords(["Sea"], ["sea", "Boat", "BOAT"])).toEqual(["Sea", "Boat"]);
  });

  test("stay the same list where nothing is added", () => {
    const keywords = ["sea"];
    expect(withKeywords(keywords, ["", "  ", "SEA"])).toBe(keywords);
  });

  test.each([
    ["sea", { whole: [], rest: "sea" }],
    ["sea,", { whole: ["sea"], rest: "" }],
    ["sea, boat\nwind", { whole: ["sea", " boat"], rest: "wind" }],
  ])("%j are parted at commas and lines", (text, parts) => {
    expect(partsOfKeywords(text)).toEqual(parts);
  });

  test("of an older value that is no list of texts are not known", () => {
    expect([keywordsIn("sea"), keywordsIn(["sea", 1]), keywordsIn(undefined), keywordsIn(["sea"])]).toEqual([
      null,
      null,
      [],
      ["sea"],
    ]);
  });
});

describe("a keyword", () => {
  test("has 64 characters at most, as people count them", () => {
    expect(keywordProblem("😀".repeat(64))).toBeNull();
    expect(keywordProblem("😀".repeat(65))).toEqual({
      kind: "keywordTooLong",
      keyword: "😀".repeat(65),
      length: 65,
    });
  });

  test("hides nothing", () => {
    expect(keywordProblem("se\u202Ea")?.kind).toBe("keywordHidden");
  });
});
