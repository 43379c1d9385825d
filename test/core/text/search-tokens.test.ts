import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { standsForPairs, type Token, tokensOf } from "../../../src/core/text/search-tokens.ts";

/** Pieces of many scripts, those that meet their neighbours among them. */
const pieces = [
  ["IMG_0042.jpg", "don't", "Straße", "ΟΔΥΣΣΕΥΣ", "Ёлка", "e\u0301", "\u0301", " ", "-", "½", "\ufdfa", "𝔸"],
  [
    "東京都",
    "年",
    "7",
    "食べる",
    "カメラー",
    "ﾊﾟ",
    "か\u3099",
    "\u3099",
    "𠮷野",
    "กำลัง",
    "น้ำ",
    "ិ",
    "မြန်မာ",
    "ລາວ",
  ],
  [
    "가",
    "ㄱ",
    "ㅏ",
    "ㅠㅠ",
    "\u1112",
    "\u1161",
    "한국",
    "हिन्दी",
    "\u093f",
    "שָׁ",
    "مُحَمَّد",
    "\u200b",
    "\u200d",
    "\u00ad",
  ],
  ["👨‍👩‍👧", "👍🏽", "❤️", "🇩🇪", "🇩", "1️⃣", "🏴\u{e0067}\u{e007f}", "™", "\ud83d", "x".repeat(70)],
];
const piece = fc.constantFrom(...pieces.flat());

const anyText = fc.oneof(
  { weight: 3, arbitrary: fc.array(piece, { maxLength: 15 }).map((parts) => parts.join("")) },
  { weight: 1, arbitrary: fc.string({ unit: "grapheme", maxLength: 40 }) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 40 }) },
);

function textsOf(text: string, use: "index" | "query" = "index"): string[] {
  return tokensOf(text, use).map((token) => token.text);
}

/** Whether a query's phrase stands in a text's tokens, as the full-text index finds it. */
function stands(phrase: readonly Token[], tokens: readonly Token[]): boolean {
  return tokens.some((_, at) =>
    phrase.every((wanted, index) => {
      const text = tokens[at + index]?.text ?? "";
      const isOpen = index === phrase.length - 1 && standsForPairs(wanted);
      return isOpen ? text.startsWith(wanted.text) : text === wanted.text;
    }),
  );
}

/** Whether a cut parts a word; what comes of one character, as the 1 and the 2 of ½, may be of two words. */
function isInsideWord({ text, start, end }: Token, cut: number): boolean {
  const isPair = standsForPairs({ text: String.fromCodePoint(text.codePointAt(0) ?? 0), start, end });
  return start < cut && cut < end && !isPair;
}

describe("the tokens of a text", () => {
  it.each([
    ["IMG_0042.jpg", ["img", "0042", "jpg"]],
    ["Don't stop", ["don", "t", "stop"]],
    ["Hawaiʻi Hawai'i", ["hawai", "i", "hawai", "i"]],
    ["東京都", ["東京", "京都", "都"]],
    ["2024年7月", ["2024", "年", "7", "月"]],
    ["食べる。カメラー", ["食べ", "べる", "る", "カメ", "メラ", "ラー", "ー"]],
    ["我爱北京", ["我爱", "爱北", "北京", "京"]],
    ["ทะเล", ["ทะ", "ะเ", "เล", "ล"]],
    ["ភ្នំ\u200bពេញ", ["ភ្", "្ន", "នំ", "ំព", "ពេ", "េញ", "ញ"]],
    ["한국 여행", ["한국", "여행"]],
    ["\u1112\u1161\u11ab \u1112\u1161 ﾡￂ ㅠㅠ", ["한", "하", "가", "ᅲᅲ"]],
    ["ﾊﾟﾘ か\u3099", ["パリ", "リ", "が"]],
    ["नई दिल्ली", ["नई", "दिल्ली"]],
    ["שָׁלוֹם עולם", ["שלום", "עולם"]],
    ["مُحَمَّد صَلَاة", ["محمد", "صلاة"]],
    ["می‌خواهم", ["می", "خواهم"]],
    ["Αθήνα Москва Đà Nẵng", ["αθηνα", "москва", "da", "nang"]],
    ["Kadıköy İZMİR", ["kadikoy", "izmir"]],
    ["👨‍👩‍👧 fun👍🏽🇩🇪🇫🇷❤️", ["👨", "👩", "👧", "fun", "👍", "🇩🇪", "🇫🇷", "❤"]],
    ["🏴󠁧󠁢󠁥󠁮󠁧󠁿 1️⃣ #*", ["🏴", "1"]],
    ["🇩 _.,", []],
    ["", []],
  ])("of %j are %j", (text, tokens) => {
    expect(textsOf(text)).toEqual(tokens);
  });

  it.each([
    ["東京都", ["東京", "京都"]],
    ["東京都!", ["東京", "京都"]],
    ["東京 2024", ["東京", "京", "2024"]],
    ["2024年", ["2024", "年"]],
  ])("of the query %j are %j", (text, tokens) => {
    expect(textsOf(text, "query")).toEqual(tokens);
  });

  it("tell where they stand, with the marks that belong to them", () => {
    const text = "de\u0301jà 👍🏽 食べる";
    const places = tokensOf(text, "index").map(({ start, end }) => text.slice(start, end));
    expect(places).toEqual(["de\u0301jà", "👍🏽", "食べ", "べる", "る"]);
  });

  it("are at most 64 code points long, and stand for the whole word", () => {
    const [token] = tokensOf("𝔸".repeat(100), "index");
    expect(token).toEqual({ text: "a".repeat(64), start: 0, end: 200 });
  });

  it("of any part of it stand in it, one behind the other", () => {
    fc.assert(
      fc.property(anyText, fc.nat(), fc.nat(), (text, one, other) => {
        const tokens = tokensOf(text, "index");
        fc.pre(tokens.length > 0);
        const cuts = [...new Set(tokens.flatMap(({ start, end }) => [start, end]))];
        const ends = cuts.filter((cut) => tokens.every((token) => !isInsideWord(token, cut)));
        const [from, to] = [ends[one % ends.length] ?? 0, ends[other % ends.length] ?? 0];
        fc.pre(from !== to);
        const query = tokensOf(text.slice(Math.min(from, to), Math.max(from, to)), "query");
        expect(stands(query, tokens)).toBe(true);
      }),
      { numRuns: 5000 },
    );
  });

  it("come in order and never part a surrogate pair", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const tokens = tokensOf(text, "index");
        const starts = tokens.map(({ start }) => start);
        expect(starts).toEqual(starts.toSorted((a, b) => a - b));
        const parted = tokens.flatMap(({ start, end }) => [start, end]).filter((at) => partsPair(text, at));
        expect(parted).toEqual([]);
        expect(tokens.filter(({ start, end, text: { length } }) => end <= start || length === 0)).toEqual([]);
      }),
    );
  });

  it.each([
    ["marks", "\u0301\u0316"],
    ["vowel signs", "\u0e34"],
    ["jamo", "ㄱㅏ"],
    ["joiners", "👨\u200d"],
    ["regional indicators", "🇩"],
    ["pairs", "東京"],
    ["a word", "x"],
    ["words", "x "],
    ["punctuation", "._"],
    ["half a pair", "\ud83d"],
  ])(
    "of a million units are found in a moment: %s",
    (_, unit) => {
      const text = unit.repeat(Math.floor(1_000_000 / unit.length));
      expect(tokensOf(text, "index").length).toBeLessThanOrEqual(1_000_001);
    },
    10_000,
  );
});

function partsPair(text: string, at: number): boolean {
  return /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(at - 1, at + 1)) && at > 0;
}
