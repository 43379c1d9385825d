import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { foundLine, piecesOf, wordsOf } from "../../../../console/src/grid/cell/highlight.ts";

const mark = (text: string): string => `\u{E000}${text}\u{E001}`;

describe("the pieces of a marked text", () => {
  it("are the text without its marks", () => {
    const words = fc.array(fc.tuple(fc.stringMatching(/^[a-z]{1,6}( [a-z]{1,6}){0,2}$/), fc.boolean()), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(words, (parts) => {
        const pieces = piecesOf(parts.map(([text, isMatch]) => (isMatch ? mark(text) : text)).join("|"));
        expect(pieces.map(({ text }) => text).join("")).toBe(parts.map(([text]) => text).join("|"));
        expect(pieces.filter(({ isMatch }) => isMatch).map(({ text }) => text)).toEqual(
          parts.filter(([, isMatch]) => isMatch).map(([text]) => text),
        );
      }),
    );
  });

  it("stay on one line", () => {
    expect(piecesOf(`two\n\nlines of ${mark("sea")}`)).toEqual([
      { text: "two lines of ", isMatch: false },
      { text: "sea", isMatch: true },
    ]);
  });

  it("end with the text where a mark is not closed", () => {
    expect(piecesOf("a \u{E000}sea")).toEqual([
      { text: "a ", isMatch: false },
      { text: "sea", isMatch: true },
    ]);
  });
});

describe("the line of what was found", () => {
  const textOf = (highlight: Record<string, string>): string | undefined =>
    foundLine(highlight)
      ?.map(({ text }) => text)
      .join("");

  it("is of the field that tells most", () => {
    const [key, keywords, description] = [mark("sea") + ".jpg", mark("sea"), `the ${mark("sea")}`];
    expect([
      textOf({ object_key: key, keywords, description }),
      textOf({ object_key: key, keywords }),
      textOf({ object_key: key, description: "of nothing" }),
    ]).toEqual(["the sea", "sea", "sea.jpg"]);
  });

  it("begins a little before its first match, at a word", () => {
    expect(
      textOf({ description: `A long afternoon with the whole family at the ${mark("sea")} in July` }),
    ).toBe("… family at the sea in July");
    expect(textOf({ object_key: `2024/averylongfoldername/${mark("sea")}.jpg` })).toBe(
      "… ylongfoldername/sea.jpg",
    );
    expect(textOf({ description: `${mark("Sea")} and sand` })).toBe("Sea and sand");
  });

  it("is heard as it is seen, but for the mark of what was cut off", () => {
    const line = foundLine({ description: `A long afternoon at the ${mark("sea")} in … July` }) ?? [];
    expect(wordsOf(line)).toBe("at the sea in … July");
  });

  it("is none without a match", () => {
    expect([foundLine(null), foundLine({}), foundLine({ description: "nothing" })]).toEqual([
      null,
      null,
      null,
    ]);
  });
});
