import type { DatabaseSync } from "node:sqlite";
import { z } from "zod";

/** How many bytes a database takes. */
export interface DatabaseBytes {
  /** Of the whole file. */
  readonly whole: number;
  /** Of full text, of photos and of suggestions, with its indexes of prefixes. */
  readonly fullText: number;
  readonly indexes: number;
  readonly revisions: number;
  readonly operations: number;
}

const part = z.object({
  name: z.string(),
  kind: z.string().nullable(),
  of: z.string().nullable(),
  bytes: z.int(),
});
const wholeRow = z.object({ bytes: z.int() });

/** Reads the size of a database, and of its parts by the pages that they have (dbstat). */
export function bytesOf(database: DatabaseSync): DatabaseBytes {
  const parts = database
    .prepare(
      `SELECT d.name, s.type AS kind, s.tbl_name AS "of", sum(d.pgsize) AS bytes
       FROM dbstat d LEFT JOIN sqlite_schema s ON s.name = d.name GROUP BY d.name`,
    )
    .all()
    .map((row) => part.parse(row));
  const { bytes: whole } = wholeRow.parse(
    database.prepare("SELECT page_count * page_size AS bytes FROM pragma_page_count, pragma_page_size").get(),
  );
  const sum = (holds: (each: z.infer<typeof part>) => boolean): number =>
    parts.filter(holds).reduce((total, { bytes }) => total + bytes, 0);
  return {
    whole,
    fullText: sum(({ name }) => /^(?:media|suggestion)_search/.test(name)),
    indexes: sum(({ kind }) => kind === "index"),
    // A table without row ids is the index of its key; its other index counts with it.
    revisions: sum(({ of: table }) => table === "media_revisions"),
    operations: sum(({ of: table }) => table === "operations"),
  };
}
