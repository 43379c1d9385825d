import { applyD1Migrations, reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, expect, test } from "vitest";

import { mediaOf } from "../support/http/answers.ts";
import { api } from "../support/http/api.ts";
import { historyOf, revert } from "../support/http/changes.ts";
import { recounts } from "../support/records/recounts.ts";
import { apartMedia } from "../support/records/trash.ts";

const before = env.TEST_MIGRATIONS.filter(({ name }) => name < "0011_tidy.sql");
const ids = Array.from({ length: 3 }, (_, index) => `018cc251-0000-7000-8000-00000000000${index + 1}`);
const [first = "", second = "", third = ""] = ids;

async function run(query: string, ...values: unknown[]): Promise<number> {
  const { meta } = await env.DB.prepare(query)
    .bind(...values)
    .run();
  return meta.rows_written;
}

async function all(query: string): Promise<Record<string, unknown>[]> {
  return (await env.DB.prepare(query).all()).results;
}

/** New records, as the code before the migrations makes them while it lists. */
async function insertOld(rows: readonly (readonly string[])[]): Promise<void> {
  await run(
    `INSERT INTO media_objects (
       id, provider, object_key, path_key, provider_ref, version, content_hash, file_size, content_type, last_modified,
       state, thumbnail_version, key_text, text_version, run_id, run_change, listed_run, observed_at, updated_at
     )
     SELECT value ->> 0, 'main', value ->> 1, value ->> 1, NULL, 'v', NULL, 1, 'image/jpeg', 1,
       'ready', 'v-1', '. a', 1, 'run', 'new', NULL, 1, 1
     FROM json_each(?) WHERE true ON CONFLICT (provider, path_key) DO NOTHING`,
    JSON.stringify(rows),
  );
}

/** A person's words, as that code writes them. */
async function describeOld(id: string, description: string): Promise<number> {
  return run(
    `UPDATE media_objects SET object_metadata = ?, folded_keywords = '[]', keyword_spellings = '[]', words_text = ?,
       fields_text = '', revision = revision + 1, change = change + 1, updated_at = 3 WHERE id = ? RETURNING id`,
    JSON.stringify({ description }),
    `+${description}`,
    id,
  );
}

beforeEach(async () => {
  await reset();
  await applyD1Migrations(env.DB, before);
  await insertOld(ids.map((id, index) => [id, `${index}.jpg`]));
  await describeOld(first, "before");
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
});

test("counters are right, and what the code before writes is kept in the history", async () => {
  for (const [kept, counted] of recounts) expect(await all(kept)).toEqual(await all(counted));
  expect(await describeOld(first, "after")).toBeLessThanOrEqual(8);
  await describeOld(second, "new");
  const [newest, oldest] = await historyOf(first);
  expect(newest).toMatchObject({ revision: 2, changed_by: null, object_metadata: { description: "after" } });
  expect(oldest).toMatchObject({ revision: 1, object_metadata: { description: "before" } });
  expect((await historyOf(second)).map(({ revision: number }) => number)).toEqual([1, 0]);
  expect(await mediaOf(await revert(first, 1))).toMatchObject({
    object_metadata: { description: "before" },
    revision: 3,
  });
});

test("records from before go into the trash and come back, and the code before deletes and inserts", async () => {
  expect(
    (await api(`/v1/media/${third}`, { method: "PATCH", json: { object_metadata: { a: 1 } } })).status,
  ).toBe(200);
  await run("UPDATE media_objects SET missing_since = 1, change = change + 1 WHERE id = ?", third);
  expect((await api(`/v1/media/${third}`, { method: "DELETE" })).status).toBe(204);
  expect(await apartMedia(third)).toMatchObject({
    sidecar_key: null,
    sidecar_changed: 0,
    sidecar_read: null,
  });
  await insertOld([["018cc251-0000-7000-8000-000000000009", "2.jpg"]]);
  expect((await api(`/v1/media/${third}/restore`, { method: "POST" })).status).toBe(200);
  await run("DELETE FROM media_objects WHERE id = ?", second);
  for (const [kept, counted] of recounts) expect(await all(kept)).toEqual(await all(counted));
  expect(await all("SELECT sum(trashed) AS n FROM media_totals")).toEqual([{ n: 0 }]);
});
