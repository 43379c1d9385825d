import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";

import { mediaOf, refusalOf } from "../../support/http/answers.ts";
import { api, apiCost, apiWith, failingDatabaseEnv } from "../../support/http/api.ts";
import { storedBytes, storedKeys, upload } from "../../support/http/uploads.ts";
import { jpegBytes } from "../../support/images/index.ts";
import { observedDatabase } from "../../support/records/database.ts";
import { insertMedia, insertStored, storedMedia, storeObject } from "../../support/records/media.ts";
import { replaced } from "../../support/records/replaced.ts";
import { apartMedia } from "../../support/records/trash.ts";

const bytes = new TextEncoder().encode("bytes");
const anId = "0193b2c4-7b7e-7a51-8d0f-3f1f6f0c9a11";

async function trash(id: string): Promise<void> {
  expect((await api(`/v1/media/${id}`, { method: "DELETE", as: "write" })).status).toBe(204);
}

async function removeForGood(
  id: string,
  {
    as = "admin",
    headers = {},
    bindings = {},
  }: {
    as?: "write" | "admin";
    headers?: Record<string, string>;
    bindings?: Partial<Env>;
  } = {},
): Promise<Response> {
  return apiWith(bindings, `/v1/media/${id}?permanent=true`, { method: "DELETE", as, headers });
}

async function revisionCount(id: string): Promise<number | undefined> {
  const row = await env.DB.prepare("SELECT count(*) AS n FROM media_revisions WHERE media_id = ?")
    .bind(id)
    .first<{ n: number }>();
  return row?.n;
}

async function edit(id: string, description: string): Promise<void> {
  const json = { object_metadata: { description } };
  expect((await api(`/v1/media/${id}`, { method: "PATCH", json })).status).toBe(200);
}

/** A bucket of originals before whose first call of a method something happens. */
function beforeBucket(method: "head" | "delete", happens: () => Promise<void>): Partial<Env> {
  let hasHappened = false;
  const call = async (key: string): Promise<unknown> => {
    if (!hasHappened) {
      hasHappened = true;
      await happens();
    }
    return method === "head" ? env.MEDIA_BUCKET.head(key) : env.MEDIA_BUCKET.delete(key);
  };
  return { MEDIA_BUCKET: replaced(env.MEDIA_BUCKET, { [method]: call }) };
}

const failing: Partial<Env> = {
  MEDIA_BUCKET: replaced(env.MEDIA_BUCKET, {
    delete: async (): Promise<never> => {
      throw new Error("delete: internal error (10001)");
    },
  }),
};

/** Hides a record behind another, as a relink does. */
async function hide(id: string, into: string): Promise<void> {
  await trash(id);
  await env.DB.prepare("UPDATE trashed_media SET trashed_at = NULL, merged_into = ? WHERE id = ?")
    .bind(into, id)
    .run();
}

