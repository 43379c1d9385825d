import { closeSync, createReadStream, fstatSync, openSync, readSync } from "node:fs";
import { z } from "zod";
import { Failure, systemCode } from "../failure.ts";

/** What the first line of a backup tells: by which state of the schema it can be read. */
const headSchema = z.object({
  tagline_backup: z.literal(1),
  /** The newest migration of the database that it is of. */
  migration: z.string(),
  created_at: z.string(),
});
/** What its last line tells: a file without it broke off. */
const endSchema = z.object({ rows: z.record(z.string(), z.number()) });

/** The first line of a backup. */
export type Head = z.infer<typeof headSchema>;

/** How many rows of each table a backup holds. */
export type Rows = z.infer<typeof endSchema>["rows"];

const tailBytes = 4096;

/** The first line: a comment for SQL. */
export function headLine(head: Head): string {
  return `-- ${JSON.stringify(head)}`;
}

/** The last line: a comment for SQL. */
export function endLine(rows: Rows): string {
  return `-- ${JSON.stringify({ rows })}`;
}

/** First and last line of a backup; a failure where the file is none, or is not whole. */
export function frameOf(path: string): { head: Head; rows: Rows } {
  const [first, last] = outerLines(path);
  const head = headSchema.safeParse(comment(first));
  if (!head.success) throw new Failure(`${path} is no backup that \`npm run backup\` has written.`);
  const end = endSchema.safeParse(comment(last));
  if (!end.success) throw new Failure(`${path} is not whole: its last line is missing.`);
  return { head: head.data, rows: end.data.rows };
}

function comment(line: string): unknown {
  if (!line.startsWith("-- ")) return undefined;
  try {
    return JSON.parse(line.slice("-- ".length));
  } catch {
    return undefined;
  }
}

function outerLines(path: string): [string, string] {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch (error) {
    throw systemCode(error) === "ENOENT" ? new Failure(`There is no file ${path}.`) : error;
  }
  try {
    const read = (position: number): string => {
      const buffer = Buffer.alloc(tailBytes);
      return buffer.subarray(0, readSync(file, buffer, 0, tailBytes, position)).toString();
    };
    const [first = ""] = read(0).split("\n");
    const last = read(Math.max(0, fstatSync(file).size - tailBytes))
      .trimEnd()
      .split("\n")
      .at(-1);
    return [first, last ?? ""];
  } finally {
    closeSync(file);
  }
}

/** A file's text in chunks. */
export function textOf(path: string): AsyncIterable<string> {
  return createReadStream(path, { encoding: "utf8" });
}
