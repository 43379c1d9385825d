import { env } from "cloudflare:workers";
import { expect, test } from "vitest";

import type { IngestMessage, NamedTask } from "../../../src/protocol/messages.ts";
import "../../support/setup.ts";
import { World } from "../support/world.ts";

const list: NamedTask = {
  id: "list:main:0",
  task: {
    kind: "list",
    provider: "main",
    prefix: "",
    after: null,
    page: 0,
    scanned: 0,
    confirmMissing: false,
    standing: 0,
    anchor: null,
  },
};

function chunk(number: number, size = 2): NamedTask {
  const ids = Array.from({ length: size }, (_, index) => `record-${number}-${index}`);
  return { id: `process:${number}`, task: { kind: "process", facts: false, ids } };
}

function input(id: string, tasks: readonly NamedTask[] = [list]) {
  return { id, kind: "ingest", trigger: "api", traceId: "t", providers: ["main"], tasks } as const;
}

const nothing = { counts: {}, cost: {} };
const twoProcessed = { counts: { processed: 2 }, cost: {} };

function idsOf(messages: readonly IngestMessage[]): string[] {
  return messages.map((message) => (message.type === "task" ? message.id : message.type));
}

const second = 1000;
const minute = 60 * second;

test("of many simultaneous starts one starts a run, and all others are told of it", async () => {
  const { coordinator } = await World.create();
  const results = await Promise.all(
    Array.from({ length: 20 }, (_, index) => coordinator.start(input(`run-${index}`))),
  );
  const started = results.filter(({ status }) => status === "started");
  expect(started).toHaveLength(1);
  expect(new Set(results.map(({ run }) => run.id))).toEqual(new Set([started[0]?.run.id]));
});

test("a run without tasks ends at once", async () => {
  const { coordinator } = await World.create();
  const { run } = await coordinator.start(input("run", []));
  expect(run).toMatchObject({ state: "completed", finished_at: run.started_at });
  expect(await coordinator.status()).toMatchObject({ state: "idle", run: null, last_run: { id: "run" } });
});

test("a report of another run is refused and changes nothing", async () => {
  const world = await World.create();
  await world.coordinator.start(input("old", [chunk(1)]));
  await world.coordinator.complete("old", "process:1", twoProcessed, []);
  await world.coordinator.start(input("new", [chunk(1)]));
  expect(await world.coordinator.begin("old", "process:1")).toBeNull();
  expect(await world.coordinator.isActive("old", "process:1")).toBe(false);
  expect(await world.coordinator.complete("old", "process:1", twoProcessed, [chunk(2)])).toBe(false);
  expect((await world.run("new")).counts).toMatchObject({ queued: 2, processed: 0 });
  expect((await world.run("old")).counts).toMatchObject({ queued: 2, processed: 2 });
});

test("a task that is reported twice counts once", async () => {
  const world = await World.create();
  await world.coordinator.start(input("run", [chunk(1), chunk(2)]));
  expect(await world.coordinator.complete("run", "process:1", twoProcessed, [])).toBe(true);
  expect(await world.coordinator.complete("run", "process:1", twoProcessed, [])).toBe(false);
  expect((await world.run("run")).counts).toMatchObject({ queued: 4, processed: 2 });
});

test("two workers that hold the same task are both let work, and the first report counts", async () => {
  const { coordinator } = await World.create();
  await coordinator.start(input("run", [chunk(1)]));
  expect(await coordinator.begin("run", "process:1")).not.toBeNull();
  expect(await coordinator.begin("run", "process:1")).not.toBeNull();
  const reports = await Promise.all([
    coordinator.complete("run", "process:1", twoProcessed, []),
    coordinator.complete("run", "process:1", twoProcessed, []),
  ]);
  expect(reports.filter(Boolean)).toHaveLength(1);
});

test("the tasks that a report leads to are sent, listings first", async () => {
  const world = await World.create();
  await world.coordinator.start(input("run"));
  world.takeAll();
  const next = { ...list, id: "list:main:1" };
  await world.coordinator.complete("run", "list:main:0", nothing, [chunk(1), chunk(2), next]);
  expect(idsOf(world.takeAll())).toEqual(["list:main:1", "process:1", "process:2"]);
});

test("no more than 32 messages are on their way at a time", async () => {
  const world = await World.create();
  const chunks = Array.from({ length: 50 }, (_, index) => chunk(index));
  await world.coordinator.start(input("run", chunks));
  expect(world.takeAll()).toHaveLength(32);
  await world.coordinator.complete("run", "process:0", twoProcessed, []);
  expect(idsOf(world.takeAll())).toEqual(["process:32"]);
  expect((await world.run("run")).cost.messages).toBe(33);
});

