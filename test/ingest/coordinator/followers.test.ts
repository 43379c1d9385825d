import { expect, test } from "vitest";

import type { NamedTask } from "../../../src/protocol/messages.ts";
import "../../support/setup.ts";
import { World } from "../support/world.ts";

/** A run of which the first page of a provider is to be listed. */
function input(id: string, provider: string) {
  const page = {
    prefix: "",
    after: null,
    page: 0,
    scanned: 0,
    confirmMissing: false,
    standing: 0,
    anchor: null,
  };
  const list: NamedTask = { id: `list:${provider}:0`, task: { kind: "list", provider, ...page } };
  const run = { id, kind: "ingest", trigger: "webhook", traceId: "t" } as const;
  return { ...run, providers: [provider], tasks: [list] };
}

const nothing = { counts: {}, cost: {} };

test("a run that is asked for while none is on starts at once", async () => {
  const { coordinator } = await World.create();
  expect((await coordinator.startOrFollow(input("a", "one"))).status).toBe("started");
  await coordinator.complete("a", "list:one:0", nothing, []);
  expect(await coordinator.status()).toMatchObject({ state: "idle", last_run: { id: "a" } });
});

test("however many runs are asked for while one is on, one follows it, with the providers of all", async () => {
  const world = await World.create();
  const { coordinator } = world;
  await coordinator.start(input("a", "one"));
  for (const [id, provider] of [
    ["b", "one"],
    ["c", "two"],
    ["d", "one"],
  ] as const) {
    const { status, run } = await coordinator.startOrFollow(input(id, provider));
    expect([status, run.id]).toEqual(["already_running", "a"]);
  }
  world.takeAll();
  await coordinator.complete("a", "list:one:0", nothing, []);
  const { run } = await coordinator.status();
  expect(run).toMatchObject({ id: "b", trigger: "webhook", state: "scanning" });
  expect(Object.keys(run?.providers ?? {})).toEqual(["one", "two"]);
  expect(world.takeAll()).toMatchObject([{ id: "list:one:0" }, { id: "list:two:0" }]);
  await coordinator.complete("b", "list:one:0", nothing, []);
  await coordinator.complete("b", "list:two:0", nothing, []);
  expect(await coordinator.status()).toMatchObject({ state: "idle", last_run: { id: "b" } });
});

test("a run that is to follow is not forgotten when the coordinator is evicted", async () => {
  const world = await World.create();
  await world.coordinator.start(input("a", "one"));
  await world.coordinator.startOrFollow(input("b", "one"));
  await world.evict();
  await world.coordinator.complete("a", "list:one:0", nothing, []);
  expect((await world.coordinator.status()).run?.id).toBe("b");
});

test("a run follows one that is cancelled, and one that is stuck", async () => {
  const world = await World.create();
  await world.coordinator.start(input("a", "one"));
  await world.coordinator.startOrFollow(input("b", "one"));
  world.takeAll();
  await world.coordinator.cancel();
  expect((await world.coordinator.status()).run?.id).toBe("b");
  expect(world.takeAll()).toHaveLength(1);
  await world.coordinator.startOrFollow(input("c", "one"));
  world.advance(16 * 60_000);
  await world.alarm();
  expect((await world.coordinator.run("b"))?.state).toBe("failed");
  expect((await world.coordinator.status()).run?.id).toBe("c");
});
