import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";

import { openDatabase } from "../../../src/db/connection.ts";
import { frequentWords, vocabularyOf } from "../../../src/db/suggestions/vocabulary.ts";
import {
  buildMany,
  insertMany,
  insertMedia,
  storedMedia,
  type MediaContent,
} from "../../support/records/media.ts";
import "../../support/setup.ts";

/** The keywords that a record is asked about, and how many rows were read for that. */
async function wordsFor(content: MediaContent): Promise<{ words: string[]; rowsRead: number }> {
  const { id, objectKey } = await insertMedia(content);
  const { pk = 0, best_taken_at: taken = null } = (await storedMedia(id)) ?? {};
  const db = openDatabase(env.DB, "primary");
  const media = {
    id,
    pk: Number(pk),
    objectKey,
    bestTakenAt: taken === null ? null : String(taken),
    lacking: 3,
  };
  const words = await vocabularyOf(db, media, await frequentWords(db));
  return { words: words.map(({ keyword }) => keyword), rowsRead: db.cost.rowsRead };
}

function tagged(keyword: string, content: MediaContent = {}): MediaContent {
  return { ...content, objectMetadata: { keywords: [keyword] } };
}

describe("a photo is asked about the keywords", () => {
  test("of photos of its time and of its folder first, then about those that most photos have", async () => {
    await insertMany(buildMany(20, () => tagged("everywhere")));
    await insertMedia(tagged("Near in time", { takenAt: "2024-05-01T10:00:00.000" }));
    await insertMedia(tagged("far in time", { takenAt: "2001-01-01T10:00:00.000" }));
    await insertMany(buildMany(10, () => tagged("between", { takenAt: "2020-01-01T00:00:00.000" })));
    await insertMedia(tagged("folder", { objectKey: "trip/1.jpg" }));
    const { words } = await wordsFor({ objectKey: "trip/2.jpg", takenAt: "2024-05-01T10:01:00.000" });
    expect(words).toEqual(["between", "Near in time", "folder", "everywhere", "far in time"]);
  });

  test("of photos of the same picture before all others", async () => {
    const { id } = await insertMedia({ objectKey: "b/own.jpg" });
    const copy = await insertMedia(tagged("copy"));
    await insertMany(buildMany(6, () => tagged("beside", { objectKey: `b/${Math.random()}.jpg` })));
    await env.DB.prepare("INSERT INTO picture_copies (group_id, media_id) VALUES ('g', ?), ('g', ?)")
      .bind(id, copy.id)
      .run();
    const db = openDatabase(env.DB, "primary");
    const { pk = 0 } = (await storedMedia(id)) ?? {};
    const media = { id, pk: Number(pk), objectKey: "b/own.jpg", bestTakenAt: null, lacking: 3 };
    const words = await vocabularyOf(db, media, []);
    expect(words.map(({ keyword }) => keyword)).toEqual(["copy", "beside"]);
  });

  test("that the archive has, sixty at the most", async () => {
    await insertMany(buildMany(90, (index) => tagged(`word ${index}`)));
    const { words } = await wordsFor({});
    expect(words).toHaveLength(60);
    expect(new Set(words).size).toBe(60);
  });

  test("at a cost that does not grow with the archive", async () => {
    const taken = (index: number): string =>
      new Date(Date.UTC(2020, 0, 1) + index * 60_000).toISOString().slice(0, -1);
    const many = (count: number): ReturnType<typeof buildMany> =>
      buildMany(count, (index) =>
        tagged(`word ${index % 80}`, { objectKey: `f/${index}-${count}.jpg`, takenAt: taken(index) }),
      );
    await insertMany(many(2000));
    const few = await wordsFor({ objectKey: "f/500.jpg", takenAt: taken(500) });
    await insertMany(many(8000));
    const more = await wordsFor({ objectKey: "f/501.jpg", takenAt: taken(501) });
    expect(more.rowsRead).toBeLessThan(few.rowsRead + 100);
    expect(more.rowsRead).toBeLessThan(600);
  });
});
