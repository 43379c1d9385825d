import "../../support/setup.ts";
import "../../support/draws.ts";

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { refusalOf } from "../../support/http/answers.ts";
import { api } from "../../support/http/api.ts";
import { insertMedia } from "../../support/records/media.ts";
import { anyQuery } from "../../support/records/queries.ts";
import { described, found, insertNamed, search, searchPath } from "./searches.ts";

/** A text, the queries that find it, and some that do not. */
const texts: readonly (readonly [string, string, readonly string[], readonly string[]])[] = [
  [
    "accents and case",
    "Été à ŁÓDŹ",
    ["ete", "ÉTÉ", "lodz", "łódź", '"ete a lodz"', "e\u0301te\u0301"],
    ["eta "],
  ],
  ["German", "Große Straße in Köln", ["STRASSE", "straße", "STRAẞE", "grosse", "koln"], ["koeln "]],
  ["Scandinavian", "Smørrebrød på Ærø", ["smorrebrod", "aero", "PA"], ["ø "]],
  ["Turkish", "Işık ve İstanbul", ["isik", "ışık", "IŞIK", "istanbul", "İSTANBUL", "ıstanbul"], ["isk "]],
  ["Greek", "Η ΟΔΟΣ της Θεσσαλονίκης", ["οδος", "οδός", "ΟΔΌΣ", "θεσσαλονικης", "οδοσ"], ["οδ "]],
  ["Cyrillic", "Ёлка и ЧЁРНЫЙ кот", ["елка", "ёлка", "черный", "КОТ"], ["ко "]],
  ["Ukrainian", "Їжак у Києві", ["їжак", "києві", "ЇЖАК"], ["київ "]],
  ["Arabic", "صُورَة الشَّاطِئ", ["صورة", "الشاطئ", '"صورة الشاطئ"'], ["صور "]],
  ["Hebrew", "שָׁלוֹם חוֹף", ["שלום", "חוף"], ["שלו "]],
  ["Hindi", "समुद्र तट की तस्वीर", ["समुद्र", "तट", "तस्वीर", '"तट की"'], ["समद्र "]],
  ["Korean", "해변에서 찍은 사진", ["해변에서", "해변", "사진", "해변".normalize("NFD")], ["변에서 "]],
  ["Japanese", "東京都の美しい海岸で", ["東京", "京都", "海岸", "美しい", "東京都", "海"], ["東都", "海東"]],
  ["kana", "ヨーロッパのビーチ", ["ビーチ", "ヨーロッパ", "ロッ", "ﾋﾞｰﾁ"], ["ヒーチ"]],
  ["Chinese", "北京的夏天和海滩", ["北京", "夏天", "海滩", "的夏", "天"], ["北夏", "滩海"]],
  ["Thai", "ทะเลและชายหาดที่สวยงาม", ["ทะเล", "ชายหาด", "หาด", "สวย"], ["เลทะ"]],
  [
    "scripts beside each other",
    "東京Tokyo2024タワー",
    ["tokyo2024", "東京", "タワー", "tokyo"],
    ["東京タワー"],
  ],
  ["emoji", "beach 🏖️ fun 👍🏽 from 🇩🇪", ["🏖", "🏖️", "👍", "👍🏿", "🇩🇪", '"beach 🏖 fun"'], ["🇫🇷", "👎"]],
  ["a family of joiners", "👨‍👩‍👧 home", ["👨‍👩‍👧"], ["👶"]],
  ["full width", "ＢＥＡＣＨ　２０２４", ["beach", "2024", "ｂｅａｃｈ"], ["ach "]],
  ["ligatures", "ﬁsh and ﬂowers", ["fish", "flowers"], ["sh "]],
  ["an apostrophe", "Hawaiʻi, don’t", ["hawai'i", "don't", '"don t"'], ["hawaii "]],
  ["what nobody sees", "hy\u00adphen zero\u200bwidth", ["hyphen", "zerowidth"], ["hy "]],
];

describe("GET /v1/search finds, whatever the script", () => {
  it.each(texts)("a description: %s", async (_name, text, queries, others) => {
    await insertNamed({ here: described(text), none: described("nothing") });
    for (const q of queries) expect([q, await found(q)]).toEqual([q, ["here"]]);
    for (const q of others) expect([q, await found(q)]).toEqual([q, []]);
  });

  it.each(texts)(
    "a key, a keyword and a field of one's own as it does a description: %s",
    async (...each) => {
      const [, text, queries] = each;
      await insertNamed({
        [`${text.normalize("NFD")}.jpg`]: {},
        keyword: { objectMetadata: { keywords: [text] } },
        own: { objectMetadata: { place_name: text } },
      });
      for (const q of queries) expect([q, await found(q)]).toEqual([q, expect.toSatisfy(hasAll)]);
      expect((await found(`keyword:"${text}"`)).length).toBe(1);
    },
  );

  it("Chinese and Japanese names by each two neighbours of theirs, and by no others", async () => {
    const name = "国立新美術館";
    await insertNamed({ here: described(name), other: described("国館立術美新") });
    const characters = Array.from(name);
    for (const [index, character] of characters.slice(0, -1).entries())
      expect(await found(`${character}${characters[index + 1] ?? ""}`)).toEqual(["here"]);
    expect(await found("国館")).toEqual(["other"]);
  });
});

