import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { knownFieldLimits } from "../../src/media/metadata/known-fields.ts";
import { checkMetadata, metadataLimits } from "../../src/media/metadata/rules.ts";
import { fillMetadata, longCaption, seedMetadata, type FileWords } from "../../src/media/metadata/seed.ts";
import type { IptcCore } from "../../src/metadata/facts/iptc-core.ts";

const nobody: IptcCore = {
  title: null,
  creator: null,
  credit: null,
  copyright: null,
  usageTerms: null,
  city: null,
  state: null,
  country: null,
  rating: null,
};

/** The seed of a file with these words and no others. */
function seedOf(words: Partial<Omit<FileWords, "iptcCore">> & { iptcCore?: Partial<IptcCore> }) {
  const { caption = null, keywords = null, iptcCore } = words;
  return seedMetadata({
    caption,
    keywords,
    iptcCore: iptcCore === undefined ? null : { ...nobody, ...iptcCore },
  });
}

function sizeOf(metadata: unknown): number {
  return new TextEncoder().encode(JSON.stringify(metadata)).length;
}

describe("seedMetadata", () => {
  it("always makes what checkMetadata takes as it is", () => {
    const text = fc.string({ unit: "binary", maxLength: 2000 });
    const some = fc.option(text);
    const core = fc.record({
      title: some,
      creator: some,
      credit: some,
      copyright: some,
      usageTerms: some,
      city: some,
      state: some,
      country: some,
      rating: fc.option(fc.integer({ min: 0, max: 5 })),
    });
    fc.assert(
      fc.property(
        some,
        fc.array(text, { maxLength: 300 }),
        fc.option(core),
        (caption, keywords, iptcCore) => {
          const seed = seedMetadata({ caption, keywords, iptcCore });
          expect(checkMetadata(seed)).toEqual(seed);
        },
      ),
      { numRuns: 30 },
    );
  });

  it("has the fields of IPTC Core by the contract's names", () => {
    const iptcCore: IptcCore = {
      title: "Noon",
      creator: "Ann",
      credit: "Agency",
      copyright: "© Ann",
      usageTerms: "None",
      city: "Lyon",
      state: "Rhône",
      country: "France",
      rating: 0,
    };
    expect(seedMetadata({ caption: "The beach", keywords: ["sea"], iptcCore })).toEqual({
      description: "The beach",
      keywords: ["sea"],
      title: "Noon",
      creator: "Ann",
      credit: "Agency",
      copyright: "© Ann",
      usage_terms: "None",
      city: "Lyon",
      state: "Rhône",
      country: "France",
      rating: 0,
    });
  });

  it("ends a caption that is cut in an ellipsis", () => {
    expect(seedOf({ caption: "😀".repeat(2000) })).toEqual({ description: `${"😀".repeat(1023)}…` });
  });

  it("ends any other text that is cut in an ellipsis, and makes all of them NFC", () => {
    const iptcCore = { title: "😀".repeat(1025), city: " e\u0301 " };
    expect(seedOf({ iptcCore })).toEqual({ title: `${"😀".repeat(1023)}…`, city: "é" });
  });

  it("leaves out of keywords what only deceives, and keeps the caption as it is", () => {
    const keywords = ["\u202Ebeach\u200B", "be\u00ADach", "\u200D", "\u2060", "x\u200Dy"];
    expect(seedOf({ caption: "a\u202Eb", keywords })).toEqual({
      description: "a\u202Eb",
      keywords: ["beach", "x\u200Dy"],
    });
  });

  it("has no more keywords than the whole has room for", () => {
    const keywords = Array.from({ length: 256 }, (_, index) => `${"😀".repeat(61)}${100 + index}`);
    const long = "😀".repeat(2000);
    const iptcCore = { title: long, creator: long, credit: long, copyright: long };
    const seed = seedOf({ caption: long, keywords, iptcCore });
    expect(checkMetadata(seed)).toEqual(seed);
    expect(sizeOf(seed)).toBeGreaterThan(metadataLimits.serialisedBytes - 300);
    expect(seed["keywords"]).toContain(keywords[0]);
  });

  it("is empty where the file says nothing", () => {
    expect(seedOf({ caption: "  ", keywords: [" ", ""], iptcCore: { title: " " } })).toEqual({});
    expect(seedOf({})).toEqual({});
  });
});

describe("fillMetadata", () => {
  it("adds what is lacking and leaves what is there, however it was said", () => {
    const metadata = { description: "", keywords: ["a"] };
    const seed = { description: "b", keywords: ["b"], title: "c", rating: 3 };
    expect(fillMetadata(metadata, seed)).toEqual({ description: "", keywords: ["a"], title: "c", rating: 3 });
  });

  it("answers the same object where nothing is lacking", () => {
    const metadata = { title: "a" };
    expect(fillMetadata(metadata, { title: "b" })).toBe(metadata);
  });

  it("leaves out what there is no room for", () => {
    const metadata = { old: "x".repeat(64_000) };
    expect(fillMetadata(metadata, { title: "y".repeat(2000), city: "z" })).toEqual({
      ...metadata,
      city: "z",
    });
  });
});

describe("longCaption", () => {
  const limit = knownFieldLimits.descriptionCharacters;

  it("is null where a description holds all of it", () => {
    expect(longCaption(null)).toBeNull();
    expect(longCaption(` ${"😀".repeat(limit)} `)).toBeNull();
  });

  it("is the whole caption where a description does not", () => {
    const caption = `a\u202Eb\n${"e\u0301".repeat(limit)}`;
    expect(longCaption(caption)).toBe(caption.normalize("NFC"));
  });

  it("is cut to 64 KiB between two characters", () => {
    const caption = longCaption(`a${"😀".repeat(100_000)}`);
    expect(caption).toBe(`a${"😀".repeat(16_383)}…`);
  });
});