test("listings pause while more than 400 chunks wait", async () => {
  const world = await World.create();
  const chunks = Array.from({ length: 401 }, (_, index) => chunk(index));
  await world.coordinator.start(input("run", chunks));
  world.takeAll();
  await world.coordinator.complete("run", "process:0", twoProcessed, [list]);
  expect(idsOf(world.takeAll())).toEqual(["process:32"]);
  await world.coordinator.complete("run", "process:1", twoProcessed, []);
  expect(idsOf(world.takeAll())).toEqual(["list:main:0"]);
});

test("a silent task is sent again after 30 seconds, and not before", async () => {
  const world = await World.create();
  await world.coordinator.start(input("run"));
  // It hears of workers; before it does, it takes itself for restarted.
  await world.coordinator.begin("run", "another");
  world.takeAll();
  world.advance(29 * second);
  expect(await world.alarm()).toBe(true);
  expect(world.takeAll()).toEqual([]);
  world.advance(2 * second);
  await world.alarm();
  expect(idsOf(world.takeAll())).toEqual(["list:main:0"]);
  await world.alarm();
  expect(world.takeAll()).toEqual([]);
});

test("a coordinator that was restarted, and has heard of no worker since, sends again after 10 seconds", async () => {
  const world = await World.create();
  await world.coordinator.start(input("run"));
  await world.coordinator.begin("run", "list:main:0");
  world.takeAll();
  await world.evict();
  world.advance(11 * second);
  await world.alarm();
  expect(idsOf(world.takeAll())).toEqual(["list:main:0"]);
});

test("a task that a worker has taken up is not sent again for another 30 seconds", async () => {
  const world = await World.create();
  await world.coordinator.start(input("run"));
  world.takeAll();
  world.advance(25 * second);
  await world.coordinator.begin("run", "list:main:0");
  world.advance(10 * second);
  await world.alarm();
  expect(world.takeAll()).toEqual([]);
  world.advance(21 * second);
  await world.alarm();
  expect(idsOf(world.takeAll())).toEqual(["list:main:0"]);
});

test("a silent task is not sent again while others are reported", async () => {
  const world = await World.create();
  await world.coordinator.start(input("run", [chunk(1), chunk(2), chunk(3)]));
  world.takeAll();
  world.advance(25 * second);
  await world.coordinator.complete("run", "process:2", twoProcessed, []);
  world.advance(10 * second);
  await world.alarm();
  expect(world.takeAll()).toEqual([]);
  world.advance(21 * second);
  await world.alarm();
  expect(idsOf(world.takeAll())).toEqual(["process:1", "process:3"]);
});

test("a postponed task is not sent again before its time, and the others are", async () => {
  const world = await World.create();
  await world.coordinator.start(input("run", [chunk(1), chunk(2)]));
  world.takeAll();
  await world.coordinator.postpone("run", "process:1", Date.now() + 5 * minute);
  world.advance(31 * second);
  await world.alarm();
  expect(idsOf(world.takeAll())).toEqual(["process:2"]);
  world.advance(5 * minute);
  await world.alarm();
  expect(idsOf(world.takeAll())).toEqual(["process:1", "process:2"]);
});

test("messages that the queue refuses are sent by the next alarm", async () => {
  const world = await World.create();
  world.queueIsDown = true;
  await world.coordinator.start(input("run"));
  expect((await world.coordinator.status()).state).toBe("running");
  world.queueIsDown = false;
  await world.alarm();
  expect(idsOf(world.takeAll())).toEqual(["list:main:0"]);
});

test("a run that ends while the queue answers stays as it ended, and the next is not disturbed", async () => {
  const world = await World.create();
  const queue = { answers: false };
  world.beforeSend = async () => {
    while (!queue.answers) await scheduler.wait(5);
    throw new Error("the queue is down");
  };
  const starting = world.coordinator.start(input("old", [chunk(1)]));
  await expect
    .poll(async () => (await world.coordinator.status()).state, { timeout: 20_000 })
    .toBe("running");
  await world.coordinator.cancel();
  world.beforeSend = null;
  await world.coordinator.start(input("new", [chunk(1)]));
  expect(idsOf(world.takeAll())).toEqual(["process:1"]);
  queue.answers = true;
  await starting;
  await world.alarm();
  expect(world.takeAll()).toEqual([]);
  expect(await world.run("old")).toMatchObject({ state: "cancelled", counts: { queued: 2, dropped: 2 } });
});

