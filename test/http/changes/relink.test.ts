import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";

import { createdAtOf } from "../../../src/core/media-id.ts";
import { metadataColumns } from "../../../src/db/media/metadata-columns.ts";
import { mediaOf, problemOf, refusalOf } from "../../support/http/answers.ts";
import { api, apiWith } from "../../support/http/api.ts";
import { historyOf, patchWords } from "../../support/http/changes.ts";
import { askToRelink, operationsOf, relink, takeBack, wordsOf } from "../../support/http/operations.ts";
import { anId } from "../../support/http/routes.ts";
import { allMedia } from "../../support/records/collection-model.ts";
import { isWrite, observedDatabase } from "../../support/records/database.ts";
import { allThumbnails, storeThumbnails } from "../../support/records/derivatives.ts";
import { checkFullText } from "../../support/records/full-text.ts";
import { insertMedia, type MediaContent } from "../../support/records/media.ts";
import { changeTogether } from "../../support/records/operations.ts";

const gone = { missingSince: Date.UTC(2024, 5, 1) };

/** A record that is missing, and one that is there. */
async function pair(
  missing: MediaContent = {},
  present: MediaContent = {},
): Promise<{ id: string; to: string }> {
  const { id } = await insertMedia({ objectKey: "old/a.jpg", ...gone, ...missing });
  const { id: to } = await insertMedia({ objectKey: "new/b.jpg", ...present });
  return { id, to };
}

/** The columns of a record as they are stored, without what a relink is to change. */
async function stored(id: string): Promise<Record<string, unknown>> {
  const row = (await allMedia()).find((each) => each.id === id);
  if (row === undefined) throw new Error(`there is no record ${id}`);
  const { pk: _pk, change: _change, observedAt: _observed, updatedAt: _updated, ...columns } = row;
  return columns;
}

