import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { refusalOf } from "../../support/http/answers.ts";
import { api, apiCost } from "../../support/http/api.ts";
import { historyOf, patchWords, revert, revisionsIn } from "../../support/http/changes.ts";
import { anId } from "../../support/http/routes.ts";
import { insertMedia } from "../../support/records/media.ts";
import { mediaOf } from "../../support/http/answers.ts";

/** Changes a record so many times; revision n has the title `n`. */
async function change(id: string, times: number): Promise<void> {
  for (let count = 1; count <= times; count += 1) await patchWords(id, { title: String(count) });
}

describe("GET /v1/media/{id}/history", () => {
  it("tells every change with who made it and when, and the words as they were from then on", async () => {
    const { id } = await insertMedia({ objectMetadata: { title: "0", keywords: ["a", "b"] } });
    await patchWords(id, { keywords: ["b", "c"] });
    await patchWords(id, { title: null, note: { x: 1 } });
    const items = await historyOf(id);
    expect(items.map((each) => [each.revision, each.changed_by, each.operation_id])).toEqual([
      [2, "admin", null],
      [1, "admin", null],
      [0, null, null],
    ]);
    expect(items.map((each) => JSON.stringify(each.object_metadata))).toEqual([
      '{"keywords":["b","c"],"note":{"x":1}}',
      '{"title":"0","keywords":["b","c"]}',
      '{"title":"0","keywords":["a","b"]}',
    ]);
    const { created_at: createdAt, updated_at: updatedAt } = await mediaOf(await api(`/v1/media/${id}`));
    expect([items[0]?.changed_at, items[2]?.changed_at]).toEqual([updatedAt, createdAt]);
  });

  it("tells of a record that nobody has changed what it was created with", async () => {
    const { id } = await insertMedia({ objectMetadata: { title: "0" } });
    expect(await historyOf(id)).toMatchObject([{ revision: 0, object_metadata: { title: "0" } }]);
  });

  it("ends with the oldest words that are known where the history is younger than the record", async () => {
    const { id } = await insertMedia({ revision: 5, objectMetadata: { title: "5" } });
    await patchWords(id, { title: "6" });
    expect(await historyOf(id)).toMatchObject([
      { revision: 6, changed_by: "admin", object_metadata: { title: "6" } },
      { revision: 5, changed_at: null, changed_by: null, object_metadata: { title: "5" } },
    ]);
  });

  it("ends where a change in its middle is lost, rather than to tell words that nobody wrote", async () => {
    const { id } = await insertMedia({ objectMetadata: { title: "0" } });
    await change(id, 4);
    await env.DB.prepare("DELETE FROM media_revisions WHERE revision = 2").run();
    expect(await historyOf(id)).toMatchObject([
      { revision: 4, object_metadata: { title: "4" } },
      { revision: 3, object_metadata: { title: "3" } },
      { revision: 2, changed_at: null, object_metadata: { title: "2" } },
    ]);
    expect(await refusalOf(await revert(id, 1))).toBe("422 validation_error revision");
    expect((await revert(id, 2)).status).toBe(200);
  });

  it("comes in pages that a change meanwhile does not move", async () => {
    const { id } = await insertMedia({ objectMetadata: { title: "0" } });
    await change(id, 5);
    const first = await revisionsIn(await api(`/v1/media/${id}/history?limit=2`));
    await patchWords(id, { title: "later" });
    const path = `/v1/media/${id}/history?limit=3&cursor=${first.next_cursor}`;
    const second = await revisionsIn(await api(path));
    const last = await revisionsIn(await api(`/v1/media/${id}/history?cursor=${second.next_cursor}`));
    expect(
      [first, second, last].map(({ items }) => items.map((each) => each.object_metadata["title"])),
    ).toEqual([["5", "4"], ["3", "2", "1"], ["0"]]);
    expect(last.next_cursor).toBeNull();
  });

  it("reads of a long history no more than a page and what lies between two whole words", async () => {
    const { id } = await insertMedia({ objectMetadata: { title: "0" } });
    await change(id, 400);
    const costs: number[] = [];
    const titles: unknown[] = [];
    for (let cursor: string | null = ""; cursor !== null;) {
      const { response, rowsRead } = await apiCost(`/v1/media/${id}/history?limit=20&cursor=${cursor}`);
      const page = await revisionsIn(response);
      titles.push(...page.items.map((each) => each.object_metadata["title"]));
      costs.push(rowsRead);
      cursor = page.next_cursor;
    }
    expect(titles).toEqual(Array.from({ length: 401 }, (_, index) => String(400 - index)));
    expect(Math.max(...costs)).toBeLessThanOrEqual(2 + 128 + 2 + 96 + 32);
  }, 60_000);

  it("ends a page before its answer has more than 4 MiB", async () => {
    const { id } = await insertMedia({ objectMetadata: { note: "" } });
    for (let count = 0; count < 70; count += 1)
      await patchWords(id, { note: String(count % 10).repeat(65_000) });
    const response = await api(`/v1/media/${id}/history?limit=200`);
    const { items, next_cursor: cursor } = await revisionsIn(response.clone());
    expect((await response.arrayBuffer()).byteLength).toBeLessThanOrEqual(4 * 1024 * 1024);
    expect(items.length).toBeGreaterThan(50);
    const rest = await revisionsIn(await api(`/v1/media/${id}/history?limit=200&cursor=${cursor}`));
    expect([...items, ...rest.items].map((each) => each.revision)).toEqual(
      Array.from({ length: 71 }, (_, index) => 70 - index),
    );
  }, 60_000);

  it.each([
    ["/history", "404 resource_not_found"],
    ["/history?cursor=x", "422 validation_error cursor"],
    ["/history?limit=0", "422 validation_error limit"],
    ["/history?limit=201", "422 validation_error limit"],
    ["/history?page=2", "422 validation_error page"],
  ])("refuses %s of a record that does not exist", async (path, refusal) => {
    expect(await refusalOf(await api(`/v1/media/${anId}${path}`))).toBe(refusal);
  });

  it("refuses a cursor of another record's history", async () => {
    const [one, other] = [await insertMedia({ revision: 0 }), await insertMedia()];
    await change(one.id, 2);
    const { next_cursor: cursor } = await revisionsIn(await api(`/v1/media/${one.id}/history?limit=1`));
    const response = await api(`/v1/media/${other.id}/history?cursor=${cursor}`);
    expect(await refusalOf(response)).toBe("422 validation_error cursor");
  });
});

