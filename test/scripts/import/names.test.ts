import fc from "fast-check";
import { isUtf8 } from "node:buffer";
import { expect, test } from "vitest";
import { entriesOf } from "../../../scripts/import/names.ts";

/** The bytes that a percent-encoding stands for. */
function undone(segment: string): Buffer {
  const parts = segment
    .split(/(%[0-9A-Fa-f]{2})/u)
    .map((part) => (/^%[0-9A-Fa-f]{2}$/u.test(part) ? Buffer.from(part.slice(1), "hex") : Buffer.from(part)));
  return Buffer.concat(parts);
}

function escapeOf(...bytes: number[]): string {
  return entriesOf([Buffer.from(bytes)])[0]?.segment ?? "";
}

/** Names as they might be in one folder, such as are likely to be each other's escapes. */
const names = fc.uniqueArray(
  fc
    .array(fc.constantFrom(0x41, 0x25, 0x46, 0x37, 0x2e, 0xc3, 0xa9, 0xe2, 0x82, 0xac, 0xff, 0xf0), {
      minLength: 1,
      maxLength: 8,
    })
    .map((bytes) => Buffer.from(bytes)),
  { maxLength: 12, selector: (name) => name.toString("hex") },
);

test("an escape tells the bytes of the name, and no other name in the folder", () => {
  fc.assert(
    fc.property(names, (folder) => {
      const entries = entriesOf(folder);
      expect(entries).toHaveLength(folder.length);
      for (const { name, segment, isEscaped } of entries) {
        expect(isEscaped).toBe(!isUtf8(name));
        expect(isEscaped ? undone(segment) : Buffer.from(segment)).toEqual(name);
      }
      expect(new Set(entries.map(({ segment }) => segment)).size).toBe(folder.length);
    }),
    { numRuns: 2_000 },
  );
});

test.each<[string, number[], string]>([
  ["a byte of Latin-1", [0x61, 0xe9, 0x2e], "a%E9."],
  ["a character that is cut short", [0xe2, 0x82, 0x2e], "%E2%82."],
  ["a surrogate", [0xed, 0xa0, 0x80], "%ED%A0%80"],
  ["a character in more bytes than it needs", [0xc0, 0xaf], "%C0%AF"],
  ["a code point beyond Unicode", [0xf4, 0x90, 0x80, 0x80], "%F4%90%80%80"],
  ["a percent sign beside it", [0x25, 0xff], "%25%FF"],
  ["whole characters beside it", [0xc3, 0xa9, 0xff, 0xf0, 0x9f, 0x98, 0x80], "\u00E9%FF\u{1F600}"],
])("%s is escaped", (_what, bytes, expected) => {
  expect(escapeOf(...bytes)).toBe(expected);
});

test("a name of which only one byte is left to tell it from a real name is escaped in small letters", () => {
  const [, escaped] = entriesOf([Buffer.from("%FF"), Buffer.of(0xff)]);
  expect(escaped).toEqual({ name: Buffer.of(0xff), segment: "%ff", isEscaped: true });
});

test("a percent sign in a name that is UTF-8 stays as it is", () => {
  expect(entriesOf([Buffer.from("100%25.jpg")])).toEqual([
    { name: Buffer.from("100%25.jpg"), segment: "100%25.jpg", isEscaped: false },
  ]);
});
