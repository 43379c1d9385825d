import fc from "fast-check";
import { describe, expect, test } from "vitest";

import { rowOf, statementsOf } from "../../../scripts/backup/export-reader.ts";
import { Failure } from "../../../scripts/failure.ts";

async function* inPieces(text: string, length: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += length) yield text.slice(at, at + length);
}

async function statementsIn(text: string, pieceLength: number): Promise<string[]> {
  const statements: string[] = [];
  for await (const statement of statementsOf(inPieces(text, pieceLength))) statements.push(statement);
  return statements;
}

const inserted = (values: string): string => `INSERT INTO "media"("a") VALUES(${values})`;

describe("a row of an export", () => {
  test.each([
    ["NULL", null],
    ["-12", -12],
    ["1.5e-7", { sql: "1.5e-7" }],
    ["9007199254740993", { sql: "9007199254740993" }],
    ["'it''s; \"so\"'", `it's; "so"`],
    ["X'00FF'", { sql: "X'00FF'" }],
    [String.raw`replace('a\nb','\n',char(10))`, "a\nb"],
    [String.raw`replace(replace('a\n\r','\n',char(10)),'\r',char(13))`, "a\n\r"],
  ])("has the value that %s is", (written, value) => {
    const row = rowOf(inserted(written));
    expect(row).toEqual({ table: "media", columns: ["a"], values: [value] });
  });

  test("has columns and values in their order, with quotes in their names", () => {
    expect(rowOf(`INSERT INTO "a""b" ("x","y") VALUES (1, 'z')`)).toEqual({
      table: 'a"b',
      columns: ["x", "y"],
      values: [1, "z"],
    });
  });

  test("is none of another statement", () => {
    expect(rowOf("CREATE TABLE media (a)")).toBeUndefined();
  });

  test.each([
    ["more values than columns", inserted("1, 2")],
    ["a word where there is none", 'INSERT INTO "media"("a") SELECT (1)'],
    ["a value that is none", inserted("CURRENT_TIMESTAMP")],
    ["a text without an end", inserted("'a")],
    ["a character that is no number", inserted("replace('a','b',char('c'))")],
    ["a list without an end", 'INSERT INTO "media"("a" VALUES(1)'],
  ])("with %s is refused with the place", (_, statement) => {
    expect(() => rowOf(statement)).toThrow(Failure);
    expect(() => rowOf(statement)).toThrow("The export holds what is not understood");
  });
});

describe("the statements of an export", () => {
  test("are the same wherever it is cut", async () => {
    const statements = ["PRAGMA a=1", `INSERT INTO "m" VALUES('; '';"')`, 'CREATE TABLE ";"(x)'];
    const text = `${statements.join(";\n")};\n`;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: text.length }), async (length) => {
        expect(await statementsIn(text, length)).toEqual(statements);
      }),
      { numRuns: 50 },
    );
  });

  test("that break off are a failure", async () => {
    await expect(statementsIn("CREATE TABLE a(x); INSERT", 7)).rejects.toThrow(
      "The export breaks off in the middle of a statement.",
    );
  });
});
