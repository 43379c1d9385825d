import { env } from "cloudflare:workers";
import { expect, test } from "vitest";

import { createApp } from "../../../src/app.ts";
import type { CoordinatorStatus } from "../../../src/protocol/coordinator.ts";
import { SharedLook } from "../../../src/ingest/coordinator/shared-look.ts";
import { watchRun, type WatchEvent } from "../../../src/ingest/coordinator/watch.ts";
import { apiWith } from "../../support/http/api.ts";
import { keys } from "../../support/keys.ts";
import { replaced } from "../../support/records/replaced.ts";
import "../../support/setup.ts";
import { photo } from "../support/photos.ts";
import { World } from "../support/world.ts";

/** What a watcher is told, with the second at which it is told, when the coordinator says these one after the other. */
async function told(marks: readonly string[], seen: string | null = null): Promise<[number, string][]> {
  const status = (stateId: string): CoordinatorStatus => ({
    state: stateId.startsWith("end") ? "idle" : "running",
    run: null,
    last_run: null,
    stateId,
  });
  let now = 0;
  const at = (): string => marks[Math.min(now / 1000, marks.length - 1)] ?? "end";
  const clock = {
    now: () => now,
    sleep: async (ms: number) => {
      now += ms;
    },
  };
  const events: [number, string][] = [];
  const textOf = (event: WatchEvent): string => (event.kind === "status" ? event.status.stateId : "comment");
  for await (const event of watchRun({ first: status(at()), seen, look: async () => status(at()), clock })) {
    events.push([now / 1000, textOf(event)]);
  }
  return events;
}

test("a watcher is told at once, then what is new, and nothing after the end", async () => {
  expect(await told(["1", "1", "2", "2", "3", "end"])).toEqual([
    [0, "1"],
    [2, "2"],
    [4, "3"],
    [5, "end"],
  ]);
});

test("a watcher is told once when nothing runs", async () => {
  expect(await told(["end"])).toEqual([[0, "end"]]);
});

test("a watcher who comes back is told only what is newer", async () => {
  expect(await told(["2", "2", "3", "end"], "2")).toEqual([
    [2, "3"],
    [3, "end"],
  ]);
});

test("a line on which nothing happens carries a comment every 15 seconds", async () => {
  expect(await told([...Array.from({ length: 40 }, () => "1"), "end"])).toEqual([
    [0, "1"],
    [15, "comment"],
    [30, "comment"],
    [40, "end"],
  ]);
});

test("a watcher is let go after five minutes", async () => {
  const events = await told(["1"]);
  expect(events.at(-1)).toEqual([300, "comment"]);
});

/** The events of a stream that has ended: each as its fields. */
async function eventsOf(response: Response): Promise<Map<string, string>[]> {
  const blocks = (await response.text()).split("\n\n").filter((block) => block !== "");
  return blocks.map((block) => {
    const fields = block.split("\n").map((line): [string, string] => {
      const colon = line.indexOf(": ");
      return [line.slice(0, colon), line.slice(colon + 2)];
    });
    return new Map(fields);
  });
}

test("the events of a run end with its last", { timeout: 20_000 }, async () => {
  const world = await World.create();
  await world.put("a.jpg", photo());
  await world.startIngest();
  const response = await world.api("/v1/ingest/events");
  expect(response.headers.get("Content-Type")).toBe("text/event-stream; charset=utf-8");
  expect(response.headers.get("Cache-Control")).toBe("no-store");
  const [events] = await Promise.all([eventsOf(response), world.drain()]);
  expect(events.map((event) => event.get("event"))).toEqual(["status", "status"]);
  const states = events.map((event): unknown => JSON.parse(event.get("data") ?? ""));
  expect(states).toMatchObject([
    { state: "running", run: { state: "scanning" } },
    { state: "idle", run: null, last_run: { state: "completed" } },
  ]);
  expect(states[0]).not.toHaveProperty("stateId");
});

test("a client that comes back with nothing newer gets no content, and with an older event the newest", async () => {
  const world = await World.create();
  await world.ingest();
  const [event] = await eventsOf(await world.api("/v1/ingest/events"));
  const headers = { "Last-Event-ID": event?.get("id") ?? "" };
  expect((await world.api("/v1/ingest/events", { headers })).status).toBe(204);
  world.advance(1000);
  await world.ingest();
  const again = await world.api("/v1/ingest/events", { headers });
  expect(again.status).toBe(200);
  expect(await eventsOf(again)).toHaveLength(1);
});

test("somebody who leaves in the middle is let go", async () => {
  const world = await World.create();
  await world.startIngest();
  const response = await world.api("/v1/ingest/events");
  const reader = response.body?.getReader();
  expect((await reader?.read())?.done).toBe(false);
  await reader?.cancel();
  expect((await world.coordinator.status()).state).toBe("running");
});