test("a run that does not move for 15 minutes ends as failed with the lock free", async () => {
  const world = await World.create();
  await world.coordinator.start(input("run", [chunk(1), chunk(2)]));
  await world.coordinator.complete("run", "process:1", twoProcessed, []);
  world.advance(15 * minute - second);
  await world.alarm();
  expect((await world.coordinator.status()).state).toBe("running");
  world.advance(second);
  await world.alarm();
  expect(await world.run("run")).toMatchObject({
    state: "failed",
    counts: { queued: 4, processed: 2, failed: 0, dropped: 2 },
  });
  expect((await world.coordinator.start(input("next"))).status).toBe("started");
});

test("a run that has announced a wait is not failed before it is over", async () => {
  const world = await World.create();
  await world.coordinator.start(input("run"));
  await world.coordinator.postpone("run", "list:main:0", Date.now() + 10 * minute);
  world.advance(20 * minute);
  await world.alarm();
  expect((await world.coordinator.status()).state).toBe("running");
  world.advance(5 * minute);
  await world.alarm();
  expect((await world.coordinator.status()).state).toBe("idle");
});

test("a run that announces one wait after the other without moving ends within an hour", async () => {
  const world = await World.create();
  await world.coordinator.start(input("run"));
  for (let passed = 0; passed < 59; passed++) {
    await world.coordinator.postpone("run", "list:main:0", Date.now() + minute);
    world.advance(minute);
    await world.alarm();
  }
  expect((await world.coordinator.status()).state).toBe("running");
  world.advance(minute);
  await world.alarm();
  expect(await world.run("run")).toMatchObject({ state: "failed" });
});

test("a second alarm does nothing more, and none is left when nothing runs", async () => {
  const world = await World.create();
  await world.coordinator.start(input("run", [chunk(1)]));
  world.advance(15 * minute);
  expect(await world.alarm()).toBe(true);
  const ended = await world.run("run");
  await world.alarm();
  expect(await world.run("run")).toEqual(ended);
  expect(await world.alarm()).toBe(false);
});

test("the state survives eviction", async () => {
  const world = await World.create();
  await world.coordinator.start(input("run", [chunk(1), chunk(2)]));
  await world.coordinator.complete("run", "process:1", twoProcessed, []);
  const before = await world.coordinator.status();
  world.takeAll();
  await world.evict();
  expect(await world.coordinator.status()).toEqual(before);
  expect((await world.coordinator.start(input("other"))).status).toBe("already_running");
  world.advance(31 * second);
  expect(await world.alarm()).toBe(true);
  expect(idsOf(world.takeAll())).toEqual(["process:2"]);
  await world.coordinator.complete("run", "process:2", twoProcessed, []);
  expect(await world.run("run")).toMatchObject({ state: "completed", counts: { queued: 4, processed: 4 } });
});

test("a hundred ended runs are remembered, and paged from the newest", async () => {
  const world = await World.create();
  for (let number = 0; number < 103; number++) await world.coordinator.start(input(`run-${number}`, []));
  const all = await world.coordinator.runs(200, null);
  expect(all.map((run) => run.id)).toEqual(Array.from({ length: 101 }, (_, index) => `run-${102 - index}`));
  const page = await world.coordinator.runs(2, "run-50");
  expect(page.map((run) => run.id)).toEqual(["run-49", "run-48"]);
});

test("a page that begins after a forgotten run is empty", async () => {
  const world = await World.create();
  await world.coordinator.start(input("run", []));
  expect(await world.coordinator.runs(10, "long-gone")).toEqual([]);
});

test("a run of which all providers failed is failed, of which some did is completed with errors", async () => {
  const world = await World.create();
  const failed = { ...nothing, provider: { name: "main", state: "failed", error: "away" } } as const;
  const completed = { ...nothing, provider: { name: "other", state: "completed" } } as const;
  await world.coordinator.start(input("all"));
  await world.coordinator.complete("all", "list:main:0", failed, []);
  expect(await world.run("all")).toMatchObject({ state: "failed", providers: { main: { error: "away" } } });
  const other = { ...list, id: "list:other:0" };
  await world.coordinator.start({ ...input("some", [list, other]), providers: ["main", "other"] });
  await world.coordinator.complete("some", "list:main:0", failed, []);
  await world.coordinator.complete("some", "list:other:0", completed, []);
  expect((await world.run("some")).state).toBe("completed_with_errors");
});

