import { env } from "cloudflare:workers";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";

import { matchExpressions, type MatchExpressions } from "../../../src/db/search/expression.ts";
import { cameraText, fieldsText, keyText, wordsText } from "../../../src/db/search/index-text.ts";
import { parseQuery } from "../../../src/db/search/query.ts";
import { anyQuery } from "../../support/records/queries.ts";

function expressions(query: string): MatchExpressions {
  return matchExpressions(parseQuery(query));
}

describe("the expression of a query", () => {
  it.each([
    ["beach ", '("+beach" OR "~beach" OR "beach")', '"+beach"'],
    ["IMG_00", '("+img +00" * OR "~img ~00" * OR "img 00" *)', '"+img +00" *'],
    ["a b ", '("+a" OR "~a" OR "a") AND ("+b" OR "~b" OR "b")', '"+a" AND "+b"'],
    ["a A a ", '("+a" OR "~a" OR "a")', '"+a"'],
    [
      "a -b -c",
      '(("+a" OR "~a" OR "a")) NOT (("+b" OR "~b" OR "b") OR ("+c" OR "~c" OR "c"))',
      '("+a") NOT (("+b" OR "~b" OR "b") OR ("+c" OR "~c" OR "c"))',
    ],
    ["-b", '(".") NOT (("+b" OR "~b" OR "b"))', null],
    ['keyword:"New York" -keyword:sea*', '("=new\ue020york") NOT ("=sea" *)', null],
    ["camera:d8", '"~d8" *', null],
    ["東京都 ", '("+東京 +京都" OR "~東京 ~京都" OR "東京 京都")', '"+東京 +京都"'],
    ["年 ", '("+年" * OR "~年" * OR "年" *)', '"+年" *'],
    ["has:location", '"."', null],
    ["", '"."', null],
  ])("%j is what FTS5 understands", (query, all, words) => {
    expect(expressions(query)).toMatchObject({ all, words });
  });

  it("has the exclusions in the words too, and these of all texts", () => {
    expect(expressions("a -b keyword:c ").words).toBe('("+a" AND "=c") NOT (("+b" OR "~b" OR "b"))');
  });

  it("is unbounded where the index is asked for nothing", () => {
    expect(expressions("has:location").isUnbounded).toBe(true);
    expect(expressions("has:location -x").isUnbounded).toBe(false);
  });

  it("leaves what rows tell to conditions", () => {
    const { folders, taken, has } = expressions(
      "-folder:Cafe\u0301/x taken:2024.. -has:keywords has:location",
    );
    expect(folders).toEqual([{ prefix: "Café/x/", negated: true }]);
    expect(taken).toEqual([
      { kind: "taken", after: "2024-01-01T00:00:00.000", before: null, negated: false },
    ]);
    expect(has).toEqual([
      { kind: "has", field: "keywords", negated: true },
      { kind: "has", field: "location", negated: false },
    ]);
  });
});

const photos = [
  {
    metadata: { description: "Sonnenaufgang über der Straße", keywords: ["New York", "Café"], city: "Αθήνα" },
    objectKey: "2024/東京都/IMG_0042.jpg",
    camera: { make: "NIKON", model: "D850", lens: null },
  },
  {
    metadata: { description: "2024年7月 食べる👍🏽🇩🇪", keywords: ["York", "new"], title: "Ёлка и Đà Nẵng" },
    objectKey: "a/DSC1.jpg",
    camera: null,
  },
  {
    metadata: { description: "नई दिल्ली की सड़क", keywords: ["שָׁלוֹם", "مُحَمَّد"], note: "ทะเลสวย 한국 여행 İzmir" },
    objectKey: "b/nikon.jpg",
    camera: { make: "Apple", model: "iPhone 14", lens: "iPhone 14 back camera" },
  },
];

