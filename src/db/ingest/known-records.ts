import { and, eq, gt, gte, lte, sql } from "drizzle-orm";
import { z } from "zod";

import type { Database } from "../connection.ts";
import { slicesOf } from "../json-slices.ts";
import { afterPrefix } from "../prefix-range.ts";
import { mediaObjects, type RunChange } from "../schema.ts";
import type { SeenObject } from "./new-records.ts";

/** A record that a listing is compared with, as far as the comparison needs the record. */
export interface KnownRow {
  readonly pk: number;
  readonly id: string;
  readonly pathKey: string;
  readonly objectKey: string;
  readonly providerRef: string | null;
  readonly version: string;
  readonly contentHash: string | null;
  readonly fileSize: number;
  readonly state: string;
  readonly missingSince: number | null;
  readonly vanishedRun: string | null;
  readonly runId: string | null;
  readonly runChange: RunChange | null;
  /** The page of changes on which its object was last noted; see the `mark` of a `Finding`. */
  readonly listedRun: string | null;
  /** What ingest and uploads have changed about it: every change but people's. */
  readonly objectRevision: number;
  /** When something was last learned of its object, in milliseconds since the epoch. */
  readonly observedAt: number;
}

/** A stretch of a provider's path keys: after the first, up to and with the last; open where null. */
export interface KeyRange {
  readonly provider: string;
  readonly prefix: string;
  readonly after: string | null;
  readonly upTo: string | null;
}

const knownColumns = {
  pk: mediaObjects.pk,
  id: mediaObjects.id,
  pathKey: mediaObjects.pathKey,
  objectKey: mediaObjects.objectKey,
  providerRef: mediaObjects.providerRef,
  version: mediaObjects.version,
  contentHash: mediaObjects.contentHash,
  fileSize: mediaObjects.fileSize,
  state: mediaObjects.state,
  missingSince: mediaObjects.missingSince,
  vanishedRun: mediaObjects.vanishedRun,
  runId: mediaObjects.runId,
  runChange: mediaObjects.runChange,
  listedRun: mediaObjects.listedRun,
  objectRevision: sql<number>`${mediaObjects.change} - ${mediaObjects.revision}`,
  observedAt: mediaObjects.observedAt,
} satisfies Record<keyof KnownRow, unknown>;

/** Records of a stretch of path keys, in order. */
export interface KnownStretch {
  readonly rows: readonly KnownRow[];
  /** Where the stretch was cut, because it has more records: the path key of the last one read; null where these are all. */
  readonly cutAt: string | null;
}

/**
 * How many records are read at a time: as many again as a page of a listing has objects, so that a page is hardly ever
 * cut. Without a bound all records of a folder that is gone would come at once.
 */
const knownLimit = 2000;

/** Reads the records in a stretch of keys, from its beginning on and not more than an isolate can hold. */
export async function knownRows(db: Database, range: KeyRange): Promise<KnownStretch> {
  const end = afterPrefix(range.prefix);
  const found = await db.orm
    .select(knownColumns)
    .from(mediaObjects)
    .where(
      and(
        eq(mediaObjects.provider, range.provider),
        range.after === null
          ? gte(mediaObjects.pathKey, range.prefix)
          : gt(mediaObjects.pathKey, range.after),
        range.upTo === null ? undefined : lte(mediaObjects.pathKey, range.upTo),
        end === null ? undefined : sql`${mediaObjects.pathKey} < ${end}`,
      ),
    )
    .orderBy(mediaObjects.pathKey)
    .limit(knownLimit + 1);
  const rows = found.slice(0, knownLimit);
  return { rows, cutAt: found.length > knownLimit ? (rows.at(-1)?.pathKey ?? null) : null };
}

/** Reads the records at these paths: as many rows as there are records. */
export async function knownRowsAt(
  db: Database,
  provider: string,
  paths: readonly string[],
): Promise<KnownRow[]> {
  const rows: KnownRow[] = [];
  for (const json of slicesOf(paths)) {
    const wanted = sql`(SELECT value FROM json_each(${json}))`;
    rows.push(
      ...(await db.orm
        .select(knownColumns)
        .from(mediaObjects)
        .where(and(eq(mediaObjects.provider, provider), sql`${mediaObjects.pathKey} IN ${wanted}`))),
    );
  }
  return rows;
}

/** The values that tell whether two objects have the same bytes, or are the same file to their provider. */
export type Identity = Pick<SeenObject, "pathKey" | "providerRef" | "contentHash" | "fileSize">;

/** The path keys of those objects whose bytes, or whose provider's id, some record of the provider knows. */
export async function knownElsewhere(
  db: Database,
  provider: string,
  objects: readonly Identity[],
): Promise<ReadonlySet<string>> {
  const identities = objects.map(({ pathKey, providerRef, contentHash, fileSize }) => [
    pathKey,
    contentHash,
    fileSize,
    providerRef,
  ]);
  const results = await db.batch(
    slicesOf(identities).map(
      (json) => sql`
        SELECT value ->> 0 AS path FROM json_each(${json}) WHERE EXISTS (
          SELECT 1 FROM media_objects m
          WHERE m.content_hash = value ->> 1 AND m.file_size = value ->> 2 AND m.provider = ${provider}
        ) OR EXISTS (
          SELECT 1 FROM media_objects m WHERE m.provider_ref = value ->> 3 AND m.provider = ${provider}
        )`,
    ),
  );
  return new Set(results.flat().map((row) => z.object({ path: z.string() }).parse(row).path));
}
