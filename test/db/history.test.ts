import "../support/setup.ts";

import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";

import { writeAllEdits, writeEdits, type Authorship, type Edit } from "../../src/db/history/edits.ts";
import { findMedia } from "../../src/db/media/reads.ts";
import { makeEdit } from "../../src/media/history/edit.ts";
import { createServices, type Services } from "../../src/services.ts";
import { limitedEnv } from "../support/platform/env.ts";
import { insertMedia } from "../support/records/media.ts";

async function rows(query: string): Promise<unknown[]> {
  return (await env.DB.prepare(query).all()).results;
}

function services(): Services {
  return createServices(limitedEnv(env), { session: "primary", traceId: "t", logContext: {} });
}

async function editOf(id: string, metadata: Record<string, unknown>): Promise<Edit> {
  const media = await findMedia(services().db, id);
  if (media === null) throw new Error("no record");
  return makeEdit(media, metadata, "to operation");
}

const operation = {
  id: "0193b2c4-7b7e-7a51-8d0f-3f1f6f0c9a99",
  kind: "bulk",
  reverts: null,
  details: null,
} as const;
const byAnn: Authorship & { operation: typeof operation } = { by: "ann", now: 5, operation };

describe("history in the database", () => {
  it("keeps the whole of the words before a change by code that knows no history", async () => {
    const { id } = await insertMedia({ objectMetadata: { title: "Old", keywords: ["a"] } });
    await env.DB.prepare(
      `UPDATE media_objects SET object_metadata = '{"title":"New"}', revision = revision + 1, updated_at = 7 WHERE id = ?`,
    )
      .bind(id)
      .run();
    expect(await rows("SELECT * FROM media_revisions")).toEqual([
      {
        media_id: id,
        revision: 1,
        changed_at: 7,
        changed_by: null,
        operation_id: null,
        patch: '{"whole":{"title":"Old","keywords":["a"]}}',
        words_hash: null,
      },
    ]);
  });

  it("writes a change with who made it, when, and the way back, and counts it for its operation", async () => {
    const { id } = await insertMedia({ objectMetadata: { title: "Old" } });
    const edit = await editOf(id, { title: "New" });
    expect(await writeEdits(services().db, [edit], byAnn)).toEqual([{ id, revision: 1 }]);
    expect(await rows("SELECT changed_by, changed_at, operation_id, patch FROM media_revisions")).toEqual([
      { changed_by: "ann", changed_at: 5, operation_id: operation.id, patch: '{"set":{"title":"Old"}}' },
    ]);
    expect(await rows("SELECT id, kind, changed_by, updated FROM operations")).toEqual([
      { id: operation.id, kind: "bulk", changed_by: "ann", updated: 1 },
    ]);
  });

  it("writes nothing, and no revision, where somebody was faster", async () => {
    const { id } = await insertMedia();
    const edit = await editOf(id, { title: "Late" });
    await writeEdits(services().db, [await editOf(id, { title: "First" })], { ...byAnn, operation: null });
    expect(await writeEdits(services().db, [edit], byAnn)).toEqual([]);
    expect(await rows("SELECT revision, operation_id FROM media_revisions")).toEqual([
      { revision: 1, operation_id: null },
    ]);
    expect((await findMedia(services().db, id))?.objectMetadata).toEqual({ title: "First" });
  });

  it("writes all edits of an operation or none", async () => {
    const records = await Promise.all([1, 2, 3].map(async () => insertMedia()));
    const edits = await Promise.all(records.map(async ({ id }) => editOf(id, { title: "All" })));
    await env.DB.prepare("UPDATE media_objects SET change = change + 1 WHERE id = ?")
      .bind(records[1]?.id)
      .run();
    expect(await writeAllEdits(services().db, edits, byAnn)).toBeNull();
    expect(await rows("SELECT 1 FROM media_revisions")).toEqual([]);
    expect(await rows("SELECT 1 FROM operations")).toEqual([]);
    const again = await Promise.all(records.map(async ({ id }) => editOf(id, { title: "All" })));
    expect(await writeAllEdits(services().db, again, byAnn)).toHaveLength(3);
    expect(await rows("SELECT updated FROM operations")).toEqual([{ updated: 3 }]);
  });
});