describe("POST /v1/media/{id}/revert", () => {
  it("brings an earlier revision back as a new one, to the byte", async () => {
    const { id } = await insertMedia({ objectMetadata: { title: "0", keywords: ["b", "a"] } });
    await patchWords(id, { keywords: ["a"], city: "Rome" });
    await patchWords(id, { title: null });
    const response = await revert(id, 0);
    expect(response.headers.get("ETag")).toBe('"3-4"');
    const media = await mediaOf(response);
    expect(media.revision).toBe(3);
    expect(JSON.stringify(media.object_metadata)).toBe('{"title":"0","keywords":["b","a"]}');
    const [newest] = await historyOf(id);
    expect(newest).toMatchObject({ revision: 3, changed_by: "writer", operation_id: null });
  });

  it("writes nothing where the words are the same already", async () => {
    const { id } = await insertMedia({ objectMetadata: { title: "0" } });
    await patchWords(id, { title: "1" });
    await patchWords(id, { title: "0" });
    for (const revision of [0, 2]) {
      const media = await mediaOf(await revert(id, revision));
      expect(media.revision).toBe(2);
    }
    expect((await historyOf(id)).length).toBe(3);
  });

  it("does not check old words against rules that are younger", async () => {
    const old = { location: "Paris", rating: 17 };
    const { id } = await insertMedia({ objectMetadata: old });
    await patchWords(id, { location: null, rating: 2 });
    expect((await mediaOf(await revert(id, 0))).object_metadata).toEqual(old);
  });

  it("finds keywords that come back", async () => {
    const { id } = await insertMedia({ objectMetadata: { keywords: ["a"] } });
    await patchWords(id, { keywords: null });
    await revert(id, 0);
    const list = await api("/v1/media?keyword=A", { as: "read" });
    expect(await list.json()).toMatchObject({ total: 1, items: [{ id }] });
  });

  it("honours If-Match", async () => {
    const { id } = await insertMedia({ objectMetadata: { title: "0" } });
    await patchWords(id, { title: "1" });
    const stale = await revert(id, 0, { headers: { "If-Match": '"0-1"' } });
    expect(await refusalOf(stale)).toBe("412 precondition_failed");
    expect((await revert(id, 0, { headers: { "If-Match": '"1-9"' } })).status).toBe(200);
  });

  it.each([
    [{ revision: 4 }, "422 validation_error revision"],
    [{ revision: 7 }, "422 validation_error revision"],
    [{ revision: -1 }, "422 validation_error revision"],
    [{ revision: "0" }, "422 validation_error revision"],
    [{ revision: 5, title: "x" }, "422 validation_error title"],
    [{}, "422 validation_error revision"],
  ])("refuses %j of a record whose history begins with revision 5", async (json, refusal) => {
    const { id } = await insertMedia({ revision: 5 });
    await patchWords(id, { title: "6" });
    expect(await refusalOf(await revert(id, 0, { json }))).toBe(refusal);
  });

  it("answers 404 where there is no record", async () => {
    expect(await refusalOf(await revert(anId, 0))).toBe("404 resource_not_found");
  });

  it("goes to any revision of a long history and back", async () => {
    const { id } = await insertMedia({ objectMetadata: { title: "0" } });
    await change(id, 200);
    for (const revision of [0, 63, 64, 65, 127, 128, 199]) {
      const media = await mediaOf(await revert(id, revision));
      expect(media.object_metadata["title"]).toBe(String(revision));
    }
  }, 60_000);

  it("gives the words of every revision back to the byte, after any changes", async () => {
    const fields = fc.constantFrom("title", "note", "a", "keywords");
    const value = fc.oneof(fc.constant(null), fc.array(fc.constantFrom("x", "y", "z"), { maxLength: 3 }));
    const patches = fc.array(
      fc.dictionary(
        fields.filter((name) => name !== "title"),
        value,
      ),
      { maxLength: 8 },
    );
    await fc.assert(
      fc.asyncProperty(patches, fc.nat(8), async (given, target) => {
        const { id } = await insertMedia({ objectMetadata: { a: 1, keywords: ["y"] } });
        for (const patch of given) await patchWords(id, patch);
        const before = await historyOf(id, 3);
        const wanted = before[Math.min(target, before.length - 1)];
        const media = await mediaOf(await revert(id, wanted?.revision ?? 0));
        expect(JSON.stringify(media.object_metadata)).toBe(JSON.stringify(wanted?.object_metadata));
        const after = await historyOf(id);
        expect(after.slice(after.length - before.length)).toEqual(before);
      }),
      { numRuns: 25 },
    );
  }, 60_000);

  it("keeps the changes of older code, which tells nobody's name", async () => {
    const { id } = await insertMedia({ objectMetadata: { title: "0" } });
    await env.DB.prepare(
      `UPDATE media_objects SET object_metadata = '{"title":"1"}', revision = 1, change = 2, updated_at = 5 WHERE id = ?`,
    )
      .bind(id)
      .run();
    await patchWords(id, { title: "2" });
    expect(await historyOf(id)).toMatchObject([
      { revision: 2, changed_by: "admin" },
      {
        revision: 1,
        changed_by: null,
        changed_at: "1970-01-01T00:00:00.005Z",
        object_metadata: { title: "1" },
      },
      { revision: 0, object_metadata: { title: "0" } },
    ]);
  });
});
