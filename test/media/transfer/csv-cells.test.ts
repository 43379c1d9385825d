import "../../support/draws.ts";

import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { csvCells, csvRow, textOfCell } from "../../../src/media/transfer/csv-cells.ts";
import { cellsOfWords, wordsColumns, wordsOfCells } from "../../../src/media/transfer/csv-words.ts";
import { anyWords, hardText } from "../../support/records/any-words.ts";

function written(text: string): string {
  return csvCells(csvRow([text]).slice(0, -2))?.[0] ?? "";
}

function readBack(cells: readonly (string | number | null)[]): ReturnType<typeof wordsOfCells> {
  const read = csvCells(csvRow(cells).slice(0, -2)) ?? [];
  return wordsOfCells(new Map(wordsColumns.map((name, index) => [name, textOfCell(read[index] ?? "")])));
}

describe("a row of CSV", () => {
  it("is read back to the byte, whatever its cells are", () => {
    fc.assert(
      fc.property(fc.array(hardText, { minLength: 1 }), (texts) => {
        const cells = csvCells(csvRow(texts).slice(0, -2));
        expect(cells?.map(textOfCell)).toEqual(texts);
      }),
      { numRuns: 2000 },
    );
  });

  it("has no cell that a spreadsheet runs as a formula, and numbers as they are", () => {
    fc.assert(
      fc.property(hardText, (text) => {
        expect(written(text)).not.toMatch(/^[=@\t\r\n]|^[+-](?!\d+(\.\d+)?(e[+-]?\d+)?$)/i);
      }),
      { numRuns: 2000 },
    );
    expect(csvRow([-12.5, null, 3, "-12.5", "-12.5+1"])).toBe("-12.5,,3,-12.5,'-12.5+1\r\n");
  });

  it.each([
    ["=1+1", "'=1+1"],
    ["'=1+1", "''=1+1"],
    ["@x", "'@x"],
    ["\tx", "'\tx"],
    ["'twas", "'twas"],
    ["''", "''"],
    ["+49 30 1234", "'+49 30 1234"],
  ])("has %j as %j", (text, cell) => {
    expect(written(text)).toBe(cell);
  });

  it.each(['"a', 'a,"b"c', '"a""'])("whose quotes do not match is none: %s", (row) => {
    expect(csvCells(row)).toBeNull();
  });

  it("may have quotes in a cell that does not begin with one", () => {
    expect(csvCells('a"b",c')).toEqual(['a"b"', "c"]);
  });
});

describe("words in cells", () => {
  it("are read back to the byte, whatever they are", () => {
    fc.assert(
      fc.property(anyWords, (words) => {
        expect(JSON.stringify(readBack(cellsOfWords(words)))).toBe(JSON.stringify(words));
      }),
      { numRuns: 3000 },
    );
  });

  it("have a cell for each field with a meaning, and others as JSON", () => {
    const cells = cellsOfWords({
      description: "The beach",
      keywords: ["beach", "family"],
      rating: 4,
      location: { latitude: 48.85, longitude: -2.35 },
      film: "Portra",
    });
    const told = wordsColumns.map((name, index) => [name, cells[index] ?? null]);
    expect(told.filter(([, cell]) => cell !== null)).toEqual([
      ["metadata.description", "The beach"],
      ["metadata.keywords", "beach; family"],
      ["metadata.rating", 4],
      ["metadata.latitude", 48.85],
      ["metadata.longitude", -2.35],
      ["metadata.others", '{"film":"Portra"}'],
    ]);
  });

  it.each([
    [{ "metadata.others": "{" }, "metadata.others is not a JSON object"],
    [{ "metadata.others": "[]" }, "metadata.others is not a JSON object"],
    [{ "metadata.order": "{}" }, "metadata.order is not a JSON array"],
    [{ "metadata.latitude": "48" }, "metadata.latitude and metadata.longitude must both be numbers"],
    [
      { "metadata.latitude": "48", "metadata.longitude": "east" },
      "metadata.latitude and metadata.longitude must both be numbers",
    ],
  ])("that are %j are told to be wrong", (cells, message) => {
    expect(wordsOfCells(new Map(Object.entries(cells)))).toBe(message);
  });

  it("lose a field whose cell was emptied, and gain one whose cell was filled", () => {
    const cells = { "metadata.title": "New", "metadata.order": '["description"]', "metadata.rating": "many" };
    expect(wordsOfCells(new Map(Object.entries(cells)))).toEqual({ title: "New", rating: "many" });
  });
});