/** A world with a run, in which it is counted how often the coordinator is asked how things stand. */
async function countedWorld(): Promise<{ bindings: Partial<Env>; looks: () => number }> {
  const world = await World.create();
  await world.startIngest();
  let looks = 0;
  const coordinator = replaced(world.coordinator, {
    status: async () => {
      looks += 1;
      return world.coordinator.status();
    },
  });
  const INGEST_COORDINATOR = replaced(env.INGEST_COORDINATOR, { getByName: () => coordinator });
  return { bindings: { ...world.env, INGEST_COORDINATOR }, looks: () => looks };
}

/** The first event of a stream, and what goes on. */
async function begun(response: Response): Promise<ReadableStreamDefaultReader> {
  const reader: ReadableStreamDefaultReader | undefined = response.body?.getReader();
  if (reader === undefined) throw new Error("There is no stream.");
  expect((await reader.read()).done).toBe(false);
  return reader;
}

test("nothing is looked at any more once somebody has left in the middle of a pause", async () => {
  const { bindings, looks } = await countedWorld();
  const reader = await begun(await apiWith(bindings, "/v1/ingest/events"));
  const next = reader.read();
  await scheduler.wait(100);
  await reader.cancel();
  await next;
  const before = looks();
  await scheduler.wait(2500);
  expect(looks()).toBe(before);
});

test("a client whose connection is gone is let go at once, and nothing is looked at any more", async () => {
  const { bindings, looks } = await countedWorld();
  const connection = new AbortController();
  const request = new Request("https://tagline.test/v1/ingest/events", {
    headers: { "X-API-Key": keys.read },
    signal: connection.signal,
  });
  const reader = await begun(await createApp().fetch(request, { ...env, ...bindings }));
  const next = reader.read();
  await scheduler.wait(100);
  const before = looks();
  connection.abort();
  expect((await next).done).toBe(true);
  await scheduler.wait(2500);
  expect(looks()).toBe(before);
});

test("an empty line goes out before each look, so that the runtime notices who has gone", async () => {
  const { bindings } = await countedWorld();
  const reader = await begun(await apiWith(bindings, "/v1/ingest/events"));
  expect(await reader.read()).toEqual({ done: false, value: new TextEncoder().encode("\n") });
  expect(await reader.read()).toEqual({ done: false, value: new TextEncoder().encode("\n") });
  await reader.cancel();
});

test("fifty watchers cost the coordinator as many looks as one", async () => {
  const { bindings, looks } = await countedWorld();
  const all = { ...env, ...bindings };
  const app = createApp();
  const readers = await Promise.all(
    Array.from({ length: 50 }, async () => {
      const headers = { "X-API-Key": keys.read };
      return begun(await app.fetch(new Request("https://tagline.test/v1/ingest/events", { headers }), all));
    }),
  );
  // Who comes looks once, so as not to be told of a run that is over.
  expect(looks()).toBe(50);
  const waiting = readers.map(async (reader) => reader.read());
  await scheduler.wait(4500);
  expect(looks() - 50).toBeGreaterThanOrEqual(2);
  expect(looks() - 50).toBeLessThanOrEqual(6);
  await Promise.all(readers.map(async (reader) => reader.cancel()));
  await Promise.all(waiting);
});

test("what was asked for later counts, whenever it is answered", async () => {
  let now = 0;
  const looks = new SharedLook(() => now);
  const status = (stateId: string): CoordinatorStatus => ({
    state: "running",
    run: null,
    last_run: null,
    stateId,
  });
  const slow = Promise.withResolvers<CoordinatorStatus>();
  const first = looks.fresh(async () => slow.promise);
  now = 10;
  await looks.fresh(async () => status("new"));
  slow.resolve(status("old"));
  expect((await first).stateId).toBe("old");
  now = 900;
  expect((await looks.recent(async () => status("newest"))).stateId).toBe("new");
  now = 1010;
  expect((await looks.recent(async () => status("newest"))).stateId).toBe("newest");
});

test("who comes while another asks takes what was known, and waits for nobody", async () => {
  let now = 0;
  const looks = new SharedLook(() => now);
  const status: CoordinatorStatus = { state: "running", run: null, last_run: null, stateId: "1" };
  await looks.fresh(async () => status);
  now = 1000;
  // The request of whoever asks may end, and then no answer ever comes.
  const never = Promise.withResolvers<CoordinatorStatus>();
  void looks.recent(async () => never.promise);
  expect((await looks.recent(async () => ({ ...status, stateId: "2" }))).stateId).toBe("1");
  now = 2000;
  expect((await looks.recent(async () => ({ ...status, stateId: "2" }))).stateId).toBe("2");
});
