import { env } from "cloudflare:workers";
import { expect } from "vitest";

import { kindOfKey } from "../../../src/core/media-type.ts";
import { previewVariant, variantName } from "../../../src/media/thumbnails/variant.ts";
import type { Run } from "../../../src/protocol/run.ts";
import { storedRows, type StoredRow } from "../support/rows.ts";
import type { Driver } from "./driver.ts";
import { planKeys, type Plan } from "./plan.ts";

/** After so long without a move the coordinator gives a run up. */
const stallMs = 14 * 60_000;

const ends = ["completed", "completed_with_errors", "needs_confirmation", "failed", "cancelled"];

/** A run that has ended says so, adds up, and has left the lock free. */
export async function checkEnded(driver: Driver, run: Run): Promise<void> {
  expect(ends).toContain(run.state);
  const { queued, processed, failed, dropped } = run.counts;
  expect(processed + failed + dropped).toBe(queued);
  expect((await driver.world.coordinator.status()).state).toBe("idle");
  // Only a provider that failed, or a plan that stands still for so long, excuses a run that does.
  if (run.state === "failed" && driver.waitedMs < stallMs) {
    expect(Object.values(run.providers)).toMatchObject([{ state: "failed" }]);
  }
}

/** No count is smaller than it was. */
export function checkForward(before: Run | null, after: Run | null): void {
  if (before === null || after === null || before.id !== after.id) return;
  const earlier = new Map(Object.entries(before.counts));
  const smaller = Object.entries(after.counts).filter(([name, count]) => count < (earlier.get(name) ?? 0));
  expect(smaller).toEqual([]);
}

/** What a run counts whose storage nobody touched meanwhile, whatever else went wrong: each object once. */
export function checkCounts(plan: Plan, run: Run): void {
  const whole = Object.values(run.providers).every((provider) => provider.state === "completed");
  if (!whole) return;
  const known = (key: number): boolean => (plan.before[key] ?? null) !== null && isTaken(key);
  const keys = planKeys.map((_, key) => key);
  const is = keys.filter((key) => (plan.now[key] ?? null) !== null);
  expect(run.counts).toMatchObject({
    scanned: is.length,
    ignored: is.filter((key) => !isTaken(key)).length,
    new: is.filter((key) => isTaken(key) && !known(key)).length,
    missing: keys.filter((key) => known(key) && !is.includes(key)).length,
  });
}

function isTaken(key: number): boolean {
  return kindOfKey(planKeys[key] ?? "") !== "other";
}

/** Every settled record says what its bytes come to, and has the thumbnail of exactly these. */
export async function checkVersions(driver: Driver): Promise<void> {
  const { results } = await env.DB.prepare(
    "SELECT id, path_key AS key, version, state, error_code AS error, width, thumbnail_version AS thumbnail FROM media_objects WHERE provider = ?",
  )
    .bind(driver.world.name)
    .all<{
      id: string;
      key: string;
      version: string;
      state: string;
      error: string | null;
      width: number | null;
      thumbnail: string | null;
    }>();
  const { objects } = await env.DERIVATIVES_BUCKET.list();
  const thumbnails = new Set(objects.map((object) => object.key));
  for (const row of results) {
    if (row.state === "pending" || row.error === "attempts_exhausted") continue;
    const expected = driver.storage.expected(row.version);
    expect({ key: row.key, state: row.state, width: row.width }).toEqual({ key: row.key, ...expected });
    if (row.state === "ready")
      expect(thumbnails).toContain(`${row.id}/${row.thumbnail}/${variantName(previewVariant)}.jpg`);
  }
}

/** Records and storage say the same: one record for each object, of its newest bytes, and all others are missing. */
export async function checkStorage(driver: Driver): Promise<void> {
  const objects = await driver.storage.objects();
  const rows = await storedRows(driver.world.name);
  const present = rows.filter((row) => !row.missing);
  const known = new Set(rows.map((row) => row.key));
  const wanted = [...objects].filter(([key]) => known.has(key) || kindOfKey(key) !== "other");
  expect(new Map(present.map(({ key, version }) => [key, version]))).toEqual(new Map(wanted));
  expect(rows.filter((row) => row.vanished)).toEqual([]);
}

/** Records whose object is there, and that nobody has looked at, or not to the end. */
export async function unsettledRows(driver: Driver): Promise<StoredRow[]> {
  const rows = await storedRows(driver.world.name);
  return rows.filter(
    (row) => !row.missing && (row.state === "pending" || row.error === "attempts_exhausted"),
  );
}

/** What people wrote is what is on record, and nobody else wrote anything. */
export async function checkWords(driver: Driver): Promise<void> {
  const rows = await storedRows(driver.world.name);
  const words = rows
    .map((row): [string, string] => [row.id, row.metadata])
    .filter(([, text]) => text !== "{}");
  const wanted = [...driver.words].map(([id, description]): [string, string] => [
    id,
    JSON.stringify({ description }),
  ]);
  expect(new Map(words)).toEqual(new Map(wanted));
}
