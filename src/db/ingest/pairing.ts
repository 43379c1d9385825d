import { sql } from "drizzle-orm";
import { z } from "zod";

import type { Database } from "../connection.ts";
import { slicesOf } from "../json-slices.ts";
import type { ProviderRun } from "./sightings.ts";
import { isAway, noteUnclear } from "./unclear-moves.ts";

/** How many sightings are matched with records at a time. */
const pairingPage = 1000;

const unpaired = z.object({
  path: z.string(),
  hash: z.string().nullable(),
  size: z.number(),
});

/** How many such pages one task pairs, well within the queries and the time of an invocation. */
const pairingPages = 20;

/** From where sightings have not been paired: first all by the provider's own id, then the rest by their bytes. */
export interface PairingPosition {
  readonly by: "ref" | "hash";
  /** A path key. */
  readonly after: string;
}

/** How far a task has paired sightings. */
export interface Pairing {
  /** Whether there are any sightings. */
  readonly sighted: boolean;
  /** From where to go on; null at the end. */
  readonly next: PairingPosition | null;
}

/**
 * Finds for sightings, some pages of them, the records whose objects they are: first by the provider's own id, then by
 * content hash and size among the records whose objects are not where they were. Only one object and one record are a
 * match; several of either are marked as ambiguous. Changes no record, so that it may be done again.
 */
export async function pairSightings(
  db: Database,
  listing: ProviderRun & { readonly prefix: string },
  from: PairingPosition | null,
): Promise<Pairing> {
  let sighted = from !== null;
  let at: PairingPosition | null = from ?? { by: "ref", after: "" };
  for (let pages = 0; at !== null && pages < pairingPages; pages++) {
    const page = await unpairedPage(db, listing, at);
    sighted ||= page.length > 0;
    if (page.length > 0) await (at.by === "ref" ? pairByRef : pairByHash)(db, listing, page);
    const last = page.length === pairingPage ? page.at(-1) : undefined;
    if (last !== undefined) at = { by: at.by, after: last.path };
    else at = at.by === "ref" && sighted ? { by: "hash", after: "" } : null;
  }
  return { sighted, next: at };
}

async function unpairedPage(db: Database, listing: ProviderRun, { by, after }: PairingPosition) {
  const rows = await db.orm.all(sql`
    SELECT path_key AS path, content_hash AS hash, file_size AS size FROM sightings
    WHERE provider = ${listing.provider} AND path_key > ${after} AND run_id = ${listing.run} AND outcome IS NULL
      ${by === "hash" ? sql`AND moved_from IS NULL` : sql``}
    ORDER BY path_key LIMIT ${pairingPage}`);
  return rows.map((row) => unpaired.parse(row));
}

type Unpaired = z.infer<typeof unpaired>;

async function pairByRef(db: Database, listing: ProviderRun, page: readonly Unpaired[]): Promise<void> {
  await db.write([
    sql`
      UPDATE sightings SET moved_from = (
        SELECT min(m.id) FROM media_objects m
        WHERE m.provider_ref = sightings.provider_ref AND m.provider = sightings.provider
      )
      WHERE provider = ${listing.provider} AND path_key BETWEEN ${page[0]?.path ?? ""} AND ${page.at(-1)?.path ?? ""}
        AND run_id = ${listing.run} AND outcome IS NULL AND provider_ref IS NOT NULL`,
  ]);
}

const candidates = z.object({
  hash: z.string(),
  size: z.number(),
  targets: z.number(),
  sources: z
    .string()
    .transform((json) => z.tuple([z.number(), z.string().nullable()]).parse(JSON.parse(json))),
});

async function pairByHash(
  db: Database,
  listing: ProviderRun & { readonly prefix: string },
  page: readonly Unpaired[],
): Promise<void> {
  const found = await candidatesOf(db, listing, page);
  const pairs = page.flatMap(({ path, hash, size }) => {
    const group = found.get(`${hash}:${size}`);
    if (group === undefined || group.sources[0] === 0) return [];
    const source = isClear(group) ? group.sources[1] : null;
    return [{ provider: listing.provider, path, source, ambiguous: isClear(group) ? 0 : 1 }];
  });
  const unclear = [...found.values()].filter((group) => group.sources[0] > 0 && !isClear(group));
  // The provider comes from the JSON as well: given alone, it would have SQLite walk all sightings for each pair.
  await db.write([
    ...slicesOf(unclear).flatMap((json) => noteUnclear(listing, json)),
    ...slicesOf(pairs).map(
      (json) => sql`
        UPDATE sightings SET moved_from = value ->> 'source', is_ambiguous = value ->> 'ambiguous'
        FROM json_each(${json})
        WHERE provider = value ->> 'provider' AND path_key = value ->> 'path' AND run_id = ${listing.run}
          AND outcome IS NULL AND moved_from IS NULL AND is_ambiguous = 0`,
    ),
  ]);
}

/** One object and one record could be meant. */
function isClear({ targets, sources }: z.infer<typeof candidates>): boolean {
  return targets === 1 && sources[0] === 1;
}

/** For each hash and size: how many objects and how many records could be meant; two stands for several. */
async function candidatesOf(
  db: Database,
  listing: ProviderRun & { readonly prefix: string },
  page: readonly Unpaired[],
): Promise<Map<string, z.infer<typeof candidates>>> {
  const { provider, run } = listing;
  const identities = new Map(
    page.flatMap(({ hash, size }) => (hash === null ? [] : [[`${hash}:${size}`, { hash, size }] as const])),
  );
  const results = await db.batch(
    slicesOf([...identities.values()]).map(
      (json) => sql`
        SELECT value ->> 'hash' AS hash, value ->> 'size' AS size,
          (SELECT count(*) FROM (
            SELECT 1 FROM sightings s
            WHERE s.content_hash = value ->> 'hash' AND s.file_size = value ->> 'size' AND s.provider = ${provider}
              AND s.run_id = ${run} AND s.moved_from IS NULL LIMIT 2
          )) AS targets,
          (SELECT json_array(count(*), min(id)) FROM (
            SELECT m.id FROM media_objects m
            WHERE m.content_hash = value ->> 'hash' AND m.file_size = value ->> 'size' AND m.provider = ${provider}
              AND ${isAway(listing)} AND NOT EXISTS (SELECT 1 FROM sightings taken WHERE taken.moved_from = m.id) LIMIT 2
          )) AS sources
        FROM json_each(${json})`,
    ),
  );
  const groups = results.flat().map((row) => candidates.parse(row));
  return new Map(groups.map((group) => [`${group.hash}:${group.size}`, group]));
}
