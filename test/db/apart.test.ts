import "../support/setup.ts";

import { env } from "cloudflare:workers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { bringBack, setApart, toTrashedMedia } from "../../src/db/trash/move.ts";
import { trashedMedia } from "../../src/db/schema.ts";
import { createServices } from "../../src/services.ts";
import { limitedEnv } from "../support/platform/env.ts";
import { allMedia } from "../support/records/collection-model.ts";
import { recounts } from "../support/records/recounts.ts";
import { emptyRecords, recordStep, takeStep } from "../support/records/record-steps.ts";

async function all(query: string): Promise<unknown[]> {
  return (await env.DB.prepare(query).all()).results;
}

function database() {
  return createServices(limitedEnv(env), { session: "primary", traceId: "t", logContext: {} }).db;
}

const stored = `SELECT id, provider, object_key, path_key, state, intrinsic, object_metadata, folded_keywords,
  keyword_spellings, words_text, fields_text, key_text, camera_text, text_version, written_latitude, written_longitude,
  taken_at, missing_since, revision FROM media_objects ORDER BY id`;

const inserted = recordStep.filter(({ kind }) => kind === "insert");

/** What a record does not keep while it is apart: what is written anew when it comes back, and what only runs ask for. */
const leftBehind = [
  "folded_keywords",
  "keyword_spellings",
  "keyword_text",
  "custom_text",
  "words_text",
  "fields_text",
  "key_text",
  "camera_text",
  "camera",
  "text_version",
  "written_latitude",
  "written_longitude",
  "run_id",
  "run_change",
  "vanished_run",
  "listed_run",
  "observed_at",
];

/** The columns of a table that a writer fills. */
async function columnsOf(table: string): Promise<string[]> {
  const query = `SELECT name FROM pragma_table_info('${table}')`;
  const { results } = await env.DB.prepare(query).all<{ name: string }>();
  return results.map(({ name }) => name);
}

describe("a record that is set apart", () => {
  it("keeps every column that nothing else can tell", async () => {
    const apart = await columnsOf("trashed_media");
    const lost = (await columnsOf("media_objects")).filter((name) => !apart.includes(name));
    expect(new Set(lost)).toEqual(new Set(leftBehind));
  });

  it("stands in no index, list or counter, and comes back as it was", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(inserted, { maxLength: 8 }), async (steps) => {
        await emptyRecords();
        await env.DB.prepare("DELETE FROM trashed_media").run();
        for (const step of steps) await takeStep(step, []);
        const db = database();
        const before = await all(stored);
        for (const media of await allMedia())
          await db.batch(setApart(media, { kind: "trashed", at: 1, by: "ann" }));
        expect(await all("SELECT 1 FROM media_objects")).toEqual([]);
        await all("INSERT INTO media_search (media_search, rank) VALUES ('integrity-check', 1)");
        for (const [kept, counted] of recounts) expect(await all(kept)).toEqual(await all(counted));
        for (const row of await db.orm.select().from(trashedMedia)) {
          const media = toTrashedMedia(row);
          await db.batch(bringBack(media, { ...media, now: 2 }));
        }
        expect(await all("SELECT 1 FROM trashed_media")).toEqual([]);
        expect(await all(stored)).toEqual(before);
        await all("INSERT INTO media_search (media_search, rank) VALUES ('integrity-check', 1)");
        for (const [kept, counted] of recounts) expect(await all(kept)).toEqual(await all(counted));
      }),
      { numRuns: 40, seed: 20_261_129 },
    );
  }, 120_000);
});
