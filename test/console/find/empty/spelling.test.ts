import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { everything } from "../../../../console/src/address/view.ts";
import { closest, distanceOf, meantBy } from "../../../../console/src/find/empty/spelling.ts";
import { never, played } from "../support/service.ts";

const letters = fc.array(fc.constantFrom("a", "b", "c"), { maxLength: 6 });

describe("the distance of two words", () => {
  it.each([
    ["beach", "beach", 0],
    ["beahc", "beach", 1],
    ["beech", "beach", 1],
    ["bech", "beach", 1],
    ["beeach", "beach", 1],
    ["", "beach", 5],
    ["kitten", "sitting", 3],
  ])("of %s and %s is %i", (one, other, distance) => {
    expect(distanceOf(Array.from(one), Array.from(other))).toBe(distance);
  });

  it("is the same either way, nothing for the same word alone, and never more than the longer word", () => {
    fc.assert(
      fc.property(letters, letters, (one, other) => {
        const distance = distanceOf(one, other);
        expect(distanceOf(other, one)).toBe(distance);
        expect(distance === 0).toBe(one.join("") === other.join(""));
        expect(distance).toBeLessThanOrEqual(Math.max(one.length, other.length));
      }),
    );
  });
});

describe("the closest keyword", () => {
  it.each([
    ["beahc", ["bench", "beach", "beach house"], "beach"],
    ["beahc", ["beach", "bench"], "beach"],
    ["zurihc", ["Zürich"], "Zürich"],
    ["cta", ["cat", "car"], "cat"],
    ["beach", ["beech", "Beach"], null],
    ["boat", ["boots", "coal"], null],
    ["boat", [], null],
  ])("to %s of %j is %j", (word, candidates, expected) => {
    expect(closest(word, candidates)).toBe(expected);
  });
});

describe("what a search may have meant", () => {
  const service = (...keywords: string[]): ReturnType<typeof played> =>
    played(({ searchParams }) => ({
      body: {
        items: keywords
          .filter((keyword) => keyword.startsWith(searchParams.get("prefix") ?? ""))
          .map((keyword) => ({ keyword, count: 1 })),
        next_cursor: null,
      },
    }));

  it("is a keyword in the place of the word", async () => {
    const { client, asked } = service("beach");
    expect(await meantBy(client, { ...everything, q: "white beahc sand" }, never)).toEqual([
      { keyword: "beach", finding: { ...everything, q: 'white keyword:"beach" sand' } },
    ]);
    expect(asked).toContain("/v1/keywords?prefix=bea&sort=count&limit=200");
  });

  it("is a keyword in the place of a phrase or of another keyword", async () => {
    const { client } = service("new york");
    const finding = { ...everything, q: 'keyword:"new yrok" "new yrk"' };
    expect((await meantBy(client, finding, never)).map((meant) => meant.finding.q)).toEqual([
      'keyword:"new york" "new yrk"',
      'keyword:"new yrok" keyword:"new york"',
    ]);
  });

  it("is not asked of exclusions, short words, other fields and a fourth word", async () => {
    const { client, asked } = service();
    await meantBy(client, { ...everything, q: "-beach at camera:nikon one two three four" }, never);
    expect(asked).toEqual(
      ["on", "tw", "thr"].map((prefix) => `/v1/keywords?prefix=${prefix}&sort=count&limit=200`),
    );
  });

  it("is nothing that the language of search cannot say", async () => {
    const { client } = service('12" vinyl');
    expect(await meantBy(client, { ...everything, q: '12 vinly "12 vinyls"' }, never)).toEqual([]);
  });

  it("is asked by no more characters than the service takes", async () => {
    const { client, asked } = service();
    await meantBy(client, { ...everything, q: "b".repeat(300) }, never);
    expect(asked).toEqual([`/v1/keywords?prefix=${"b".repeat(64)}&sort=count&limit=200`]);
  });
});
