import { applyD1Migrations, reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, expect, test } from "vitest";

import { mediaOf } from "../support/http/answers.ts";
import { api } from "../support/http/api.ts";
import { idsByCursor } from "../support/http/pages.ts";

const name = "0009_best_known.sql";
const before = env.TEST_MIGRATIONS.filter((each) => each.name < name);
const ids = [1, 2, 3, 4, 5].map((index) => `018cc251-0000-7000-8000-00000000000${index}`);
const [, second = "", third = ""] = ids;

/** Records as the code before the migration wrote them: the times of files, and custom fields of any kind. */
async function insertOld(): Promise<void> {
  const rows = [
    [ids[0], "2001-01-01T00:00:00.000", "{}"],
    [ids[1], "2002-01-01T00:00:00.000", '{"taken_at":"1962","location":{"latitude":1,"longitude":2}}'],
    [ids[2], "2003-01-01T00:00:00.000", '{"taken_at":"summer","location":"Paris"}'],
    [ids[3], null, '{"taken_at":"2002-07"}'],
    [ids[4], null, '{"taken_at":2002}'],
  ];
  await env.DB.prepare(
    `INSERT INTO media_objects (id, provider, object_key, path_key, version, file_size, content_type, state, width, height,
       taken_at, intrinsic, object_metadata, updated_at)
     SELECT value ->> 0, 'r2', value ->> 0, value ->> 0, 'v', 1, 'image/jpeg', 'ready', 8, 8, value ->> 1,
       '{"camera":null,"exposure":null,"location":{"latitude":48.85,"longitude":2.35,"altitude":null},"thumbhash":null}',
       value ->> 2, 1
     FROM json_each(?)`,
  )
    .bind(JSON.stringify(rows))
    .run();
}

beforeEach(async () => {
  await reset();
  await applyD1Migrations(env.DB, before);
  await insertOld();
  await applyD1Migrations(env.DB, env.TEST_MIGRATIONS);
});

test("what was written before a rule counts where it fits the rule, and else is shown", async () => {
  const media = await mediaOf(await api(`/v1/media/${second}`));
  expect(media.taken).toMatchObject({ at: "1962-01-01T00:00:00.000", precision: "year", source: "person" });
  expect(media.place).toEqual({ latitude: 1, longitude: 2, altitude: null, source: "person" });
  const older = await mediaOf(await api(`/v1/media/${third}`));
  expect(older.taken).toMatchObject({ at: "2003-01-01T00:00:00.000", precision: "second", source: "exif" });
  expect(older.place).toMatchObject({ latitude: 48.85, source: "exif" });
  expect(older.object_metadata).toEqual({ taken_at: "summer", location: "Paris" });
});

test.each([
  ["asc", [1, 0, 3, 2, 4]],
  ["desc", [2, 3, 0, 1, 4]],
])("records from before it are sorted by the best that is known, %s", async (order, expected) => {
  const found = await idsByCursor({ sort: "taken_at", order, limit: "2" });
  expect(found).toEqual(expected.map((index) => ids[index]));
});

test("no row of them is written anew", async () => {
  const { results } = await env.DB.prepare("SELECT DISTINCT change, updated_at FROM media_objects").all();
  expect(results).toEqual([{ change: 0, updated_at: 1 }]);
});

// As the code before the migration asks and writes, which runs beside it until it is replaced.
test("the code before it still lists by the file's time", async () => {
  const walk = (part: string, order: string) =>
    `SELECT id, taken_at AS takenAt FROM media_objects INDEXED BY media_objects_by_taken
     WHERE is_missing = 0 AND taken_at ${part} ORDER BY ${order} LIMIT 3`;
  const dated = await env.DB.prepare(walk("IS NOT NULL", "taken_at DESC, pk DESC")).all();
  expect(dated.results.map(({ id }) => id)).toEqual([ids[2], ids[1], ids[0]]);
  const undated = await env.DB.prepare(walk("IS NULL", "pk ASC")).all();
  expect(undated.results.map(({ id }) => id)).toEqual([ids[3], ids[4]]);
  const after = await env.DB.prepare(
    `SELECT id FROM media_objects INDEXED BY media_objects_by_taken
     WHERE is_missing = 0 AND taken_at >= '2001-06-01' AND (taken_at, pk) > (?, ? COLLATE BINARY)
     ORDER BY taken_at ASC, pk ASC LIMIT 3`,
  )
    .bind("2002-01-01T00:00:00.000", 2)
    .all();
  expect(after.results.map(({ id }) => id)).toEqual([ids[2]]);
});

test("what the code before it writes counts at once", async () => {
  await env.DB.batch([
    env.DB.prepare(
      `UPDATE media_objects SET object_metadata = '{"taken_at":"1950-02"}', revision = 1 WHERE id = ?`,
    ).bind(third),
    env.DB.prepare("UPDATE media_objects SET taken_at = '1940-01-01T00:00:00.000' WHERE id = ?").bind(ids[4]),
  ]);
  const found = await idsByCursor({ sort: "taken_at" });
  expect(found).toEqual([4, 2, 1, 0, 3].map((index) => ids[index]));
});
