import fc from "fast-check";
import { describe, expect, it } from "vitest";

import {
  deceptiveCharacter,
  isInvisible,
  withHiddenEscaped,
  withoutDeceptive,
} from "../../src/core/text/characters.ts";

const england = "\u{1F3F4}\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}";

const only = [
  [0x00, 0x1f],
  [0x7f, 0x9f],
  [0xad, 0xad],
  [0x34f, 0x34f],
  [0x61c, 0x61c],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180b, 0x180e],
  [0x200b, 0x200b],
  [0x200e, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x2064],
  [0x2066, 0x206f],
  [0x3164, 0x3164],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0xfff9, 0xfffb],
  [0xe0000, 0xe007f],
] as const;

describe("deceptiveCharacter", () => {
  it("names the characters that only deceive, and no other of all there are", () => {
    const found: number[] = [];
    for (let point = 0; point <= 0x10ffff; point++) {
      const name = deceptiveCharacter(`a${String.fromCodePoint(point)}b`);
      if (name === null) continue;
      expect(name).toBe(`U+${point.toString(16).toUpperCase().padStart(4, "0")}`);
      found.push(point);
    }
    const expected = only.flatMap(([first, last]) =>
      Array.from({ length: last - first + 1 }, (_, index) => first + index),
    );
    expect(found).toEqual(expected);
  });

  it.each([
    ["a family", "\u{1F469}\u200D\u{1F467}\uFE0F"],
    ["Persian", "\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645"],
    ["the flag of England", england],
    ["a variant of a character of Han", "\u845B\u{E0100}"],
  ])("finds none in %s", (_what, text) => {
    expect(deceptiveCharacter(text)).toBeNull();
    expect(withoutDeceptive(text)).toBe(text);
  });

  it.each([
    ["tags without a flag", `a${england.slice(2)}`, "U+E0067"],
    ["more tags than a region has", england.replace("\u{E007F}", "\u{E0067}\u{E0067}\u{E007F}"), "U+E0067"],
    ["tags behind a flag that has ended", `${england}\u{E0041}`, "U+E0041"],
  ])("finds %s", (_what, text, name) => {
    expect(deceptiveCharacter(text)).toBe(name);
  });
});

const anyText = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({
    unit: fc.constantFrom("a", " ", "\n", "\u0085", "\u2028", "\u202E", "\u200D", england, "\u{E0067}"),
  }),
);

describe("withoutDeceptive", () => {
  it("leaves nothing that deceives and keeps all else in order, for any text", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const clean = withoutDeceptive(text);
        expect(deceptiveCharacter(clean)).toBeNull();
        expect(withoutDeceptive(clean)).toBe(clean);
        expect(clean === text).toBe(deceptiveCharacter(text) === null);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("withHiddenEscaped", () => {
  it("leaves only what is seen as itself, for any text", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(withHiddenEscaped(text)).toMatch(
          /^[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]*$/u,
        );
      }),
      { numRuns: 1000 },
    );
  });

  it("escapes as JSON does", () => {
    const text = "a\t\r\n\u0085\u2028\u202E\u200D\uD800\u{E0041}é😀\u007F";
    const escaped = String.raw`a\t\r\n\u0085\u2028\u202e\u200d\ud800\udb40\udc41é😀\u007f`;
    expect(withHiddenEscaped(text)).toBe(escaped);
    expect(JSON.parse(`"${escaped}"`)).toBe(text);
  });
});

describe("isInvisible", () => {
  it.each(["", " ", "\u200D", "\u200C \u00A0\uFE0F", "\u{E0100}"])("is true of %j", (text) => {
    expect(isInvisible(text)).toBe(true);
  });

  it.each(["a", "\u200Da", "-", "\u2800", "\u{1F469}\u200D"])("is false of %j", (text) => {
    expect(isInvisible(text)).toBe(false);
  });
});