function hasAll(keys: unknown): boolean {
  return Array.isArray(keys) && keys.length === 3;
}

describe("GET /v1/search takes a query", () => {
  it("with all its words, in any order and field", async () => {
    await insertNamed({ a: described("white beach"), b: described("beach"), c: described("white") });
    expect(await found("beach white")).toEqual(["a"]);
    expect(await found("WHITE beach ")).toEqual(["a"]);
  });

  it("with a phrase in its order", async () => {
    await insertNamed({ a: described("white sand beach"), b: described("sand white beach") });
    expect(await found('"white sand"')).toEqual(["a"]);
    expect(await found('"sand beach"')).toEqual(["a"]);
    expect(await found('"white beach"')).toEqual(["b"]);
    expect(await found("“white sand”")).toEqual(["a"]);
  });

  it("that leaves out what has a word, a phrase or a beginning", async () => {
    await insertNamed({ a: described("white sand"), b: described("sand"), c: { objectKey: "white/c.jpg" } });
    expect(await found("-white")).toEqual(["b"]);
    expect(await found("sand -white")).toEqual(["b"]);
    expect(await found('-"white sand"')).toEqual(["white/c.jpg", "b"]);
    expect(await found("-whi* ")).toEqual(["b"]);
    expect(await found("-whi")).toEqual(["white/c.jpg", "b", "a"]);
    expect(await found("sand -sand")).toEqual([]);
  });

  it("whose last word may go on, unless something follows", async () => {
    await insertNamed({ a: described("beach house") });
    for (const q of ["b", "be", "beac", "beach", "house bea", "hous* beach", "bea* "])
      expect(await found(q)).toEqual(["a"]);
    for (const q of ["bea ", '"bea"', "bea,", "bea house", "bea."])
      expect([q, await found(q)]).toEqual([q, []]);
  });

  it("with words of operators and signs that full text knows for itself", async () => {
    await insertNamed({ a: described("AND OR NOT NEAR ( ) ^ : { } + ~ = | . column") });
    for (const q of ["AND", "OR NOT", "NEAR(and or)", "^and", "words_text:and", "{words_text}:column", "a+b"])
      await search(q);
    expect(await found("NOT AND OR near")).toEqual(["a"]);
    for (const q of ["+", "~", "=", ".", "|"]) expect(await found(q)).toEqual(["a"]);
  });

  it.each([
    ["of 512 letters", "a".repeat(512)],
    ["of 512 characters beyond 16 bits", "𝄞".repeat(512)],
    ["of 512 emoji", "🏖".repeat(512)],
    ["of 256 words", "a ".repeat(256)],
    ["of 256 words, all others", Array.from({ length: 128 }, (_, index) => `${index + 100}`).join(" ")],
    ["of 170 exclusions", "-a ".repeat(170)],
    ["of 512 Chinese characters", "海".repeat(512)],
    ["of nothing but quotation marks", '"'.repeat(512)],
    ["of nothing but asterisks", "*".repeat(512)],
    ["of 512 marks", "\u0301".repeat(512)],
    ["with a zero", "a\0b"],
  ])("%s", async (_name, q) => {
    await insertMedia();
    expect(Array.from(q).length).toBeLessThanOrEqual(512);
    expect((await api(searchPath(q))).status).toBe(200);
  });

  it.each([
    ["letters", "a".repeat(513)],
    ["characters beyond 16 bits", "𝄞".repeat(513)],
    ["spaces", " ".repeat(513)],
  ])("but not one of 513 %s", async (_name, q) => {
    expect(await refusalOf(await api(searchPath(q)))).toBe("422 validation_error q");
  });

  it("whatever it is", async () => {
    await insertMedia({
      objectKey: "2024/beach/IMG_0042.jpg",
      objectMetadata: { description: "beach 東京 ทะเล", keywords: ["don't", "½"] },
    });
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(anyQuery, fc.string({ unit: "binary", minLength: 200, maxLength: 512 })),
        async (q) => {
          const text = Array.from(q).slice(0, 512).join("");
          const { items, total } = await search(text, { facets: "keywords", mark: "[,]" });
          expect(total).toBe(items.length);
        },
      ),
      { numRuns: 200 },
    );
  }, 60_000);
});
