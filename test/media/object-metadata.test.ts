import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { foldKeyword } from "../../src/db/media-object.ts";
import { AppError } from "../../src/errors.ts";
import { checkObjectKey } from "../../src/media/object-key.ts";
import { checkMetadata, mergePatch, sameMetadata, seedMetadata } from "../../src/media/object-metadata.ts";

describe("mergePatch", () => {
  // RFC 7396, Appendix A: those of its cases whose target and patch are objects.
  it.each([
    [{ a: "b" }, { a: "c" }, { a: "c" }],
    [{ a: "b" }, { b: "c" }, { a: "b", b: "c" }],
    [{ a: "b" }, { a: null }, {}],
    [{ a: "b", b: "c" }, { a: null }, { b: "c" }],
    [{ a: ["b"] }, { a: "c" }, { a: "c" }],
    [{ a: "c" }, { a: ["b"] }, { a: ["b"] }],
    [{ a: { b: "c" } }, { a: { b: "d", c: null } }, { a: { b: "d" } }],
    [{ a: [{ b: "c" }] }, { a: [1] }, { a: [1] }],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
    [{ a: "foo" }, { a: { b: 1 } }, { a: { b: 1 } }],
    [{ a: [1] }, { a: { b: 1 } }, { a: { b: 1 } }],
  ])("of %j with %j is %j", (target, patch, result) => {
    const before = structuredClone(target);
    expect(mergePatch(target, patch)).toEqual(result);
    expect(target).toEqual(before);
  });

  it("applied twice changes nothing more", () => {
    const objects = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }));
    fc.assert(
      fc.property(objects, objects, (target, patch) => {
        const once = mergePatch(target, patch);
        expect(mergePatch(once, patch)).toEqual(once);
        expect(sameMetadata(mergePatch(target, {}), target)).toBe(true);
      }),
    );
  });

  it("never reaches a prototype", () => {
    const patch = Object.fromEntries([
      ["__proto__", { polluted: 1 }],
      ["constructor", { prototype: { polluted: 1 } }],
    ]);
    const merged = mergePatch({}, patch);
    expect(Object.keys(merged)).toEqual(["__proto__", "constructor"]);
    expect(Reflect.get({}, "polluted")).toBeUndefined();
  });
});

describe("checkMetadata", () => {
  it("keeps what it has made as it is", () => {
    const metadata = fc.record(
      {
        description: fc.string({ unit: "grapheme", maxLength: 50 }),
        keywords: fc.array(fc.string({ unit: "grapheme", minLength: 1, maxLength: 5 }), { maxLength: 20 }),
        custom: fc.jsonValue({ maxDepth: 4 }),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(metadata, (input) => {
        const trimmed = { ...input, keywords: input.keywords?.map((each) => `${each.trim()}x`) ?? [] };
        const checked = checkMetadata(trimmed);
        expect(checkMetadata(checked)).toEqual(checked);
        expect(JSON.stringify(checked).normalize("NFC")).toBe(JSON.stringify(checked));
      }),
    );
  });

  it("either takes any JSON object or refuses it as a validation error", () => {
    const outcome = (input: Record<string, unknown>): string => {
      try {
        checkMetadata(input);
        return "taken";
      } catch (error) {
        return error instanceof AppError ? error.code : "failed";
      }
    };
    fc.assert(
      fc.property(
        fc.dictionary(fc.string({ unit: "binary" }), fc.jsonValue({ stringUnit: "binary" })),
        (input) => {
          expect(["taken", "validation_error"]).toContain(outcome(input));
        },
      ),
    );
  });

  it("replaces a lone surrogate, which no UTF-8 can hold", () => {
    expect(checkMetadata({ description: "a\ud800" })).toEqual({ description: "a\ufffd" });
  });
});

describe("seedMetadata", () => {
  it("always makes what checkMetadata takes as it is", () => {
    const text = fc.string({ unit: "binary", maxLength: 2000 });
    fc.assert(
      fc.property(fc.option(text), fc.array(text, { maxLength: 300 }), (caption, keywords) => {
        const seed = seedMetadata(caption, keywords);
        expect(checkMetadata(seed)).toEqual(seed);
      }),
      { numRuns: 30 },
    );
  });

  it("ends a caption that is cut in an ellipsis", () => {
    const seed = seedMetadata("😀".repeat(2000), []);
    expect(seed).toEqual({ description: `${"😀".repeat(1023)}…` });
  });

  it("is empty where the file says nothing", () => {
    expect(seedMetadata("  ", [" ", ""])).toEqual({});
    expect(seedMetadata(null, [])).toEqual({});
  });
});

describe("foldKeyword", () => {
  it.each([
    ["Été", "ete"],
    ["STRASSE", "strasse"],
    ["Ångström", "angstrom"],
    ["ΑΘΉΝΑ", "αθηνα"],
    ["İstanbul", "istanbul"],
    ["ﬁ", "fi"],
    ["日本語", "日本語"],
  ])("of %s is %s", (keyword, folded) => {
    expect(foldKeyword(keyword)).toBe(folded);
  });

  it("folds what is folded no further, and forms of the same text alike", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const folded = foldKeyword(text);
        expect(foldKeyword(folded)).toBe(folded);
        expect(foldKeyword(text.normalize("NFD"))).toBe(folded);
      }),
      { numRuns: 1000 },
    );
  });
});

/** The key, or the path that is refused. */
function keyOf(input: string): string {
  try {
    return checkObjectKey(input);
  } catch (error) {
    return error instanceof AppError ? `refused: ${error.errors?.map((each) => each.path).join()}` : "failed";
  }
}

describe("checkObjectKey", () => {
  it("answers a key that can be a path of its own, or refuses", () => {
    const bad = ["", ".", "..", "\u0000", "\ud800"];
    const segment = fc.constantFrom("a", "é", "e\u0301", " ", "😀", "a".repeat(600), ...bad);
    fc.assert(
      fc.property(fc.array(segment, { minLength: 1, maxLength: 4 }), (segments) => {
        const key = segments.join("/").normalize("NFC");
        const isTooLong = new TextEncoder().encode(key).length > 1024;
        const isBad = isTooLong || segments.some((each) => bad.includes(each));
        expect(keyOf(segments.join("/"))).toBe(isBad ? "refused: object_key" : key);
      }),
      { numRuns: 1000 },
    );
  });
});
