import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";

import type { Database } from "../connection.ts";
import { slicesOf } from "../json-slices.ts";
import { runChanges } from "../schema.ts";
import type { KnownRow } from "./known-records.ts";
import { type Finding, insertNew, newRecordSlices, type SeenObject } from "./new-records.ts";
import { findingSlices, noteFound, type Finding as TrashFinding } from "../trash/known.ts";
import { forgetSameFile, keepSightings, type Sighting } from "./sightings.ts";

/** The differences between a page of a listing and the records. */
export interface PageDifferences extends Finding {
  readonly added: readonly SeenObject[];
  /** Objects that wait until the listing is complete. */
  readonly sighted: readonly Sighting[];
  /** Records whose object is there again, with the same bytes. */
  readonly returned: readonly number[];
  /** Records that a listing once did not hold but had not been declared missing. */
  readonly reappeared: readonly number[];
  /** Records of the same bytes, whose provider gives them another version. */
  readonly reversioned: readonly Pick<KnownRow, "pk" | "version">[];
  /** Records that a full listing of a provider holds that otherwise tells changes. */
  readonly relisted: readonly number[];
  readonly vanished: readonly Pick<KnownRow, "pk" | "pathKey" | "objectRevision">[];
  /** Objects of records in the trash that are elsewhere by now. */
  readonly strays: readonly TrashFinding[];
}

const writtenRow = z.object({
  id: z.string(),
  runChange: z.enum(runChanges).nullable(),
  state: z.string(),
});

/** A record that a page has touched. */
export type WrittenRow = Readonly<z.infer<typeof writtenRow>>;

/** The outcome of writing a page's differences. */
export interface WrittenDifferences {
  /** The records that are new or returned by this. */
  readonly touched: readonly WrittenRow[];
  /** How many sightings were kept. */
  readonly sighted: number;
  /** Of how many records in the trash it was noted where their objects are. */
  readonly strays: number;
}

/**
 * Writes a page's differences in one transaction; each statement takes its rows as one JSON value, so that their number
 * does not matter. Every change compares what the page was compared with, so that what happened meanwhile wins.
 */
export async function applyDifferences(db: Database, page: PageDifferences): Promise<WrittenDifferences> {
  const returning = sql`RETURNING id, run_change AS "runChange", state`;
  const touching = [
    ...newRecordSlices(page.added).map((json) => sql`${insertNew(page, json)} ${returning}`),
    ...slicesOf(page.returned).map((json) => sql`${updateReturned(page, json)} ${returning}`),
  ];
  const sighting = slicesOf(page.sighted).map((json) => keepSightings(page, json));
  const noting = findingSlices(page.strays).map((json) => noteFound(json));
  const marking = [
    ...slicesOf(page.reversioned).map(updateVersion),
    ...slicesOf(page.relisted).map((json) => markListed(page, json)),
    ...slicesOf(page.reappeared).map(clearVanished),
    ...slicesOf(page.vanished).map((json) => markVanished(page, json)),
  ];
  // Of a file that has moved twice only the last place counts.
  const files = page.sighted.filter(({ providerRef }) => providerRef !== null);
  const forgetting = slicesOf(files).map((json) => forgetSameFile(page, json));
  const statements = [...forgetting, ...touching, ...sighting, ...noting, ...marking];
  if (statements.length === 0) return { touched: [], sighted: 0, strays: 0 };
  const answers = (await db.write(statements)).slice(forgetting.length);
  const rowsOf = (first: number, { length }: readonly SQL[]) => answers.slice(first, first + length).flat();
  return {
    touched: rowsOf(0, touching).map((row) => writtenRow.parse(row)),
    sighted: rowsOf(touching.length, sighting).length,
    strays: rowsOf(touching.length + sighting.length, noting).length,
  };
}

function updateVersion(json: string): SQL {
  return sql`
    UPDATE media_objects SET version = value ->> 'version' FROM json_each(${json})
    WHERE media_objects.pk = value ->> 'pk'`;
}

function markListed({ pageMark }: Finding, json: string): SQL {
  return sql`
    UPDATE media_objects SET listed_run = ${pageMark} FROM json_each(${json}) WHERE media_objects.pk = value`;
}

function updateReturned(page: PageDifferences, json: string): SQL {
  return sql`
    UPDATE media_objects SET
      missing_since = NULL, vanished_run = NULL, run_id = ${page.run}, run_change = 'returned',
      listed_run = ${page.pageMark},
      change = change + 1, observed_at = ${page.now}, updated_at = ${page.now}
    FROM json_each(${json})
    WHERE media_objects.pk = value AND missing_since IS NOT NULL`;
}

function clearVanished(json: string): SQL {
  return sql`
    UPDATE media_objects SET vanished_run = NULL
    FROM json_each(${json})
    WHERE media_objects.pk = value AND vanished_run IS NOT NULL`;
}

function markVanished(page: PageDifferences, json: string): SQL {
  return sql`
    UPDATE media_objects SET vanished_run = ${page.run}
    FROM json_each(${json})
    WHERE media_objects.pk = value ->> 'pk' AND path_key = value ->> 'pathKey' AND change - revision = value ->> 'objectRevision'
      AND missing_since IS NULL`;
}
