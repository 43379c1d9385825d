import { expect, test } from "vitest";

import type { CoordinatorStatus } from "../../src/ingest/coordinator.ts";
import { watchRun, type WatchEvent } from "../../src/ingest/watch.ts";
import "../support/setup.ts";
import { photo } from "./support/photos.ts";
import { World } from "./support/world.ts";

/** What a watcher is told, with the second at which it is told, when the coordinator says these one after the other. */
async function told(marks: readonly string[], seen: string | null = null): Promise<[number, string][]> {
  const status = (mark: string): CoordinatorStatus => ({
    state: mark.startsWith("end") ? "idle" : "running",
    run: null,
    last_run: null,
    mark,
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
  const textOf = (event: WatchEvent): string => (event.kind === "status" ? event.status.mark : "comment");
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
  expect(states[0]).not.toHaveProperty("mark");
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
