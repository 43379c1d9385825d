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

/** The expression of the column `is_taken_in_year`: whether a person wrote a year alone, or the file tells no more. */
export const isTakenInYear: SQL = sql.raw(
  `(CASE WHEN "best_taken_at" IS NULL THEN 0 ` +
    `WHEN "best_taken_at" IS "written_taken_at" THEN length(${written}) = ${4 + 2} ` +
    `ELSE coalesce("intrinsic" ->> '$.taken.precision' = 'year', 0) END)`,
);

/** The expression of the column `best_latitude`, in degrees; a place is known whole or not at all. */
export const bestLatitude: SQL = sql.raw(
  `(CASE WHEN "written_latitude" IS NOT NULL THEN "written_latitude" ELSE "intrinsic" ->> '$.location.latitude' END)`,
);
/** The expression of the column `best_longitude`, in degrees, from the same source as {@link bestLatitude}. */
export const bestLongitude: SQL = sql.raw(
  `(CASE WHEN "written_latitude" IS NOT NULL THEN "written_longitude" ELSE "intrinsic" ->> '$.location.longitude' END)`,
);

/** The expression of the column `known`: a bit for each thing that a record can lack. */
export const known: SQL = sql.raw(
  `((coalesce("object_metadata" ->> '$.description', '') <> '') + 2 * ("folded_keywords" <> '[]') ` +
    `+ 4 * ("best_latitude" IS NOT NULL) + 8 * ("best_taken_at" IS NOT NULL))`,
);

/**
 * A fresh record: one that waits and was never processed, of which next to nothing is known yet. It lacks a place for a
 * moment and is found by its state, so that it need not be written into the index of what lacks one.
 */
const isFresh = `"state" = 'pending' AND "width" IS NULL`;

/** The expression of the column `lacking_words`: a bit for a lacking description, one for lacking keywords. */
export const lackingWords: SQL = sql.raw(`(3 - ("known" & 3))`);
/** The expression of the column `lacks_location`. It is made of no words, so that a change of words leaves its index alone. */
export const lacksLocation: SQL = sql.raw(`(CASE WHEN ${isFresh} THEN 0 ELSE "best_latitude" IS NULL END)`);

/** The twelve hexadecimal digits of a UUIDv7 that tell its milliseconds (RFC 9562 §5.7), by their place in the text. */
const digits = [1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13];
const milliseconds = digits
  .map((place, index) => `(instr('123456789abcdef', substr("id", ${place}, 1)) << ${4 * (11 - index)})`)
  .join(" + ");

/** The expression of the column `created_on`. */
export const createdOn: SQL = sql.raw(`(date((${milliseconds}) / 1000, 'unixepoch'))`);
