import "../../support/draws.ts";

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { linesOf, type LineOptions, type TextLine } from "../../../src/media/transfer/text-lines.ts";

const usual: LineOptions = { quoted: false, maxBytes: 100 };

/** The lines of a text that comes in pieces of so many bytes; null for one that is too long. */
async function linesIn(
  text: string,
  options: LineOptions,
  pieceBytes: number,
): Promise<{ number: number; text: string | null }[]> {
  const bytes = new TextEncoder().encode(text);
  const pieces = (async function* cut() {
    for (let at = 0; at < bytes.length; at += pieceBytes)
      yield await Promise.resolve(bytes.slice(at, at + pieceBytes));
  })();
  const lines: TextLine[] = [];
  for await (const some of linesOf(pieces, options)) lines.push(...some);
  return lines.map((line) => ({
    number: line.number,
    text: line.bytes === null ? null : new TextDecoder().decode(line.bytes),
  }));
}

describe("lines of a text in pieces", () => {
  it("are the same wherever the pieces are cut", async () => {
    const piece = fc.constantFrom("a", '"', "\n", "\r\n", ",", "é", "x".repeat(30));
    await fc.assert(
      fc.asyncProperty(
        fc.array(piece, { maxLength: 20 }),
        fc.boolean(),
        fc.integer({ min: 1, max: 40 }),
        async (parts, quoted, pieceBytes) => {
          const options = { quoted, maxBytes: 50 };
          const text = parts.join("");
          expect(await linesIn(text, options, pieceBytes)).toEqual(await linesIn(text, options, 10_000));
        },
      ),
      { numRuns: 500 },
    );
  });

  it("are numbered from 1, whatever their line ends", async () => {
    expect(await linesIn("a\n\r\nb\r\nc", usual, 2)).toEqual([
      { number: 1, text: "a" },
      { number: 2, text: "" },
      { number: 3, text: "b" },
      { number: 4, text: "c" },
    ]);
  });

  it("may have line ends in quotes, which count as lines", async () => {
    expect(await linesIn('a,"b\r\n""c\n"\r\nd\r\n', { ...usual, quoted: true }, 3)).toEqual([
      { number: 1, text: 'a,"b\r\n""c\n"' },
      { number: 4, text: "d" },
    ]);
  });

  it("that are too long are passed over, also where a quote is never closed", async () => {
    const long = "x".repeat(120);
    expect(await linesIn(`${long}\nb\n`, usual, 7)).toEqual([
      { number: 1, text: null },
      { number: 2, text: "b" },
    ]);
    expect(await linesIn(`"${long}\nb\n`, { ...usual, quoted: true }, 7)).toEqual([
      { number: 1, text: null },
      { number: 2, text: "b" },
    ]);
  });
});
