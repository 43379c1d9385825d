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

/** The folder right below a path that a text lies in, with the slash at its end. */
export function childOf(path: string, text: SQL): SQL {
  return sql`substr(${text}, 1, length(${path}) + instr(substr(${text}, length(${path}) + 1), '/'))`;
}

/** The least text behind everything in a folder: its slash is followed by the zero in the order of bytes. */
export function behindFolder(folder: SQL): SQL {
  return sql`substr(${folder}, 1, length(${folder}) - 1) || '0'`;
}

/**
 * The first folder right below a path that comes behind a text, which is the path or greater; null where there is none.
 * One row is read.
 */
export function firstChildBehind(path: string, text: SQL): SQL {
  return sql`(SELECT ${childOf(path, sql`folder`)} FROM media_folders
    WHERE folder > ${text} AND folder < ${endOfFolder(path)} ORDER BY folder LIMIT 1)`;
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
