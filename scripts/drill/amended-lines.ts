import { z } from "zod";
import { readJsonRow, RowSplitter } from "../export/rows.ts";

const anyLine = z.record(z.string(), z.unknown());

/** Of an export the lines of some media objects and the closing line, with other object keys; `keys` has them by id. */
export function linesWithKeys(exported: Buffer, keys: ReadonlyMap<string, string>): Buffer {
  const lines = new RowSplitter("ndjson").push(exported).flatMap((row) => {
    const read = readJsonRow(row);
    if (read.kind === "end") return [row];
    if (read.kind !== "record" && read.kind !== "more") return [];
    const [id = ""] = read.id.split(".");
    const key = keys.get(id);
    if (key === undefined) return [];
    // Further revisions of a media object come right behind its line, and name it by its id.
    if (read.kind === "more") return [row];
    const line = anyLine.parse(JSON.parse(row.toString("utf8")));
    return [Buffer.from(`${JSON.stringify({ ...line, object_key: key })}\n`)];
  });
  return Buffer.concat(lines);
}
