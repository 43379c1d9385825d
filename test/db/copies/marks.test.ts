import { applyD1Migrations, reset } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, expect, test } from "vitest";

const name = "0013_pictures.sql";
const before = env.TEST_MIGRATIONS.filter((migration) => migration.name < name);
const since = env.TEST_MIGRATIONS.filter((migration) => migration.name >= name);

beforeEach(async () => {
  await reset();
  await applyD1Migrations(env.DB, before);
});

/** A record with these bytes at a key, as an upload or a listing writes it. */
async function put(key: string, hash: string | null, size = 1): Promise<void> {
  await env.DB.prepare(
    `INSERT INTO media_objects (
       id, provider, object_key, path_key, version, content_hash, file_size, content_type, state, updated_at
     )
     VALUES (?, 'r2', ?, ?, 'v', ?, ?, 'image/jpeg', 'pending', 1)
     ON CONFLICT (provider, path_key) DO UPDATE SET content_hash = excluded.content_hash, file_size = excluded.file_size`,
  )
    .bind(crypto.randomUUID(), key, key, hash, size)
    .run();
}

/** The bytes that are marked as those of several records. */
async function marks(): Promise<string[]> {
  const { results } = await env.DB.prepare("SELECT * FROM repeated_bytes").all();
  return results.map((row) => `${String(row["content_hash"])} ${String(row["file_size"])}`);
}

test("the migration marks the bytes that several records have", async () => {
  await put("a", "md5:1");
  await put("b", "md5:1");
  await put("c", "md5:2");
  await put("d", "md5:2", 2);
  await put("e", null);
  await put("f", null);
  await applyD1Migrations(env.DB, since);
  expect(await marks()).toEqual(["md5:1 1"]);
});

test("bytes are marked when a second record gets them, new or by a change", async () => {
  await applyD1Migrations(env.DB, since);
  await put("a", "md5:1");
  await put("b", "md5:2");
  await put("c", "md5:2", 2);
  await put("d", null);
  await put("e", null);
  expect(await marks()).toEqual([]);
  await put("f", "md5:1");
  await put("b", "md5:2", 2);
  expect(await marks()).toEqual(["md5:1 1", "md5:2 2"]);
});

test("a record that is written again with the bytes that it has is no second one", async () => {
  await applyD1Migrations(env.DB, since);
  await put("a", "md5:1");
  await put("a", "md5:1");
  await env.DB.prepare("UPDATE media_objects SET content_hash = content_hash, file_size = file_size").run();
  expect(await marks()).toEqual([]);
});
