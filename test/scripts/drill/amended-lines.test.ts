import { expect, test } from "vitest";
import { linesWithKeys } from "../../../scripts/drill/amended-lines.ts";

const exported = [
  { id: "a", object_key: "a.jpg", object_metadata: { title: "A" } },
  { id: "a.3", revisions: [] },
  { id: "b", object_key: "b.jpg", object_metadata: { title: "B" } },
  { id: "b.3", revisions: [] },
  { end: true, next_cursor: null },
];

function ndjson(lines: readonly unknown[]): string {
  return lines.map((line) => `${JSON.stringify(line)}\n`).join("");
}

test("the lines of some media objects keep everything but their keys, and their histories behind them", () => {
  const lines = linesWithKeys(Buffer.from(ndjson(exported)), new Map([["b", "moved/b.jpg"]]));
  expect(lines.toString("utf8")).toBe(
    ndjson([
      { id: "b", object_key: "moved/b.jpg", object_metadata: { title: "B" } },
      exported[3],
      exported[4],
    ]),
  );
});
