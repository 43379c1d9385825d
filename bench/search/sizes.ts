import { DatabaseSync } from "node:sqlite";
import { z } from "zod";

/** What a record takes of a database file, in bytes. */
export interface BytesEach {
  readonly whole: number;
  /** Of that, the full-text index with its indexes of prefixes. */
  readonly fullText: number;
  /** How long the texts are that the index is made of, which stand in the rows. */
  readonly tokens: number;
}

const sizes = z.object({ records: z.int(), whole: z.int(), fullText: z.int(), tokens: z.int() });

/** Measures a file that no service has open. */
export function bytesEach(file: string): BytesEach {
  const database = new DatabaseSync(file, { readOnly: true });
  const row = database
    .prepare(
      `SELECT count(*) AS records,
         (SELECT page_count * page_size FROM pragma_page_count, pragma_page_size) AS whole,
         (SELECT sum(length(block)) FROM media_search_data) AS fullText,
         sum(octet_length(words_text) + octet_length(fields_text) + octet_length(key_text) + octet_length(camera_text)) AS tokens
       FROM media_objects`,
    )
    .get();
  database.close();
  const { records, whole, fullText, tokens } = sizes.parse(row);
  return { whole: whole / records, fullText: fullText / records, tokens: tokens / records };
}
