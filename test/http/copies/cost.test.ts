import "../../support/setup.ts";

import { env } from "cloudflare:workers";
import { runDurableObjectAlarm } from "cloudflare:test";
import { expect, it } from "vitest";

import { apiCost, apiWith } from "../../support/http/api.ts";
import { anyHash, hashNear, insertPictured } from "../../support/records/copies.ts";
import { buildMany, insertMany, type MediaContent } from "../../support/records/media.ts";
import { replaced } from "../../support/records/replaced.ts";

const some = 10;
const many = 20_000;

/** So many records, each with a picture of its own. */
async function insertOthers(
  count: number,
  content: (index: number) => MediaContent = () => ({}),
): Promise<void> {
  const version = "0".repeat(32);
  for (let start = 0; start < count; start += 4000) {
    const rows = Math.min(4000, count - start);
    await insertMany(
      buildMany(rows, (index) => ({
        thumbnailVersion: `${version}-3`,
        pictureHash: anyHash(),
        pictureQuality: 100,
        ...content(start + index),
      })),
    );
  }
}

/** Lets the index of pictures read all records. */
async function buildIndex(): Promise<void> {
  const index = env.PICTURE_INDEX.getByName("pictures");
  const query = { hash: anyHash(), except: null, radius: 0, limit: 1, after: null };
  for (let looks = 0; looks < 100 && !(await index.find([query])).isComplete; looks++)
    await runDurableObjectAlarm(index);
}

/** What a page costs in D1: rows read, and statements. */
async function costOf(path: string): Promise<{ rowsRead: number; statements: number }> {
  const { response, rowsRead, rowsWritten, statements } = await apiCost(path);
  expect(response.status).toBe(200);
  expect(rowsWritten).toBe(0);
  await response.body?.cancel();
  return { rowsRead, statements };
}

it.each([some, many])(
  "what is similar to one of %i records costs as many rows as there are neighbours",
  async (count) => {
    const hash = anyHash();
    const media = await insertPictured(hash);
    for (let bits = 1; bits <= 5; bits++) await insertPictured(hashNear(hash, bits));
    await insertOthers(count);
    await buildIndex();
    const { rowsRead, statements } = await costOf(`/v1/media/${media.id}/similar`);
    // The record twice, by its id and among those of its hash; each neighbour when it is looked up and when it is shown.
    expect(statements).toBe(4);
    expect(rowsRead).toBeLessThanOrEqual(40);
  },
);

it("what is similar to one of thousands of equal files costs a page of them", async () => {
  const media = await insertPictured(anyHash());
  const { contentHash, fileSize, pictureHash } = media;
  await insertOthers(3000, () => ({ contentHash, fileSize, pictureHash }));
  await buildIndex();
  expect((await costOf(`/v1/media/${media.id}/similar`)).rowsRead).toBeLessThanOrEqual(500);
});

it("of thousands of records that may be the same picture, a page looks at as many previews as it has items", async () => {
  const media = await insertPictured(anyHash());
  const { pictureHash } = media;
  await insertOthers(3000, () => ({ pictureHash }));
  await buildIndex();
  let reads = 0;
  const previews = replaced(env.DERIVATIVES_BUCKET, {
    get: async () => {
      reads += 1;
      return null;
    },
  });
  await apiWith({ DERIVATIVES_BUCKET: previews }, `/v1/media/${media.id}/similar?limit=50`);
  expect(reads).toBeLessThanOrEqual(51);
  expect((await costOf(`/v1/media/${media.id}/similar?limit=50`)).rowsRead).toBeLessThanOrEqual(600);
});

const kinds = ["equal", "same"] as const;

/** Groups of two among so many records, of either kind. */
async function insertPairs(count: number): Promise<void> {
  await insertOthers(count, (index) => ({ contentHash: `md5:${Math.floor(index / 2)}`, fileSize: 5 }));
  await env.DB.prepare(
    `INSERT INTO picture_copies (group_id, media_id)
     SELECT 'g' || substr('00000' || ((row_number() OVER (ORDER BY id) - 1) / 2), -5), id FROM media_objects`,
  ).run();
}

it.each(kinds)(
  "a page of copies of the kind %s costs as much among 20,000 records as among 40",
  async (kind) => {
    await insertPairs(40);
    const among40 = await costOf(`/v1/duplicates?kind=${kind}&limit=10`);
    await env.DB.prepare("DELETE FROM media_objects").run();
    await env.DB.prepare("DELETE FROM repeated_bytes").run();
    await insertPairs(many);
    const among20000 = await costOf(`/v1/duplicates?kind=${kind}&limit=10`);
    expect(among20000).toEqual(among40);
    expect(among20000.rowsRead).toBeLessThanOrEqual(160);
  },
);

it.each(kinds)(
  "a page of copies of the kind %s costs a bounded number of rows in one group of thousands",
  async (kind) => {
    await insertOthers(3000, () => ({ contentHash: "md5:a", fileSize: 5 }));
    await env.DB.prepare(
      "INSERT INTO picture_copies (group_id, media_id) SELECT 'g', id FROM media_objects",
    ).run();
    expect((await costOf(`/v1/duplicates?kind=${kind}`)).rowsRead).toBeLessThanOrEqual(2500);
  },
);

it.each(kinds)(
  "a page of copies of the kind %s ends after 10,000 records of which nearly all are missing",
  async (kind) => {
    await insertOthers(10_500, () => ({ contentHash: "md5:a", fileSize: 5, missingSince: 1 }));
    await env.DB.prepare(
      "INSERT INTO picture_copies (group_id, media_id) SELECT 'g', id FROM media_objects",
    ).run();
    const { rowsRead, statements } = await costOf(`/v1/duplicates?kind=${kind}`);
    expect(rowsRead).toBeLessThanOrEqual(21_000);
    expect(statements).toBeLessThanOrEqual(30);
  },
);

it.each(kinds)(
  "a page of copies of the kind %s ends among thousands of groups of which one is left",
  async (kind) => {
    await insertOthers(8000, (index) => ({
      contentHash: `md5:${Math.floor(index / 2)}`,
      fileSize: 5,
      missingSince: index % 2,
    }));
    await env.DB.prepare("UPDATE media_objects SET missing_since = NULL WHERE missing_since = 0").run();
    await env.DB.prepare(
      `INSERT INTO picture_copies (group_id, media_id)
     SELECT 'g' || substr('00000' || ((row_number() OVER (ORDER BY id) - 1) / 2), -5), id FROM media_objects`,
    ).run();
    const { rowsRead, statements } = await costOf(`/v1/duplicates?kind=${kind}`);
    expect(rowsRead).toBeLessThanOrEqual(25_000);
    expect(statements).toBeLessThanOrEqual(45);
  },
);
