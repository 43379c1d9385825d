import { sql } from "drizzle-orm";
import { z } from "zod";

import type { Database } from "../connection.ts";

/** A run and since when it can have declared anything missing, in milliseconds since the epoch. */
export interface DeclaringRun {
  readonly id: string;
  readonly since: number;
  /** The providers of which the run has asked whether what has vanished is missing; in order. */
  readonly asks: readonly string[];
}

/**
 * Where a list ended: among what was declared missing, by time and row id; or among what has vanished from a provider, by
 * the run that did not see it any more and row id.
 */
export const missingPosition = z.union([
  z.object({ declared: z.number(), pk: z.number() }),
  z.object({ asked: z.string(), vanished: z.string(), pk: z.number() }),
]);

/** See {@link missingPosition}. */
export type MissingPosition = z.infer<typeof missingPosition>;

/** Row ids of a page, each with where the list goes on behind it, and where the page ends. */
export interface MissingPage {
  readonly found: readonly { readonly pk: number; readonly position: MissingPosition }[];
  /** Where to go on; null at the end. */
  readonly next: MissingPosition | null;
}

/** How many records are looked at with one statement, and for a page. */
const looks = { atATime: 2000, most: 10_000 } as const;

const declaredRow = z.object({
  pk: z.number(),
  updatedAt: z.number(),
  isOfRun: z.number().transform(Boolean),
});
const vanishedRow = z.object({ pk: z.number(), vanished: z.string() });

/**
 * The records that a run has declared missing and that are so still, in the order of their last change, then those of
 * which it asks, a provider after the other. Looks at a bounded number of missing records for a page.
 */
export async function missingOf(
  db: Database,
  run: DeclaringRun,
  { from, limit }: { readonly from: MissingPosition | null; readonly limit: number },
): Promise<MissingPage> {
  const found: MissingPage["found"][number][] = [];
  let at: MissingPosition | null = from ?? { declared: run.since, pk: 0 };
  for (let looked = 0; at !== null && looked < looks.most && found.length < limit;) {
    const stretch: MissingPage =
      "declared" in at ? await declaredAfter(db, run, at) : await vanishedAfter(db, run, at);
    looked += looks.atATime;
    const taken = stretch.found.slice(0, limit - found.length);
    found.push(...taken);
    at = taken.length < stretch.found.length ? (taken.at(-1)?.position ?? at) : stretch.next;
  }
  return { found, next: at };
}

async function declaredAfter(
  db: Database,
  { id, asks }: DeclaringRun,
  { declared, pk }: Extract<MissingPosition, { declared: number }>,
): Promise<MissingPage> {
  const rows = await db.orm.all(sql`
    SELECT pk, updated_at AS updatedAt, run_id IS ${id} AND run_change IS 'missing' AS isOfRun
    FROM media_objects INDEXED BY media_objects_by_updated
    WHERE is_missing = 1 AND updated_at >= ${declared} AND (updated_at > ${declared} OR pk > ${pk})
    ORDER BY updated_at, pk LIMIT ${looks.atATime}`);
  const looked = rows.map((row) => declaredRow.parse(row));
  const last = looked.length === looks.atATime ? looked.at(-1) : undefined;
  const position = (row: (typeof looked)[number]) => ({ declared: row.updatedAt, pk: row.pk });
  const found = looked
    .filter(({ isOfRun }) => isOfRun)
    .map((row) => ({ pk: row.pk, position: position(row) }));
  return { found, next: last === undefined ? firstAsked(asks, "") : position(last) };
}

async function vanishedAfter(
  db: Database,
  { asks }: DeclaringRun,
  { asked, vanished, pk }: Extract<MissingPosition, { asked: string }>,
): Promise<MissingPage> {
  const rows = await db.orm.all(sql`
    SELECT pk, vanished_run AS vanished FROM media_objects INDEXED BY media_objects_vanished
    WHERE provider = ${asked} AND vanished_run IS NOT NULL AND (vanished_run, pk) > (${vanished}, ${pk} COLLATE BINARY)
    ORDER BY vanished_run, pk LIMIT ${looks.atATime}`);
  const looked = rows.map((row) => vanishedRow.parse(row));
  const found = looked.map((row) => ({ pk: row.pk, position: { asked, ...row } }));
  const last = looked.length === looks.atATime ? found.at(-1) : undefined;
  return { found, next: last?.position ?? firstAsked(asks, asked) };
}

/** The beginning of the provider after one; null where it was the last. */
function firstAsked(asks: readonly string[], after: string): MissingPosition | null {
  const asked = asks.find((name) => name > after);
  return asked === undefined ? null : { asked, vanished: "", pk: 0 };
}
