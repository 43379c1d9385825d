import { describe, expect, it } from "vitest";

import {
  fittingAnswer,
  mostAnswerBytes,
  shortenedFields,
  shortenedText,
  shortenedValue,
} from "../../../src/http/mcp/bounded.ts";

describe("what an agent is shown", () => {
  it.each([
    ["abc", 3, "abc"],
    ["abcd", 3, "abc… [cut: 3 of 4 characters]"],
    ["\u{1F3D6}\u{1F3D6}", 2, "\u{1F3D6}\u{1F3D6}"],
    ["\u{1F3D6}\u{1F3D6}", 1, "\u{1F3D6}… [cut: 1 of 2 characters]"],
    ["a\uD800", 2, "a\uFFFD"],
    ["", 0, ""],
  ])("of the text %j in %d characters is %j", (text, most, shown) => {
    expect(shortenedText(text, most)).toBe(shown);
  });

  it.each<[unknown, unknown]>([
    [7, 7],
    [null, null],
    [["a"], ["a"]],
    [["a", "bcdefg"], '["a","bcde… [cut: 10 of 14 characters]'],
    ["abcdefghijkl", "abcdefghij… [cut: 10 of 12 characters]"],
  ])("of the value %j in 10 characters is %j", (value, shown) => {
    expect(shortenedValue(value, 10)).toEqual(shown);
  });

  it("of many fields, or long ones, is as many as there is room for", () => {
    const many = Object.fromEntries(Array.from({ length: 70 }, (_, at) => [`f${at}`, at] as const));
    expect(shortenedFields(many, { characters: 10, bytes: 10_000 }).leftOut).toBe(6);
    const long = { a: "x".repeat(50), b: "x".repeat(50), c: 1 };
    const { fields, leftOut } = shortenedFields(long, { characters: 100, bytes: 100 });
    expect([Object.keys(fields), leftOut]).toEqual([["a"], 2]);
  });

  it("is one item at least, and below 64 KiB with all others", () => {
    expect(fittingAnswer(["x".repeat(2 * mostAnswerBytes), "y"])).toHaveLength(1);
    const some = fittingAnswer(Array.from({ length: 1000 }, () => "\u0001".repeat(100)));
    expect(JSON.stringify(some).length).toBeLessThan(mostAnswerBytes);
    expect(fittingAnswer([])).toEqual([]);
  });
});
