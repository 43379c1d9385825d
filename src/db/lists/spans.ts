import { sql, type SQL } from "drizzle-orm";

import { lackingOf, presenceOf, type LackingPart, type MediaFilter } from "./filter.ts";
import { hasSidecarChange, lacksAll } from "./known.ts";
import { mediaObjects } from "../schema.ts";

/**
 * A piece of an index of `media_objects` whose entries agree in what the index begins with, so that what follows orders
 * them. Several of them are walked at once, and SQLite merges them; it takes no more than five.
 */
export interface Span {
  readonly table: SQL;
  /** What bounds its entries. */
  readonly holds: SQL;
  /** True where the walk comes by all records that wait, of which only the fresh ones belong to its lead. */
  readonly onlyFresh: boolean;
}

/** An index that begins with the presence of the object: a span for each presence that a list shows. */
export function spansByPresence(index: string, filter: MediaFilter): Span[] {
  return presenceOf(filter).map((missing) => ({
    table: indexed(index),
    holds: isPresent(missing),
    onlyFresh: false,
  }));
}

/** A piece of another index. */
export function spanOf(index: string, holds: SQL): Span {
  return { table: indexed(index), holds, onlyFresh: false };
}

/** The records with these ids: each is searched for, which costs less than a list of values to compare with. */
export function spanOfIds(ids: readonly string[]): Span {
  return {
    table: sql`json_each(${JSON.stringify(ids)}) wanted CROSS JOIN ${indexed("media_objects_id")}`,
    holds: sql`${mediaObjects.id} = wanted.value`,
    onlyFresh: false,
  };
}

function indexed(index: string): SQL {
  return sql`media_objects INDEXED BY ${sql.identifier(index)}`;
}

/** The spans that hold what lacks these things, in the order of ids; empty where a filter does not ask for that. */
export function lackingSpans(part: LackingPart, filter: MediaFilter): Span[] {
  const things = lackingOf(part, filter);
  if (things.length === 0) return [];
  // Nearly every record lacks these, so that nothing leads there.
  if (part === "lacks sidecar change" || part === "lacks suggestions") return [];
  if (part === "lacks taken_at") {
    const isUndated = sql`${mediaObjects.bestTakenAt} IS NULL`;
    return narrowed(spansByPresence("media_objects_by_taken", filter), isUndated);
  }
  if (part === "lacks location") {
    const lacks = sql`${mediaObjects.lacksLocation} > 0`;
    return [...narrowed(spansByPresence("media_objects_lacking_location", filter), lacks), fresh];
  }
  return lackingWords(things).flatMap((words) => {
    // The second term lets SQLite see that the partial index holds every match.
    const lacks = sql`${mediaObjects.lackingWords} = ${sql.raw(String(words))} AND ${mediaObjects.lackingWords} > 0`;
    return narrowed(spansByPresence("media_objects_lacking_words", filter), lacks);
  });
}

/** The values of the column `lacking_words` of records that lack all of these. */
function lackingWords(things: readonly string[]): number[] {
  if (things.length > 1) return [3];
  return things.includes("description") ? [1, 3] : [2, 3];
}

const waits = sql`${mediaObjects.state} = 'pending' AND ${mediaObjects.state} <> 'ready'`;

/** A fresh record is not in the index of what lacks a place, which saves each new photo a row: it is among what waits. */
const fresh: Span = { table: indexed("media_objects_unsettled"), holds: waits, onlyFresh: true };

/**
 * A value to seek by in a span with `onlyFresh`: null where nothing waits, which is nearly always, so that SQLite does not
 * seek. D1 counts a row for each search of a range, even if nothing is found, but none for this look.
 */
export function unlessNothingWaits(value: string | number | null): SQL {
  return sql`(SELECT ${value} FROM ${fresh.table} WHERE ${waits} LIMIT 1)`;
}

/** The column that tells the entries of a span with `onlyFresh` from others. */
const waitsColumn = sql`"media_objects"."waits"`;

/** Holds of every entry but those of records that wait and do not belong to the lead. */
export function belongsToSpans(part: LackingPart, filter: MediaFilter): SQL {
  const [missing, ...both] = presenceOf(filter);
  const present = both.length > 0 ? sql`` : sql` AND ${isPresent(missing ?? 0)}`;
  return sql`(${waitsColumn} = 0
    OR (${mediaObjects.width} IS NULL AND ${lacksAll(lackingOf(part, filter))}${present}))`;
}

/** The spans of what has a change of its sidecar, in the order of ids. */
export function sidecarChangeSpans(filter: MediaFilter): Span[] {
  return narrowed(spansByPresence("media_objects_sidecar_changed", filter), hasSidecarChange);
}

function narrowed(spans: readonly Span[], holds: SQL): Span[] {
  return spans.map((span) => ({ ...span, holds: sql`${span.holds} AND ${holds}` }));
}

function isPresent(missing: 0 | 1): SQL {
  return sql`${mediaObjects.isMissing} = ${sql.raw(String(missing))}`;
}
