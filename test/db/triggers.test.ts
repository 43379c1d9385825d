import "../support/setup.ts";

import { env } from "cloudflare:workers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";

import { foldKeyword } from "../../src/db/media/record.ts";
import { placeOf, takenOf } from "../../src/media/metadata/best-known.ts";
import { allMedia, knownOf, type AnyMedia } from "../support/records/collection-model.ts";
import { insertMedia } from "../support/records/media.ts";
import { recounts } from "../support/records/recounts.ts";
import { emptyRecords, recordStep, takeStep, type RecordStep } from "../support/records/record-steps.ts";

async function run(query: string, ...values: unknown[]): Promise<void> {
  await env.DB.prepare(query)
    .bind(...values)
    .run();
}

async function all(query: string): Promise<Record<string, unknown>[]> {
  return (await env.DB.prepare(query).all()).results;
}

async function property<T>(arbitrary: fc.Arbitrary<T>, holds: (value: T) => Promise<void>): Promise<void> {
  await fc.assert(fc.asyncProperty(arbitrary, holds), { numRuns: 60, seed: 20_261_122 });
}

async function takeAll(steps: readonly RecordStep[]): Promise<void> {
  await emptyRecords();
  const ids: string[] = [];
  for (const step of steps) await takeStep(step, ids);
}

/** What the database has come to of a record. */
function keptKnowledge(media: AnyMedia) {
  const { known, lackingWords, lacksLocation, bestTakenAt, isTakenInYear, bestLatitude, bestLongitude } =
    media;
  return {
    known,
    lackingWords,
    lacksLocation,
    at: bestTakenAt,
    isInYear: isTakenInYear === 1,
    place: [bestLatitude, bestLongitude],
    createdOn: media.createdOn,
  };
}

/** What the service shows of it, or makes of what it shows. */
function shownKnowledge(media: AnyMedia): ReturnType<typeof keptKnowledge> {
  const [taken, place, known] = [takenOf(media), placeOf(media), knownOf(media)];
  const isFresh = media.state === "pending" && known === 0;
  return {
    known,
    lackingWords: isFresh ? 0 : 3 - (known & 3),
    lacksLocation: isFresh || (known & 4) !== 0 ? 0 : 1,
    at: taken?.at ?? null,
    isInYear: taken?.precision === "year",
    place: [place?.latitude ?? null, place?.longitude ?? null],
    createdOn: new Date(media.createdAt).toISOString().slice(0, 10),
  };
}

/** The keywords of every record, as they are spelt there. */
async function spellings(): Promise<Map<string, readonly string[]>> {
  return new Map((await allMedia()).map(({ id, keywordSpellings }) => [id, parseWords(keywordSpellings)]));
}

function parseWords(json: string): string[] {
  return z.array(z.string()).parse(JSON.parse(json));
}

/** The spellings that a record did not have before, by the folded keyword. */
async function newSpellings(before: ReadonlyMap<string, readonly string[]>): Promise<[string, string][]> {
  return Array.from(await spellings()).flatMap(([id, now]) =>
    now
      .filter((each) => before.get(id)?.includes(each) !== true)
      .map((each): [string, string] => [foldKeyword(each), each]),
  );
}

const insertTagged = `INSERT INTO media_objects (id, provider, object_key, path_key, version, file_size, content_type, state,
    object_metadata, folded_keywords, keyword_spellings, updated_at)
  WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers LIMIT ?)
  SELECT lower(hex(randomblob(16))), 'r2', n, lower(hex(randomblob(16))), '', 1, '', 'ready', '{}', '["a"]', '["a"]', 1
  FROM numbers`;

/** Whether a tier breaks the rule of the schema. */
function isFar({ count, tier }: Record<string, unknown>): boolean {
  const [all, near] = [Number(count), Number(tier)];
  return near === 0 ? all > 8 : all < near || all > near + Math.floor(near / 8) + 8;
}

describe("the triggers of media_objects", () => {
  it("keep full text, keywords and counters true to the records, whatever happens to them", async () => {
    await property(fc.array(recordStep, { maxLength: 40, size: "max" }), async (steps) => {
      await takeAll(steps);
      await run("INSERT INTO media_search (media_search, rank) VALUES ('integrity-check', 1)");
      for (const [kept, counted] of recounts) expect(await all(kept)).toEqual(await all(counted));
    });
  }, 120_000);

  it("keep what is best known of a record as the service shows it", async () => {
    await property(fc.array(recordStep, { maxLength: 30, size: "max" }), async (steps) => {
      await takeAll(steps);
      const media = await allMedia();
      expect(media.map(keptKnowledge)).toEqual(media.map(shownKnowledge));
    });
  }, 120_000);

  it("keep of each keyword the spelling that was used last", async () => {
    await property(fc.array(recordStep, { maxLength: 30, size: "max" }), async (steps) => {
      await emptyRecords();
      const ids: string[] = [];
      const last = new Map<string, string>();
      for (const step of steps) {
        const before = await spellings();
        await takeStep(step, ids);
        for (const [folded, spelling] of await newSpellings(before)) last.set(folded, spelling);
        const kept = await all("SELECT folded, keyword FROM keywords");
        expect(kept.map(({ folded, keyword }) => [folded, keyword])).toEqual(
          kept.map(({ folded }) => [folded, last.get(String(folded))]),
        );
      }
    });
  }, 120_000);

  it("keep the tier of a keyword near its count, while that rises and falls", async () => {
    await property(
      fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 40 })), { maxLength: 12 }),
      async (waves) => {
        await emptyRecords();
        for (const [rises, count] of waves) {
          await run(
            rises
              ? insertTagged
              : "DELETE FROM media_objects WHERE pk IN (SELECT pk FROM media_objects LIMIT ?)",
            count,
          );
          expect(await all("SELECT count, tier FROM keywords").then((rows) => rows.filter(isFar))).toEqual(
            [],
          );
        }
      },
    );
  }, 120_000);

  it("let full text be rebuilt from the records", async () => {
    await insertMedia({ objectMetadata: { description: "Noon at the beach", keywords: ["Été"] } });
    await run("INSERT INTO media_search (media_search) VALUES ('rebuild')");
    await run("INSERT INTO media_search (media_search, rank) VALUES ('integrity-check', 1)");
    expect(await all(`SELECT rowid FROM media_search WHERE media_search MATCH '"+ete"'`)).toHaveLength(1);
  });

  it("put a record into full text whose texts are read later", async () => {
    const { id } = await insertMedia({ textVersion: 0, objectMetadata: { keywords: ["Hiver"] } });
    const found = `SELECT rowid FROM media_search WHERE media_search MATCH '"+hiver"'`;
    expect(await all(found)).toEqual([]);
    await run(`UPDATE media_objects SET words_text = '+hiver +neige', text_version = 1 WHERE id = ?`, id);
    expect(await all(found)).toHaveLength(1);
    await run(`UPDATE media_objects SET words_text = '+neige' WHERE id = ?`, id);
    expect(await all(found)).toEqual([]);
    await run("INSERT INTO media_search (media_search, rank) VALUES ('integrity-check', 1)");
  });
});
