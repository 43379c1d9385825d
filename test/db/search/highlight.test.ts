import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { highlighter, type TextKind } from "../../../src/db/search/highlight.ts";
import { parseQuery } from "../../../src/db/search/query.ts";
import { anyQuery } from "../../support/records/queries.ts";

const marks = { open: "[", close: "]" };

function marked(text: string, query: string, kind: TextKind = "text"): string | null {
  return highlighter(parseQuery(query), marks)(text, kind);
}

describe("highlight", () => {
  it.each([
    ["A beach, a Beach.", "beach ", "A [beach], a [Beach]."],
    ["seaside sea", "sea", "[seaside] [sea]"],
    ["seaside sea", "sea ", "seaside [sea]"],
    ["white beach, white sand", '"white sand"', "white beach, [white sand]"],
    ["white beach", "white beach ", "[white] [beach]"],
    ["white sandy", '"white sand"*', "[white sandy]"],
    ["IMG_0042.jpg", "img_00", "[IMG_0042].jpg"],
    ["a b c d", '"a b" "b c" d ', "[a b c] [d]"],
    ["a b c d", '"a b c" b ', "[a b c] d"],
    ["fun👍 d", "fun 👍", "[fun👍] d"],
    ["Die Straße", "STRASSE ", "Die [Straße]"],
    ["Cafe\u0301 au lait", "café ", "[Cafe\u0301] au lait"],
    ["Phở Đà Nẵng", "da nang", "Phở [Đà] [Nẵng]"],
    ["İstanbul ılık", "istanbul ilik", "[İstanbul] [ılık]"],
    ["Ὀδυσσεύς", "οδυσσευς", "[Ὀδυσσεύς]"],
    ["Ёлка зимой", "елка ", "[Ёлка] зимой"],
    ["東京都へ", "東京都", "[東京都]へ"],
    ["東京都へ", "京", "東[京]都へ"],
    ["東京都へ", "へ", "東京都[へ]"],
    ["2024年度7月", "年", "2024[年]度7月"],
    ["食べる", "べる", "食[べる]"],
    ["ทะเลสวย", "ทะเล", "[ทะเล]สวย"],
    ["한국 여행", "한국", "[한국] 여행"],
    ["नई दिल्ली", "दिल्ली ", "नई [दिल्ली]"],
    ["שָׁלוֹם", "שלום", "[שָׁלוֹם]"],
    ["مُحَمَّد", "محمد", "[مُحَمَّد]"],
    ["𠮷野家", "野家", "𠮷[野家]"],
    ["fun👍🏽🇩🇪🇫🇷", "👍 🇫🇷", "fun[👍🏽]🇩🇪[🇫🇷]"],
    ["sun and sea", "sun -sea", "[sun] and sea"],
  ])("of %j by %j is %j", (text, query, expected) => {
    expect(marked(text, query)).toBe(expected);
  });

  it.each([
    ["beach", "sea"],
    ["beach", "-beach"],
    ["beach", "has:location"],
    ["white sandy", '"white sand"'],
    ["white, black, beach", '"white beach"'],
    ["beach", "keyword:beach "],
    ["nikon", "camera:nikon "],
    ["", "beach"],
    ["beach", ""],
  ])("is null for %j by %j", (text, query) => {
    expect(marked(text, query)).toBe(null);
  });

  it.each([
    ["New York", 'keyword:"new york"', "[New York]"],
    ["New York", "keyword:new", "[New York]"],
    ["New York", "york ", "New [York]"],
    ["Café!", 'keyword:"cafe!"', "[Café!]"],
    ["New York", "keyword:york ", null],
    ["New York", "-keyword:new*", null],
  ])("of the keyword %j by %j is %j", (text, query, expected) => {
    expect(marked(text, query, "keyword")).toBe(expected);
  });

  it.each([
    ["NIKON D850", "camera:nikon d850 ", "[NIKON] [D850]"],
    ["NIKON D850", 'camera:"nikon d8"*', "[NIKON D850]"],
    ["NIKON D850", "keyword:nikon ", null],
  ])("of the camera %j by %j is %j", (text, query, expected) => {
    expect(marked(text, query, "camera")).toBe(expected);
  });

  it("leaves marks in a text that has them", () => {
    expect(marked("[a] b", "b ")).toBe("[a] [b]");
  });

  it("gives the text back when the marks are taken out", () => {
    fc.assert(
      fc.property(anyQuery, anyQuery, fc.constantFrom("text", "keyword", "camera"), (text, query, kind) => {
        const own = { open: "\ue000", close: "\ue001" };
        fc.pre(!/[\ue000\ue001]/.test(text));
        const found = highlighter(parseQuery(query), own)(text, kind);
        expect((found ?? text).replaceAll(/[\ue000\ue001]/g, "")).toBe(text);
        expect(found ?? "\ue000x\ue001").toMatch(
          /^(?:[^\ue000\ue001]*\ue000[^\ue000\ue001]+\ue001)+[^\ue000\ue001]*$/,
        );
      }),
      { numRuns: 2000 },
    );
  });

  it("marks whatever stands in the text", () => {
    fc.assert(
      fc.property(anyQuery, (text) => {
        const phrase = text.replaceAll(/["“”„‟«»＂]/g, " ");
        const query = parseQuery(`"${phrase}"`);
        expect(highlighter(query, marks)(phrase, "text") === null).toBe(query.terms.length === 0);
      }),
      { numRuns: 2000 },
    );
  });

  it("of a long text by many words takes a moment", () => {
    const words = Array.from({ length: 120 }, (_, index) => `${String.fromCodePoint(0x561 + index)}x*`);
    const mark = highlighter(parseQuery(words.join(" ")), marks);
    const text = `${words.join("y ")} `.repeat(200);
    expect(mark(text, "text")).toContain("[աx]");
  }, 5000);
});
