import { expect, test } from "vitest";

import "../../support/setup.ts";
import { Invocation } from "../faults/bindings.ts";
import { photo } from "../support/photos.ts";
import { rowOf, storedRows } from "../support/rows.ts";
import { trash, trashRows } from "../support/trash.ts";
import { ingest, withTrash } from "../support/trash-world.ts";
import { World } from "../support/world.ts";

/** Where each record is, by its words. */
async function whereabouts(): Promise<Record<string, string>> {
  const rows = await storedRows();
  return Object.fromEntries(
    rows.map(({ key, missing, metadata }) => [
      metadata,
      missing ? `missing from ${key.split("\u{1}")[0] ?? ""}` : key,
    ]),
  );
}

const of = (key: string): string => `{"description":"of ${key}"}`;
const quiet = { new: 0, changed: 0, moved: 0, missing: 0, ambiguous: 0, queued: 0 };

test("a live record moves where its photo goes, though the trash holds the same bytes", async () => {
  const world = await withTrash({ "a.jpg": 1, "b.jpg": 1 }, "a.jpg");
  await world.put("c.jpg", photo(1));
  await world.remove("b.jpg");
  expect(await ingest(world)).toMatchObject({ counts: { ...quiet, moved: 1, unchanged: 1 } });
  expect(await whereabouts()).toEqual({ [of("b.jpg")]: "c.jpg" });
  expect(await trashRows()).toMatchObject([{ key: "a.jpg", foundAt: null }]);
});

test("a copy of a live photo is a new record, though the trash holds the same bytes", async () => {
  const world = await withTrash({ "a.jpg": 1, "b.jpg": 1 }, "a.jpg");
  await world.put("c.jpg", photo(1));
  expect(await ingest(world)).toMatchObject({ counts: { ...quiet, new: 1, queued: 1, unchanged: 2 } });
  expect(await whereabouts()).toEqual({ [of("b.jpg")]: "b.jpg", "{}": "c.jpg" });
  expect(await ingest(world)).toMatchObject({
    counts: { ...quiet, unchanged: 3 },
    cost: { rows_written: 0 },
  });
});

test("a photo that has moved out of its place in the trash stays there, though a live record has the same bytes", async () => {
  const world = await withTrash({ "a.jpg": 1, "b.jpg": 1 }, "a.jpg");
  await world.put("c.jpg", photo(1));
  await world.remove("a.jpg");
  expect(await ingest(world)).toMatchObject({ counts: { ...quiet, unchanged: 2 } });
  expect(await whereabouts()).toEqual({ [of("b.jpg")]: "b.jpg" });
  expect(await trashRows()).toMatchObject([{ key: "a.jpg", foundAt: "c.jpg" }]);
  expect(await ingest(world)).toMatchObject({
    counts: { ...quiet, unchanged: 2 },
    cost: { rows_written: 0 },
  });
});

test("a vanished record does not take the place of its twin in the trash", async () => {
  const world = await withTrash({ "a.jpg": 1, "b.jpg": 1 }, "b.jpg");
  await world.remove("a.jpg");
  expect(await ingest(world)).toMatchObject({ counts: { ...quiet, missing: 1, unchanged: 1 } });
  expect(await whereabouts()).toEqual({ [of("a.jpg")]: "missing from a.jpg" });
});

test("a photo of the trash that is moved over another is not brought back by that: the other is missing", async () => {
  const world = await withTrash({ "a.jpg": 1, "b.jpg": 2 }, "a.jpg");
  await world.put("b.jpg", photo(1));
  await world.remove("a.jpg");
  expect(await ingest(world)).toMatchObject({ counts: { ...quiet, missing: 1, unchanged: 1 } });
  expect(await whereabouts()).toEqual({ [of("b.jpg")]: "missing from b.jpg" });
  expect(await trashRows()).toMatchObject([{ key: "a.jpg", foundAt: "b.jpg" }]);
  expect(await ingest(world)).toMatchObject({
    counts: { ...quiet, unchanged: 1 },
    cost: { rows_written: 0 },
  });
});

test("a record over whose photo one of the trash is copied stays, with the new bytes", async () => {
  const world = await withTrash({ "a.jpg": 1, "b.jpg": 2 }, "a.jpg");
  await world.put("b.jpg", photo(1));
  expect(await ingest(world)).toMatchObject({ counts: { ...quiet, changed: 1, unchanged: 1, queued: 1 } });
  expect(await whereabouts()).toEqual({ [of("b.jpg")]: "b.jpg" });
});

test("a photo of the trash that changes places with another stays there, and the other has moved", async () => {
  const world = await withTrash({ "a.jpg": 1, "b.jpg": 2 }, "a.jpg");
  await world.put("b.jpg", photo(1));
  await world.put("a.jpg", photo(2));
  expect(await ingest(world)).toMatchObject({ counts: { ...quiet, moved: 1, unchanged: 1 } });
  expect(await whereabouts()).toEqual({ [of("b.jpg")]: "a.jpg" });
  expect(await trashRows()).toMatchObject([{ key: "a.jpg", foundAt: "b.jpg" }]);
});

test("a photo of the trash that goes where a text is stays there, and is not ignored", async () => {
  const world = await withTrash({ "a.jpg": 1, "b.jpg": 1 }, "a.jpg");
  await world.put("notes.txt", photo(1));
  await world.remove("a.jpg");
  expect(await ingest(world)).toMatchObject({ counts: { ...quiet, ignored: 0, unchanged: 2 } });
  expect(await trashRows()).toMatchObject([{ foundAt: "notes.txt" }]);
});

test("a record that is trashed before any call of any task of the run that sees it move does not come back", async () => {
  const outcomes: unknown[] = [];
  for (const kind of ["list", "settle", "place", "inherit", "process"]) {
    for (let at = 0, isReached = true; isReached; at++) {
      isReached = false;
      const world = await World.create({ name: `${kind}-${at}` });
      await world.put("a.jpg", photo(1));
      await world.ingest();
      const { id } = await rowOf("a.jpg", world.name);
      await world.put("b.jpg", photo(1));
      await world.remove("a.jpg");
      world.advance(1000);
      await world.startIngest();
      for (let message = world.outbox.shift(); message !== undefined; message = world.outbox.shift()) {
        const isHit = message.type === "task" && message.task.kind === kind;
        const invocation = new Invocation(isHit ? { at, kind: "overtaken" } : null, async () => {
          isReached = true;
          await trash(world, id);
        });
        await world.deliver(message, { bindings: invocation.bindings(world, 1000) });
      }
      await trash(world, id);
      world.advance(1000);
      const { run } = await world.ingest();
      const rows = await storedRows(world.name);
      outcomes.push({ rows, counts: run.counts });
    }
  }
  expect(outcomes.length).toBeGreaterThan(20);
  for (const outcome of outcomes)
    expect(outcome).toMatchObject({ rows: [], counts: { ...quiet, unchanged: 1 } });
});