describe("a full-text index", () => {
  beforeAll(async () => {
    await env.DB.prepare(
      `CREATE VIRTUAL TABLE found USING fts5(a, tokenize = "ascii tokenchars '+~=.|'")`,
    ).run();
    const texts = photos.map(({ metadata, objectKey, camera }) =>
      [wordsText(metadata), fieldsText(metadata), keyText(objectKey), cameraText(camera)].join(" | "),
    );
    await env.DB.batch(
      texts.map((each, index) =>
        env.DB.prepare("INSERT INTO found (rowid, a) VALUES (?, ?)").bind(index, each),
      ),
    );
  });

  async function matches(expression: string): Promise<number[]> {
    const { results } = await env.DB.prepare("SELECT rowid FROM found WHERE found MATCH ? ORDER BY rowid")
      .bind(expression)
      .all<{ rowid: number }>();
    return results.map(({ rowid }) => rowid);
  }

  it.each([
    ["strasse", [0]],
    ["sonnenauf", [0]],
    ["sonnenauf ", []],
    ["sonnenauf* ", [0]],
    ['"über der"', [0]],
    ['"der über"', []],
    ["img_00", [0]],
    ["东京", []],
    ["東京", [0]],
    ["京", [0]],
    ["都", [0]],
    ["東京都", [0]],
    ["2024年7月", [1]],
    ["年", [1]],
    ["べる ", [1]],
    ["👍", [1]],
    ["🇩🇪", [1]],
    ["елка", [1]],
    ["da nang", [1]],
    ["αθηνα", [0]],
    ["दिल्ली ", [2]],
    ["שלום", [2]],
    ["محمد", [2]],
    ["ทะเล", [2]],
    ["เล ", [2]],
    ["여행", [2]],
    ["IZMIR", [2]],
    ["york", [0, 1]],
    ['"new york"', [0]],
    ['"york new"', []],
    ["keyword:york ", [1]],
    ['keyword:"new york"', [0]],
    ["keyword:new", [0, 1]],
    ["keyword:cafe ", [0]],
    ["nikon", [0, 2]],
    ["camera:nikon ", [0]],
    ['camera:"iphone 14"', [2]],
    ["camera:nik", [0]],
    ["-york", [2]],
    ["-nikon -york", []],
    ["jpg -keyword:york", [0, 2]],
    ["has:location", [0, 1, 2]],
    ["cafe αθηνα", [0]],
    ["cafe елка", []],
  ])("has for %j %j", async (query, found) => {
    expect(await matches(expressions(query).all)).toEqual(found);
  });

  it("finds in words only what has all of them in description and keywords", async () => {
    expect(await matches(expressions("strasse cafe ").words ?? "")).toEqual([0]);
    expect(await matches(expressions("strasse αθηνα ").words ?? "")).toEqual([]);
    expect(await matches(expressions("strasse keyword:cafe -елка").words ?? "")).toEqual([0]);
  });

  it("takes the expressions of any query, and finds in words a part of all", async () => {
    await fc.assert(
      fc.asyncProperty(anyQuery, async (query) => {
        const { all, words } = expressions(query);
        const found = await matches(all);
        const first = words === null ? [] : await matches(words);
        expect(first.filter((rowid) => !found.includes(rowid))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ["words", (point: string) => `${point} `],
    ["exclusions", (point: string) => `-${point} `],
    ["prefixes", (point: string) => `${point}* `],
    ["keywords", (point: string) => `keyword:${point} `],
    ["phrases", (point: string) => `"${point}"`],
    ["words of one phrase", (point: string) => `${point}.`],
  ])("takes 512 characters of different %s", async (_, written) => {
    const points = Array.from({ length: 512 }, (_, index) => String.fromCodePoint(0x561 + index));
    const query = points.map(written).join("").slice(0, 512);
    const { all, words } = expressions(query);
    expect(await matches(all)).toEqual(query.startsWith("-") ? [0, 1, 2] : []);
    expect(await matches(words ?? all)).toEqual(query.startsWith("-") ? [0, 1, 2] : []);
  });

  it("finds every text by what stands in it", async () => {
    const descriptions = photos.map(({ metadata }, rowid) => ({ text: metadata.description, rowid }));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...descriptions), fc.nat(), async ({ text, rowid }, at) => {
        const words = text.split(" ");
        const query = words.slice(at % words.length).join(" ");
        expect(await matches(expressions(`"${query}"`).words ?? "")).toContain(rowid);
      }),
      { numRuns: 30 },
    );
  });
});
