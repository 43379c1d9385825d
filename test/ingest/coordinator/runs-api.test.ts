import { expect, test } from "vitest";
import { z } from "zod";

import "../../support/setup.ts";
import { photo } from "../support/photos.ts";
import { rowOf, storedRows } from "../support/rows.ts";
import { exhausted, World } from "../support/world.ts";

const failures = z.object({
  items: z.array(z.looseObject({ media_id: z.string(), object_key: z.string() })),
  next_cursor: z.string().nullable(),
});

test("cancelling drops queued work, whose objects stay pending for the next ingest", async () => {
  const world = await World.create();
  for (let index = 0; index < 25; index++) await world.put(`${index}.jpg`, photo(index));
  const { id } = await world.startIngest();
  const [list] = world.takeAll();
  await world.deliver(list);
  const chunks = world
    .takeAll()
    .filter((message) => message.type === "task" && message.task.kind === "process");
  await world.deliver(chunks[0]);
  const response = await world.api("/v1/ingest/cancel", { method: "POST" });
  expect(response.status).toBe(202);
  expect(response.headers.get("Location")).toBe("/v1/ingest/status");
  expect(await response.json()).toMatchObject({
    state: "idle",
    run: null,
    last_run: { id, state: "cancelled" },
  });
  await world.deliver(chunks[1]);
  expect((await world.run(id)).counts).toMatchObject({ queued: 25, processed: 10, failed: 0, dropped: 15 });
  expect((await storedRows()).filter((row) => row.state === "pending")).toHaveLength(15);
  world.takeAll();
  world.advance(1000);
  const { run } = await world.ingest();
  expect(run).toMatchObject({ state: "completed", counts: { new: 0, queued: 15, processed: 15 } });
});

test("cancelling without a run is accepted and does nothing", async () => {
  const world = await World.create();
  const response = await world.api("/v1/ingest/cancel", { method: "POST" });
  expect(response.status).toBe(202);
  expect(await response.json()).toEqual({ state: "idle", run: null, last_run: null });
});

test("a run is found by its id, and one that nobody knows is not", async () => {
  const world = await World.create();
  const { run } = await world.ingest();
  expect(await (await world.api(`/v1/ingest/runs/${run.id}`)).json()).toEqual(run);
  const unknown = await world.api(`/v1/ingest/runs/${crypto.randomUUID()}`);
  expect(unknown.status).toBe(404);
  expect(await unknown.json()).toMatchObject({ code: "resource_not_found" });
});

test("runs are paged from the newest", async () => {
  const world = await World.create();
  const ids: string[] = [];
  for (let index = 0; index < 3; index++) {
    ids.unshift((await world.ingest()).run.id);
    world.advance(1000);
  }
  const page = z.object({
    items: z.array(z.looseObject({ id: z.string() })),
    next_cursor: z.string().nullable(),
  });
  const first = page.parse(await (await world.api("/v1/ingest/runs?limit=2")).json());
  expect(first.items.map((run) => run.id)).toEqual(ids.slice(0, 2));
  const second = page.parse(
    await (await world.api(`/v1/ingest/runs?limit=2&cursor=${first.next_cursor}`)).json(),
  );
  expect(second).toMatchObject({ items: [{ id: ids[2] }], next_cursor: null });
  expect((await world.api("/v1/ingest/runs?cursor=forged")).status).toBe(422);
});

test("what a run could not process is told with its reason, page by page", async () => {
  const world = await World.create();
  const whole = photo();
  for (const key of ["a.jpg", "b.jpg", "c.jpg"]) await world.put(key, whole.slice(0, 12));
  await world.put("good.jpg", whole);
  const { run } = await world.ingest();
  expect(run.counts.failed).toBe(3);
  const first = failures.parse(await (await world.api(`/v1/ingest/runs/${run.id}/failures?limit=2`)).json());
  expect(first.items).toHaveLength(2);
  expect(first.items[0]).toMatchObject({
    media_id: (await rowOf("a.jpg")).id,
    object_key: "a.jpg",
    provider: "main",
    stage: "reading",
    code: "corrupt",
    attempts: 1,
    last_attempt_at: new Date().toISOString(),
  });
  const path = `/v1/ingest/runs/${run.id}/failures?limit=2&cursor=${first.next_cursor}`;
  const second = failures.parse(await (await world.api(path)).json());
  expect(second).toMatchObject({ items: [{ object_key: "c.jpg" }], next_cursor: null });
});

test("a failure stays on a run's list when a later run has mended it", async () => {
  const world = await World.create();
  await world.put("a.jpg", photo().slice(0, 12));
  const { run } = await world.ingest();
  await world.put("a.jpg", photo());
  world.advance(1000);
  const later = await world.ingest();
  expect((await rowOf("a.jpg")).state).toBe("ready");
  expect(
    failures.parse(await (await world.api(`/v1/ingest/runs/${run.id}/failures`)).json()).items,
  ).toHaveLength(1);
  expect(
    failures.parse(await (await world.api(`/v1/ingest/runs/${later.run.id}/failures`)).json()).items,
  ).toEqual([]);
});

test("a record whose attempts are exhausted is told with how often it was tried", async () => {
  const world = await World.create();
  await world.put("a.jpg", photo());
  const { id } = await world.startIngest();
  const [list] = world.takeAll();
  await world.deliver(list);
  for (const message of world.takeAll()) {
    const isChunk = message.type === "task" && message.task.kind === "process";
    await world.deliver(message, { attempts: isChunk ? exhausted : 1 });
  }
  const page = failures.parse(await (await world.api(`/v1/ingest/runs/${id}/failures`)).json());
  expect(page.items).toMatchObject([{ stage: "attempts", code: "attempts_exhausted", attempts: 6 }]);
});

test("the failures of a run that nobody knows are not found", async () => {
  const world = await World.create();
  expect((await world.api(`/v1/ingest/runs/${crypto.randomUUID()}/failures`)).status).toBe(404);
});

test("failures of half a year ago are forgotten", async () => {
  const world = await World.create();
  await world.put("a.jpg", photo().slice(0, 12));
  const { run } = await world.ingest();
  await world.put("a.jpg", photo().slice(0, 13));
  world.advance(181 * 24 * 60 * 60_000);
  await world.ingest();
  expect(failures.parse(await (await world.api(`/v1/ingest/runs/${run.id}/failures`)).json()).items).toEqual(
    [],
  );
});
