import { expect, test } from "vitest";

import { jpegBytes } from "../../support/images/index.ts";
import "../../support/setup.ts";
import { dropboxWorld } from "../support/dropbox-world.ts";
import { mediaAt, packetOf, patchWords } from "./support.ts";

const photo = (number = 0): Uint8Array => jpegBytes({ width: 8 + number, height: 8 });

test("a sidecar of a Dropbox is paired whatever its case, at the first listing and among changes", async () => {
  const { world, dropbox } = await dropboxWorld();
  dropbox.tree.put("/Beach/A.JPG", photo(1));
  dropbox.tree.put("/Beach/a.jpg.XMP", packetOf({ description: "at first" }));
  dropbox.tree.put("/Beach/B.jpg", photo(2));
  const { run } = await world.ingest();
  expect(run).toMatchObject({ state: "completed", counts: { new: 2, ignored: 1 } });
  expect(await mediaAt(world, "Beach/A.JPG")).toMatchObject({
    object_metadata: { description: "at first" },
    sidecar: { key: "Beach/a.jpg.XMP", changed: false },
  });
  dropbox.tree.put("/Beach/b.xmp", packetOf({ description: "later" }));
  world.advance(1000);
  await world.ingest();
  expect(await mediaAt(world, "Beach/B.jpg")).toMatchObject({
    object_metadata: { description: "later" },
    sidecar: { key: "Beach/b.xmp", changed: false },
  });
});

test("a sidecar of a Dropbox that changes, and a folder of them that is deleted, are noticed", async () => {
  const { world, dropbox } = await dropboxWorld();
  dropbox.tree.put("/A/1.jpg", photo(1));
  dropbox.tree.put("/A/1.xmp", packetOf({ description: "before" }));
  await world.ingest();
  const { id } = await mediaAt(world, "A/1.jpg");
  await patchWords(world, id, { description: "mine" });
  dropbox.tree.put("/A/1.xmp", packetOf({ description: "after" }));
  world.advance(1000);
  await world.ingest();
  expect((await mediaAt(world, "A/1.jpg")).sidecar).toEqual({ key: "A/1.xmp", changed: true });
  dropbox.tree.delete("/A/1.xmp");
  world.advance(1000);
  await world.ingest();
  expect((await mediaAt(world, "A/1.jpg")).sidecar).toBeNull();
});

test("a folder that moves takes its sidecars along, without a change", async () => {
  const { world, dropbox } = await dropboxWorld();
  dropbox.tree.put("/A/1.jpg", photo(1));
  dropbox.tree.put("/A/1.jpg.xmp", packetOf({ description: "before" }));
  await world.ingest();
  const { id } = await mediaAt(world, "A/1.jpg");
  await patchWords(world, id, { description: "mine" });
  dropbox.tree.move("/A", "/B");
  world.advance(1000);
  await world.ingest();
  expect(await mediaAt(world, "B/1.jpg")).toMatchObject({
    id,
    object_metadata: { description: "mine" },
    sidecar: { key: "B/1.jpg.xmp", changed: false },
  });
});

test("a full listing of a Dropbox tells which sidecars are gone", async () => {
  const { world, dropbox } = await dropboxWorld();
  dropbox.tree.put("/1.jpg", photo(1));
  dropbox.tree.put("/1.jpg.xmp", packetOf({ description: "one" }));
  dropbox.tree.put("/2.jpg", photo(2));
  dropbox.tree.put("/2.jpg.xmp", packetOf({ description: "two" }));
  await world.ingest();
  dropbox.tree.delete("/1.jpg.xmp");
  world.advance(1000);
  await world.ingest({ full: true });
  expect((await mediaAt(world, "1.jpg")).sidecar).toBeNull();
  expect((await mediaAt(world, "2.jpg")).sidecar).toEqual({ key: "2.jpg.xmp", changed: false });
});
