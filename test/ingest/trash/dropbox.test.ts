import { expect, test } from "vitest";

import { jpegBytes } from "../../support/images/index.ts";
import "../../support/setup.ts";
import { dropboxWorld, type DropboxWorld } from "../support/dropbox-world.ts";
import { describe as write, rowOf, storedRows } from "../support/rows.ts";
import { setInTrash, trashRows } from "../support/trash.ts";

const photo = (number = 0): Uint8Array => jpegBytes({ width: 8 + number, height: 8 });

/** A Dropbox whose files are on record and described by their paths, with these in the trash. */
async function withTrash(
  files: Readonly<Record<string, number>>,
  ...trashed: string[]
): Promise<DropboxWorld> {
  const { world, dropbox } = await dropboxWorld();
  for (const [path, number] of Object.entries(files)) dropbox.tree.put(`/${path}`, photo(number));
  await world.ingest();
  for (const { id, key } of await storedRows("dropbox")) await write(id, `of ${key}`);
  for (const path of trashed) await setInTrash((await rowOf(path, "dropbox")).id);
  world.advance(1000);
  return { world, dropbox };
}

async function ingest({ world }: DropboxWorld, full = false) {
  const { run } = await world.ingest({ full });
  world.advance(1000);
  return run;
}

const rows = async () => storedRows("dropbox");
const quiet = { new: 0, changed: 0, moved: 0, missing: 0, ambiguous: 0, queued: 0 };

test("a full listing leaves a file of the trash there", async () => {
  const there = await withTrash({ "a.jpg": 1, "b.jpg": 2 }, "a.jpg");
  const before = await trashRows();
  expect(await ingest(there, true)).toMatchObject({ counts: { ...quiet, unchanged: 2 } });
  expect((await rows()).map(({ key }) => key)).toEqual(["b.jpg"]);
  expect(await trashRows()).toEqual(before);
});

test("a file of the trash that moves twice, or is spelt otherwise, stays there, and the trash knows where", async () => {
  const there = await withTrash({ "a.jpg": 1 }, "a.jpg");
  for (const [from, to, foundAt] of [
    ["/a.jpg", "/A.JPG", null],
    ["/A.JPG", "/b.jpg", "b.jpg"],
    ["/b.jpg", "/Deep/c.jpg", "deep/c.jpg"],
  ] as const) {
    there.dropbox.tree.move(from, to);
    // A change of spelling alone is told by a full listing only.
    expect(await ingest(there, foundAt === null)).toMatchObject({ counts: { ...quiet, unchanged: 1 } });
    expect(await rows()).toEqual([]);
    expect(await trashRows()).toMatchObject([{ key: "a.jpg", foundAt }]);
  }
});

test("a file of the trash stays the trash's among live files of the same bytes", async () => {
  const there = await withTrash({ "a.jpg": 1, "b.jpg": 1 }, "a.jpg");
  there.dropbox.tree.move("/a.jpg", "/c.jpg");
  expect(await ingest(there)).toMatchObject({ counts: { ...quiet, unchanged: 1 } });
  there.dropbox.tree.move("/b.jpg", "/a.jpg");
  expect(await ingest(there)).toMatchObject({ counts: { ...quiet, moved: 1 } });
  expect(await rows()).toMatchObject([{ key: "a.jpg", metadata: '{"description":"of b.jpg"}' }]);
  expect(await trashRows()).toMatchObject([{ key: "a.jpg", foundAt: "c.jpg" }]);
});

test("a file of the trash that was edited is a new photo, and its record there keeps its words", async () => {
  const there = await withTrash({ "a.jpg": 1 }, "a.jpg");
  const before = await trashRows();
  there.dropbox.tree.put("/a.jpg", photo(2));
  expect(await ingest(there)).toMatchObject({ counts: { ...quiet, new: 1, queued: 1 } });
  expect(await rows()).toMatchObject([{ key: "a.jpg", state: "ready", metadata: "{}" }]);
  expect(await trashRows()).toEqual(before);
});

test("a file of the trash that is deleted, or made anew with its bytes, changes nothing there", async () => {
  const there = await withTrash({ "a.jpg": 1 }, "a.jpg");
  const before = await trashRows();
  there.dropbox.tree.delete("/a.jpg");
  expect(await ingest(there)).toMatchObject({ state: "completed", counts: quiet });
  there.dropbox.tree.put("/a.jpg", photo(1));
  expect(await ingest(there)).toMatchObject({ counts: { ...quiet, unchanged: 1 } });
  expect(await rows()).toEqual([]);
  expect(await trashRows()).toEqual(before);
});

test("a file of the trash that is made anew elsewhere stays there, whether a live file has its bytes or not", async () => {
  const there = await withTrash({ "a.jpg": 1, "b.jpg": 2, "c.jpg": 2 }, "a.jpg", "b.jpg");
  there.dropbox.tree.delete("/a.jpg");
  there.dropbox.tree.put("/d.jpg", photo(1));
  there.dropbox.tree.delete("/b.jpg");
  there.dropbox.tree.put("/e.jpg", photo(2));
  expect(await ingest(there)).toMatchObject({ counts: { ...quiet, unchanged: 2 } });
  expect((await rows()).map(({ key }) => key)).toEqual(["c.jpg"]);
  expect(await trashRows()).toMatchObject([{ foundAt: "d.jpg" }, { foundAt: "e.jpg" }]);
});

test("files of the trash are none of those whose loss looks like an outage", async () => {
  const files = Object.fromEntries(Array.from({ length: 60 }, (_, number) => [`f/${number}.jpg`, number]));
  const there = await withTrash({ ...files, "z.jpg": 99 }, ...Object.keys(files));
  there.dropbox.tree.delete("/f");
  expect(await ingest(there)).toMatchObject({ state: "completed", counts: { missing: 0 } });
  expect(await trashRows()).toHaveLength(60);
});
