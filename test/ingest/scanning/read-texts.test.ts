import { env } from "cloudflare:workers";
import { expect, test } from "vitest";

import { observedDatabase } from "../../support/records/database.ts";
import { buildMany, insertMany, insertMedia } from "../../support/records/media.ts";
import "../../support/setup.ts";
import { exhausted, World } from "../support/world.ts";

/** A record as code before full text of tokens has made it. */
const older = { provider: "main", textVersion: 0, keyText: "", wordsText: "", fieldsText: "" };

async function found(token: string): Promise<number> {
  const { results } = await env.DB.prepare("SELECT rowid FROM media_search WHERE media_search MATCH ?")
    .bind(`"${token}"`)
    .all();
  return results.length;
}

async function unread(): Promise<unknown> {
  return env.DB.prepare("SELECT count(*) FROM media_objects WHERE text_version < 1").first("count(*)");
}

async function makeOlder(columns: string): Promise<void> {
  await env.DB.prepare(`UPDATE media_objects SET ${columns}`).run();
}

test("a scan reads the records of older code for full text, and no client sees a change", async () => {
  const world = await World.create();
  const { id, updatedAt, change } = await insertMedia({
    ...older,
    objectKey: "Été/Straße.jpg",
    objectMetadata: { description: "東京タワー", keywords: ["Plage"], note: "blue" },
    intrinsic: '{"camera":{"make":"NIKON CORPORATION","model":"NIKON D850"}}',
  });
  await makeOlder("keyword_spellings = '[]', words_text = '', fields_text = ''");
  expect(await found(".")).toBe(0);
  const { run } = await world.scan();
  expect(run).toMatchObject({ state: "completed", counts: { scanned: 0 } });
  for (const token of [".", "strasse", "+東京", "+plage", "=plage", "blue", "~d850"])
    expect({ token, found: await found(token) }).toEqual({ token, found: 1 });
  const row = await env.DB.prepare("SELECT change, updated_at, camera FROM media_objects WHERE id = ?")
    .bind(id)
    .first();
  expect(row).toEqual({ change, updated_at: updatedAt, camera: "NIKON D850" });
  const cameras = await env.DB.prepare("SELECT camera, count FROM cameras").all();
  expect(cameras.results).toEqual([{ camera: "NIKON D850", count: 1 }]);
});

test("the spelling of a keyword of older code is shown once its record is read", async () => {
  const world = await World.create();
  await insertMedia({ ...older, objectMetadata: { keywords: ["Plage"] } });
  await makeOlder("keyword_spellings = '[]'");
  await env.DB.prepare("UPDATE keywords SET keyword = folded").run();
  await world.scan();
  expect(await env.DB.prepare("SELECT keyword FROM keywords").first("keyword")).toBe("Plage");
});

test("a scan reads any number of records of older code, page by page", async () => {
  const world = await World.create();
  await insertMany(buildMany(1201, () => older));
  await world.scan();
  expect(await unread()).toBe(0);
  expect(await found(".")).toBe(1201);
});

test("a scan without records of older code has no task for them", async () => {
  const world = await World.create();
  await insertMedia({ provider: "main" });
  await world.startScan();
  const tasks = world.takeAll().map((message) => (message.type === "task" ? message.id : message.type));
  expect(tasks).toEqual(["scan:0"]);
});

test("a record that changes while it is read keeps the words of the change, and is read another time", async () => {
  const { id } = await insertMedia({ ...older, objectMetadata: { description: "old" } });
  let isRaced = false;
  const DB = observedDatabase(env.DB, {
    before: async (query) => {
      if (isRaced || !query.includes("text_version = ")) return;
      isRaced = true;
      await env.DB.prepare(
        `UPDATE media_objects SET object_metadata = '{"description":"new"}', change = change + 1 WHERE id = ?`,
      )
        .bind(id)
        .run();
    },
  });
  const racing = await World.create({ bindings: { DB } });
  await racing.scan();
  expect(await unread()).toBe(1);
  const world = await World.create();
  await world.scan();
  expect(await found("+new")).toBe(1);
  expect(await found("+old")).toBe(0);
});

test("a page whose attempts have all failed leaves out the records that it failed at, and no others", async () => {
  const world = await World.create();
  await insertMany(buildMany(101, () => older));
  await world.startScan();
  const [page, ...others] = world
    .takeAll()
    .filter((each) => each.type === "task" && each.id === "read_texts:0");
  if (page === undefined) throw new Error("the scan has no task for texts");
  expect(others).toEqual([]);
  await world.deliver(page, { attempts: exhausted });
  await world.drain();
  expect(await unread()).toBe(25);
  expect(await found(".")).toBe(76);
});
