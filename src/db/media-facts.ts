import { and, eq, gt, lt, sql, type SQL } from "drizzle-orm";

import type { Database } from "./connection.ts";
import type { IntrinsicFacts, MediaObject } from "./media-object.ts";
import { mediaObjects } from "./schema.ts";

/** What a file tells about itself, as a record holds it. */
export interface StoredFacts {
  /** Null where the bytes do not tell what is known already. */
  readonly contentType: string | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly orientation: number | null;
  readonly takenAt: string | null;
  readonly takenAtOffset: string | null;
  readonly intrinsic: IntrinsicFacts;
}

/** The facts as the columns of a record. */
export function factColumns(facts: StoredFacts) {
  const { contentType, width, height, orientation, takenAt, takenAtOffset } = facts;
  return {
    ...(contentType === null ? {} : { contentType }),
    width,
    height,
    orientation,
    takenAt,
    takenAtOffset,
    intrinsic: JSON.stringify(facts.intrinsic),
  };
}

/** Whether a record shows exactly these facts. */
function shows(media: MediaObject, facts: StoredFacts): boolean {
  const columns = factColumns(facts);
  const shown = factColumns({ ...media, ...(facts.contentType === null ? { contentType: null } : {}) });
  return JSON.stringify(columns) === JSON.stringify(shown);
}

/** A record of a page that is looked through for old facts. */
export type FactsRow = Awaited<ReturnType<typeof findFactsAfter>>[number];

/** Records after a row id, whatever their state and wherever their object is, with what tells whether their facts are old. */
export async function findFactsAfter(db: Database, afterPk: number, limit: number) {
  return db.orm
    .select({
      pk: mediaObjects.pk,
      id: mediaObjects.id,
      provider: mediaObjects.provider,
      state: mediaObjects.state,
      missingSince: mediaObjects.missingSince,
      width: mediaObjects.width,
      factsVersion: mediaObjects.factsVersion,
    })
    .from(mediaObjects)
    .where(gt(mediaObjects.pk, afterPk))
    .orderBy(mediaObjects.pk)
    .limit(limit);
}

/**
 * Whether a record's facts are older than `version` and can be read again: it is settled, its object is there, and of what
 * has failed something was told before. What waits is read anyway, and what nobody could read is tried again if asked.
 */
export function hasOldFacts(row: Omit<FactsRow, "pk" | "id" | "provider">, version: number): boolean {
  if (row.factsVersion >= version || row.missingSince !== null || row.state === "pending") return false;
  return row.state !== "failed" || row.width !== null;
}

/**
 * Records what a file tells by the readers of this version, if the record is still in the same state with the same bytes
 * at the same place, and nobody was faster. Words, revision, state and thumbnail stay. Where the record shows
 * nothing else than before, only the version is written.
 */
export async function renewFacts(
  db: Database,
  media: MediaObject,
  renewed: { readonly facts: StoredFacts; readonly version: number; readonly now: number },
): Promise<void> {
  const { facts, version, now } = renewed;
  if (shows(media, facts)) return markFactsRead(db, media, version);
  await db.orm
    .update(mediaObjects)
    .set({
      ...factColumns(facts),
      factsVersion: version,
      change: sql`${mediaObjects.change} + 1`,
      updatedAt: now,
    })
    .where(sameBytes(media, version));
}

/** Sets down that the readers of this version have nothing new to tell of a record's bytes: nobody sees a change. */
export async function markFactsRead(db: Database, media: MediaObject, version: number): Promise<void> {
  await db.orm.update(mediaObjects).set({ factsVersion: version }).where(sameBytes(media, version));
}

function sameBytes(media: MediaObject, version: number): SQL | undefined {
  return and(
    eq(mediaObjects.id, media.id),
    eq(mediaObjects.version, media.version),
    eq(mediaObjects.pathKey, media.pathKey),
    eq(mediaObjects.state, media.state),
    lt(mediaObjects.factsVersion, version),
  );
}
