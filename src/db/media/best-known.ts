import { sql, type SQL } from "drizzle-orm";

import { firstYear, lastYear } from "../../core/text/local-time.ts";

/** The JSON of `object_metadata.taken_at`: in quotes where it is a text, and only a text without escapes is a time. */
const written = `"object_metadata" -> '$.taken_at'`;

/** Every form of a time, by its length in JSON: year, month, day, minute, second, and tenths to thousandths of one. */
const lengths = [4, 7, 10, 16, 19, 21, 22, 23].map((length) => length + 2).join(", ");

/**
 * The expression of the column `written_taken_at`: what a person wrote, filled up to its first moment as if it were a
 * time. It is not checked.
 */
export const writtenTakenAt: SQL = sql.raw(
  `(CASE WHEN ${written} GLOB '"*' AND length(${written}) IN (${lengths}) THEN ` +
    `substr(${written}, 2, length(${written}) - 2) || substr('0000-01-01T00:00:00.000', length(${written}) - 1) END)`,
);

// D1 takes patterns of at most 50 bytes, so the day and the time of it are matched one by one.
const day = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]";
const time = "T[0-9][0-9]:[0-5][0-9]:[0-5][0-9].[0-9][0-9][0-9]";

/**
 * The expression of the column `best_taken_at`, by which lists are sorted and filtered: the first moment of what a person
 * wrote, where that is a time (`parseWrittenTime` in src/core/text/local-time.ts has the same rules, and a test holds the two against
 * each other), else the file's own time. SQLite's `date` turns a day that the calendar has not into another one.
 */
export const bestTakenAt: SQL = sql.raw(
  `(CASE WHEN substr("written_taken_at", 1, 10) GLOB '${day}' AND substr("written_taken_at", 11) GLOB '${time}' ` +
    `AND "written_taken_at" >= '${firstYear}' AND "written_taken_at" < '${lastYear + 1}' ` +
    `AND substr("written_taken_at", 12, 2) < '24' ` +
    `AND date(substr("written_taken_at", 1, 10)) = substr("written_taken_at", 1, 10) ` +
    `THEN "written_taken_at" ELSE "taken_at" END)`,
);
