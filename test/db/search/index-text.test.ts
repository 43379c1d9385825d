import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { metadataColumns } from "../../../src/db/media/metadata-columns.ts";
import { foldKeyword } from "../../../src/db/media/record.ts";
import {
  cameraText,
  fieldsText,
  keyText,
  keywordToken,
  wordsText,
} from "../../../src/db/search/index-text.ts";
import { checkMetadata } from "../../../src/media/metadata/rules.ts";

describe("wordsText", () => {
  it("has description and keywords, and each keyword as a whole", () => {
    const metadata = { description: "Über den Wolken", keywords: ["New York", "Plage"], title: "x" };
    expect(wordsText(metadata)).toBe(
      "+uber +den +wolken | +new +york | +plage =new\ue020york =plage".replaceAll("\\", ""),
    );
  });

  it("has a keyword that has no words as a whole alone", () => {
    expect(wordsText({ keywords: ["!", "東京"] })).toBe("+東京 +京 =\ue021 =東京");
  });

  it("has a keyword once, in whatever spelling it stands there", () => {
    expect(wordsText({ keywords: ["Café", "cafe"] })).toBe("+cafe | +cafe =cafe");
  });

  it.each([
    {},
    { description: 7, keywords: "beach" },
    { description: null, keywords: [1, null, {}] },
    { description: "…", keywords: {} },
  ])("has nothing of %j", (metadata) => {
    expect(wordsText(metadata)).toBe("");
  });
});

describe("fieldsText", () => {
  it("has every other text, with a border between two", () => {
    const metadata = {
      description: "no",
      keywords: ["no"],
      title: "Sea View",
      credit: "",
      rating: 5,
      people: ["no"],
      city: "Αθήνα",
      my_note: "ok",
    };
    expect(fieldsText(metadata)).toBe("sea view | αθηνα | ok");
  });

  it("takes a field of any name", () => {
    expect(fieldsText({ ["__proto__"]: "a", constructor: "b" })).toBe("a | b");
  });

  it("stays below a megabyte for 64 KiB of the character that stands for most words", () => {
    const note = "\ufdfa".repeat(21_800);
    expect(new TextEncoder().encode(fieldsText({ note })).length).toBeLessThan(1_000_000);
  });
});

describe("keyText", () => {
  it("has the token of every record and the words of the key", () => {
    expect(keyText("2024/Südsee/IMG_0042.jpg")).toBe(". 2024 sudsee img 0042 jpg");
  });
});

describe("cameraText", () => {
  it("has maker, model and lens, with borders between them", () => {
    const camera = { make: "NIKON", model: "D850", lens: "24-70mm f/2.8" };
    expect(cameraText(camera)).toBe("~nikon | ~d850 | ~24 ~70mm ~f ~2 ~8");
  });

  it("leaves out what is not known", () => {
    expect(cameraText({ make: null, model: "D850", lens: null })).toBe("~d850");
  });

  it("has nothing of no camera", () => {
    expect(cameraText(null)).toBe("");
  });
});

describe("keywordToken", () => {
  it("is one for all spellings that fold alike, and one token", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (keyword) => {
        const token = keywordToken(keyword);
        expect(token).toBe(keywordToken(foldKeyword(keyword)));
        expect(token).toMatch(/^=[\p{L}\p{N}\p{M}\ue000-\uefff]*$/u);
      }),
    );
  });

  it("tells signs apart", () => {
    expect(keywordToken("c#")).not.toBe(keywordToken("c+"));
    expect(keywordToken("😀")).not.toBe(keywordToken("😁"));
  });
});

describe("the tokens of words that fold to many times their length", () => {
  // An Arabic character of three bytes that stands for four words; the first of each keyword tells them apart.
  const keywords = Array.from({ length: 256 }, (_, index) =>
    String.fromCodePoint(0x4e00 + index).padEnd(64, "\u{fdfa}"),
  );
  const metadata = checkMetadata({ keywords, note: "\u{fdfa}".repeat(4100) });

  it("leave room for the rest of a row, of which D1 takes 2 MB", () => {
    const columns = Object.values(metadataColumns(metadata)).join("");
    expect(new TextEncoder().encode(columns).length).toBeLessThan(1_600_000);
  });

  it("end with a whole token of the first words", () => {
    const tokens = wordsText(metadata).split(" ");
    const first = wordsText({ keywords: keywords.slice(0, 2) }).split(" ");
    expect(tokens.slice(0, 60)).toEqual(first.slice(0, 60));
    expect(first).toContain(tokens.at(-1));
  });

  it("are all there for 64 KiB of any other script", () => {
    const note = "㍿".repeat(21_000);
    expect(fieldsText({ note }).split(" ")).toHaveLength(4 * 21_000);
  });
});
