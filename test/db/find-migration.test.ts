import { applyD1Migrations, reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, expect, test } from "vitest";

import { openDatabase } from "../../src/db/connection.ts";
import { readTexts } from "../../src/db/search/unread.ts";
import { World } from "../ingest/support/world.ts";
import { checkFullText } from "../support/records/full-text.ts";
import { idsByCursor } from "../support/http/pages.ts";
import { recounts } from "../support/records/recounts.ts";

const name = "0010_find.sql";
const before = env.TEST_MIGRATIONS.filter((each) => each.name < name);
const ids = Array.from({ length: 6 }, (_, index) => `018cc251-0000-7000-8000-00000000000${index + 1}`);
const [first = "", second = "", third = "", fourth = ""] = ids;

async function run(query: string, ...values: unknown[]): Promise<void> {
  await env.DB.prepare(query)
    .bind(...values)
    .run();
}

async function all(query: string): Promise<Record<string, unknown>[]> {
  return (await env.DB.prepare(query).all()).results;
}

async function found(token: string): Promise<unknown[]> {
  const query =
    "SELECT id FROM media_search JOIN media_objects ON pk = media_search.rowid WHERE media_search MATCH ?";
  const { results } = await env.DB.prepare(`${query} ORDER BY pk`).bind(`"${token}"`).all();
  return results.map(({ id }) => id);
}

/** A new record, as the code before the migration makes it while it lists. */
async function insertOld(...rows: unknown[][]): Promise<void> {
  await run(
    `INSERT INTO media_objects (
       id, provider, object_key, path_key, provider_ref, version, content_hash, file_size, content_type, last_modified,
       state, thumbnail_version, run_id, run_change, listed_run, observed_at, updated_at
     )
     SELECT value ->> 0, 'main', value ->> 1, value ->> 1, NULL, 'v', NULL, 1, 'image/jpeg', 1,
       'pending', 'v-1', 'run', 'new', NULL, 1, 1
     FROM json_each(?) WHERE true ON CONFLICT (provider, path_key) DO NOTHING`,
    JSON.stringify(rows),
  );
}

/** What a file tells, as that code writes it: beside facts always the words of a record, which mostly stay. */
async function processOld(id: string, takenAt: string | null, intrinsic: object): Promise<void> {
  await run(
    `UPDATE media_objects SET state = 'ready', error_code = NULL, error_detail = NULL, width = 8, height = 8, taken_at = ?,
       intrinsic = ?, words_from_file = CASE WHEN width IS NULL AND revision = 0 AND object_metadata = '{}' THEN 0 ELSE words_from_file END,
       object_metadata = CASE WHEN width IS NULL AND revision = 0 AND object_metadata = '{}' THEN '{}' ELSE object_metadata END,
       keyword_text = CASE WHEN width IS NULL AND revision = 0 AND object_metadata = '{}' THEN '' ELSE keyword_text END,
       change = change + 1, updated_at = 2
     WHERE id = ? AND version = 'v' AND state = 'pending' RETURNING id`,
    takenAt,
    JSON.stringify(intrinsic),
    id,
  );
}

/** A person's words, as that code writes them. */
async function describeOld(id: string, metadata: object, folded: readonly string[] = []): Promise<void> {
  await run(
    `UPDATE media_objects SET object_metadata = ?, folded_keywords = ?, keyword_text = ?, custom_text = '',
       revision = revision + 1, change = change + 1, updated_at = 3 WHERE id = ? RETURNING id`,
    JSON.stringify(metadata),
    JSON.stringify(folded),
    folded.join("\n"),
    id,
  );
}

/** A move, as that code settles it. */
async function moveOld(id: string, key: string): Promise<void> {
  await run(
    `UPDATE media_objects SET path_key = ?1, object_key = ?1, missing_since = NULL, vanished_run = NULL, run_id = 'run',
       run_change = 'moved', change = change + 1, observed_at = 4, updated_at = 4 WHERE id = ?2`,
    key,
    id,
  );
}

async function expectTrueCounts(): Promise<void> {
  for (const [kept, counted] of recounts) expect(await all(kept)).toEqual(await all(counted));
}

const camera = { make: "NIKON CORPORATION", model: "NIKON D850", lens: null };

beforeEach(async () => {
  await reset();
  await applyD1Migrations(env.DB, before);
  const keys = ["Été/a.jpg", "a\0b/c\0d.jpg", "c.jpg", "x/y//d.jpg", "Été/Z/e.jpg", "f.jpg"];
  await insertOld(...ids.map((id, index) => [id, keys[index]]));
  await processOld(first, "2001-02-03T04:05:06.000", { camera, location: { latitude: 1, longitude: 2 } });
  await processOld(second, "2002-02-03T04:05:06.000", {
    camera,
    taken: { precision: "year", source: "xmp" },
  });
  await processOld(third, null, {});
  await describeOld(first, { description: "東京タワー", keywords: ["Plage", "É"] }, ["plage", "e"]);
  await describeOld(
    third,
    { taken_at: "1962", location: { latitude: 0, longitude: -0.5 }, keywords: ["plage"] },
    ["plage"],
  );
  await describeOld(fourth, { location: "Paris", note: "[blue]" });
  await run("UPDATE media_objects SET missing_since = 9, change = change + 1 WHERE id = ?", fourth);
  await run(
    "UPDATE media_objects SET state = 'failed', error_code = 'x', width = NULL WHERE id = ?",
    ids[4] ?? "",
  );
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
});