describe("DELETE /v1/media/{id}?permanent=true", () => {
  it("removes record, history, keywords, thumbnails and object, and nothing else", async () => {
    const row = await insertStored(bytes, { objectMetadata: { keywords: ["a"] } });
    const other = await insertStored(bytes);
    await edit(row.id, "Mine");
    await edit(other.id, "Mine too");
    await env.DERIVATIVES_BUCKET.put(`${row.id}/v-1/512-cover.jpg`, "x");
    await env.DERIVATIVES_BUCKET.put(`${other.id}/v-1/512-cover.jpg`, "x");
    expect((await removeForGood(row.id)).status).toBe(204);
    expect(await storedMedia(row.id)).toBeNull();
    expect(await apartMedia(row.id)).toBeNull();
    expect(await storedKeys()).toEqual([other.objectKey]);
    expect([await revisionCount(row.id), await revisionCount(other.id)]).toEqual([0, 1]);
    const thumbnails = await env.DERIVATIVES_BUCKET.list();
    expect(thumbnails.objects.map((object) => object.key)).toEqual([`${other.id}/v-1/512-cover.jpg`]);
    expect((await env.DB.prepare("SELECT * FROM media_keywords").all()).results).toEqual([]);
    expect(await (await api("/v1/overview")).json()).toMatchObject({ trashed: 0 });
    expect(await refusalOf(await removeForGood(row.id))).toBe("404 resource_not_found");
  });

  it("removes a record that is in the trash", async () => {
    const { id } = await insertStored(bytes);
    await trash(id);
    expect((await removeForGood(id)).status).toBe(204);
    expect(await apartMedia(id)).toBeNull();
    expect(await storedKeys()).toEqual([]);
  });

  it("removes the records that relinks have hidden behind it, and their history, and no other", async () => {
    const row = await insertStored(bytes);
    const [hidden, deeper, other] = await Promise.all([1, 2, 3].map(async () => insertStored(bytes)));
    if (hidden === undefined || deeper === undefined || other === undefined) throw new Error("no records");
    for (const { id } of [hidden, deeper, other]) await edit(id, "Mine");
    await hide(hidden.id, row.id);
    await hide(deeper.id, hidden.id);
    await hide(other.id, "0193b2c4-7b7e-7a51-8d0f-3f1f6f0c9a12");
    expect((await removeForGood(row.id)).status).toBe(204);
    const apart = (await env.DB.prepare("SELECT id FROM trashed_media").all()).results;
    expect(apart).toEqual([{ id: other.id }]);
    const histories = (await env.DB.prepare("SELECT DISTINCT media_id FROM media_revisions").all()).results;
    expect(histories).toEqual([{ media_id: other.id }]);
  });

  it("needs the scope admin, whatever there is to remove", async () => {
    const { id } = await insertStored(bytes);
    expect(await refusalOf(await removeForGood(id, { as: "write" }))).toBe("403 insufficient_scope");
    await trash(id);
    expect(await refusalOf(await removeForGood(id, { as: "write" }))).toBe("403 insufficient_scope");
    expect(await refusalOf(await removeForGood(anId, { as: "write" }))).toBe("403 insufficient_scope");
    expect(await apartMedia(id)).not.toBeNull();
  });

  it("is what every DELETE is where TRASH_DAYS is 0", async () => {
    const { id, objectKey } = await insertStored(bytes);
    const none = { TRASH_DAYS: "0" };
    const path = `/v1/media/${id}`;
    const refused = await apiWith(none, path, { method: "DELETE", as: "write" });
    expect(await refusalOf(refused)).toBe("403 insufficient_scope");
    expect(await storedKeys()).toEqual([objectKey]);
    expect((await apiWith(none, `${path}?permanent=false`, { method: "DELETE" })).status).toBe(204);
    expect(await storedMedia(id)).toBeNull();
    expect(await apartMedia(id)).toBeNull();
    expect(await storedKeys()).toEqual([]);
  });

  it("honours If-Match, for a record that is shown and for one in the trash", async () => {
    const { id } = await insertStored(bytes, { revision: 2, change: 5 });
    const wrong = { headers: { "If-Match": '"1-5"' } };
    expect(await refusalOf(await removeForGood(id, wrong))).toBe("412 precondition_failed");
    await trash(id);
    expect(await refusalOf(await removeForGood(id, wrong))).toBe("412 precondition_failed");
    expect((await removeForGood(id, { headers: { "If-Match": '"2-1"' } })).status).toBe(204);
  });

  it("refuses a record whose provider cannot be written to, unless its object is missing", async () => {
    const { id } = await insertMedia({ provider: "former" });
    expect(await refusalOf(await removeForGood(id))).toBe("409 read_only_provider");
    expect(await storedMedia(id)).not.toBeNull();
    await env.DB.prepare("UPDATE media_objects SET provider = 'r2' WHERE id = ?").bind(id).run();
    await trash(id);
    await env.DB.prepare("UPDATE trashed_media SET provider = 'former' WHERE id = ?").bind(id).run();
    expect(await refusalOf(await removeForGood(id))).toBe("409 read_only_provider");
    const gone = await insertMedia({ provider: "former", missingSince: 5 });
    expect((await removeForGood(gone.id)).status).toBe(204);
  });

  it("leaves other bytes at the key: that may be another's photo", async () => {
    const { id, objectKey } = await insertStored(bytes);
    await storeObject(objectKey, new TextEncoder().encode("another photo"));
    expect((await removeForGood(id)).status).toBe(204);
    expect(await apartMedia(id)).toBeNull();
    expect(await storedKeys()).toEqual([objectKey]);
  });

  it("leaves the same bytes that a new record has uploaded to the key", async () => {
    const picture = jpegBytes({ width: 8, height: 8 });
    const { id } = await mediaOf(await upload({ key: "a.jpg", bytes: picture }));
    await trash(id);
    const again = await upload({ key: "a.jpg", bytes: picture, query: { overwrite: "true" } });
    expect(again.status).toBe(201);
    expect((await removeForGood(id)).status).toBe(204);
    expect(await storedBytes("a.jpg")).toEqual(picture);
    expect((await mediaOf(again)).id).not.toBe(id);
  });

  it("leaves the same bytes to a younger record in the trash, until that goes too", async () => {
    const picture = jpegBytes({ width: 8, height: 8 });
    const { id } = await mediaOf(await upload({ key: "a.jpg", bytes: picture }));
    await trash(id);
    const again = await upload({ key: "a.jpg", bytes: picture, query: { overwrite: "true" } });
    const younger = await mediaOf(again);
    await trash(younger.id);
    await removeForGood(id);
    expect(await storedKeys()).toEqual(["a.jpg"]);
    await removeForGood(younger.id);
    expect(await storedKeys()).toEqual([]);
  });

  it("waits for an upload of the same bytes whose record is not written yet", async () => {
    const picture = jpegBytes({ width: 8, height: 8 });
    const { id } = await mediaOf(await upload({ key: "a.jpg", bytes: picture }));
    await trash(id);
    const long = Date.now() - 60_000;
    await env.DB.prepare("UPDATE trashed_media SET trashed_at = ?, last_modified = ?").bind(long, long).run();
    await storeObject("a.jpg", picture);
    expect(await refusalOf(await removeForGood(id))).toBe("503 database_unavailable");
    expect(await storedKeys()).toEqual(["a.jpg"]);
    expect(await apartMedia(id)).not.toBeNull();
  });

  it("takes the object of another key no more than that of a record which a relink hides", async () => {
    const { id, objectKey } = await insertStored(bytes);
    await trash(id);
    await env.DB.prepare("UPDATE trashed_media SET found_at = 'moved.jpg', path_key = 'old.jpg'").run();
    await storeObject("moved.jpg", bytes);
    const hidden = await insertStored(bytes, { objectKey: "hidden.jpg" });
    await trash(hidden.id);
    await env.DB.prepare("UPDATE trashed_media SET trashed_at = NULL, merged_into = 'x' WHERE id = ?")
      .bind(hidden.id)
      .run();
    expect((await removeForGood(id)).status).toBe(204);
    expect(await refusalOf(await removeForGood(hidden.id))).toBe("404 resource_not_found");
    expect(await apartMedia(hidden.id)).not.toBeNull();
    expect((await storedKeys()).toSorted()).toEqual(["hidden.jpg", "moved.jpg", objectKey].toSorted());
  });

  it("can be asked again where the object could not be removed: the record is in the trash", async () => {
    const { id, objectKey } = await insertStored(bytes, { objectMetadata: { description: "Mine" } });
    expect(await refusalOf(await removeForGood(id, { bindings: failing }))).toBe("502 storage_unavailable");
    expect(await apartMedia(id)).toMatchObject({ object_metadata: '{"description":"Mine"}' });
    expect(await storedKeys()).toEqual([objectKey]);
    expect((await removeForGood(id)).status).toBe(204);
    expect(await apartMedia(id)).toBeNull();
    expect(await storedKeys()).toEqual([]);
  });

  it("can be asked again where it died between the object and the record", async () => {
    const { id } = await insertStored(bytes);
    const dying = failingDatabaseEnv(undefined, (query) => query.includes("DELETE FROM trashed_media"));
    const response = await removeForGood(id, { bindings: dying });
    expect(await refusalOf(response)).toBe("503 database_unavailable");
    expect(await storedKeys()).toEqual([]);
    expect(await apartMedia(id)).not.toBeNull();
    expect((await removeForGood(id)).status).toBe(204);
    expect(await apartMedia(id)).toBeNull();
  });

  it("removes a record that was taken out of the trash at the same moment, as it was asked to", async () => {
    const { id } = await insertStored(bytes, { objectMetadata: { description: "Mine" } });
    await trash(id);
    const restored = beforeBucket("delete", async () => {
      expect((await api(`/v1/media/${id}/restore`, { method: "POST" })).status).toBe(200);
    });
    expect((await removeForGood(id, { bindings: restored })).status).toBe(204);
    expect(await storedMedia(id)).toBeNull();
    expect(await apartMedia(id)).toBeNull();
  });

  it("gives up on a record that is taken out of the trash each time, which keeps words and history", async () => {
    const { id } = await insertStored(bytes);
    await edit(id, "Mine");
    const DB = observedDatabase(env.DB, {
      before: async (query) => {
        if (!query.includes("DELETE FROM trashed_media WHERE id = ? AND trashed_at")) return;
        await api(`/v1/media/${id}/restore`, { method: "POST" });
      },
    });
    const response = await removeForGood(id, { bindings: { DB } });
    expect(await refusalOf(response)).toBe("503 database_unavailable");
    expect(await storedMedia(id)).toMatchObject({ object_metadata: '{"description":"Mine"}', revision: 1 });
    expect(await revisionCount(id)).toBe(1);
  });

  it("removes any number of revisions", async () => {
    const { id } = await insertStored(bytes, { revision: 2500 });
    await env.DB.prepare(
      `INSERT INTO media_revisions (media_id, revision, changed_at, patch)
       WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500) SELECT ?, i, i, '{}' FROM n`,
    )
      .bind(id)
      .run();
    expect((await removeForGood(id)).status).toBe(204);
    expect(await revisionCount(id)).toBe(0);
    expect(await apartMedia(id)).toBeNull();
  });

  it("removes the words that imports have replaced", async () => {
    const [{ id }, hidden, other] = [
      await insertStored(bytes),
      await insertStored(bytes),
      await insertStored(bytes),
    ];
    await hide(hidden.id, id);
    await env.DB.prepare(
      `INSERT INTO imported_histories (operation_id, media_id, patch, words_hash)
       SELECT operation.value, record.value, '{"whole":{"title":"Mine"}}', 'hash' FROM json_each(?) operation, json_each(?) record`,
    )
      .bind(JSON.stringify(["a", "b", "c"]), JSON.stringify([id, hidden.id, other.id]))
      .run();
    expect((await removeForGood(id)).status).toBe(204);
    const left = await env.DB.prepare("SELECT operation_id, media_id FROM imported_histories").all();
    expect(left.results).toEqual(["a", "b", "c"].map((each) => ({ operation_id: each, media_id: other.id })));
  });

  it("costs the same among any number of revisions and imports of others, also with a record hidden behind it", async () => {
    const [{ id }, hidden] = [await insertStored(bytes), await insertStored(bytes)];
    await hide(hidden.id, id);
    await env.DB.prepare(
      `INSERT INTO media_revisions (media_id, revision, changed_at, patch)
       WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500) SELECT ?, i, i, '{}' FROM n`,
    )
      .bind(anId)
      .run();
    await env.DB.prepare(
      `INSERT INTO imported_histories (operation_id, media_id, patch, words_hash)
       SELECT 'import ' || revision % 3, media_id || revision, '{}', 'hash' FROM media_revisions`,
    ).run();
    const { response, rowsRead } = await apiCost(`/v1/media/${id}?permanent=true`, { method: "DELETE" });
    expect(response.status).toBe(204);
    expect(rowsRead).toBeLessThan(100);
  });

  it.each(["maybe", "1"])("refuses %s as an answer", async (permanent) => {
    const response = await api(`/v1/media/${anId}?permanent=${permanent}`, { method: "DELETE" });
    expect(await refusalOf(response)).toBe("422 validation_error permanent");
  });
});
