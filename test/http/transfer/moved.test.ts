import "../../support/setup.ts";

import { describe, expect, it } from "vitest";

import { imported } from "../../support/http/transfer.ts";
import { buildMany, insertMany, insertMedia, storedMedia } from "../../support/records/media.ts";

const beach = { description: "The beach", keywords: ["beach"] };

async function wordsOf(id: string): Promise<unknown> {
  return JSON.parse(String((await storedMedia(id))?.["object_metadata"]));
}

describe("POST /v1/import, where photos have moved since the export,", () => {
  it("gives the words of photos that have exchanged their keys to the photos, and not to the keys", async () => {
    const records = buildMany(3);
    await insertMany(records);
    const lines = records.map(({ contentHash, fileSize }, index) => ({
      provider: "r2",
      // Numbered anew since: each photo has the key that the next one had.
      object_key: records[(index + 1) % records.length]?.objectKey,
      content_hash: contentHash,
      file_size: fileSize,
      object_metadata: { title: contentHash },
    }));
    expect(await imported(lines)).toMatchObject({ matched: { by_key: 0, by_hash: 3 }, updated: 3 });
    const titles = await Promise.all(records.map(async ({ id }) => wordsOf(id)));
    expect(titles).toEqual(records.map(({ contentHash }) => ({ title: contentHash })));
  });

  it("gives the words of a photo that has copies to none that has its key and other bytes", async () => {
    const copies = buildMany(2, () => ({ contentHash: "md5:copies", fileSize: 5 }));
    const other = await insertMedia({ objectKey: "a.jpg", contentHash: "md5:other", fileSize: 5 });
    await insertMany(copies);
    const line = { provider: "r2", object_key: "a.jpg", content_hash: "md5:copies", file_size: 5 };
    const report = await imported([{ ...line, object_metadata: beach }]);
    expect(report).toMatchObject({ unmatched: 1, updated: 0 });
    expect(await wordsOf(other.id)).toEqual({});
  });

  it("gives the words of a copy to the copy at its key", async () => {
    const copies = buildMany(3, () => ({ contentHash: "md5:copies", fileSize: 5 }));
    await insertMany(copies);
    const lines = copies.map(({ objectKey }) => ({
      provider: "r2",
      object_key: objectKey,
      content_hash: "md5:copies",
      file_size: 5,
      object_metadata: { title: objectKey },
    }));
    expect(await imported(lines)).toMatchObject({ matched: { by_key: 3 }, updated: 3 });
    const titles = await Promise.all(copies.map(async ({ id }) => wordsOf(id)));
    expect(titles).toEqual(copies.map(({ objectKey }) => ({ title: objectKey })));
  });

  it.each([[false], [true]])(
    "gives the words of a deleted photo to none that has its key since, in either order (%s)",
    async (isReversed) => {
      const moved = await insertMedia({ objectKey: "a.jpg", contentHash: "md5:moved", fileSize: 5 });
      const sought = [
        { provider: "r2", object_key: "a.jpg", content_hash: "md5:deleted", file_size: 5 },
        { provider: "r2", object_key: "b.jpg", content_hash: "md5:moved", file_size: 5 },
      ];
      const lines = sought.map((line) =>
        Object.assign(line, { object_metadata: { title: line.content_hash } }),
      );
      const report = await imported(isReversed ? lines.toReversed() : lines);
      expect(report).toMatchObject({ matched: { by_key: 0, by_hash: 1 }, updated: 1, unmatched: 1 });
      expect(await wordsOf(moved.id)).toEqual({ title: "md5:moved" });
    },
  );

  it.each([[false], [true]])(
    "gives the words of a deleted copy to none, in either order (%s)",
    async (isReversed) => {
      const left = await insertMedia({ objectKey: "a.jpg", contentHash: "md5:copies", fileSize: 5 });
      const lines = ["a.jpg", "b.jpg"].map((key) => ({
        provider: "r2",
        object_key: key,
        content_hash: "md5:copies",
        file_size: 5,
        object_metadata: { title: key },
      }));
      const report = await imported(isReversed ? lines.toReversed() : lines);
      expect(report).toMatchObject({ updated: 1, unmatched: 1 });
      expect(await wordsOf(left.id)).toEqual({ title: "a.jpg" });
    },
  );

  it.each([
    ["whose hash is not known yet", null],
    ["whose hash is of another kind", "dropbox:copies"],
  ])("gives the words of a copy to the copy at its key %s", async (_what, contentHash) => {
    const unsure = await insertMedia({ objectKey: "b.jpg", contentHash, fileSize: 5 });
    const copy = await insertMedia({ objectKey: "a.jpg", contentHash: "md5:copies", fileSize: 5 });
    const line = { provider: "r2", object_key: "b.jpg", content_hash: "md5:copies", file_size: 5 };
    await imported([{ ...line, object_metadata: beach }]);
    expect(await wordsOf(unsure.id)).toEqual(beach);
    expect(await wordsOf(copy.id)).toEqual({});
  });

  it("goes by the key where the line tells no hash, and where the service knows none", async () => {
    const { id } = await insertMedia({ objectKey: "a.jpg", contentHash: "md5:a", fileSize: 5 });
    const unhashed = await insertMedia({ objectKey: "b.jpg", contentHash: null, fileSize: 5 });
    const report = await imported([
      { provider: "r2", object_key: "a.jpg", object_metadata: beach },
      { provider: "r2", object_key: "b.jpg", content_hash: "md5:b", file_size: 5, object_metadata: beach },
    ]);
    expect(report).toMatchObject({ matched: { by_key: 2 }, updated: 2 });
    expect(await wordsOf(id)).toEqual(beach);
    expect(await wordsOf(unhashed.id)).toEqual(beach);
  });

  it("gives the words of a photo whose bytes nobody has any more to the photo at its key", async () => {
    const edited = await insertMedia({ objectKey: "a.jpg", contentHash: "md5:edited", fileSize: 6 });
    const line = { provider: "r2", object_key: "a.jpg", content_hash: "md5:before", file_size: 5 };
    const report = await imported([{ ...line, object_metadata: beach }]);
    expect(report).toMatchObject({ matched: { by_key: 1 }, updated: 1 });
    expect(await wordsOf(edited.id)).toEqual(beach);
  });
});