test("counters, keywords and folders are right at once, and no row is changed that a client sees", async () => {
  await expectTrueCounts();
  const keywords = await all("SELECT folded, count, tier FROM keywords ORDER BY 1");
  expect(keywords).toEqual([
    { folded: "e", count: 1, tier: 0 },
    { folded: "plage", count: 2, tier: 0 },
  ]);
  const folders = await all("SELECT folder FROM media_folders ORDER BY 1");
  expect(folders.map(({ folder }) => folder)).toEqual(["a\0b/", "x/y//", "Été/", "Été/Z/"]);
  expect(await all("SELECT sum(change) AS changes, max(updated_at) AS at FROM media_objects")).toEqual([
    { changes: 7, at: 3 },
  ]);
});

test.each([
  ["without=description", [1, 2, 4, 5]],
  ["without=keywords", [1, 4, 5]],
  ["without=location", [1, 4, 5]],
  ["without=taken_at", [4, 5]],
  ["sort=taken_at", [2, 0, 1, 4, 5]],
])("a list of them by %s is right at once", async (parameter, expected) => {
  const found = await idsByCursor({
    ...Object.fromEntries(new URLSearchParams(parameter)),
    order: "asc",
    limit: "2",
  });
  expect(found).toEqual(expected.map((index) => ids[index]));
});

test("a scan reads their texts, and spells their keywords", async () => {
  await (await World.create()).scan();
  await checkFullText();
  await expectTrueCounts();
  expect(await found("+東京")).toEqual([first]);
  expect(await all("SELECT keyword FROM keywords ORDER BY folded")).toEqual([
    { keyword: "É" },
    { keyword: "plage" },
  ]);
});

test("two scans that read the same texts at once write each of them once", async () => {
  const db = openDatabase(env.DB, "primary");
  await Promise.all([readTexts(db, 0, 25), readTexts(db, 0, 25), readTexts(db, 0, 3)]);
  await checkFullText();
  expect(await found(".")).toEqual(ids);
});

test("what changes or goes before its texts are read is found as it is after", async () => {
  await describeOld(first, { keywords: ["Hiver"] }, ["hiver"]);
  await moveOld(second, "g/h.jpg");
  await run("DELETE FROM media_objects WHERE id = ?", third);
  await expectTrueCounts();
  await (await World.create()).scan();
  await checkFullText();
  await expectTrueCounts();
  expect(await found("=hiver")).toEqual([first]);
});

test("what the code before it makes and changes of read records is read again by the next scan", async () => {
  const world = await World.create();
  await world.scan();
  const made = "018cc251-0000-7000-8000-000000000009";
  await insertOld([made, "g/new.jpg"]);
  await processOld(made, null, { camera });
  await describeOld(first, { keywords: ["Hiver", "Neige"] }, ["hiver", "neige"]);
  await moveOld(second, "g/moved.jpg");
  await expectTrueCounts();
  expect(await found("+東京")).toEqual([first]);
  await world.scan();
  await checkFullText();
  await expectTrueCounts();
  expect([await found("+東京"), await found("=neige"), await found("g")]).toEqual([
    [],
    [first],
    [second, made],
  ]);
  expect(await all("SELECT keyword FROM keywords WHERE folded = 'neige'")).toEqual([{ keyword: "Neige" }]);
});

test("records that the code before it has changed can be deleted and described before they are read again", async () => {
  const world = await World.create();
  await world.scan();
  await describeOld(first, { description: "snow" });
  await describeOld(third, { description: "ice" });
  await run("DELETE FROM media_objects WHERE id = ?", first);
  const json = { object_metadata: { description: "rain" } };
  expect((await world.api(`/v1/media/${third}`, { method: "PATCH", json })).status).toBe(200);
  expect(await found("+rain")).toEqual([third]);
  await world.scan();
  await checkFullText();
});

test("the code before it still reads its counters and walks its indexes", async () => {
  const counts = await all(
    "SELECT provider, state, present, missing FROM media_counts WHERE present + missing > 0 ORDER BY 2",
  );
  expect(counts).toEqual([
    { provider: "main", state: "failed", present: 1, missing: 0 },
    { provider: "main", state: "pending", present: 1, missing: 1 },
    { provider: "main", state: "ready", present: 3, missing: 0 },
  ]);
  const taken = await all(`SELECT id FROM media_objects INDEXED BY media_objects_by_taken
    WHERE is_missing = 0 AND best_taken_at IS NOT NULL ORDER BY best_taken_at DESC, pk DESC LIMIT 2`);
  expect(taken.map(({ id }) => id)).toEqual([second, first]);
  const waiting = await all(`SELECT id FROM media_objects INDEXED BY media_objects_unsettled
    WHERE state = 'pending' AND state <> 'ready' AND is_missing = 0 ORDER BY pk LIMIT 2`);
  expect(waiting.map(({ id }) => id)).toEqual([ids[5]]);
});