test("cancelling drops what nobody is working on and waits for what is being worked on", async () => {
  const world = await World.create();
  await world.coordinator.start(input("run", [list, chunk(1), chunk(2), chunk(3)]));
  await world.coordinator.complete("run", "process:1", twoProcessed, []);
  await world.coordinator.begin("run", "process:2");
  const status = await world.coordinator.cancel();
  expect(status).toMatchObject({
    state: "cancelling",
    run: { counts: { queued: 6, processed: 2, dropped: 2 } },
  });
  expect(await world.coordinator.begin("run", "list:main:0")).toBeNull();
  expect(await world.coordinator.begin("run", "process:3")).toBeNull();
  expect((await world.coordinator.start(input("other"))).status).toBe("already_running");
  await world.coordinator.complete("run", "process:2", twoProcessed, []);
  expect(await world.run("run")).toMatchObject({
    state: "cancelled",
    counts: { queued: 6, processed: 4, failed: 0, dropped: 2 },
  });
});

test("a cancelled run does not wait for a worker that died or asks for another attempt", async () => {
  const world = await World.create();
  await world.coordinator.start(input("died", [chunk(1)]));
  await world.coordinator.begin("died", "process:1");
  await world.coordinator.cancel();
  world.advance(minute);
  await world.alarm();
  expect(await world.run("died")).toMatchObject({ state: "cancelled", counts: { queued: 2, dropped: 2 } });
  await world.coordinator.start(input("postponed", [chunk(1)]));
  await world.coordinator.begin("postponed", "process:1");
  await world.coordinator.cancel();
  await world.coordinator.postpone("postponed", "process:1", Date.now() + minute);
  expect(await world.run("postponed")).toMatchObject({
    state: "cancelled",
    counts: { queued: 2, dropped: 2 },
  });
});

test("cancelling what has ended, or twice, changes nothing", async () => {
  const world = await World.create();
  expect(await world.coordinator.cancel()).toMatchObject({ state: "idle", run: null, last_run: null });
  await world.coordinator.start(input("run", [chunk(1)]));
  await world.coordinator.begin("run", "process:1");
  const once = await world.coordinator.cancel();
  expect(await world.coordinator.cancel()).toEqual(once);
});

test("what the work of a cancelled run leads to is not done", async () => {
  const world = await World.create();
  await world.coordinator.start(input("run", [chunk(1)]));
  await world.coordinator.begin("run", "process:1");
  await world.coordinator.cancel();
  world.takeAll();
  await world.coordinator.complete("run", "process:1", { counts: { queued: -2 }, cost: {} }, [chunk(2)]);
  expect(world.takeAll()).toEqual([]);
  expect(await world.run("run")).toMatchObject({ state: "cancelled", counts: { queued: 2, dropped: 2 } });
});

test("uploads are looked for until nothing waits, and for a while after the last was announced", async () => {
  const world = await World.create();
  await world.coordinator.expectUploads();
  expect(await world.alarm()).toBe(true);
  expect(world.takeAll()).toEqual([]);
  world.advance(45 * second);
  await world.alarm();
  expect(idsOf(world.takeAll())).toEqual(["sweep"]);
  world.advance(45 * second);
  await world.alarm();
  expect(idsOf(world.takeAll())).toEqual(["sweep"]);
  await world.coordinator.expectUploads();
  await world.coordinator.noUploadsLeft(Date.now());
  world.advance(45 * second);
  await world.alarm();
  expect(idsOf(world.takeAll())).toEqual(["sweep"]);
  await world.coordinator.noUploadsLeft(Date.now());
  await world.alarm();
  expect(await world.alarm()).toBe(false);
});

test("a sweep that the queue refuses is asked for again", async () => {
  const world = await World.create();
  await world.coordinator.expectUploads();
  world.advance(45 * second);
  world.queueIsDown = true;
  await world.alarm();
  world.queueIsDown = false;
  world.advance(45 * second);
  await world.alarm();
  expect(idsOf(world.takeAll())).toEqual(["sweep"]);
});

test("the record that a watcher sees bears another stateId after every change", async () => {
  const { coordinator } = await World.create();
  const marks = [(await coordinator.status()).stateId];
  await coordinator.start(input("run", [chunk(1), chunk(2)]));
  marks.push((await coordinator.status()).stateId);
  await coordinator.complete("run", "process:1", twoProcessed, []);
  marks.push((await coordinator.status()).stateId);
  await coordinator.complete("run", "process:2", twoProcessed, []);
  marks.push((await coordinator.status()).stateId);
  expect(new Set(marks).size).toBe(4);
  expect((await coordinator.status()).stateId).toBe(marks[3]);
});

test("there is one coordinator for the whole deployment", async () => {
  const { coordinator } = await World.create({ name: "ingest" });
  expect(env.INGEST_COORDINATOR.getByName("ingest").id.equals(coordinator.id)).toBe(true);
});
