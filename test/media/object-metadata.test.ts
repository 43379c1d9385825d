import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { withoutDeceptive } from "../../src/core/text/characters.ts";
import { foldKeyword } from "../../src/db/media/record.ts";
import { AppError } from "../../src/core/errors.ts";
import { checkObjectKey } from "../../src/media/upload/object-key.ts";
import { checkMetadata, mergePatch, patchMetadata, sameMetadata } from "../../src/media/metadata/rules.ts";

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

/** Any JSON value whose numbers stay what they are. */
const safeJson = fc
  .jsonValue({ maxDepth: 4 })
  .map((value): unknown =>
    JSON.parse(JSON.stringify(value), (_name, each: unknown) =>
      Number.isInteger(each) && !Number.isSafeInteger(each) ? 0.5 : each,
    ),
  );

describe("checkMetadata", () => {
  it("keeps what it has made as it is", () => {
    const metadata = fc.record(
      {
        description: fc.string({ unit: "grapheme", maxLength: 50 }),
        keywords: fc.array(fc.string({ unit: "grapheme", minLength: 1, maxLength: 5 }), { maxLength: 20 }),
        custom: safeJson,
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(metadata, (input) => {
        const trimmed = {
          ...input,
          keywords: input.keywords?.map((each) => `${withoutDeceptive(each).trim()}x`) ?? [],
        };
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

  const unsafe = 2 ** 53;

  it.each([
    ["at the top", { a: unsafe }, ["a"]],
    ["below zero", { a: -unsafe }, ["a"]],
    ["with an exponent", { a: 1e21 }, ["a"]],
    ["deep within", { a: { B: [1, { c: unsafe }, unsafe + 2] }, d: unsafe }, ["a.B.1.c", "a.B.2", "d"]],
    ["among keywords", { keywords: [unsafe] }, ["keywords.0", "keywords.0"]],
  ])("refuses an integer that JSON would change %s, by its path", (_where, input, paths) => {
    expect(refusedPaths(() => checkMetadata(input))).toEqual(paths.map((path) => `object_metadata.${path}`));
  });

  it("takes every number that JSON does not change", () => {
    const numbers = { a: [Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER, 0.1, -1.5e-300, 0] };
    expect(checkMetadata(numbers)).toEqual(numbers);
  });

  it.each([
    ["\u202Egpj", "U+202E"],
    ["beach\u200B", "U+200B"],
    ["a\u0085b", "U+0085"],
    ["a\u{E0041}", "U+E0041"],
  ])("refuses the keyword %j by the character that deceives", (keyword, name) => {
    const refuse = (): unknown => checkMetadata({ keywords: ["ok", keyword] });
    expect(refusedPaths(refuse)).toEqual(["object_metadata.keywords.1"]);
    expect(refuse).toThrow(name);
  });

  it.each(["\u200D", " \u200C\uFE0F", "\u00A0"])(
    "refuses the keyword %j, which nobody sees, as empty",
    (keyword) => {
      expect(() => checkMetadata({ keywords: [keyword] })).toThrow("must not be empty");
    },
  );

  it("keeps joiners in keywords, and anything in other words", () => {
    const words = {
      keywords: ["\u{1F469}\u200D\u{1F467}", "\u0645\u06CC\u200C\u062E"],
      description: "a\u202Eb\u200B\u0085",
      custom: ["\uFEFF"],
    };
    expect(checkMetadata(words)).toEqual(words);
  });

  it("replaces a lone surrogate, which no UTF-8 can hold", () => {
    expect(checkMetadata({ description: "a\ud800" })).toEqual({ description: "a\ufffd" });
  });
});

/** The paths that a call is refused for. */
function refusedPaths(call: () => unknown): string[] | null {
  try {
    call();
    return null;
  } catch (error) {
    return error instanceof AppError ? (error.errors?.map((each) => each.path) ?? []) : null;
  }
}

describe("patchMetadata", () => {
  const older = {
    Old_Name: 1,
    description: "d".repeat(2000),
    keywords: ["", "k".repeat(100), "a\u202Eb"],
    huge: 2 ** 60,
    e: "e\u0301",
    nested: { old: 2 ** 60 },
  };

  it("checks only the fields that it names: what is older than a rule stays as it is", () => {
    expect(patchMetadata(older, { city: "Paris" })).toEqual({ ...older, city: "Paris" });
    expect(patchMetadata(older, { nested: { fresh: 1 } })).toEqual({
      ...older,
      nested: { old: 2 ** 60, fresh: 1 },
    });
  });

  it("checks what it names", () => {
    const patch = {
      Old_Name: 2,
      description: "e".repeat(1025),
      keywords: [""],
      huge: 2 ** 61,
      nested: { a: 2 ** 53 },
    };
    expect(refusedPaths(() => patchMetadata(older, patch))).toEqual(
      ["Old_Name", "huge", "nested.a", "description", "keywords.0"].map((path) => `object_metadata.${path}`),
    );
  });

  it("removes what no rule would allow", () => {
    const patch = { Old_Name: null, description: null, keywords: null, huge: null, nested: { old: null } };
    expect(patchMetadata(older, patch)).toEqual({ e: "e\u0301", nested: {} });
  });

  it("holds the whole to its size and depth", () => {
    const large = { a: "x".repeat(40_000) };
    expect(refusedPaths(() => patchMetadata(large, { b: "x".repeat(40_000) }))).toEqual(["object_metadata"]);
    const deep = { a: { a: { a: { a: { a: { a: { a: [] } } } } } } };
    expect(refusedPaths(() => patchMetadata(deep, { b: 1 }))).toBeNull();
    expect(refusedPaths(() => patchMetadata({ a: { ...deep } }, { b: 1 }))).toEqual(["object_metadata"]);
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
  it.each([
    ["a\u202Egpj.exe", "U+202E"],
    ["a\u200Bb", "U+200B"],
    ["2024/a\uFEFF.jpg", "U+FEFF"],
    ["a\u2028b", "U+2028"],
    ["a\u{E0061}", "U+E0061"],
  ])("refuses %j by the character that deceives", (key, name) => {
    expect(() => checkObjectKey(key)).toThrow(`object_key: must not contain ${name}`);
  });

  it.each([
    "\u{1F469}\u200D\u{1F467}\uFE0F.jpg",
    "\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645.jpg",
    "\u{1F3F4}\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}.jpg",
  ])("takes %s, which needs what is not seen", (key) => {
    expect(checkObjectKey(key)).toBe(key);
  });

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
