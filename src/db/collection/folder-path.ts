import { sql, type SQL } from "drizzle-orm";

import type { Database } from "../connection.ts";
import { afterPrefix } from "../prefix-range.ts";

/** Greater than every text: SQLite sorts blobs behind texts. */
const pastEveryText = sql`x'00'`;

/** Where the keys below a folder end: the least text behind them. The root's end behind every text. */
export function endOfFolder(path: string): SQL {
  const end = path === "" ? null : afterPrefix(path);
  return end === null ? pastEveryText : sql`${end}`;
}

const encoder = new TextEncoder();

// Texts are cut as bytes: SQLite's own functions for text end at a NUL, which a key of R2 may have.
const bytes = (text: SQL): SQL => sql`CAST(${text} AS BLOB)`;
const text = (blob: SQL): SQL => sql`CAST(${blob} AS TEXT)`;

/** How long a path is in bytes, as a number of the query itself: a bound one is floating point. */
function lengthOf(path: string): SQL {
  return sql.raw(String(encoder.encode(path).length));
}

/** The folder right below a path that a longer one lies in, with the slash at its end. */
function childOf(path: string, folder: SQL): SQL {
  const length = lengthOf(path);
  const rest = sql`substr(${bytes(folder)}, ${length} + 1)`;
  return text(sql`substr(${bytes(folder)}, 1, ${length} + instr(${rest}, x'2f'))`);
}

/** The name of a folder right below a path. */
export function nameOf(path: string, child: SQL): SQL {
  const length = lengthOf(path);
  const rest = sql`length(${bytes(child)}) - ${length} - 1`;
  return text(sql`substr(${bytes(child)}, ${length} + 1, ${rest})`);
}

/** The least text behind everything in a folder: its slash is followed by the zero in the order of bytes. */
export function behindFolder(folder: SQL): SQL {
  return sql`${text(sql`substr(${bytes(folder)}, 1, length(${bytes(folder)}) - 1)`)} || '0'`;
}

/**
 * The first folder right below a path that comes behind a text, which is the path or greater; null where there is none.
 * One row is read.
 */
export function firstChildBehind(path: string, bound: SQL): SQL {
  return sql`(SELECT ${childOf(path, sql`folder`)} FROM media_folders
    WHERE folder > ${bound} AND folder < ${endOfFolder(path)} ORDER BY folder LIMIT 1)`;
}

/**
 * The folder that a client names: with the slash at its end, the root empty. A slash at the front counts only where
 * storage has keys that begin so; else it is what people write for the root.
 */
export async function resolveFolder(db: Database, path: string): Promise<string> {
  const folder = path === "" || path.endsWith("/") ? path : `${path}/`;
  if (!folder.startsWith("/")) return folder;
  const known = await db.orm.all(
    sql`SELECT 1 FROM media_folders WHERE folder >= ${folder} AND folder < ${endOfFolder(folder)} LIMIT 1`,
  );
  return known.length > 0 ? folder : folder.replace(/^\/+/, "");
}