describe("POST /v1/media/{id}/relink", () => {
  it("gives a missing record the object of another, with all that is known of it", async () => {
    const camera = { make: "Leica", model: "M6", lens: null };
    const { id, to } = await pair(
      { provider: "dropbox", providerRef: "id:old", width: 1, objectMetadata: { description: "The beach" } },
      {
        takenAt: "2024-07-14T16:03:11.000",
        contentType: "image/png",
        intrinsic: JSON.stringify({ camera, caption: "long" }),
        portableHash: "dropbox:1",
        pictureHash: "f".repeat(64),
        pictureQuality: 80,
        providerRef: null,
        state: "unsupported",
        errorCode: "too_large",
        errorDetail: "Too large.",
      },
    );
    const other = await stored(to);
    const answer = await relink(id, to);
    expect(answer.conflicts).toEqual([]);
    expect(answer.media).toMatchObject({
      id,
      object_key: "new/b.jpg",
      provider: "r2",
      missing_since: null,
      revision: 1,
    });
    const objectMetadata = { description: "The beach" };
    const { wordsText, fieldsText } = metadataColumns(objectMetadata);
    const own = { id, objectMetadata, revision: 1, createdAt: createdAtOf(id) };
    const words = { wordsText, fieldsText, known: 9, lackingWords: 2 };
    expect(await stored(id)).toEqual({ ...other, ...own, ...words });
    expect((await api(`/v1/media/${to}`)).status).toBe(404);
    await checkFullText();
  });

  it("unites the words of both into the record, and reports a field of which they differ", async () => {
    const { id, to } = await pair(
      { objectMetadata: { description: "A", keywords: ["Beach"] } },
      { objectMetadata: { description: "B", keywords: ["beach", "dog"], credit: "Ann" } },
    );
    const answer = await relink(id, to);
    expect(answer.conflicts).toEqual([{ field: "description", values: ["A", "B"] }]);
    expect(await wordsOf(id)).toBe('{"description":"A","keywords":["Beach","dog"],"credit":"Ann"}');
    expect((await operationsOf()).items).toMatchObject([
      {
        operation_id: answer.operation_id,
        kind: "relink",
        changed_by: "writer",
        updated: 1,
        reverted_by: null,
      },
    ]);
  });

  it("puts the revisions of the other between those of the record and the united words", async () => {
    const { id, to } = await pair({}, { objectMetadata: { credit: "Eve" } });
    await patchWords(id, { description: "mine" });
    await patchWords(to, { credit: "Ann" });
    await patchWords(to, { note: 1 });
    const { operation_id: operation } = await relink(id, to);
    const history = await historyOf(id);
    expect(history.map(({ revision, object_metadata: words }) => [revision, words])).toEqual([
      [5, { description: "mine", credit: "Ann", note: 1 }],
      [4, { credit: "Ann", note: 1 }],
      [3, { credit: "Ann" }],
      [2, { credit: "Eve" }],
      [1, { description: "mine" }],
      [0, {}],
    ]);
    expect(history.map((each) => each.operation_id)).toEqual([operation, null, null, operation, null, null]);
  });

  it("makes one revision where neither has words or a history", async () => {
    const { id, to } = await pair();
    const { operation_id: operation } = await relink(id, to);
    expect(await historyOf(id)).toMatchObject([{ revision: 1, operation_id: operation }, { revision: 0 }]);
  });

  it("is taken back: the other has its object, id and words again, and the record is missing where it was", async () => {
    const { id, to } = await pair(
      { objectMetadata: { description: "A" }, provider: "dropbox", providerRef: "id:old" },
      { objectMetadata: { credit: "Ann" } },
    );
    await patchWords(to, { note: 1 });
    const before = [await stored(id), await stored(to)];
    const historyBefore = await historyOf(to);
    const { operation_id: operation } = await relink(id, to);
    const back = await takeBack(operation);
    expect(back).toMatchObject({ reverted: 1, skipped: [], next_cursor: null });
    const [own, other] = [await stored(id), await stored(to)];
    expect(other).toEqual(before[1]);
    expect(own).toEqual({ ...before[0], revision: 4 });
    expect(await wordsOf(id)).toBe('{"description":"A"}');
    expect(await historyOf(to)).toEqual(historyBefore);
    expect((await historyOf(id)).map((each) => each.operation_id)).toEqual([
      back.operation_id,
      operation,
      null,
      operation,
      null,
    ]);
    expect((await operationsOf()).items).toMatchObject([
      { operation_id: back.operation_id, kind: "revert", updated: 1 },
      { operation_id: operation, reverted_by: back.operation_id },
    ]);
    await checkFullText();
  });

  it("is left alone by a revert when somebody has changed the words since", async () => {
    const { id, to } = await pair();
    const { operation_id: operation } = await relink(id, to);
    await patchWords(id, { description: "mine" });
    expect(await takeBack(operation)).toMatchObject({ reverted: 0, skipped: [id], next_cursor: null });
    expect(await mediaOf(await api(`/v1/media/${id}`))).toMatchObject({ missing_since: null });
    await patchWords(id, { description: null });
    expect(await takeBack(operation)).toMatchObject({ reverted: 1, skipped: [] });
    expect(await takeBack(operation)).toMatchObject({ reverted: 0, skipped: [] });
  });

  it("is left alone by a revert when the record is gone, or what it has hidden", async () => {
    const { id, to } = await pair();
    const { operation_id: operation } = await relink(id, to);
    await env.DB.prepare("DELETE FROM trashed_media WHERE id = ?").bind(to).run();
    expect(await takeBack(operation)).toMatchObject({ reverted: 0, skipped: [id] });
    await env.DB.prepare("DELETE FROM media_objects WHERE id = ?").bind(id).run();
    expect(await takeBack(operation)).toMatchObject({ reverted: 0, skipped: [id] });
  });

  it("gives the object back as it is by now, wherever it has moved to, even to where the record was", async () => {
    const { id, to } = await pair();
    const { operation_id: operation } = await relink(id, to);
    await env.DB.prepare(
      "UPDATE media_objects SET path_key = 'old/a.jpg', object_key = 'old/a.jpg', change = change + 1 WHERE id = ?",
    )
      .bind(id)
      .run();
    expect(await takeBack(operation)).toMatchObject({ reverted: 1 });
    expect(await stored(to)).toMatchObject({ pathKey: "old/a.jpg", missingSince: null });
    expect(await stored(id)).toMatchObject({
      ...gone,
      pathKey: `old/a.jpg\u{1}${id}`,
      objectKey: "old/a.jpg",
    });
  });

  it("leaves the record without a place where another has its key by now", async () => {
    const { id, to } = await pair();
    const { operation_id: operation } = await relink(id, to);
    await insertMedia({ objectKey: "old/a.jpg" });
    expect(await takeBack(operation)).toMatchObject({ reverted: 1 });
    expect(await stored(id)).toMatchObject({ ...gone, pathKey: `old/a.jpg\u{1}${id}` });
  });

  it("brings the other back missing where the object is gone by now and its key is another's", async () => {
    const { id, to } = await pair();
    const { operation_id: operation } = await relink(id, to);
    await env.DB.prepare(
      "UPDATE media_objects SET path_key = path_key || char(1) || id, missing_since = 5, change = change + 1 WHERE id = ?",
    )
      .bind(id)
      .run();
    await insertMedia({ objectKey: "new/b.jpg" });
    expect(await takeBack(operation)).toMatchObject({ reverted: 1 });
    expect(await stored(to)).toMatchObject({ pathKey: `new/b.jpg\u{1}${to}`, missingSince: 5 });
    expect(await stored(id)).toMatchObject({ ...gone, pathKey: "old/a.jpg" });
  });

  it("is left alone by a revert while the record has the object of a later relink", async () => {
    const { id, to } = await pair();
    const first = await relink(id, to);
    await env.DB.prepare("UPDATE media_objects SET missing_since = 5, change = change + 1 WHERE id = ?")
      .bind(id)
      .run();
    const { id: third } = await insertMedia({ objectKey: "newer/c.jpg" });
    const before = await stored(third);
    const second = await relink(id, third);
    expect(await takeBack(first.operation_id)).toMatchObject({ reverted: 0, skipped: [id] });
    expect(await stored(id)).toMatchObject({ pathKey: "newer/c.jpg", missingSince: null });
    expect(await takeBack(second.operation_id)).toMatchObject({ reverted: 1 });
    expect(await stored(third)).toEqual(before);
    expect(await takeBack(first.operation_id)).toMatchObject({ reverted: 1 });
    expect(await stored(to)).toMatchObject({ pathKey: "new/b.jpg", missingSince: 5 });
    expect(await stored(id)).toMatchObject({ ...gone, pathKey: "old/a.jpg" });
  });

  it("is made again when its revert is taken back, and that can be taken back as well", async () => {
    const { id, to } = await pair(
      { objectMetadata: { description: "A" } },
      { objectMetadata: { credit: "Ann" } },
    );
    await patchWords(to, { note: 1 });
    const one = await relink(id, to);
    const two = await takeBack(one.operation_id);
    const three = await takeBack(two.operation_id);
    expect(three).toMatchObject({ reverted: 1, skipped: [] });
    expect(await stored(id)).toMatchObject({ pathKey: "new/b.jpg", missingSince: null });
    expect(await wordsOf(id)).toBe('{"description":"A","credit":"Ann","note":1}');
    expect((await api(`/v1/media/${to}`)).status).toBe(404);
    expect(await takeBack(three.operation_id)).toMatchObject({ reverted: 1 });
    expect(await wordsOf(id)).toBe('{"description":"A"}');
    expect(await wordsOf(to)).toBe('{"credit":"Ann","note":1}');
    expect((await operationsOf()).items.at(-1)).toMatchObject({ reverted_by: two.operation_id });
  });

  it("is not made again by a revert when one of the two has found another object", async () => {
    const { id, to } = await pair();
    const { operation_id: revert } = await takeBack((await relink(id, to)).operation_id);
    await env.DB.prepare("UPDATE media_objects SET missing_since = NULL WHERE id = ?").bind(id).run();
    expect(await takeBack(revert)).toMatchObject({ reverted: 0, skipped: [id] });
  });

  it("is not made again by a revert when the words of both are too many by now", async () => {
    const { id, to } = await pair({ objectMetadata: { one: "x".repeat(40_000) } });
    const { operation_id: revert } = await takeBack((await relink(id, to)).operation_id);
    await patchWords(to, { two: "y".repeat(40_000) });
    expect(await takeBack(revert)).toMatchObject({ reverted: 0, skipped: [id] });
  });

  it("is no change of the record by the operations that have changed the other", async () => {
    const { id, to } = await pair({ objectMetadata: {} }, { objectMetadata: { credit: "Eve" } });
    const bulk = await changeTogether([id, to], (words) => ({ ...words, credit: "Ann" }));
    const { operation_id: operation } = await relink(id, to);
    expect(await takeBack(bulk)).toMatchObject({ reverted: 1, skipped: [to] });
    expect(await wordsOf(id)).toBe("{}");
    await patchWords(id, { credit: "Ann" });
    expect(await takeBack(operation)).toMatchObject({ reverted: 1 });
    expect(await takeBack(bulk)).toMatchObject({ reverted: 2, skipped: [] });
    expect([await wordsOf(id), await wordsOf(to)]).toEqual(["{}", '{"credit":"Eve"}']);
  });

  it("removes the thumbnails of the other, and those of the record's own object", async () => {
    const { id, to } = await pair({ thumbnailVersion: "one-2" }, { thumbnailVersion: "two-2" });
    await storeThumbnails([`${id}/one-2/a.jpg`, `${id}/two-2/a.jpg`, `${to}/two-2/a.jpg`]);
    await relink(id, to);
    expect(await allThumbnails()).toEqual([`${id}/two-2/a.jpg`]);
  });

  it("keeps the thumbnail of the missing record for when it is taken back, however often", async () => {
    const { id, to } = await pair({ thumbnailVersion: "one-3" }, { thumbnailVersion: "two-3" });
    await storeThumbnails([`${id}/one-3/1024-contain.jpg`, `${to}/two-3/1024-contain.jpg`]);
    const own = `/v1/media/${id}/thumbnail?size=1024&fit=contain&v=one-3`;
    const statusOf = async (path: string) => (await api(path)).status;
    expect(await statusOf(own)).toBe(200);
    let { operation_id: operation } = await relink(id, to);
    for (let time = 0; time < 2; time += 1) {
      expect(await allThumbnails(`${id}/`)).toEqual([`${id}/two-3/1024-contain.jpg`]);
      ({ operation_id: operation } = await takeBack(operation));
      expect(await statusOf(own)).toBe(200);
      expect(await allThumbnails()).toEqual(
        [`${id}/one-3/1024-contain.jpg`, `${to}/two-3/1024-contain.jpg`].toSorted(),
      );
      const linked = await takeBack(operation);
      expect(linked).toMatchObject({ reverted: 1 });
      operation = linked.operation_id;
    }
  });

  it("shows nobody what is kept of the missing record, and keeps it no longer than the record is there", async () => {
    const { id, to } = await pair({ thumbnailVersion: "one-3" }, { thumbnailVersion: "two-3" });
    await storeThumbnails([`${id}/one-3/1024-contain.jpg`, `${to}/two-3/1024-contain.jpg`]);
    await relink(id, to);
    const asked = await api(`/v1/media/${to}/thumbnail?size=1024&fit=contain&v=one-3`);
    expect(asked.status).toBe(404);
    expect(await allThumbnails()).toEqual(
      [`${id}/two-3/1024-contain.jpg`, `${to}/one-3/held-preview.jpg`].toSorted(),
    );
    expect((await api(`/v1/media/${id}`, { method: "DELETE" })).status).toBe(204);
    expect(await allThumbnails()).toEqual([`${to}/one-3/held-preview.jpg`]);
    expect((await api(`/v1/media/${id}?permanent=true`, { method: "DELETE" })).status).toBe(204);
    expect(await allThumbnails()).toEqual([]);
  });

  it("refuses a record that is not missing, another that is missing, and itself", async () => {
    const { id, to } = await pair();
    const notMissing = await problemOf(await askToRelink(to, id));
    expect(notMissing).toMatchObject({ status: 409, code: "merge_conflict" });
    expect(notMissing.detail).toContain("is not missing");
    const { id: missingToo } = await insertMedia(gone);
    expect(await refusalOf(await askToRelink(id, missingToo))).toBe("409 merge_conflict");
    expect(await refusalOf(await askToRelink(id, id))).toBe("422 validation_error to");
    expect(await refusalOf(await askToRelink(id, anId))).toBe("422 validation_error to");
    expect(await refusalOf(await askToRelink(id, "x"))).toBe("422 validation_error to");
    expect(await refusalOf(await askToRelink(anId, to))).toBe("404 resource_not_found");
    expect((await operationsOf()).items).toEqual([]);
  });

  it("refuses words that are too many for one record", async () => {
    const { id, to } = await pair(
      { objectMetadata: { one: "x".repeat(40_000) } },
      { objectMetadata: { two: "y".repeat(40_000) } },
    );
    expect(await refusalOf(await askToRelink(id, to))).toBe("409 merge_conflict");
  });

  it("changes nothing when it is beaten by an ingest, and takes what has come of that", async () => {
    const { id, to } = await pair();
    let writes = 0;
    const database = observedDatabase(env.DB, {
      before: async (query) => {
        if (!isWrite(query) || writes > 0) return;
        writes += 1;
        await env.DB.prepare(
          "UPDATE media_objects SET path_key = 'moved.jpg', object_key = 'moved.jpg', change = change + 1 WHERE id = ?",
        )
          .bind(to)
          .run();
      },
    });
    const send = async (path: string, request: object) => apiWith({ DB: database }, path, request);
    const { media } = await relink(id, to, send);
    expect(media.object_key).toBe("moved.jpg");
    expect((await operationsOf()).items).toHaveLength(1);
  });

  it("relinks once when two ask for it at once", async () => {
    const { id, to } = await pair();
    const { id: third } = await insertMedia(gone);
    const answers = await Promise.all([askToRelink(id, to), askToRelink(third, to)]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 422]);
    expect((await operationsOf()).items).toHaveLength(1);
  });
});
